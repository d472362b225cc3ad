"""A comma, semicolon or full stop at the end of a value, which styles add themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.doctor.masking import TYPESET
from exocite.model import Severity

_NUMBERS = frozenset({"year", "volume", "number", "pages", "date", "doi"})
_COMMAS = (TYPESET | _NUMBERS | {"author", "editor"}) - {"type"}
_STOP = re.compile(r"(?<![a-z])([A-Z]?[a-z]{5,}+)\}?(\.)\s*$")
_ABBREVIATED = re.compile(r"\b[A-Za-z]{1,5}\.\s")
_ENDINGS = frozenset({"trans", "assoc", "intern"})
"""Abbreviations of five letters and more; shorter words are not looked at."""


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        literal = field.single
        if literal is None or not literal.quote:
            continue
        # `\,` at the end is a thin space of TeX.
        kept = literal.text.rstrip(" \t\r\n,;") if field.name in _COMMAS else literal.text
        if kept and literal.text[len(kept) :].strip() and not kept.endswith(("\\", " and")):
            yield _found(field, literal, len(kept), len(literal.text))
        elif field.name in _NUMBERS - {"doi"}:
            stop = re.search(r"(?<=\d)\.\s*$", literal.text)
            if stop:
                yield _found(field, literal, stop.start(), stop.end())
        elif field.name == "title":
            yield from _title(field, literal)


def _title(field: Field, literal: Literal) -> Iterator[Finding]:
    """A full stop after a word that is no abbreviation, in a title that holds none either."""
    stop = _STOP.search(literal.text)
    if stop is None or _ABBREVIATED.search(literal.text) or stop[1].lower() in _ENDINGS:
        return
    yield _found(field, literal, stop.start(2), stop.end())


def _found(field: Field, literal: Literal, start: int, end: int) -> Finding:
    sign = literal.text[start:end].strip()[:1]
    message = f"{field.name} ends in {sign!r}; styles add their own punctuation"
    start, end = literal.start + start, literal.start + end
    cut = (start, end, "")
    return field.finding(start, end, "trailing-punctuation", Severity.INFO, message, cut)


CHECK = Check((("trailing-punctuation", "a value that ends in a comma or full stop"),), _run)
