"""Values that several formats write alike: names, dates, pages, numbers of books and journals."""

from __future__ import annotations

import re

from exocite.bibliography.imports.record import Draft
from exocite.identifiers import first, normalise_doi, valid_issn
from exocite.model import Name
from exocite.references.names import SUFFIXES
from exocite.text import collapsed

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = 31
_SHORT = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_KEY = re.compile(r"(?=.*[^\W\d_])[^\s\"#%'(),={}\\~@\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,120}")
_RANGE = re.compile(r"(\w{1,12})\s?[-–—]{1,3}\s?(\w{1,12})")
_ET_AL = frozenset({"et al", "et al.", "others"})

CONTAINER_FIELD = {
    "article": "journal",
    "book": "series",
    "periodical": "journal",
    "suppperiodical": "journal",
}
PUBLISHER_FIELD = {
    "phdthesis": "school",
    "mastersthesis": "school",
    "thesis": "school",
    "techreport": "institution",
}


def person(draft: Draft, role: str, text: str) -> None:
    """Name the person of "Family, Given, Suffix"; a name without a comma is that of a body."""
    text = collapsed(text)
    if text.lower() in _ET_AL:
        draft.others.add(role)
        return
    family, comma, rest = (part.strip() for part in text.partition(","))
    given, _, suffix = (part.strip() for part in rest.partition(","))
    if given.lower() in SUFFIXES and suffix:
        given, suffix = suffix, given
    if not comma or not given:
        draft.person(role, Name(literal=family))
    else:
        draft.person(role, Name(family, given, suffix=suffix))


def date(draft: Draft, year: str, month: str = "", day: str = "", *, tag: str) -> None:
    """Year, month and day as BibTeX has them: `month = {5}`, `month = {12 May}`.

    A month may be a number, a name or a season; what is neither is kept.
    """
    draft.put("year", year, tag)
    month, day = month.strip(), day.strip()
    if not month or draft.get("year") != collapsed(year) or draft.get("date"):
        return
    number = _number(month) or _SHORT.get(month[:3].lower(), 0)
    season = _SEASONS.get(month.lower())
    if season and re.fullmatch(r"\d{4}", year, re.ASCII):
        del draft.fields["year"]
        draft.put("date", f"{year}-{season}", tag)
    elif not 1 <= number <= len(MONTHS):
        draft.keep(tag, f"{month} {day}")
    elif 1 <= _number(day) <= _DAYS:
        draft.put("month", f"{_number(day)} {MONTHS[number - 1]}", tag)
    else:
        draft.put("month", str(number), tag)
        draft.keep(tag, day)


def _number(text: str) -> int:
    """The number of at most two digits that the text is, else 0."""
    return int(text) if text.isdecimal() and len(text) <= 2 else 0


_ISO = re.compile(r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?(?:T.*)?", re.ASCII)
_EDTF = re.compile(r"-?\d{4}(?:-\d\d){0,2}[~?%]?(?:/(?:-?\d{4}(?:-\d\d){0,2}[~?%]?)?)?", re.ASCII)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})")
_CIRCA = re.compile(r"(?:c|ca|circa|about|around|approx)\.?\s*(\d{3,4})", re.IGNORECASE | re.ASCII)
_BEFORE_CHRIST = re.compile(
    r"(\d{1,4})\s*(?:BC|BCE|B\.\s?C\.(?:\s?E\.)?)", re.IGNORECASE | re.ASCII
)
_SPAN = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})", re.ASCII)


def free_date(draft: Draft, text: str, tag: str) -> None:
    """A date as people write one: "2012-05-03", "3 May 2012", "Spring 2012", "c. 1850", "44 BC".

    What is none of these is kept, its year taken where it has but one.
    """
    text = collapsed(text)
    if match := _ISO.fullmatch(text):
        month, day = (part if part and int(part) else "" for part in match.groups()[1:])
        date(draft, match[1], month, day, tag=tag)
    elif match := _CIRCA.fullmatch(text):
        draft.put("date", f"{match[1]:0>4}~", tag)
    elif match := _BEFORE_CHRIST.fullmatch(text):
        # ISO 8601 has a year 0, which is 1 BC.
        year = int(match[1]) - 1
        draft.put("date", f"-{year:04d}" if year else "0000", tag)
    elif match := _DAY_FIRST.fullmatch(text):
        date(draft, match[3], match[2], match[1], tag=tag)
    elif match := _MONTH_FIRST.fullmatch(text):
        date(draft, match[3], match[1], match[2] or "", tag=tag)
    elif match := _SPAN.fullmatch(text):
        draft.put("date", f"{match[1]}/{match[2]}", tag)
    elif _EDTF.fullmatch(text):
        draft.put("date", text, tag)
    else:
        years = set(re.findall(r"(?<!\d)\d{4}(?!\d)", text))
        if len(years) == 1:
            draft.put("year", years.pop(), tag)
            draft.keep(tag, text)
        else:
            draft.put("year", text, tag)


def iso(year: str, month: str = "", day: str = "") -> str:
    """The date as ISO 8601 writes it, as far as it is known: "2020-05-12"."""
    parts = [year.strip()]
    for part, most in ((month, len(MONTHS)), (day, _DAYS)):
        number = _number(part.strip())
        if not 1 <= number <= most:
            break
        parts.append(f"{number:02d}")
    return "-".join(parts)


def pages(text: str) -> str:
    """A range of pages with an en dash; everything else as it is."""
    match = _RANGE.fullmatch(text.strip())
    return f"{match[1]}–{match[2]}" if match else text.strip()


def serial(draft: Draft, text: str, tag: str) -> None:
    """An ISBN or an ISSN by its check digit; one that is neither is kept."""
    if _ISSN.fullmatch(text) and valid_issn(text.upper()):
        draft.put("issn", text, tag)
        return
    isbn, issn = first(f"ISBN {text}", "isbn"), first(f"ISSN {text}", "issn")
    if isbn or issn:
        name = "isbn" if isbn else "issn"
        written = re.search(r"[\dXx](?:[\d\s‐‑–-]*)[\dXx]", text)
        draft.put(
            name, written[0] if written and len(text) < _LONGEST_SERIAL else isbn or issn, tag
        )
        if text.strip() != draft.get(name):
            draft.keep(tag, text)
    else:
        draft.keep(tag, text)


_LONGEST_SERIAL = 40


_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]", re.ASCII)


def doi(draft: Draft, text: str, tag: str) -> None:
    """A DOI in its normal form; what is none is kept."""
    found = normalise_doi(text)
    if found:
        draft.put("doi", found, tag)
    else:
        draft.keep(tag, text)


def own_key(draft: Draft, text: str, tag: str) -> str:
    """The record's own key if a .bib file can hold it; else it is kept, and "" is given.

    Bare numbers and addresses are a database's and no citekeys.
    """
    text = text.strip()
    if _KEY.fullmatch(text) and "://" not in text:
        return text
    draft.keep(tag, text)
    return ""
