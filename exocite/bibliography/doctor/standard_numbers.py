"""ISBN and ISSN: length and check digit.

Sources: ISO 2108 and ISO 3297.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.identifiers import valid_isbn, valid_issn
from exocite.model import Severity

_REMARK = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[,;/]|(?<!\s)\s++and\s+|\n|(?<=[\dXx])\s++(?=97[89][\s-]?\d)")
_GAP = re.compile(r"[ \t\r\n]{2,}")
_LABEL = re.compile(
    r"(?<!\s)\s*+(?:e-?|p-?)?IS[BS]N(?:[-\s]?1[03](?!\d))?\s*[:=]?\s*", re.IGNORECASE
)
_JOINTS = re.compile(r"[\s\-‐‑–—]|\{|\}")
_IN_ISBN = re.compile(r"[\dXx\s\-‐‑–—{}]+")


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    for name, valid in (("isbn", valid_isbn), ("issn", valid_issn)):
        field = entry.field(name)
        literal = field.single if field else None
        if field and literal and literal.text.strip():
            yield from _numbers(field, literal, valid)


def _numbers(field: Field, literal: Literal, valid: Callable[[str], bool]) -> Iterator[Finding]:
    label = _LABEL.match(literal.text)
    spoken = field.name.upper()
    text = literal.text[label.end() :] if label else literal.text
    text = _GAP.sub("\n", text)
    parts = [part.strip() for part in _BETWEEN.split(_REMARK.sub(" ", text)) if part.strip()]
    bad = [part for part in parts if not valid(_JOINTS.sub("", _LABEL.sub("", part)).upper())]
    # Two ISSNs are often parted by one blank only.
    if bad and all(valid(_JOINTS.sub("", part).upper()) for part in text.split()):
        bad = []
    if bad:
        why = "its check digit is wrong" if _right_length(bad[0], field.name) else "it is no"
        message = f"{bad[0]}: {why}" + (f" {spoken}" if why == "it is no" else "")
        code = f"{field.name}-malformed"
        yield field.finding(literal.start, literal.end, code, Severity.WARNING, message)
    elif label and parts:
        message = f"the label {label[0].strip()} stands before the number; styles add it"
        cut = (literal.start, literal.start + label.end(), "")
        code = f"{field.name}-prefix"
        yield field.finding(literal.start, literal.end, code, Severity.INFO, message, cut)


def _right_length(part: str, name: str) -> bool:
    digits = _JOINTS.sub("", part)
    lengths = (10, 13) if name == "isbn" else (8,)
    return bool(_IN_ISBN.fullmatch(part)) and len(digits) in lengths


CHECK = Check(
    (
        ("isbn-malformed", "an ISBN of the wrong length or check digit"),
        ("issn-malformed", "an ISSN of the wrong length or check digit"),
        ("isbn-prefix", "an ISBN with its label"),
        ("issn-prefix", "an ISSN with its label"),
    ),
    _run,
)
