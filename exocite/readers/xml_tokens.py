"""XML cut into tags and texts with exact offsets, in linear time, and nothing in it expanded.

No entity is replaced here but the five of XML and numbers, and no declaration is obeyed: what a
document type declares is left out, so that nothing can grow and nothing is fetched. Source: XML 1.0
(fifth edition), simplified: what is no markup is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum

from exocite.frozen import dataclass
from exocite.patterns import regex

_MARKUP = regex(
    r"(?P<comment><!--)|(?P<data><!\[CDATA\[)|(?P<instruction><\?)|(?P<declaration><![A-Za-z])"
    r"|<(?P<close>/)?(?:[A-Za-z_][\w.-]{0,60}:)?(?P<name>[A-Za-z_][\w.-]{0,80})"
    r"(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)?+)(?P<empty>/)?>"
)
_CLOSING = {"comment": "-->", "data": "]]>", "instruction": "?>"}
_ATTRIBUTE = regex(r"([\w.:-]{1,80})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)')")
_IN_DECLARATION = regex(r"<!--|[\[\]>\"']")
ENTITY = regex(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
"""What is read as the character that it stands for."""


class Part(Enum):
    """What a token is; `DATA` is text in which nothing is markup."""

    TEXT = "text"
    DATA = "data"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the document. Of a tag: its name without a prefix, and its attributes.

    `empty` is an element that its own tag closes.
    """

    part: Part
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    empty: bool = False

    def get(self, name: str) -> str:
        """The attribute's value, "" where there is none."""
        return self.attributes.get(name, "")


def character(entity: str) -> str:
    """The character of an entity that `ENTITY` matches."""
    return html.unescape(entity)


def tokens(source: str) -> Iterator[Token]:
    """The tags and texts in order; comments, instructions and declarations are left out."""
    edges = _Edges(source)
    text = at = 0
    while (match := _MARKUP.search(source, at)) is not None:
        start = match.start()
        end = edges.end(match)
        if end < 0:  # it is never closed: text
            at = match.end()
            continue
        if text < start:
            yield Token(Part.TEXT, text, start)
        text = at = end
        if match["data"]:
            yield Token(Part.DATA, match.end(), end - 3)
        elif match["name"]:
            yield _tag(match)
    if text < len(source):
        yield Token(Part.TEXT, text, len(source))


class _Edges:
    """Where markup ends; what does not come again is searched for once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._missing: set[str] = set()

    def end(self, match: re.Match[str]) -> int:
        """The end of the markup that begins here, -1 where it never ends."""
        for group, closing in _CLOSING.items():
            if match[group]:
                return self._past(closing, match.end())
        if not match["declaration"]:
            return match.end()
        found = -1
        if "declaration" not in self._missing:
            found = _declaration_end(self._source, match.end())
        if found < 0:
            self._missing.add("declaration")
        return found

    def _past(self, wanted: str, at: int) -> int:
        found = -1 if wanted in self._missing else self._source.find(wanted, at)
        if found < 0:
            self._missing.add(wanted)
            return -1
        return found + len(wanted)


def _tag(match: re.Match[str]) -> Token:
    name = match["name"].lower()
    if match["close"]:
        return Token(Part.CLOSE, *match.span(), name)
    written = match["attributes"]
    found = {one[1].lower(): one[2] or one[3] or "" for one in _ATTRIBUTE.finditer(written)}
    empty = match["empty"] is not None or written.endswith("/")
    return Token(Part.OPEN, *match.span(), name, found, empty)


def _declaration_end(source: str, at: int) -> int:
    """Where a declaration ends, what stands in square brackets and quotes inside it included."""
    depth = 0
    while (match := _IN_DECLARATION.search(source, at)) is not None:
        at = match.end()
        sign = match[0]
        if sign == "<!--":
            at = source.find("-->", at) + 3
            if at < 3:
                return -1
        elif sign in "\"'":
            closing = source.find(sign, at)
            if closing < 0:
                return -1
            at = closing + 1
        elif sign == "[":
            depth += 1
        elif sign == "]":
            depth = max(0, depth - 1)
        elif depth == 0:
            return at
    return -1
