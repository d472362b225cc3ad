"""Lists of names: how "and others" is written, and what parts the names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.latex import NAME_FIELDS, is_balanced
from exocite.model import Severity

_OTHERS = re.compile(
    r"(?:(?:\s*[,;])?\s*\band\s+|\s*[,;]\s*|\s+)"
    r"(?:\{?\\(?:it|em)\s+|\\(?:emph|textit)\{)?"
    r"et[\s~]*\.?[\s~]*al\b\.?\}?[\s.,]*$"
    r"|(?:\s*,)?\s+and\s+(?:others[.,]+|many\s+others\.?|more\.?|others\s+\.)\s*$"
    r"|\s*,\s*and\s+others\s*$"
    r"|\s*[,;]\s*others\.?\s*$",
    re.IGNORECASE,
)
_LAST = 100
_AND = re.compile(r"\sand\s", re.IGNORECASE)


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        literal = field.single
        if field.name in NAME_FIELDS and literal is not None and literal.quote:
            yield from _others(field, literal)
            yield from _parted(field, literal)


def _others(field: Field, literal: Literal) -> Iterator[Finding]:
    # White space is searched from each of its signs: a little of the end is enough.
    text = literal.text.rstrip()[-_LAST:]
    at = len(literal.text.rstrip()) - len(text)
    match = _OTHERS.search(text)
    if match is None or not literal.text[: at + match.start()].strip():
        return
    start, end = literal.start + at + match.start(), literal.end
    message = f"{match[0].strip()}: BibTeX knows further authors by `and others` alone"
    balanced = is_balanced(literal.text[: at + match.start()]) and is_balanced(match[0])
    remedy = ((start, end, " and others"),) if balanced else ()
    yield field.finding(start, end, "others", Severity.WARNING, message, *remedy)


def _parted(field: Field, literal: Literal) -> Iterator[Finding]:
    bare = _at_depth_0(literal.text)
    if _AND.search(bare) or "=" in bare:
        return  # With an equals sign it is a name in the extended form of biblatex.
    if re.search(r";\s*\S", bare) and "&" not in bare:
        message = "names are parted by `and`, not by semicolons"
    elif bare.count(",") > 2:
        message = "this reads as one name with several commas; names are parted by `and`"
    else:
        return
    yield field.finding(literal.start, literal.end, "name-separator", Severity.WARNING, message)


def _at_depth_0(text: str) -> str:
    depth, kept = 0, []
    for character in text:
        depth += character == "{"
        kept.append(character if depth == 0 else "x")
        depth -= character == "}"
    return "".join(kept)


CHECK = Check(
    (
        ("others", "`et al.` and the like instead of `and others`"),
        ("name-separator", "names parted by commas or semicolons instead of `and`"),
    ),
    _run,
)
