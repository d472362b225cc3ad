"""EXO307: a cited preprint that has been published since."""

from collections.abc import Iterable

from exocite.identifiers import normalise_doi
from exocite.model import Finding, Outcome, Severity
from exocite.rules.rule import at_reference, cited_at
from exocite.rules.sketch import example, record, reference
from exocite.rules.view import View

_KU = reference("ku2023", doi="10.5555/preprint")


class PublishedPreprint:
    """The registry names a published version of a cited preprint."""

    code = "EXO307"
    slug = "published-preprint"
    severity = Severity.INFO
    title = "A preprint with a published version"
    what = (
        "Reports a reference to a preprint for which the registry names a version of record, "
        "unless the bibliography holds that version as well."
    )
    why = "Referees may have changed what the claim rests on; readers expect the published version."
    fix = "Read the published version and cite it, or keep the preprint and say so."
    passing = example(
        references=[_KU], records=[record("ku2023", Outcome.MATCHED, "the same work")]
    )
    failing = example(
        references=[_KU],
        records=[record("ku2023", Outcome.MATCHED, "the same work", published_as="10.5555/1")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each preprint with a published version that is not cited."""
        held = {normalise_doi(entry.get("doi")) for entry in view.references}
        for entry, known in view.resolved:
            if known.published_as and known.published_as not in held:
                where = cited_at(view, entry.key)
                yield at_reference(
                    self,
                    entry,
                    f"{entry.key} is a preprint that was published as {known.published_as}",
                    f"see what the published version says, and cite it. {where}".rstrip(),
                )
