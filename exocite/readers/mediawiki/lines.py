"""What a line of wikitext is by the signs that it begins with."""

from __future__ import annotations

import re

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex

_MARKS = regex(r"[*#:;]{1,200}")
_HEADING = regex(r"={1,6}(?=[^=\s]|\s*[^\s=])")
_REST = regex(r"[^\r\n]*")
_RULE = regex(r"-{4,}")
_REDIRECT = regex(r"#(?:redirect|weiterleitung|redirection|redirección)\b", re.IGNORECASE)
_ITALIC_NOTE = regex(r"''.*''[ \t.]*")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """The kind of a line, None for one that goes on with a paragraph; where its text stands."""

    kind: BlockKind | None
    start: int = 0
    end: int = -1
    level: int = 0
    marks: str = ""
    by_shape: bool = False


def line_of(source: str, at: int, *, bare: bool) -> Line:
    """What the line that begins at this offset is.

    `bare` is a place where a leading blank makes no code: inside a table, template or quotation.
    """
    first = source[at]
    if first in "*#:;":
        return _item(source, at)
    if first == "=":
        return _heading(source, at)
    if first == "-" and _RULE.match(source, at):
        return Line(BlockKind.NAVIGATION, at, at)
    if first == " " and not bare and source[at : at + 80].strip()[:1] not in ("", "{", "<", "|"):
        return Line(BlockKind.CODE, at)
    return Line(None)


def _end(source: str, at: int) -> int:
    match = _REST.match(source, at)
    return match.end() if match else at


def _item(source: str, at: int) -> Line:
    if _REDIRECT.match(source, at):
        return Line(BlockKind.NAVIGATION, at)
    match = _MARKS.match(source, at)
    marks = match[0] if match else ""
    start = at + len(marks)
    line = source[start : _end(source, start)]
    if marks == ";" and ":" not in line:
        return Line(BlockKind.HEADING, start, level=6, by_shape=True)
    if marks == ":" and _ITALIC_NOTE.fullmatch(line[:500].strip()):
        return Line(BlockKind.NAVIGATION, start)
    depth = min(len(marks), _DEEPEST)
    return Line(BlockKind.LIST_ITEM, start, level=depth, marks=marks[:_DEEPEST])


def _heading(source: str, at: int) -> Line:
    match = _HEADING.match(source, at)
    if match is None:
        return Line(None)
    end = _end(source, at)
    last = end
    while True:
        while last > at and source[last - 1] in " \t":
            last -= 1
        if not source.endswith("-->", at, last):
            break
        comment = source.rfind("<!--", at, last)
        if comment < 0:
            break
        last = comment
    signs = 0
    while signs < len(match[0]) and last - signs > match.end() and source[last - signs - 1] == "=":
        signs += 1
    if not signs:
        return Line(None)
    return Line(BlockKind.HEADING, at + signs, last - signs, level=signs)
