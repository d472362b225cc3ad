"""EXO407: a claim that differs from the closest passage of the works that it cites."""

from collections.abc import Iterable

from exocite.model import Finding, Relation, Severity
from exocite.rules.cited_passages import closest
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import compared, example, reference
from exocite.rules.view import View

_WORDS = "Swelling fell by 12 % in a week [@ku2023]."


class DifferingPassage:
    """A number, a negation or a direction differs between a claim and the passage it rests on."""

    code = "EXO407"
    slug = "differing-passage"
    severity = Severity.WARNING
    title = "A claim that differs from its cited passage"
    what = (
        "Reports a claim where the closest passage of the works that it cites speaks of the same "
        "thing but has another number, direction or negation. Both are shown. A claim with a "
        "verdict on one of the works is not reported, nor a passage that is neither close nor the "
        "same but for the difference."
    )
    why = "A slip of the pen, or a passage about something else; only a reader can tell."
    fix = "Read the passage, correct the sentence if it needs it, and give a verdict."
    passing = example(
        _WORDS,
        references=[reference("ku2023", title="Swelling")],
        linkings=[compared(_WORDS, "ku2023", "Swelling fell by 12 %.", 0.9)],
    )
    failing = example(
        _WORDS,
        references=[reference("ku2023", title="Swelling")],
        linkings=[
            compared(
                _WORDS, "ku2023", "Swelling fell by 21 %.", 0.9, ("claim: 12 %, passage: 21 %",)
            )
        ],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each claim whose closest passage is close and differs."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, nearest in closest(article):
                refuted = nearest.relation is Relation.REFUTES
                if nearest.conflicts and (refuted or nearest.confidence >= view.least):
                    yield placed.at(
                        claim.span,
                        f"claim and passage of {nearest.key} differ "
                        f"({'; '.join(nearest.conflicts)}): {quoted(nearest.passage.text)}",
                        "read the passage and correct the sentence if it needs it; else give your "
                        f"verdict: `exocite link {article.argument} --claim {claim.id}`",
                    )
