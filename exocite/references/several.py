"""Several printed references in one stretch of text, told apart.

Lists that were copied or taken out of a PDF lose their line ends: "1. … 2. …", "[1] … [2] …",
"• … • …", or works one behind another with semicolons between. A cut is made only where both sides
are a reference by themselves, so that a semicolon in a title or between names never makes one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.model import Span
from exocite.patterns import regex

_LEAST, _LEAST_DATED = 20, 30
_LONGEST = 100_000
_MOST = 2000
_BULLET = regex(r"(?:^|(?<=\s))[•◦▪‣⁃∙](?=\s)")
# How lists number: the number is group n; what may stand before one that is not the first.
_NUMBERED: tuple[re.Pattern[str], ...] = tuple(
    regex(pattern)
    for pattern in (
        r"(?:^|(?<=[\s.;,)\]]))\[\s?(?P<n>\d{1,4})\s?\](?=\s?[^\s\]])",
        r"(?:^|(?<=[.;,)\]/\w”\"]\s))\((?P<n>\d{1,3})\)(?=\s[^\W\d_a-z])",
        r"(?:^|(?<=[.;,)\]/\w”\"]\s))(?P<n>\d{1,4})[.)](?=\s?[^\W\d_a-z]|\s[“\"‘«])",
    )
)
_YEAR = regex(
    r"(?<![\d/.-])(?:1[5-9]|20)\d\d[a-z]?(?![\d/])|\bn\.\s?d\.|\bin press\b", re.IGNORECASE
)
_ADDRESS = regex(r"\b10\.\d{4,9}/\S|https?://\S|\bwww\.\S|\bPMID\b", re.IGNORECASE)
_FRONT = regex(
    r"[“\"‘«]\s?[^\W\d_]"  # a quoted title
    r"|(?:(?:[a-z]{1,4}\s){0,2}[^\W\d_a-z][\w'’`-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30}){0,2},?\s"
    r"(?:[^\W\d_a-z]\.|[^\W\d_a-z]{1,3}[\s,.;:(]|[^\W\d_a-z][\w’'-]+[\s,.]|et\sal|and\s|&\s|\(\d))"
    r"|(?:[^\W\d_a-z]\.[\s-]?){1,3}\s?[^\W\d_a-z]\w"  # O. M. Brandt
    r"|[^\W\d_a-z][^.;,()\[\]]{2,90}[.,(]"  # a body's name, or a title
)


def apart(text: str) -> tuple[Span, ...]:
    """Where each reference stands in the text, its label included; one span where it holds one.

    Blanks at the ends belong to none. Empty text gives no span.
    """
    if len(text) <= _LONGEST:
        for starts in (*_label_starts(text), _bullet_starts(text), _semicolon_starts(text)):
            if len(starts) > 1:
                return _spans(text, starts)
    return _spans(text, [0])


def _label_starts(text: str) -> list[list[int]]:
    """For each way to number, where the labels stand that count on from the first of all."""
    found = []
    for pattern in _NUMBERED:
        starts: list[int] = []
        wanted = -1
        for match in pattern.finditer(text):
            number = int(match["n"])
            if not starts and text[: match.start()].strip():
                break
            if starts and (number != wanted or not _holds_one(text[starts[-1] : match.start()])):
                continue
            starts.append(match.start())
            wanted = number + 1
            if len(starts) > _MOST:
                break
        if starts and not _holds_one(text[starts[-1] :]):
            starts.pop()
        found.append(starts)
    return found


def _bullet_starts(text: str) -> list[int]:
    starts = [match.start() for match in _BULLET.finditer(text)]
    if not starts or text[: starts[0]].strip() or len(starts) > _MOST:
        return []
    parts = zip(starts, [*starts[1:], len(text)], strict=True)
    return starts if all(_holds_one(text[start:end]) for start, end in parts) else []


def _semicolon_starts(text: str) -> list[int]:
    """Where works separated by semicolons begin; each is dated, and begins as references do."""
    ends = [match.end() for match in re.finditer(r";\s(?:(?:and|see also|cf\.)\s)?", text)]
    if not ends or len(ends) > _MOST:
        return []
    last_year = max((year.start() for year in _YEAR.finditer(text)), default=-1)
    starts = [len(text) - len(text.lstrip())]
    for end in ends:
        if end > last_year:
            break
        if _stands_alone(text[starts[-1] : end]) and _stands_alone(text[end : end + 1500]):
            starts.append(end)
    return starts


def _stands_alone(text: str) -> bool:
    """Whether it is dated, has more than names and a year, and begins with a name or a title."""
    year = _YEAR.search(text)
    if year is None or not _FRONT.match(text.strip()) or len(text.strip()) < _LEAST_DATED:
        return False
    # Names may stand before a semicolon, a title alone does not follow one: what is dated must
    # reach its date before the next semicolon but one, as no list of authors does in two names.
    front = text[: year.start()]
    return "; " not in front or _initials_only(front)


def _initials_only(front: str) -> bool:
    """Whether semicolons part names: "Diels, O.; Alder, K. Liebigs Ann."."""
    *names, _ = front.split("; ")
    return all(len(name.split()) < 6 and "," in name for name in names)


def _holds_one(text: str) -> bool:
    bare = text.strip()
    return len(bare) >= _LEAST and bool(_YEAR.search(bare) or _ADDRESS.search(bare))


def _spans(text: str, starts: Sequence[int]) -> tuple[Span, ...]:
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        inner = text[start:end]
        begin = start + len(inner) - len(inner.lstrip())
        stop = start + len(inner.rstrip())
        if begin < stop:
            found.append(Span(begin, stop))
    return tuple(found)
