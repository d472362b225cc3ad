"""All checks over a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.doctor import (
    crossrefs,
    data_models,
    dois,
    encoding_rests,
    html_rests,
    months,
    name_lists,
    pages,
    punctuation,
    required,
    spacing,
    standard_numbers,
    title_case,
    unescaped,
    unknown_fields,
    urls,
    whole_file,
    years,
)
from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Library, entry_of
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.document import Document
from exocite.bibliography.encodings import decode
from exocite.bibliography.located import Located
from exocite.model import Reference
from exocite.text import Lines

CHECKS: tuple[Check, ...] = (
    required.CHECK,
    unknown_fields.CHECK,
    dois.CHECK,
    standard_numbers.CHECK,
    urls.CHECK,
    years.CHECK,
    months.CHECK,
    pages.CHECK,
    name_lists.CHECK,
    unescaped.CHECK,
    html_rests.CHECK,
    encoding_rests.CHECK,
    punctuation.CHECK,
    spacing.CHECK,
    title_case.CHECK,
    crossrefs.CHECK,
)

CODES: tuple[tuple[str, str], ...] = (
    *whole_file.CODES,
    *(code for check in CHECKS for code in check.codes),
)
"""Every code with its meaning, in the order of the documentation."""


def library_of(document: Document, model: str = "") -> Library:
    """What the checks of one entry need to know of the rest; `model` "" is told from the file."""
    blocks = document.blocks
    entries = [item.block for item in blocks if item.block.kind is BlockKind.ENTRY]
    model = model or data_models.told(
        ((block.type, map(str.lower, block.names)) for block in entries),
        (item.source for item in blocks if item.block.kind is BlockKind.COMMENT),
    )
    strings = (item.block.key for item in blocks if item.block.kind is BlockKind.STRING)
    encoding = decode(document.data)
    return Library(
        model=model,
        keys=frozenset(_keys(document)),
        parents={entry.key.lower(): entry.fields for entry in reversed(document.entries)},
        macros=frozenset(map(str.lower, strings)),
        uses=Counter(name for block in entries for name in {*map(str.lower, block.names)}),
        utf8=not encoding.bad_line,
        fits=encoding.encoding.fits,
    )


def _keys(document: Document) -> Iterator[str]:
    """The keys of all entries, and the others that biblatex's field ids gives them."""
    for entry in document.entries:
        yield entry.key.lower()
        if "ids" in entry.fields:
            yield from (key.strip().lower() for key in entry.get("ids").split(","))


def entries_of(document: Document) -> Iterator[tuple[Located, Reference]]:
    """The blocks that are entries, each with what it means."""
    items = (item for item in document.blocks if item.block.kind is BlockKind.ENTRY)
    return zip(items, document.entries, strict=True)


def examine(document: Document, library: Library | None = None) -> tuple[Finding, ...]:
    """All findings in the order of the file."""
    library = library or library_of(document)
    found = list(whole_file.findings(document, Lines(document.text)))
    for item, reference in entries_of(document):
        found += of_entry(entry_of(item, reference.fields), library)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.code, one.message)))


def of_entry(entry: Entry, library: Library) -> Iterator[Finding]:
    """The findings of one entry."""
    for check in CHECKS:
        yield from check.run(entry, library)
