"""Years and dates.

Source for `date`: ISO 8601-2, as The biblatex Package 3.20, section 2.3.8, reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Library
from exocite.bibliography.doctor.finding import Finding
from exocite.model import Severity

_WORDS = re.compile(
    r"in press|in preparation|in print|in review|forthcoming|to appear|submitted|accepted"
    r"|n\.?\s?d\.|no date|s\.?\s?a\.|preprint|unpublished|ongoing|various|undated"
    r"|under review|working paper|im Druck|erscheint|à paraître|sous presse|en prensa|upcoming",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:(?:c|ca|circa|©|\[|\(|copyright)\.?\s*)*-?\d{4}[a-z]?\??[\])]?"
    r"(?:\s*+(?:-{1,3}+|/|–|—|,|and|&)\s*+(?:\d{1,4}[a-z]?)?+)*\??",
    re.IGNORECASE,
)
_DAY = (
    r"(?:-?[\dX]{4,5}|[yY]\d{5,})"
    r"(?:-(?:0[1-9]|1[0-2]|2[1-9]|3\d|4[01]|XX)(?:-(?:[0-2]\d|3[01]|XX))?)?"
    r"(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?[?~%]?"
)
_DATE = re.compile(rf"(?:{_DAY}|\.\.)?(?:/(?:{_DAY}|\.\.)?)?")
_TYPESET = re.compile(r"[\\{}$~]")
_LATEST = 2100


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    for name in ("year", "date", "urldate", "origdate", "eventdate"):
        field = entry.field(name)
        literal = field.single if field else None
        if field is None or literal is None or not (text := literal.text.strip()):
            continue
        start, end = literal.start, literal.end
        if name == "year":
            if _amiss(text):
                message = f"{text!r} is not a year"
                yield field.finding(start, end, "year-malformed", Severity.WARNING, message)
        elif library.model == "biblatex" and not _DATE.fullmatch(text):
            message = f"{text!r} is not a date that biblatex reads: one looks like 2020-05-31"
            yield field.finding(start, end, "date-malformed", Severity.WARNING, message)


def _amiss(text: str) -> bool:
    if _TYPESET.search(text) or _WORDS.search(text):
        return False
    if not _YEAR.fullmatch(text.rstrip(".,;")):
        return True
    first = re.search(r"\d{4}", text)
    return first is not None and int(first[0]) > _LATEST


CHECK = Check(
    (
        ("year-malformed", 'what stands in `year` is no year, nor a word such as "in press"'),
        ("date-malformed", "a date that biblatex does not read (in files of biblatex)"),
    ),
    _run,
)
