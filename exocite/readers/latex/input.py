"""The text that TeX is reading: the file, and above it the macros that are being used.

Every character knows where it stands in the file: one of an argument stands where the argument
does, one of a macro's body where the macro is used.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from exocite.frozen import dataclass
from exocite.model import Span
from exocite.patterns import regex
from exocite.readers.latex.marks import Marks

Piece = tuple[str, int]
"""A text and the offset in the file that it was copied from, -1 where it comes from a macro."""

_COMMENT = r"%[^\r\n]*+(?:\r\n|\r|\n)"
_BLANK = regex(rf"(?:[ \t]|{_COMMENT})*+(?:(?:\r\n|\r|\n)(?:[ \t]|{_COMMENT})*+)?", re.DOTALL)
_SPACES = regex(r"[ \t]*+(?>\r\n|\r|\n)?[ \t]*+(?![\r\n])|[ \t]*+")
_OPTION = regex(r"\\.|[\[\](){}<>%]|(?>\r\n|\r|\n)[ \t]*+(?=[\r\n])", re.DOTALL)
_NAME = regex(r"\\(?:[A-Za-z@]++|.)", re.DOTALL)
_PARTNERS = {"[": "]", "(": ")", "<": ">"}
_LONGEST_OPTION = 2000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece begins in the frame and in the file, and what its use stands for."""

    start: int
    source: int
    low: int
    high: int


class Frame:
    """A text under way: the file itself, or one use of a macro.

    `serial` tells frames apart, `use` is the stretch of the file that the whole stands for.
    """

    def __init__(self, text: str, serial: int) -> None:
        self.text = text
        self.serial = serial
        self.at = 0
        self.end = len(text)
        self.depth = 0
        self.use = Span(0, len(text))
        self.marks = Marks(text)
        self._places: list[_Place] = []
        self._starts: list[int] = []
        self._no_option: dict[str, int] = {}
        self._missing: set[str] = set()

    @classmethod
    def of(cls, pieces: Sequence[Piece], use: Span, serial: int, depth: int) -> Frame:
        """The use of a macro, from its pieces."""
        frame = cls("".join(text for text, _ in pieces), serial)
        frame.depth, frame.use = depth, use
        high = use.end
        ends = []
        for text, source in reversed(pieces):
            ends.append(high)
            if source >= 0 and text:
                high = min(high, source)
        low, at = use.start, 0
        for (text, source), after in zip(pieces, reversed(ends), strict=True):
            if text:
                frame._places.append(_Place(at, source, low, max(low, after)))
                frame._starts.append(at)
            if source >= 0:
                low = max(low, source + len(text))
            at += len(text)
        return frame

    @property
    def is_file(self) -> bool:
        """Whether this is the file and no macro."""
        return not self.depth

    def _at(self, offset: int) -> _Place:
        return self._places[max(bisect_right(self._starts, offset) - 1, 0)]

    def cut(self, start: int, end: int) -> list[Piece]:
        """The stretch as pieces for a further use."""
        return [
            (self.text[first:last], span.start if copied else -1)
            for first, last, span, copied in self.stretches(start, end)
        ]

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, Span, bool]]:
        """The stretch in parts: first, last, what it stands for, whether it was copied."""
        if not self._places:
            if start < end:
                yield start, end, Span(start, end), True
            return
        index = max(bisect_right(self._starts, start) - 1, 0)
        while start < end and index < len(self._places):
            place = self._places[index]
            index += 1
            last = min(end, self._starts[index] if index < len(self._starts) else end)
            if last <= start:
                continue
            if place.source >= 0:
                first = place.source + start - place.start
                yield start, last, Span(first, first + last - start), True
            else:
                yield start, last, Span(place.low, place.high), False
            start = last

    def range(self, start: int, end: int) -> Span:
        """What a stretch stands for where its neighbours have places of their own."""
        if not self._places:
            return Span(start, end)
        first, last = self._at(start), self._at(max(start, end - 1))
        low = first.low if first.source < 0 else first.source + start - first.start
        high = last.high if last.source < 0 else last.source + end - last.start
        return Span(low, max(low, high))

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file: that of the whole use where any of it is of a macro's body."""
        if not self._places:
            return Span(start, end)
        first, last = self._at(start), self._at(max(start, end - 1))
        if first.source < 0 or last.source < 0:
            return self.use
        return self.range(start, end)

    def find(self, wanted: str, at: int) -> int:
        """`str.find` that looks once for what does not come again."""
        if wanted in self._missing:
            return -1
        found = self.text.find(wanted, at, self.end)
        if found < 0:
            self._missing.add(wanted)
        return found

    # ---------------------------------------------------------------- arguments

    def blank(self, at: int) -> int:
        """Past blanks, comments and one line end."""
        match = _BLANK.match(self.text, at, self.end)
        return match.end() if match else at

    def spaces(self, at: int) -> int:
        """Past the blanks that end a command's name; a blank line stays."""
        match = _SPACES.match(self.text, at, self.end)
        return match.end() if match else at

    def group(self, at: int) -> tuple[int, int] | None:
        """What the braces that open here hold; None where none do or none close."""
        if self.text[at : at + 1] != "{":
            return None
        closing = self.marks.closing.get(at, -1)
        return (at + 1, closing) if 0 <= closing < self.end else None

    def argument(self, at: int) -> tuple[int, int, int] | None:
        """Start and end of a command's argument, braces or one token, and what follows it."""
        at = self.blank(at)
        found = self.group(at)
        if found:
            return *found, found[1] + 1
        if at >= self.end or self.text[at] in "{}%&$":
            return None
        name = _NAME.match(self.text, at, self.end)
        end = name.end() if name else at + 1
        return at, end, end

    def option(self, at: int, opening: str = "[") -> tuple[int, int] | None:
        """What the bracket that opens here holds; None where none opens or none closes."""
        if self.text[at : at + 1] != opening or at < self._no_option.get(opening, 0):
            return None
        closing, limit = _PARTNERS[opening], min(self.end, at + _LONGEST_OPTION)
        start = at = at + 1
        while True:
            match = _OPTION.search(self.text, at, limit)
            if match is None:
                break
            at, found = match.end(), match[0]
            if found == closing:
                return start, match.start()
            if found == "{":
                at = self.marks.closing.get(match.start(), match.start()) + 1
            elif found == "%":
                stretch = self.marks.stretches.get(match.start())
                at = max(at, stretch.end) if stretch else at
            elif found == "}" or found[0] in "\r\n":
                break
        self._no_option[opening] = limit if match is None else match.start()
        return None
