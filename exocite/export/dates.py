"""Dates of bibliography entries as CSL dates.

Sources: Extended Date/Time Format (ISO 8601-2:2019, levels 0 and 1) as biblatex writes `date`;
BibTeX's `year` and `month`; CSL-JSON schema 1.0.2 (`date-parts`, `season`, `circa`, `literal`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from exocite.text import collapsed

CslDate = dict[str, object]

_SINGLE = re.compile(
    r"(?P<year>-?\d{1,6}|\d{2}XX|\d{3}X)(?:-(?P<month>\d{2}|XX))?(?:-(?P<day>\d{2}|XX))?"
    r"(?:T[\d:.Z+-]{2,20})?(?P<doubt>[?~%]?)",
    re.ASCII,
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_YEAR_RANGE = re.compile(r"(\d{4})\s?(?:-{1,3}|–|/)\s?(\d{4})", re.ASCII)
_CIRCA = re.compile(r"\b(?:ca?|circa)\b\.?\s?\d|\d~$|\d\?$", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_WORD = re.compile(r"[^\W\d_]{3,20}")
_FIRST_SEASON = 21
_IN_RANGE = {"month": (*range(1, 13), *range(21, 25)), "day": range(1, 32)}


def csl_date(fields: Mapping[str, str], prefix: str = "") -> CslDate:
    """The date of an entry; `prefix` is "url", "orig" or "event". Empty where there is none.

    A `date` that follows the format wins over `year` and `month`. Years before 1 are CSL's
    (-1 is 1 BC), whereas ISO's year 0 is 1 BC. What is no date at all is kept as `literal`.
    """
    written = collapsed(fields.get(f"{prefix}date", ""))
    if written:
        return _edtf(written) or _by_year(written, "")
    year = collapsed(fields.get(f"{prefix}year", ""))
    return _by_year(year, collapsed(fields.get(f"{prefix}month", ""))) if year else {}


def _edtf(written: str) -> CslDate:
    halves = written.split("/")
    if len(halves) > 2:
        return {}
    parts: list[list[int]] = []
    date: CslDate = {}
    for half in halves:
        if half in {"", ".."}:
            parts.append([0])
            continue
        match = _SINGLE.fullmatch(half)
        if match is None:
            return {}
        single = _parts(match)
        if len(single) > 1 and single[1] >= _FIRST_SEASON:
            date["season"] = single[1] - _FIRST_SEASON + 1
            single = single[:1]
        parts.append(single)
        if match["doubt"] or "X" in match["year"]:
            date["circa"] = True
    if parts == [[0]] or parts == [[0], [0]]:
        return {}
    if len(parts) == 2:
        # A range has one season at most in CSL, and does not say whose it is.
        date.pop("season", None)
        parts = parts[1:] if parts[0] in ([0], parts[1]) else parts
    return {"date-parts": parts} | date


def _parts(match: re.Match[str]) -> list[int]:
    year = int(match["year"].replace("X", "0"))
    parts = [year if year > 0 else year - 1]
    for name, known in _IN_RANGE.items():
        value = match[name]
        if value is None or not value.isdigit() or int(value) not in known:
            break
        parts.append(int(value))
    return parts


def _by_year(written: str, month: str) -> CslDate:
    """BibTeX's year, which may be anything ("2019", "c. 1850", "2001--2003", "in press")."""
    years = _YEAR_RANGE.search(written)
    if years:
        return {"date-parts": [[int(years[1])], [int(years[2])]]}
    year = _YEAR.search(written)
    if year is None:
        return {"literal": written}
    parts = [int(year[0]), *_month_day(month)]
    circa: CslDate = {"circa": True} if _CIRCA.search(written) else {}
    return {"date-parts": [parts]} | circa


def _month_day(written: str) -> list[int]:
    """Month and perhaps day of "aug", "8", "August 15", "15~aug"."""
    words = (_MONTHS.get(word.lower()[:3]) for word in _WORD.findall(written))
    month = next((number for number in words if number), None)
    numbers = [int(number) for number in _NUMBER.findall(written)]
    if month is None:
        return numbers[:1] if numbers and 1 <= numbers[0] <= 12 else []
    return [month, numbers[0]] if len(numbers) == 1 and 1 <= numbers[0] <= 31 else [month]
