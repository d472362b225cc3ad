"""Months as words, where the macros `jan` to `dec` let each style print its own."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Library
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.symbols import MONTHS
from exocite.model import Severity

_MACROS = {
    spelling: macro
    for macro, name in MONTHS.items()
    for spelling in (macro, f"{macro}.", name.lower())
} | {"sept": "sep", "sept.": "sep", "june.": "jun", "july.": "jul"}


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    field = entry.field("month")
    if field is None:
        return
    start, end = field.start, field.start + len(field.written)
    literal = field.single
    if literal is not None:
        macro = _MACROS.get(literal.text.strip().strip("{}").lower(), "")
    elif (
        len(field.macros) == 1
        and not field.literals
        and field.written.lower() not in library.macros
    ):
        macro = _MACROS.get(field.written.lower(), "")
        macro = "" if macro == field.written.lower() else macro
    else:
        return
    if macro:
        message = f"{field.written} is a word; the macro {macro} lets each style print its own"
        yield field.finding(start, end, "month-word", Severity.INFO, message, (start, end, macro))


CHECK = Check((("month-word", "a month as a word instead of its macro"),), _run)
