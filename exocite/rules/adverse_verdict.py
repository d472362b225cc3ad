"""EXO403: a claim that a person judged not to stand."""

from collections.abc import Iterable

from exocite.model import Finding, Judgement, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import sketch, verdict
from exocite.rules.view import View

_WORDS = "Exosomes carry RNA between cells."
_ADVERSE = {
    Judgement.CONTRADICTED: "the source says otherwise",
    Judgement.UNSUPPORTED: "the source does not say it",
    Judgement.DISPUTED: "the sources disagree",
}


class AdverseVerdict:
    """A verdict that holds says that the claim is contradicted, unsupported or disputed.

    All three are errors: a person has looked, and the sentence cannot go out as it is.
    """

    code = "EXO403"
    slug = "adverse-verdict"
    severity = Severity.ERROR
    title = "A claim that did not stand up"
    what = (
        "Reports a claim for which the last verdict of a person is contradicted, unsupported or "
        "disputed, and nothing has changed since."
    )
    why = "Somebody compared the sentence with its source, and it did not hold."
    fix = "Correct the sentence or its source, then judge it again."
    passing = sketch(_WORDS, verdicts=[verdict(Judgement.SUPPORTED, _WORDS)])
    failing = sketch(_WORDS, verdicts=[verdict(Judgement.CONTRADICTED, _WORDS)])

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each adverse verdict that holds, at its claim."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim in article.claims:
                for said in article.standing(claim).verdicts:
                    if said.judgement in _ADVERSE:
                        source = f" against {said.key}" if said.key else ""
                        yield placed.at(
                            claim.span,
                            f"{said.by} judged this claim{source} {said.judgement}: "
                            f"{_ADVERSE[said.judgement]}",
                            "correct the sentence or its source, then judge it again",
                        )
