"""The lines of a source with their places: how far each is indented, and where its text stands."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.frozen import dataclass
from exocite.patterns import regex

_LINE = regex(r"([^\r\n]*)(\r\n|\r|\n|$)")
_TAB = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line from `start` to `end` (its line end left out), and the same without outer blanks.

    `text` is what stands from `first` to `last`, "" for a blank line; `indent` counts columns, a
    tab reaching to the next multiple of eight.
    """

    start: int
    end: int
    first: int
    last: int
    indent: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands here."""
        return not self.text

    @property
    def piece(self) -> tuple[int, int]:
        """Start and end of its text in the source."""
        return self.first, self.last

    def rest(self, offset: int) -> tuple[int, int]:
        """The piece of its text from an offset in it, blanks at its beginning left out."""
        while offset < len(self.text) and self.text[offset].isspace():
            offset += 1
        return self.first + offset, self.last


def lines(source: str) -> list[Line]:
    """All lines of the source."""
    return list(_lines(source))


def _lines(source: str) -> Iterator[Line]:
    at = 0
    while at < len(source):
        match = _LINE.match(source, at)
        if match is None:
            return
        yield _line(at, match[1])
        at = match.end()


def _line(start: int, written: str) -> Line:
    end = start + len(written)
    text = written.strip()
    if not text:
        return Line(start, end, end, end, 0, "")
    lead = written[: len(written) - len(written.lstrip())]
    indent = len(lead.expandtabs(_TAB))
    first = start + len(lead)
    return Line(start, end, first, first + len(text), indent, text)
