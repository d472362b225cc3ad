"""EXO302: a reference that several records of the registry fit."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity
from exocite.rules.outcomes import by_outcome
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View


class SeveralRecords:
    """The registry holds more than one work that the reference can mean."""

    code = "EXO302"
    slug = "several-records"
    severity = Severity.WARNING
    title = "Several records fit the reference"
    what = (
        "Reports a reference that fits more than one record about as well: an article and its "
        "conference abstract, a preprint and its journal version, two editions."
    )
    why = "The wrong one of two similar works may not support the claim at all."
    fix = "Choose the work that is meant and write its DOI into the entry."
    passing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
        records=[record("ku2023", Outcome.MATCHED, "the DOI leads to this work")],
    )
    failing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes")],
        records=[record("ku2023", Outcome.AMBIGUOUS, "an article and an abstract share the title")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference that fits several records."""
        return by_outcome(
            self,
            view,
            Outcome.AMBIGUOUS,
            "several records at {registry} fit {key}",
            "write the DOI of the one that is meant into the entry; `exocite resolve` lists them",
        )
