"""Offsets, lines and columns, and visible text that remembers where it stands in the source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256

from exocite.model import Place, Run, Span
from exocite.patterns import regex

_LINE_END = regex(r"\r\n|\r|\n")
_SPACED = regex(r" (?=[.,;:!?])")
_CONTROL = regex(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Lines:
    """The lines of a text: offset to line and column and back, both counted from 1.

    A line ends with LF, CRLF or a lone CR, as editors count them. Where the text has `places`, each
    begins on line 1, column 1 of its own.
    """

    def __init__(self, source: str, places: Sequence[Place] = ()) -> None:
        self._length = len(source)
        self._starts = _starts(source)
        self._places = places

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the code point at `offset`, within its place."""
        if not 0 <= offset <= self._length:
            offset = max(0, min(offset, self._length))
        starts = self._starts
        line = bisect_right(starts, offset)
        if not self._places:
            return line, offset - starts[line - 1] + 1
        place = self._place(offset)
        first = bisect_right(self._starts, place.start)
        begin = place.start if line == first else self._starts[line - 1]
        return line - first + 1, offset - begin + 1

    def place(self, offset: int) -> str:
        """The name of the place that the offset stands in, "" where the text has none."""
        return self._place(offset).name

    def _place(self, offset: int) -> Place:
        if not self._places:
            return _WHOLE
        index = bisect_right(self._places, offset, key=lambda place: place.start) - 1
        return self._places[index] if index >= 0 else _WHOLE

    def offset(self, line: int, column: int = 1) -> int:
        """Offset of a line and column of the whole text; what is beyond the end is the end."""
        if line > len(self._starts):
            return self._length
        return min(self._starts[max(line, 1) - 1] + column - 1, self._length)


@lru_cache(maxsize=64)
def _starts(source: str) -> tuple[int, ...]:
    # Every rule asks for the lines of the same few articles.
    return 0, *(match.end() for match in _LINE_END.finditer(source))


_WHOLE = Place(0, "")


def where(path: str, place: str) -> str:
    """What line and column count within, as it is shown before them: the file, or a part of it."""
    return f"{path}:{place}" if place else path


class VisibleText:
    """Builds a block's visible text piece by piece together with its runs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def copy(self, source: str, start: int, end: int) -> None:
        """Append `source[start:end]` as it is."""
        if start < end:
            self._append(source[start:end], start, end - start)

    def replace(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for the source from `start` to `end`."""
        if text:
            self._append(text, start, end - start)

    def _append(self, text: str, source_start: int, source_length: int) -> None:
        last = self._runs[-1] if self._runs else None
        if (
            last is not None
            and last.text_length == last.source_length
            and len(text) == source_length
            and last.source_start + last.source_length == source_start
        ):
            length = last.text_length + len(text)
            self._runs[-1] = Run(last.text_start, length, last.source_start, length)
        else:
            self._runs.append(Run(self._length, len(text), source_start, source_length))
        self._pieces.append(text)
        self._length += len(text)

    def build(self) -> tuple[str, tuple[Run, ...]]:
        """The visible text and its runs."""
        return "".join(self._pieces), tuple(self._runs)


def source_span(runs: Sequence[Run], start: int, end: int) -> Span:
    """The span of source that visible text from `start` to `end` stands for.

    Markup between runs is inside the span only where visible text stands on both sides of it. A
    replaced run is taken whole: half an entity has no place of its own.
    """
    first = _run_at(runs, start)
    last = _run_at(runs, max(start, end - 1))
    begin = _into(first, start, past=False)
    return Span(begin, _into(last, end, past=True) if end > start else begin)


def _run_at(runs: Sequence[Run], offset: int) -> Run:
    index = bisect_right(runs, offset, key=lambda run: run.text_start) - 1
    return runs[max(index, 0)]


def _into(run: Run, offset: int, *, past: bool) -> int:
    if run.text_length == run.source_length:
        return run.source_start + min(offset - run.text_start, run.source_length)
    return run.source_start + (run.source_length if past else 0)


def visible_offset(runs: Sequence[Run], offset: int) -> int:
    """The place in visible text that the source offset stands for, or the next one after it."""
    index = bisect_right(runs, offset, key=lambda run: run.source_start) - 1
    if index < 0:
        return 0
    run = runs[index]
    into = offset - run.source_start
    if run.text_length == run.source_length:
        return run.text_start + min(into, run.text_length)
    return run.text_start + (run.text_length if into >= run.source_length else 0)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def collapsed(text: str) -> str:
    """The text with every stretch of white space made one space, none at the ends."""
    return " ".join(text.split())


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without the given stretches, white space collapsed, none before punctuation."""
    kept, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            kept.append(text[at:start])
            at = end
    kept.append(text[at:])
    return _SPACED.sub("", collapsed(" ".join(kept)))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal. Lone surrogates are hashed as they are."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def folded(text: str) -> str:
    """The text for comparison: NFKD, no accents, case folded, white space collapsed."""
    if text.isascii():
        return collapsed(text.casefold())
    plain = unicodedata.normalize("NFKD", text)
    return collapsed("".join(c for c in plain if not unicodedata.combining(c)).casefold())


def printable(text: str) -> str:
    """The text safe for a terminal: control and direction marks are shown as escapes.

    A hostile title cannot move the cursor, recolour the screen or reverse what stands after it.
    Line ends and tabs stay.
    """
    return _CONTROL.sub(_escape, text)


def escaped(json: str) -> str:
    """JSON safe for a terminal: what `printable` shows as escapes is written as JSON's own."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
