"""What concerns the file as a whole: what cannot be read, keys used twice, strings never used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.document import Document, ProblemKind
from exocite.model import Severity
from exocite.text import Lines

CODES: tuple[tuple[str, str], ...] = (
    ("broken", "a part of the file that BibTeX cannot read, such as an unclosed brace"),
    ("duplicate-key", "a key that an earlier entry bears"),
    ("double-field", "a field that the entry has already"),
    ("key", "no key, or a sign in it that BibTeX forbids"),
    ("undefined-string", "the name of a string that no `@string` defines"),
    ("encoding", "bytes that are not UTF-8"),
    ("binary", "a zero byte"),
    ("unused-string", "an `@string` that nothing uses"),
)
_CODES = {
    ProblemKind.BROKEN: ("broken", Severity.ERROR),
    ProblemKind.DUPLICATE: ("duplicate-key", Severity.ERROR),
    ProblemKind.FIELD: ("double-field", Severity.WARNING),
    ProblemKind.KEY: ("key", Severity.ERROR),
    ProblemKind.MACRO: ("undefined-string", Severity.WARNING),
    ProblemKind.ENCODING: ("encoding", Severity.WARNING),
    ProblemKind.BINARY: ("binary", Severity.ERROR),
}
_NAME = re.compile(r"[^\s\"#%'(),={}\\@]+")


def findings(document: Document, lines: Lines) -> Iterator[Finding]:
    """What the document says of itself, and its unused strings."""
    for problem in document.problems:
        code, severity = _CODES[problem.kind]
        start = lines.offset(problem.line, problem.column)
        yield Finding(start, start + 1, code, severity, problem.message, problem.key)
    yield from _unused(document)


def _unused(document: Document) -> Iterator[Finding]:
    entries = [item for item in document.blocks if item.block.kind is BlockKind.ENTRY]
    if not entries:
        return  # A file of strings alone is there for other files.
    used: set[str] = set()
    for item in document.blocks:
        if item.block.kind is BlockKind.PREAMBLE or item.block.kind is BlockKind.BROKEN:
            used.update(map(str.lower, _NAME.findall(item.source)))
            continue
        for value in item.block.values:
            if value[:1] not in ("{", '"') or "#" in value:
                used.update(map(str.lower, _NAME.findall(value)))
    for item in document.blocks:
        if item.block.kind is BlockKind.STRING and item.block.key.lower() not in used:
            message = f"nothing uses the string {item.block.key}"
            start, end = item.start, item.end
            yield Finding(start, end, "unused-string", Severity.INFO, message)
