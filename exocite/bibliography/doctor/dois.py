"""DOIs: an address or a label in front, and what is no DOI at all.

Source: DOI Handbook 2.2, on the syntax of a DOI and its resolver's addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.latex import decoded
from exocite.identifiers import find_dois
from exocite.model import Severity

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_FRONT = re.compile(
    r"\s*(?:https?://(?:dx\.|www\.)?doi\.[a-z.]{3,30}/(?:doi:)?|(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*|info:doi/)+(?=10\.)",
    re.IGNORECASE,
)


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    field = entry.field("doi")
    literal = field.single if field else None
    if field is None or literal is None or not literal.text.strip():
        return
    start, end = literal.start, literal.end
    front = _FRONT.match(literal.text)
    rest = literal.text[front.end() :] if front else literal.text
    if front and _is_doi(rest) and "%" not in rest:
        message = "the DOI is written with an address or a label in front; styles add that"
        cut = (start, start + front.end(), "")
        yield field.finding(start, end, "doi-prefix", Severity.WARNING, message, cut)
    elif not _is_doi(literal.text):
        yield field.finding(start, end, "doi-malformed", Severity.WARNING, _amiss(literal))


def _is_doi(text: str) -> bool:
    plain = decoded("doi", text)
    return bool(_DOI.fullmatch(plain)) and not plain.endswith((".", ",", ";"))


def _amiss(literal: Literal) -> str:
    found = find_dois(decoded("doi", literal.text))
    if len(found) > 1:
        return "there is more than one DOI here"
    if found:
        return f"this is not a DOI by itself; it seems to hold {found[0][1]}"
    return "this is not a DOI: one looks like 10.1000/xyz123"


CHECK = Check(
    (
        ("doi-prefix", "a DOI has an address or `doi:` in front"),
        ("doi-malformed", "what stands in `doi` is no DOI"),
    ),
    _run,
)
