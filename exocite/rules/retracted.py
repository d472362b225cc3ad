"""EXO304: a reference to a work that has been retracted."""

from collections.abc import Iterable

from exocite.model import Finding, Outcome, Severity
from exocite.rules.outcomes import registry_name
from exocite.rules.rule import at_reference, cited_at, quoted
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View


class Retracted:
    """The registry holds a notice that the work is retracted."""

    code = "EXO304"
    slug = "retracted"
    severity = Severity.ERROR
    title = "A retracted work"
    what = (
        "Reports a reference for whose work the registry held a notice of retraction when it was "
        "last resolved, and says where the work is cited."
    )
    why = "Its journal no longer stands by the work, so a claim cannot rest on it alone."
    fix = "Read the notice; replace the source, or say in the text that it is retracted."
    passing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
        records=[record("ku2023", Outcome.MATCHED, "the DOI leads to this work")],
    )
    failing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
        records=[
            record("ku2023", Outcome.RETRACTED, "it is retracted", retraction="10.5555/87654321")
        ],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference to a retracted work."""
        for entry, known in view.noticed:
            if known.outcome is Outcome.RETRACTED or known.retraction:
                title = f": {quoted(known.title)}" if known.title else ""
                notice = (
                    f"read the notice, https://doi.org/{known.retraction}"
                    if known.retraction.startswith("10.")
                    else "look for the notice on the publisher's page"
                )
                yield at_reference(
                    self,
                    entry,
                    f"{entry.key} is retracted, as {registry_name(known.registry)} records{title}",
                    f"{notice}. {cited_at(view, entry.key)}".strip(),
                )
