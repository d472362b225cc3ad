"""EXO305: a work that was corrected."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity, Update
from exocite.rules.notices import CORRECTIONS, by_notice
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View

_KU = reference("ku2023", doi="10.5555/1")


class Corrected:
    """The registry holds a correction of the work."""

    code = "EXO305"
    slug = "corrected"
    severity = Severity.INFO
    title = "A corrected work"
    what = (
        "Reports a reference to a work for which a correction, erratum or addendum was published."
    )
    why = "The number or sentence that a claim rests on may be the one that was corrected."
    fix = "Read the correction, then judge the claims that rest on the work."
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
                notices=(Update("correction", "10.5555/2", "2024-02-01"),),
            )
        ],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference whose work was corrected."""
        return by_notice(self, view, CORRECTIONS, "was corrected")
