"""Where in a container a printed reference points: volume, issue, pages, year, edition.

Each style writes these in a pattern of its own ("11.6 (2023)", "2000;117(2):588-590"). The patterns
stand in one table, the most telling first; labelled parts ("vol. 3", "pp. 1-9") are read before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache


@dataclass(frozen=True, slots=True)
class Location:
    """The numbers of a reference, "" where not found, and where in the text they begin."""

    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    start: int = -1
    labelled: bool = False


MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter)"
    r"[a-z]{0,6}\.?"
)
_WHEN = rf"{MONTH}(?:\s?[-–/]\s?{MONTH})?(?:\s\d{{1,2}}(?!\d))?"
_YEAR = r"(?:1[4-9]|20)\d\d"
_Y = rf"(?P<y>{_YEAR})[a-z]?"
_V = r"(?P<v>(?-i:[A-Z]{0,2})\d{1,5}(?:[-–/]\d{1,4})?[A-Za-z]?|[IVXLC]{1,8})"
_I = (
    r"(?P<i>(?:suppl?(?:ement)?\.?\s?)?[A-Za-z]{0,5}\d{1,5}(?:[-–/]\d{1,5})?[A-Za-z]?"
    r"(?:\s?(?:suppl?|pt)\.?(?:\s?\d{1,3})?)?|suppl?(?:ement)?\.?(?:\s?[A-Z\d]{1,3})?"
    rf"|{_WHEN})"
)
_P_ONE = r"[A-Za-z]{0,5}\d{1,20}[A-Za-z]{0,3}\d{0,6}"
_P = (
    rf"(?P<p>{_P_ONE}(?:\.\d{{1,4}})?"
    r"(?:\s?[-–—‐‑−]{1,2}\s?[A-Za-z]{0,2}\d{1,20}[A-Za-z]{0,2})?"
    r"|[ivxlc]{1,7}(?:[-–—][ivxlc]{1,7})?)"
)
_END = r"(?![\w])"
# A volume may be glued to the journal before it, "Medicine82 (6)", as scanners leave it.
_FREE = r"(?<!(?-i:[\d.A-Z_]))"

_ISSUE = rf"(?:\s?\(\s?{_I}\s?\))?"
_IN_BRACKETS = rf"\(\s?(?:{_WHEN},?\s)?{_Y}\s?\)"
_PAGES = rf"(?:pp?\.\s?)?{_P}"
_THEN_PAGES = rf"(?:\s?[:,]?\s?{_PAGES}{_END})?"
_ARTICLE = r"art(?:icle)?\.?\s?(?:no\.?|id)?\s?"

# Patterns of whole locations. The first that fits wins; within one, the last place that fits.
_PATTERNS: tuple[str, ...] = (
    # 2000;117(2):588-590.  2013 Aug 12;8(8):e72291.  2019;198.
    rf"(?<!\w){_Y}(?:\s{_WHEN})?\s?;\s?{_V}{_ISSUE}(?:\s?:\s?{_P})?{_END}",
    # 33, 1 (2013), pp. 39-55
    rf"(?<![\w.]){_V},\s(?P<i>\d{{1,4}})\s?\(\s?{_Y}\s?\)\s?[:,]\s?{_PAGES}{_END}",
    # 19, 397–422 (2017)   135(1), 121-132 (1989)   9, e4 (2024)
    rf"(?<![\w.]){_V}{_ISSUE}\s?[,:]\s?{_PAGES}\s?,?\s?{_IN_BRACKETS}",
    # 117.2 (2000): 588-590   11.6 (2023)   12, no. 3 (May 2010): 4
    (
        rf"(?<![\w.]){_V}(?:\s?\.\s?|,?\s?(?:no|nr|issue)\.?\s?|\s?\(\s?)"
        rf"(?P<i>\d{{1,4}}(?:[-–/]\d{{1,4}})?)\s?\)?,?\s?{_IN_BRACKETS}{_THEN_PAGES}"
    ),
    # 18 (2016) 05LT01   106 (2022): 2268   2021 (2021): 1-14
    rf"{_FREE}{_V}\s?{_IN_BRACKETS}{_THEN_PAGES}",
    # 2005, 127 (3), 1234–1240
    rf"(?<!\w){_Y}\s?,\s{_V}{_ISSUE}\s?[,:]\s?{_PAGES}{_END}",
    # 117(2), 588–590   40 (October): 84–103   IX(3), 12.   26(7-8):909
    rf"{_FREE}{_V}\s?\(\s?{_I}\s?\)\s?[,:]?\s?(?:{_ARTICLE}|(?:pp?|S)\.\s?)?{_P}{_END}",
    # 57, no. 1: 125-144   57 no 1, pp. 3
    rf"(?<![\w.]){_V}\s?,?\s?(?:no|nr|n°|issue)\.?\s?{_I}\s?[,:]\s?{_PAGES}{_END}",
    # 12:123–130   9: e1   15: 87-101, 2014
    rf"(?<![\w.:/]){_V}\s?:\s?{_P}{_END}(?:\s?,\s?\(?\s?(?:{_WHEN}\s)?{_Y}\)?)?",
    # 70, 855–862   475, 163   6, e4946
    rf"(?<![\w.]){_V}\s?,\s?(?:{_ARTICLE}|pp?\.\s?)?{_P}{_END}(?:\s?,\s?{_Y})?",
    # 117(2).   26(7-8)
    rf"(?<![\w.])(?P<v>\d{{1,4}}|[IVXLC]{{1,7}})\s?\(\s?{_I}\s?\)(?=\s?[.,;]|\s?$)",
    # Of a chapter: , 11–39. Leeds: Moss Press
    r",\s(?P<p>(?!1[4-9]\d\d|20\d\d)\d{1,4}[-–]\d{1,4})(?=\.\s)",
)
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "volume",
        (
            r"(?<!\w)(?:vol(?:ume)?s?|bd|jg|tome)\.?\s?"
            r"(?P<x>[A-Z]?\d{1,5}(?:[-–/]\d{1,4})?[A-Za-z]?|[IVXLC]{1,8})(?!\w)"
        ),
    ),
    (
        "issue",
        (
            r"(?<!\w)(?:no|nos|nr|num|number|issue|iss|n°|nº|heft)\.?\s?"
            r"(?P<x>(?:suppl?\.?\s?)?[A-Z]?\d{1,5}(?:[-–/]\d{1,5})?[A-Za-z]?)(?!\w)"
        ),
    ),
    (
        "pages",
        (
            r"(?<!\w)(?:pp?(?:\.:?\s?|:?\s|(?=\d))|pages?:?\s|pgs?\.\s?|(?-i:S\.\s?))"
            rf"{_P.replace('?P<p>', '?P<x>')}{_END}(?!\s?(?:pp?|pages|ed)\b)"
        ),
    ),
    (
        "pages",
        (
            r"(?<!\w)(?:art(?:icle)?\.?|paper)\s?(?:no\.?|id|number|num\.)?\s?"
            r"(?P<x>[A-Za-z]{0,3}\d{2,9})(?!\w)"
        ),
    ),
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When first needed: a check of an article asks for the pages of an entry alone.
    return re.compile(pattern, re.IGNORECASE)


_ANY_YEAR = re.compile(rf"(?<![\w\-–./]){_YEAR}(?=[a-z]?(?![\w\-–/]))")
_EDITION = re.compile(
    r"(?<!\w)(?P<e>\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|rev(?:ised)?)\.?\s(?:rev(?:ised)?\.?\s)?ed(?:ition|n)?\b\.?",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s?[-–—‐‑−]{1,2}\s?")


def locate(text: str) -> Location:
    """Volume, issue, pages and year as printed in the text behind a title."""
    found = _labelled(text)
    if found.volume and (found.pages or found.issue):
        return _with_year(text, found)
    for pattern in _PATTERNS:
        matches = [match for match in _compiled(pattern).finditer(text) if _sensible(match)]
        if matches:
            return _with_year(text, _merged(found, matches[-1]))
    return _with_year(text, found)


def marks(text: str) -> list[tuple[int, int, str]]:
    """Where the numbers of the location stand: start, end, and field with the pattern that told.

    The field is a letter, y v i or p, behind it the pattern's number or l for a label.
    """
    found: list[tuple[int, int, str]] = []
    for field, pattern in _LABELS:
        match = next(reversed(list(_compiled(pattern).finditer(text))), None)
        if match:
            found.append((*match.span("x"), f"{field[0]}l"))
    if {name[0] for *_, name in found} > {"v"}:
        return found
    for number, pattern in enumerate(_PATTERNS):
        matches = [match for match in _compiled(pattern).finditer(text) if _sensible(match)]
        if matches:
            groups = matches[-1].groupdict()
            found += [
                (*matches[-1].span(name), f"{name}{number}") for name in groups if groups[name]
            ]
            break
    return found


def _labelled(text: str) -> Location:
    values: dict[str, str] = {}
    starts: list[int] = []
    for field, pattern in _LABELS:
        match = next(reversed(list(_compiled(pattern).finditer(text))), None)
        if match and field not in values:
            values[field] = match["x"]
            starts.append(match.start())
    return Location(
        volume=values.get("volume", ""),
        issue=values.get("issue", ""),
        pages=full_pages(values.get("pages", "")),
        start=min(starts, default=-1),
        labelled=bool(starts),
    )


def _merged(found: Location, match: re.Match[str]) -> Location:
    groups = {name: value or "" for name, value in match.groupdict().items()}
    issue = groups.get("i", "")
    if groups.get("p") and not found.volume and 0 <= found.start < match.start():
        # "Pp. lvi, 216" of a book under review stands before the review's own place.
        found = Location()
    return Location(
        year=groups.get("y", ""),
        volume=found.volume or groups.get("v", ""),
        issue=found.issue or ("" if re.fullmatch(_WHEN, issue, re.IGNORECASE) else issue),
        pages=found.pages or full_pages(groups.get("p", "")),
        start=match.start() if found.start < 0 else min(found.start, match.start()),
        labelled=found.labelled,
    )


def _sensible(match: re.Match[str]) -> bool:
    """Two bare numbers are a location only where the first is no year of a date or of a range."""
    groups = match.groupdict()
    volume = groups.get("v") or ""
    return not (volume.isalpha() and volume != volume.upper())


def _with_year(text: str, found: Location) -> Location:
    if found.year:
        return found
    years = list(_ANY_YEAR.finditer(text))
    outside = [year for year in years if year[0] not in {found.volume, found.pages}] or years
    if not outside:
        return found
    year = outside[-1]
    start = year.start() if found.start < 0 else min(found.start, year.start())
    return replace(found, year=year[0], start=start)


def article_number(text: str) -> str:
    """The number behind "article" or "paper", which stands for pages; "" when there is none."""
    match = _compiled(_LABELS[-1][1]).search(text)
    return match["x"] if match else ""


def edition(text: str) -> str:
    """The edition as printed ("2nd", "revised"), "" when the text names none."""
    match = _EDITION.search(text)
    return match["e"].lower() if match else ""


def without_edition(text: str) -> str:
    """The text without its mention of an edition, in brackets or not."""
    return re.sub(r"[(\[]\s*[)\]]", "", _EDITION.sub("", text))


def full_pages(pages: str) -> str:
    """The range with an ASCII hyphen and its last page in full: "785–98" is "785-798"."""
    parts = _DASH.split(pages.strip(), maxsplit=1)
    if len(parts) < 2:
        return pages.strip()
    first, last = parts
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"
