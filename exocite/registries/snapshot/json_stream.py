"""JSON objects out of a text that comes in pieces and is never whole in memory.

What is read: `{"items": [...]}` as Crossref's public data file has it, an array, one object, or
objects one after the other (JSON Lines). An object that is no JSON ends neither the file nor the
others. Lists of cited references, most of Crossref's data and nothing that is kept, are emptied
before the text is decoded. Source: RFC 8259; https://jsonlines.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 8_000_000
"""Characters of one object; what is longer is passed over."""

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[ \t\r\n,]*")
_ITEMS = re.compile(r'\{\s*"items"\s*:\s*\[')
_ITEMS_BEGUN = re.compile(r'\{\s*(?:"(?:i(?:t(?:e(?:m(?:s(?:"\s*(?::\s*)?)?)?)?)?)?)?)?')
_CITED = '"reference"'
_CITED_LIST = re.compile(_CITED + r"[ \t\r\n]*:[ \t\r\n]*\[")
# The rest of a list that holds objects without lists or objects in them.
_FLAT = re.compile(
    r"""(?:[^\[\]{}"]++|\{(?:[^\[\]{}"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+\})*+\]""", re.DOTALL
)
# Strings count as one token; a string that is still open matches no alternative but the last.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bad:
    """A stretch of the text that is no JSON object; `line` counts from 1."""

    line: int
    reason: str


class UnfinishedError(Exception):
    """The text ends in the middle of what it began."""


def objects(chunks: Iterator[str], *, lines: bool) -> Iterator[dict[str, object] | Bad]:
    """The objects of a text in order, and what is none.

    With `lines` an object ends where its line does, so that one cut line costs no other. Raises
    UnfinishedError where a list of items has no end.
    """
    text = _Text(chunks, lines=lines)
    while text.at(_SPACE):
        if text.opens_list():
            yield from _listed(text)
        else:
            yield from _one(text, lines=lines, listed=False)


def _listed(text: _Text) -> Iterator[dict[str, object] | Bad]:
    """The objects of a list whose opening bracket was passed, and the rest of what holds it."""
    while (sign := text.at(_GAP)) != "]":
        if not sign:
            raise UnfinishedError
        yield from _one(text, lines=False, listed=True)
    text.place += 1
    # What stands behind the list in its object tells nothing of works.
    if text.at(_GAP) == "}" or not text.in_object:
        text.place += text.in_object
        return
    text.skip_rest()


def _one(text: _Text, *, lines: bool, listed: bool) -> Iterator[dict[str, object] | Bad]:
    """The object or value that begins here; nothing where more had to be read first."""
    try:
        value, end = _DECODER.raw_decode(text.buffer, text.place)
    except (ValueError, RecursionError):
        line = text.line
        if reason := text.passed(lines=lines, listed=listed):
            yield Bad(line, reason)
        return
    bad = None if isinstance(value, dict) else Bad(text.line, "this is no JSON object")
    text.place = end
    yield bad or value


def without_cited(text: str, *, lines: bool) -> str:
    """JSON with every list of references that is whole emptied, its line ends kept.

    With `lines` a list ends where its line does. A quotation mark that no backslash escapes begins
    or ends a string, so what reads as such a key is one. Time grows with the length alone.
    """
    pieces: list[str] = []
    done, close, place = 0, -1, 0
    while (place := text.find(_CITED, place)) >= 0:
        key = _CITED_LIST.match(text, place)
        escaped = text[max(0, place - 1)] == "\\"
        place = key.end() if key else place + 1
        if key is None or escaped:
            continue
        close = close if close >= place else text.find("]", place)
        if close < 0:
            break
        end = _flat_end(text, place, close)
        ends = text.count("\n", place, end) if end > place else 0
        if end <= place or (lines and ends):
            continue
        pieces += (text[done:place], "\n" * ends)
        done = place = end
    return "".join((*pieces, text[done:])) if pieces else text


def _flat_end(text: str, start: int, close: int) -> int:
    """Where the bracket stands that ends a list of flat objects, -1 where it is none or not whole.

    `close` is the first closing bracket, the end unless it stands in a string.
    """
    if text.find("[", start, close) < 0:
        inner = text[start:close]
        plain = inner.replace("\\\\", "").replace('\\"', "") if "\\" in inner else inner
        if plain.count('"') % 2 == 0:
            return close
    match = _FLAT.match(text, start)
    return match.end() - 1 if match else -1


class _Text:
    """The text as far as it was read; what was used is dropped at the next piece."""

    def __init__(self, chunks: Iterator[str], *, lines: bool) -> None:
        self._chunks = chunks
        self._by_line = lines
        self._lines = 1
        self.buffer = ""
        self.place = 0
        self.in_object = False

    @property
    def line(self) -> int:
        """The line of the present place; costs as much as is left of the piece."""
        return self._lines - self.buffer.count("\n", self.place)

    def more(self) -> bool:
        """Read another piece behind what is left; whether there was one."""
        piece = next(self._chunks, "")
        # Encoded, text is counted ten times as fast, and few texts have a bad line at all.
        self._lines += piece.encode("utf-8", "surrogateescape").count(b"\n")
        self.buffer = without_cited(self.buffer[self.place :] + piece, lines=self._by_line)
        self.place = 0
        return bool(piece)

    def at(self, gap: re.Pattern[str]) -> str:
        """The sign behind the gap, "" at the end of the text."""
        while True:
            match = gap.match(self.buffer, self.place)
            self.place = match.end() if match else self.place
            if self.place < len(self.buffer):
                return self.buffer[self.place]
            if not self.more():
                return ""

    def opens_list(self) -> bool:
        """Whether a list of objects begins here; if so, its bracket is passed."""
        if self.buffer[self.place] == "[":
            self.in_object = False
            self.place += 1
            return True
        while (match := _ITEMS.match(self.buffer, self.place)) is None:
            begun = _ITEMS_BEGUN.match(self.buffer, self.place)
            if begun is None or begun.end() < len(self.buffer) or not self.more():
                return False
        self.in_object = True
        self.place = match.end()
        return True

    def passed(self, *, lines: bool, listed: bool) -> str:
        """Pass over what cannot be read here and say why, "" where more had to be read first."""
        end = self._line_end() if lines else self._extent()
        if end < 0 and not lines and not listed:
            end = self.buffer.find("\n{", self.place + 1)
        if end >= 0:
            self.place = max(end, self.place + 1)
            return "this is not JSON"
        if len(self.buffer) - self.place > LONGEST:
            self._skip(lines=lines)
            return f"this is longer than {LONGEST // 1_000_000} million characters"
        if self.more():
            return ""
        if listed:
            raise UnfinishedError
        self.place = len(self.buffer)
        return "this is not JSON"

    def skip_rest(self) -> None:
        """Pass over the rest of an object whose opening brace was passed before."""
        if not self._skip(lines=False, depth=1):
            raise UnfinishedError

    def _line_end(self) -> int:
        return self.buffer.find("\n", self.place)

    def _extent(self) -> int:
        """Where the brackets that open here are closed again, -1 where they are not.

        What begins with no bracket ends before the next comma, bracket or line.
        """
        if self.buffer[self.place] not in "{[":
            match = re.compile(r"[,\]}\n]").search(self.buffer, self.place + 1)
            return match.start() if match else -1
        depth = 0
        for match in _TOKEN.finditer(self.buffer, self.place):
            sign = match[0]
            if sign == '"':
                return -1
            depth += _DEPTH.get(sign, 0)
            if depth <= 0 and len(sign) == 1:
                return match.end()
        return -1

    def _skip(self, *, lines: bool, depth: int = 0) -> bool:
        """Drop text piece by piece until what begins here has ended; whether it did."""
        quoted = False
        while True:
            if lines:
                if (end := self._line_end()) >= 0:
                    self.place = end
                    return True
            else:
                for match in _SIGN.finditer(self.buffer, self.place):
                    sign = match[0]
                    if sign == '"':
                        quoted = not quoted
                    elif not quoted and sign in _DEPTH:
                        depth += _DEPTH[sign]
                        if depth <= 0:
                            self.place = match.end()
                            return True
            # A backslash at the end of a piece belongs to what follows it.
            held = self.buffer.endswith("\\") and not self.buffer.endswith("\\\\")
            self.place = len(self.buffer) - held
            if not self.more():
                return False


_DEPTH = {"{": 1, "[": 1, "}": -1, "]": -1}
_SIGN = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
