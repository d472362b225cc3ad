"""When a page was opened, as a printed reference says it: "Accessed 2 May 2020"."""

from __future__ import annotations

import re

from exocite.matching.words import latin

# The first three letters of a month, in English, German, French, Spanish and Italian.
_MONTHS = {
    prefix: number
    for number, prefixes in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar",
            "apr abr avr",
            "may mai mag",
            "jun giu",
            "jul lug",
            "aug aou ago",
            "sep set",
            "oct okt ott",
            "nov",
            "dec dez dic",
        ),
        1,
    )
    for prefix in prefixes.split()
}
_OPENED = re.compile(
    r"\b(?:(?:last\s)?(?:accessed|visited|viewed|retrieved|consulted)|cited|access\sdate|date\saccessed"
    r"|abgerufen|zugriff|consult[ée]e?|consultado|web\.)(?:\s(?:on|am|le|el))?\s?:?\s?",
    re.IGNORECASE,
)
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º)?"
_MONTH = r"(?P<m>[^\W\d_]{3,12})"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DATES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        rf"(?P<y>(?:19|20)\d\d),?\s{_MONTH}\.?(?:\s{_DAY}(?!\w))?",
        rf"{_DAY}\.?[\s-](?:de\s)?{_MONTH}\.?,?[\s-](?:de\s)?{_YEAR}",
        rf"{_MONTH}\.?\s{_DAY},?\s{_YEAR}",
        rf"{_MONTH}\.?,?\s{_YEAR}",
        rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.]{_YEAR}",
        _YEAR,
    )
)


def accessed(text: str) -> str:
    """The day as ISO 8601, or as much of it as is sure (2020-05, 2020); "" where none is printed.

    Of 02/05/2020 only the year is sure, of 25/05/2020 all.
    """
    for opened in _OPENED.finditer(text):
        for pattern in _DATES:
            match = pattern.match(text, opened.end())
            if match and (date := _iso(match.groupdict())):
                return date
    return ""


def _iso(parts: dict[str, str | None]) -> str:
    year, month, day = parts["y"] or "", parts.get("m") or "", parts.get("d") or ""
    one, other = int(parts.get("a") or 0), int(parts.get("b") or 0)
    if one > 12 >= other > 0:
        month, day = str(other), str(one)
    elif other > 12 >= one > 0:
        month, day = str(one), str(other)
    number = _month(month) if month else 0
    if month and not number:
        return ""
    if not number:
        return year
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day and 0 < int(day) < 32 else "")


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text) if 0 < int(text) < 13 else 0
    name = latin(text)
    if name.startswith("jui"):
        return 6 if name.startswith("juin") else 7
    return _MONTHS.get(name[:3], 0)
