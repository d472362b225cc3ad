"""EXO306: a work of which its publisher expressed concern."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity, Update
from exocite.rules.notices import CONCERNS, by_notice
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View

_KU = reference("ku2023", doi="10.5555/1")


class Concern:
    """The registry holds an expression of concern about the work."""

    code = "EXO306"
    slug = "expression-of-concern"
    severity = Severity.WARNING
    title = "A work under an expression of concern"
    what = "Reports a reference to a work about which its publisher has expressed concern."
    why = "The publisher doubts what the claim rests on and has not yet decided."
    fix = "Read the notice. Name another source, or say in the text that the work is in doubt."
    passing = example(
        references=[_KU], records=[record("ku2023", Outcome.MATCHED, "the same work")]
    )
    failing = example(
        references=[_KU],
        records=[
            record(
                "ku2023",
                Outcome.MATCHED,
                "the same work",
                notices=(Update("expression_of_concern", "10.5555/2", "2024-02-01"),),
            )
        ],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference under an expression of concern."""
        return by_notice(self, view, CONCERNS, "is under an expression of concern")
