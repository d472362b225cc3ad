"""EXO411: a verdict by fewer people than the policy asks for."""

from collections.abc import Iterable

from exocite.model import ClaimState, Finding, Judgement, Severity
from exocite.policy import Policy
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, verdict
from exocite.rules.view import View
from exocite.states import person

_WORDS = "Exosomes carry RNA between cells."
_FEWEST = 2
_TWO = Policy(reviewers=2)


class SingleReviewer:
    """A claim was judged by one person where the policy asks for two."""

    code = "EXO411"
    slug = "single-reviewer"
    severity = Severity.WARNING
    title = "A verdict by one person alone"
    what = (
        "Reports a reviewed claim that fewer people have given the same verdict than the setting "
        "`reviewers` asks for. Off where that is 1."
    )
    why = "A second pair of eyes sees what the first has read past."
    fix = "Let another person judge the claim."
    passing = example(
        _WORDS,
        verdicts=[
            verdict(Judgement.SUPPORTED, _WORDS),
            verdict(Judgement.SUPPORTED, _WORDS, by="ben"),
        ],
        policy=_TWO,
    )
    failing = example(_WORDS, verdicts=[verdict(Judgement.SUPPORTED, _WORDS)], policy=_TWO)

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reviewed claim that too few people have judged alike."""
        for article in view.articles:
            asked = view.asks(article).reviewers
            if asked < _FEWEST:
                continue
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                if standing.state is not ClaimState.REVIEWED:
                    continue
                people: dict[Judgement, set[str]] = {}
                for said in standing.verdicts:
                    people.setdefault(said.judgement, set()).add(person(said.by))
                if max(map(len, people.values()), default=0) < asked:
                    names = {person(said.by): said.by for said in standing.verdicts}
                    who = ", ".join(sorted(names.values()))
                    yield placed.at(
                        claim.span,
                        f"judged by {who} alone; {asked} people are asked for",
                        f"let another person judge it: `exocite link {article.argument} "
                        f"--claim {claim.id} --by NAME`",
                    )
