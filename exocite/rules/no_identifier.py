"""EXO202: a reference without a DOI or any other identifier."""

from collections.abc import Iterable

from exocite.model import Finding, Reference, Severity
from exocite.rules.rule import at_reference, quoted
from exocite.rules.sketch import example, reference
from exocite.rules.view import View

_IDENTIFIERS = ("doi", "isbn", "url", "eprint", "pmid", "pmcid", "handle", "urn")
_MAY_HOLD_ADDRESS = ("howpublished", "note")


class NoIdentifier:
    """A reference has nothing by which its work can be looked up for certain.

    An ISSN names a journal and not a work, so it does not count.
    """

    code = "EXO202"
    slug = "no-identifier"
    severity = Severity.WARNING
    title = "A reference without a DOI or another identifier"
    what = (
        "Reports an entry that has none of `doi`, `isbn`, `url`, `eprint`, `pmid`, `pmcid`, "
        "`handle`, `urn`, nor an address in `howpublished` or `note`."
    )
    why = (
        "Without an identifier the work must be guessed from its title and authors, and a "
        "retraction can go unnoticed."
    )
    fix = "Add the DOI (`exocite resolve` proposes one where the record is clear), ISBN or address."
    passing = example(
        "Exosomes carry RNA between cells [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
    )
    failing = example(
        "Exosomes carry RNA between cells [@ku2023].",
        references=[reference("ku2023", title="Exosomes", journal="J. Test", year="2023")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference without an identifier."""
        for entry in view.works:
            if not _identified(entry):
                title = f": {quoted(entry.get('title'))}" if entry.get("title") else ""
                yield at_reference(
                    self,
                    entry,
                    f"{entry.key} has no DOI or other identifier{title}",
                    "add its DOI, ISBN or address; `exocite resolve` looks for the DOI",
                )


def _identified(entry: Reference) -> bool:
    return any(entry.get(name).strip() for name in _IDENTIFIERS) or any(
        "http://" in entry.get(name) or "https://" in entry.get(name) for name in _MAY_HOLD_ADDRESS
    )
