"""EXO207: two entries for one work."""

from collections.abc import Iterable, Iterator

from exocite.identifiers import normalise_doi
from exocite.model import Finding, Reference, Severity
from exocite.patterns import regex
from exocite.rules.rule import at_reference
from exocite.rules.sketch import example, reference
from exocite.rules.view import View
from exocite.text import folded

_WORD = regex(r"[^\W_]+")
_PARTS = frozenset(
    {"incollection", "inbook", "inproceedings", "conference", "inreference", "suppbook"}
)
"""Types of entries for a part of a work, which may have the identifier of the whole."""


class DuplicateReference:
    """The bibliography holds one work under two citekeys."""

    code = "EXO207"
    slug = "duplicate-reference"
    severity = Severity.WARNING
    title = "A work that is in the bibliography twice"
    what = (
        "Reports an entry with the DOI, PMID or PMCID of an entry before it. Entries that cite "
        "parts or versions of one work (`crossref`, `version`, chapters with titles of their own) "
        "are left alone."
    )
    why = "Claims rest on more works than there are, and the list of references shows one twice."
    fix = "Keep one entry and cite it for both; if they are two works, correct one of them."
    passing = example(
        references=[reference("ku2023", doi="10.5555/1"), reference("lee2022", doi="10.5555/2")]
    )
    failing = example(
        references=[
            reference("ku2023", doi="10.5555/1"),
            reference("ku2023a", doi="https://doi.org/10.5555/1"),
        ]
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each entry of a work that an entry before it names."""
        first: dict[tuple[str, str], Reference] = {}
        for entry in view.works:
            for name in _names(entry):
                other = first.setdefault(name, entry)
                if other is not entry and not _parts(other, entry):
                    yield at_reference(
                        self,
                        entry,
                        f"{entry.key} is the work of {other.key}, too: both have the {name[0]} "
                        f"{name[1]}",
                        f"keep one, and cite {other.key} where {entry.key} is cited; if they are "
                        f"two works, correct the {name[0]} of one",
                    )
                    break


def _names(entry: Reference) -> Iterator[tuple[str, str]]:
    if doi := normalise_doi(entry.get("doi")):
        yield "DOI", doi
    for field in ("pmid", "pmcid"):
        if value := entry.get(field).strip().upper():
            yield field.upper(), value.removeprefix("PMC" if field == "pmcid" else "PMID:").strip()


def _parts(one: Reference, other: Reference) -> bool:
    """Whether two entries cite different parts of one work on purpose."""
    if one.get("crossref") or other.get("crossref"):
        return True
    if _differ(one, other, "version"):
        return True
    if _title(one) == _title(other):
        return False
    part = one.type in _PARTS or other.type in _PARTS
    return part or _differ(one, other, "pages") or _differ(one, other, "chapter")


def _differ(one: Reference, other: Reference, field: str) -> bool:
    """Whether both have the field, each another value."""
    return "" != one.get(field) != other.get(field) != ""


def _title(entry: Reference) -> list[str]:
    return _WORD.findall(folded(entry.get("title")))
