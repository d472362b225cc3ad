"""EXO303: a reference that differs from the record of its own work."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity
from exocite.rules.outcomes import by_outcome
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View


class RecordDiffers:
    """The record that the reference leads to says something else."""

    code = "EXO303"
    slug = "record-differs"
    severity = Severity.ERROR
    title = "The record differs from the reference"
    what = (
        "Reports a reference whose DOI leads to a record with another title, other authors or "
        "another year than the entry gives."
    )
    why = "Either the identifier or the description belongs to another work."
    fix = "Compare both with the work that was read, and correct the DOI or the entry."
    passing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
        records=[record("ku2023", Outcome.MATCHED, "title, authors and year agree")],
    )
    failing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
        records=[record("ku2023", Outcome.METADATA_MISMATCH, "the title is “Concrete”")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference that differs from its record."""
        return by_outcome(
            self,
            view,
            Outcome.METADATA_MISMATCH,
            "{key} differs from its record at {registry}",
            "compare both with the work that was read, then correct the DOI or the entry",
        )
