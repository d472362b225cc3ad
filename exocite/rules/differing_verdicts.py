"""EXO410: two people judged a claim differently."""

from collections.abc import Iterable

from exocite.model import Finding, Judgement, Severity, Verdict
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, verdict
from exocite.rules.view import View
from exocite.states import person

_WORDS = "Exosomes carry RNA between cells."


class DifferingVerdicts:
    """Two verdicts that hold, on one claim and one work, say different things."""

    code = "EXO410"
    slug = "differing-verdicts"
    severity = Severity.WARNING
    title = "Verdicts that differ"
    what = (
        "Reports a claim on which the last verdicts of two people differ, about the same work or "
        "both about none."
    )
    why = "One of them has seen something that the other has not."
    fix = "Let both look again; each records a new verdict, and the last of each counts."
    passing = example(
        _WORDS,
        verdicts=[
            verdict(Judgement.SUPPORTED, _WORDS),
            verdict(Judgement.SUPPORTED, _WORDS, by="ben"),
        ],
    )
    failing = example(
        _WORDS,
        verdicts=[
            verdict(Judgement.SUPPORTED, _WORDS),
            verdict(Judgement.PARTIAL, _WORDS, by="ben"),
        ],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each claim and work with verdicts that differ."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                by_work: dict[str, dict[str, Verdict]] = {}
                for said in standing.verdicts:
                    by_work.setdefault(said.key, {})[person(said.by)] = said
                for key, judged in by_work.items():
                    if len({said.judgement for said in judged.values()}) > 1:
                        about = f" about {key}" if key else ""
                        told = "; ".join(f"{one.by}: {one.judgement}" for one in judged.values())
                        yield placed.at(
                            claim.span,
                            f"the verdicts{about} differ ({told})",
                            "look at the passage together; each records a new verdict",
                        )
