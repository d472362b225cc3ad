"""Fields that an entry's type needs, and types that no model has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.data_models import BIBLATEX, BIBTEX, EQUAL, REQUIRED
from exocite.bibliography.doctor.entry import Entry, Library
from exocite.bibliography.doctor.finding import Finding
from exocite.model import Severity

_SAME = {name: pair for pair in EQUAL for name in pair}


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    needed = REQUIRED[library.model].get(entry.type)
    if needed is None:
        yield from _unknown_type(entry, library)
        return
    held = set(entry.names)
    for name in ("crossref", "xdata"):
        for key in entry.meaning.get(name, "").split(","):
            parent = library.parents.get(key.strip().lower())
            if parent is None and key.strip():
                return  # What it would inherit is in another file.
            held |= _inherited(parent or {})
    # As year, journal and school of BibTeX stand for biblatex's fields, so do those for them.
    known = {other for name in held for other in _SAME.get(name, (name,))}
    blank = " " if entry.key else ""
    for group in needed:
        if known.isdisjoint(group):
            wanted = " or ".join(group)
            message = (
                f"@{entry.type}{blank}{entry.key} has no {wanted}, which {_SPOKEN[library.model]}"
            )
            yield entry.finding("missing-field", Severity.WARNING, f"{message} asks for")
    for field in entry.fields:
        if field.name.startswith("opt"):
            continue  # So does Emacs mark what is not filled in.
        if field.literals and not field.macros and not any(x.text.strip() for x in field.literals):
            message = f"{field.name} is empty"
            end = field.start + len(field.written)
            yield field.finding(field.start, end, "empty-field", Severity.INFO, message)


_SPOKEN = {BIBTEX: "BibTeX", BIBLATEX: "biblatex"}


def _inherited(parent: Mapping[str, str]) -> set[str]:
    names = set(parent)
    # A book's title is the booktitle of its parts.
    return names | ({"booktitle"} if "title" in names else set())


def _unknown_type(entry: Entry, library: Library) -> Iterator[Finding]:
    near = get_close_matches(entry.type, REQUIRED[library.model], n=1, cutoff=0.8)
    hint = f"; did you mean @{near[0]}?" if near else ": styles treat it as @misc"
    spoken = _SPOKEN[library.model]
    message = f"{spoken} knows no entry type @{entry.type}{hint}"
    yield entry.finding("unknown-type", Severity.INFO, message)


CHECK = Check(
    (
        ("missing-field", "a field that the entry's type needs is not there"),
        ("empty-field", "a field holds nothing"),
        ("unknown-type", "the data model has no such entry type"),
    ),
    _run,
)
