"""Fields of an entry that a registry's record corrects or completes, and no others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exocite import matching
from exocite.bibliography.document import Document
from exocite.identifiers import normalise_doi
from exocite.matching.evidence import gather, printed
from exocite.matching.notices import without_mark
from exocite.matching.titles import Fit, fit_titles
from exocite.matching.words import words
from exocite.model import Candidate, Outcome, Reference, Resolution, Work
from exocite.references import entries

# The names of a field in an entry, the one that is written first; and the one of a record.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "author": ("author", "editor"),
    "year": ("year", "date"),
    "container": ("journal", "journaltitle", "booktitle", "maintitle", "series", "eventtitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages", "eid"),
}
_INHERITING = ("crossref", "xdata", "xref")
_MEANT = frozenset({Outcome.MATCHED, Outcome.RETRACTED, Outcome.METADATA_MISMATCH})


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is written: its name, what stood there ("" for nothing) and what stands now."""

    field: str
    before: str
    after: str


def corrections(reference: Reference, resolution: Resolution) -> tuple[Change, ...]:
    """The fields that conflict with the record of the work, or that the entry lacks.

    None where the work may be another one: its title or first author is not the printed one, or it
    is another part or kind (a preprint, a correction).
    """
    work = resolution.work
    if work is None or resolution.outcome not in _MEANT:
        return ()
    compared = {
        one.field: one.result for one in _candidate(reference, resolution, work).comparisons
    }
    if compared.get("title") != "agree" or compared.get("author") == "conflict":
        return ()
    if resolution.outcome is Outcome.METADATA_MISMATCH and _is_another(reference, work):
        return ()
    kind, held = entries.from_work(work)
    changes = []
    inherits = any(reference.get(name) for name in _INHERITING)
    for name, fields in _NAMES.items():
        value = next((held[one] for one in fields if held.get(one)), "")
        present = next((one for one in fields if reference.get(one)), "")
        conflicts = present and name != "title" and compared.get(name) == "conflict"
        lacks = not present and not inherits and _belongs(name, reference.type, kind)
        target = present or _written_as(name, reference.type)
        if value and (conflicts or lacks):
            changes.append(Change(target, reference.get(target), value))
    before = reference.get("doi")
    if work.doi and normalise_doi(before) != work.doi:
        changes.append(Change("doi", before, work.doi))
    return tuple(changes)


def _is_another(reference: Reference, work: Work) -> bool:
    """Whether the work is another part, version or kind: its title is like the printed one only."""
    parsed = entries.to_parsed(reference)
    plain = without_mark(work.title)[0]
    ours = words(without_mark(parsed.title)[0])
    forms = (words(plain), words(f"{plain} {work.subtitle}"))
    alike = any(fit_titles(ours, form).fit in (Fit.SAME, Fit.CLOSE) for form in forms)
    return not alike or bool(gather(printed(parsed), work, named=True).kind)


def _candidate(reference: Reference, resolution: Resolution, work: Work) -> Candidate:
    for candidate in resolution.candidates:
        if candidate.work is work or (work.doi and candidate.work.doi == work.doi):
            return candidate
    return matching.compare(entries.to_parsed(reference), work)


def _written_as(name: str, kind: str) -> str:
    if name == "container":
        return "booktitle" if kind in ("incollection", "inproceedings", "inbook") else "journal"
    return _NAMES[name][0]


def _belongs(name: str, kind: str, theirs: str) -> bool:
    """Whether an entry of this type ought to have such a field that it lacks."""
    if name == "container":
        return kind == theirs and kind in ("article", "incollection", "inproceedings")
    return True


def applied(document: Document, key: str, changes: tuple[Change, ...]) -> Document:
    """The document with the changes made to the entry, every other byte as it was."""
    for change in changes:
        document = document.set_field(key, change.field, change.after)
    return document


def confirmed(reference: Reference, resolution: Resolution, registry: str) -> Resolution:
    """What is to be said of a reference after its fields were corrected."""
    work = resolution.work
    if work is None or resolution.outcome is not Outcome.METADATA_MISMATCH:
        return resolution
    found = matching.confirm(entries.to_parsed(reference), work, registry=registry)
    if found.outcome is Outcome.METADATA_MISMATCH:
        return resolution
    return replace(found, reason=f"its fields were corrected; {found.reason}")
