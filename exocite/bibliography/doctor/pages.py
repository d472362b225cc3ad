"""Pages: a single hyphen in a range, a label in front, an end before the beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.model import Severity

_LABEL = re.compile(r"\s*(?:pp?\b\.?|pages?\b\.?:?|S\.\s)[\s~]*(?=[A-Za-z]?\d)", re.IGNORECASE)
_PAGE = r"([A-Za-z]{0,4})(\d{1,7})"
_RANGE = re.compile(rf"{_PAGE}(\s*(?:-{{1,4}}|[–—‐‑])\s*){_PAGE}")
_LIST = re.compile(r"\s*[,;]\s*|\s+")
_WELL = re.compile(r"--|[–—]")
_SHORTENED = 3
"""Digits of a first page from which a shorter second one is its end (1234-56, 119-26)."""


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    field = entry.field("pages")
    literal = field.single if field else None
    if field is None or literal is None:
        return
    if label := _LABEL.match(literal.text):
        message = f"{label[0].strip()} stands before the pages; styles add it"
        cut = (literal.start, literal.start + label.end(), "")
        yield field.finding(literal.start, literal.end, "pages-prefix", Severity.INFO, message, cut)
    yield from _ranges(field, literal, label.end() if label else 0)


def _ranges(field: Field, literal: Literal, start: int) -> Iterator[Finding]:
    text = literal.text
    if not _only_ranges(text[start:]):
        return
    for match in _RANGE.finditer(text, start):
        begin = literal.start + match.start()
        end = literal.start + match.end()
        order = _ordered(match)
        if order < 0:
            message = f"the pages {match[0]} end before they begin"
            yield field.finding(begin, end, "pages-malformed", Severity.WARNING, message)
        elif order > 0 and not _WELL.fullmatch(match[3]):
            message = f"{match[0]}: a range of pages is written with two hyphens"
            place = (literal.start + match.start(3), literal.start + match.end(3), "--")
            yield field.finding(begin, end, "pages-hyphen", Severity.INFO, message, place)


def _only_ranges(text: str) -> bool:
    """Whether nothing but pages and ranges of them stands here: not 12-3-45, not A-1:7."""
    rest = _RANGE.sub("1", text.strip().rstrip(".,;"))
    return all(re.fullmatch(r"[A-Za-z]{0,4}\d+\+?", part) for part in _LIST.split(rest) if part)


def _ordered(match: re.Match[str]) -> int:
    """1 for a range, -1 for one that runs backwards, 0 where it may be something else."""
    before, first, _, behind, last = match.groups()
    if before.lower() != behind.lower() and (behind or before):
        return 1 if before and not behind and int(last) > int(first) else 0
    if int(last) >= int(first):
        return 1
    if len(last) < len(first):
        full = int(first[: -len(last)] + last)
        return int(len(first) >= _SHORTENED and full > int(first))
    return -1


CHECK = Check(
    (
        ("pages-hyphen", "a range of pages with one hyphen"),
        ("pages-prefix", "pages with `pp.` in front"),
        ("pages-malformed", "a range of pages that runs backwards"),
    ),
    _run,
)
