"""Fields that name other entries by keys which the file does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Library
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.edits import KEY_FIELDS
from exocite.model import Severity


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        literal = field.single
        if field.name not in KEY_FIELDS or literal is None:
            continue
        for key in filter(None, map(str.strip, literal.text.split(","))):
            # BibTeX compares the keys of crossref without their case.
            if key.lower() not in library.keys:
                message = f"{field.name} names {key}, which is no entry of this file"
                start, end = literal.start, literal.end
                yield field.finding(start, end, "unknown-crossref", Severity.WARNING, message)


CHECK = Check(
    (("unknown-crossref", "`crossref`, `xdata` or the like names an entry that is not there"),),
    _run,
)
