"""EXO301: a reference that no record of the registry fits."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity
from exocite.rules.outcomes import by_outcome
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View


class NoRecord:
    """The registry's search gave no work that fits the reference."""

    code = "EXO301"
    slug = "no-record"
    severity = Severity.WARNING
    title = "No record fits the reference"
    what = (
        "Reports a reference for which the registry answered and none of the works that it "
        "proposed agrees in title, authors and year. It says nothing about whether the work "
        "exists: registries do not hold every book, report or page."
    )
    why = "What no registry holds must be looked at by a person."
    fix = "Compare the reference with the work itself, and add its DOI, ISBN or address."
    passing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes")],
        records=[record("ku2023", Outcome.MATCHED, "title, authors and year agree")],
    )
    failing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes")],
        records=[record("ku2023", Outcome.NOT_FOUND, "the nearest title differs")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference whose search ended without a fitting record."""
        return by_outcome(
            self,
            view,
            Outcome.NOT_FOUND,
            "no record at {registry} fits {key}",
            "compare it with the work itself and add its DOI, ISBN or address, then run "
            "`exocite resolve` again",
        )
