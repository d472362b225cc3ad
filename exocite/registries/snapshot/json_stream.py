"""JSON objects out of a text that comes in pieces and is never whole in memory.

What is read: `{"items": [...]}` as Crossref's public data file has it, an array, one object, or
objects one after the other (JSON Lines). An object that is no JSON ends neither the file nor the
others. Lists of cited references, most of Crossref's data and nothing that is kept, are emptied
before the text is decoded. Source: RFC 8259; https://jsonlines.org.
"""

from __future__ import annotations

import codecs
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
_CITED = b'"reference"'
_CITED_LIST = re.compile(_CITED + rb"[ \t\r\n]*:[ \t\r\n]*\[")
# The rest of a list that holds objects without lists or objects in them.
_FLAT = re.compile(
    rb"""(?:[^\[\]{}"]++|\{(?:[^\[\]{}"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+\})*+\]""", re.DOTALL
)
_KEY_ROOM = 32
_BACKSLASH = b"\\"[0]
# Strings count as one token; a string that is still open matches no alternative but the last.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bad:
    """A stretch of the text that is no JSON object; `line` counts from 1."""

    line: int
    reason: str


class UnfinishedError(Exception):
    """The text ends in the middle of what it began."""


def objects(chunks: Iterator[bytes], *, lines: bool) -> Iterator[dict[str, object] | Bad]:
    """The objects of a text in order, and what is none.

    With `lines` an object ends where its line does, so that one cut line costs no other. Bytes that
    are no UTF-8 stay visible, as lone surrogates, to whoever encodes the text again. Raises
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
        if bad := text.passed(lines=lines, listed=listed):
            yield bad
        return
    other = None if isinstance(value, dict) else Bad(text.line, "this is no JSON object")
    text.place = end
    yield other or value


def without_cited(text: bytes, *, lines: bool) -> tuple[bytes, int]:
    """JSON with every list of references that is whole emptied, and where one begins that is not.

    Line ends are kept; with `lines` a list ends where its line does. The place is -1 where the text
    ends in no list of references. A quotation mark that no backslash escapes begins or ends a
    string, so what reads as such a key is one. Time grows with the length alone.
    """
    pieces: list[bytes] = []
    done, close, place, open_from = 0, -1, 0, -1
    while (found := text.find(_CITED, place)) >= 0:
        key = _CITED_LIST.match(text, found)
        place = key.end() if key else found + 1
        if key is None or found == 0 or text[found - 1] == _BACKSLASH:
            continue
        close = close if close >= place else text.find(b"]", place)
        if close < 0:
            open_from = found
            break
        end = _flat_end(text, place, close)
        ends = b"" if end <= place or text.find(b"\n", place, end) < 0 else b"\n"
        if end <= place or (lines and ends):
            continue
        pieces += (text[done:place], ends * text.count(b"\n", place, end) if ends else b"")
        done = place = end
    if not pieces:
        return text, open_from
    rest = sum(map(len, pieces)) - done
    pieces.append(text[done:])
    return b"".join(pieces), open_from + rest if open_from >= 0 else -1


def _flat_end(text: bytes, start: int, close: int) -> int:
    """Where the bracket stands that ends a list of flat objects, -1 where it is none or not whole.

    `close` is the first closing bracket, the end unless it stands in a string.
    """
    if text.find(b"[", start, close) < 0:
        inner = text[start:close]
        if _BACKSLASH in inner:
            inner = inner.replace(b"\\\\", b"").replace(b'\\"', b"")
        if inner.count(b'"') % 2 == 0:
            return close
    match = _FLAT.match(text, start)
    return match.end() - 1 if match else -1


class _Text:
    """The text as far as it was read; what was used is dropped at the next piece."""

    def __init__(self, chunks: Iterator[bytes], *, lines: bool) -> None:
        self._chunks = chunks
        self._by_line = lines
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._held = b""
        self._begun = False
        self._lines = 1
        self.buffer = ""
        self.place = 0
        self.in_object = False

    @property
    def line(self) -> int:
        """The line of the present place; costs as much as is left of the piece."""
        left = self.buffer.count("\n", self.place) + self._held.count(b"\n")
        return self._lines - left

    def more(self) -> bool:
        """Read on behind what is left; whether there was anything.

        At least as much as is left, so that a long object is not begun anew time and again.
        """
        left = self.buffer[self.place :]
        pieces: list[str] = []
        size = 0
        while size <= len(left) and (piece := self._piece()):
            pieces.append(piece)
            size += len(piece)
        self.buffer = left + "".join(pieces) if left else "".join(pieces)
        self.place = 0
        return bool(pieces)

    def _piece(self) -> str:
        """The next text, without lists of references; "" at the end alone."""
        while chunk := next(self._chunks, b""):
            # Deleting is many times as fast as counting.
            self._lines += len(chunk) - len(chunk.replace(b"\n", b""))
            data, begun = without_cited(self._held + chunk, lines=self._by_line)
            # A list may go on in the next piece, and so may its key.
            cut = begun - 1 if begun > 0 else max(0, len(data) - _KEY_ROOM)
            cut = cut if len(data) - cut <= LONGEST else len(data)
            self._held = data[cut:]
            if text := self._decoded(data[:cut]):
                return text
        data, self._held = self._held, b""
        return self._decoded(data, last=True)

    def _decoded(self, data: bytes, *, last: bool = False) -> str:
        text = self._decoder.decode(data, last)
        if text and not self._begun:
            self._begun = True
            text = text.removeprefix("\ufeff")
        return text

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

    def passed(self, *, lines: bool, listed: bool) -> Bad | None:
        """Pass over what cannot be read here and say why, None where more had to be read first."""
        end = self._line_end() if lines else self._extent()
        if end < 0 and not lines and not listed:
            end = self.buffer.find("\n{", self.place + 1)
        if end >= 0:
            bad = Bad(self.line, "this is not JSON")
            self.place = max(end, self.place + 1)
            return bad
        if len(self.buffer) - self.place > LONGEST:
            said = f"this is longer than {LONGEST // 1_000_000} million characters"
            bad = Bad(self.line, said)
            self._skip(lines=lines)
            return bad
        if self.more():
            return None
        if listed:
            raise UnfinishedError
        bad = Bad(self.line, "this is not JSON")
        self.place = len(self.buffer)
        return bad

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
