"""HTML cut into tags and text with exact offsets, in linear time whatever the page.

The standard library's parser takes quadratic time on unclosed tags and comments and fails on
`<![`, so the tokens are cut here. Source: WHATWG HTML, 13.2.5 (tokenization), simplified: no
character of the page is ever lost, and an element that never closes ends with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum

from exocite.frozen import dataclass
from exocite.patterns import regex

_TAG_NAME = regex(r"</?([A-Za-z][^\s/>]{0,80})")
_SKIP = regex(r"[\s/]*")
_ATTRIBUTE_NAME = regex(r"[^\s=>/][^\s=>/]*|=[^\s=>/]*")
_EQUALS = regex(r"\s*=\s*")
_UNQUOTED = regex(r"[^\s>]*")
_RAW_TEXT = frozenset(
    {"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"}
)
_RAW_END = {name: regex(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}


class Part(Enum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the page. Of a tag: its name and its attributes, names in lower case.

    An attribute's value is as written, with the offset at which it begins; the first of two wins.
    """

    part: Part
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The attribute's value as written, "" where there is none."""
        return self.attributes.get(name, ("", 0))[0]


class _Finder:
    """`str.find` that remembers what does not come again, so that a page is searched once."""

    def __init__(self, source: str, end: int) -> None:
        self._source = source
        self._end = end
        self._missing: set[str] = set()

    def find(self, wanted: str, at: int) -> int:
        if wanted in self._missing:
            return -1
        found = self._source.find(wanted, at, self._end)
        if found < 0:
            self._missing.add(wanted)
        return found


def tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tags and texts between two offsets, in order; comments and declarations are left out."""
    stop = len(source) if end is None else end
    finder = _Finder(source, stop)
    text = at = start
    while at < stop:
        opening = finder.find("<", at)
        if opening < 0:
            break
        token, after = _markup(source, opening, stop, finder)
        if after < 0:
            break
        if after == opening:
            at = opening + 1
            continue
        if text < opening:
            yield Token(Part.TEXT, text, opening)
        text = at = after
        if token is not None:
            yield token
            if token.part is Part.OPEN and token.name in _RAW_TEXT:
                closing = _RAW_END[token.name].search(source, at, stop)
                at = closing.start() if closing else stop
                yield Token(Part.TEXT, text, at)
                text = at
    if text < stop:
        yield Token(Part.TEXT, text, stop)


def _markup(source: str, at: int, stop: int, finder: _Finder) -> tuple[Token | None, int]:
    """The tag at `at` and where it ends: `at` for no markup, -1 where the page ends in it."""
    if source.startswith("<!--", at):
        # "<!-->" and "<!--->" are whole: what follows is no comment.
        return None, _past(finder.find("-->", at + 2), 3, at)
    if source.startswith(("<!", "<?"), at):
        return None, _past(finder.find(">", at + 2), 1, at)
    match = _TAG_NAME.match(source, at, stop)
    if match is None or finder.find(">", at) < 0:
        return None, at
    name = match[1].lower()
    attributes, end = _attributes(source, match.end(), stop, finder)
    if end < 0:
        return None, -1
    if source[at + 1] == "/":
        return Token(Part.CLOSE, at, end, name), end
    return Token(Part.OPEN, at, end, name, attributes), end


def _past(found: int, length: int, at: int) -> int:
    return at if found < 0 else found + length


def _attributes(
    source: str, at: int, stop: int, finder: _Finder
) -> tuple[dict[str, tuple[str, int]], int]:
    found: dict[str, tuple[str, int]] = {}
    while True:
        at = _end(_SKIP, source, at, stop)
        if at >= stop:
            return found, -1
        if source[at] == ">":
            return found, at + 1
        name_end = _end(_ATTRIBUTE_NAME, source, at, stop)
        name = source[at:name_end].lower()
        at = name_end
        equals = _EQUALS.match(source, at, stop)
        value, value_start = "", at
        if equals:
            value, value_start, at = _value(source, equals.end(), stop, finder)
        found.setdefault(name, (value, value_start))


def _value(source: str, at: int, stop: int, finder: _Finder) -> tuple[str, int, int]:
    quote = source[at : at + 1]
    if at < stop and quote in ("'", '"'):
        closing = finder.find(quote, at + 1)
        if closing >= 0:
            return source[at + 1 : closing], at + 1, closing + 1
    end = _end(_UNQUOTED, source, at, stop)
    return source[at:end], at, end


def _end(pattern: re.Pattern[str], source: str, at: int, stop: int) -> int:
    match = pattern.match(source, at, stop)
    return match.end() if match and match.end() > at else at
