"""Blanks: two in a row, or at the ends of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.doctor.masking import TYPESET, masked
from exocite.bibliography.latex import NAME_FIELDS
from exocite.model import Severity

_FIELDS = TYPESET | NAME_FIELDS | {"year", "doi", "isbn", "issn"}
# Indentation and the ends of lines are layout, not text.
_DOUBLE = re.compile(r"(?<=[^\s\0\\])(?:[ \t]{2,}|\t)(?=[^\s\0])")


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        if field.name in _FIELDS:
            for literal in field.literals:
                yield from _blanks(field, literal)


def _blanks(field: Field, literal: Literal) -> Iterator[Finding]:
    text = masked(literal.text)
    for match in _DOUBLE.finditer(text):
        start, end = literal.start + match.start(), literal.start + match.end()
        message = "two blanks stand in a row"
        yield field.finding(start, end, "double-space", Severity.INFO, message, (start, end, " "))
    # Blanks at the ends of a part of `a # b` are meant.
    if field.single is None or not text.strip() or not literal.quote:
        return
    for match in re.finditer(r"\A[ \t]+(?=\S)|(?<=[^\s\\])[ \t]+\Z", literal.text):
        start, end = literal.start + match.start(), literal.start + match.end()
        message = f"a blank stands at the {'end' if match.start() else 'beginning'} of {field.name}"
        yield field.finding(start, end, "outer-space", Severity.INFO, message, (start, end, ""))


CHECK = Check(
    (
        ("double-space", "two blanks in a row"),
        ("outer-space", "a blank at the beginning or end of a value"),
    ),
    _run,
)
