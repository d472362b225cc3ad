"""Inline content and how it becomes visible text: each stretch shown, hidden or replaced."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field
from enum import Enum

from exocite.frozen import dataclass
from exocite.model import BlockKind, Citation, Span
from exocite.readers import emphasis
from exocite.readers.raised import Raised, digits, lifted
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText

_REACH = 30


@dataclass(frozen=True, slots=True)
class Content:
    """Inline content of a block: its lines joined by line feeds, and where each is in the source.

    The character at offset `i` of line `n`, which begins at `starts[n]`, stands at `i + shifts[n]`
    of the source.
    """

    source: str
    text: str
    starts: Sequence[int]
    shifts: Sequence[int]

    def place(self, offset: int) -> int:
        """The offset in the source of an offset in the content."""
        line = bisect_right(self.starts, offset) - 1
        return offset + self.shifts[max(line, 0)]

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a stretch of the content."""
        first = self.place(start)
        return Span(first, self.place(end - 1) + 1 if end > start else first)


@dataclass(frozen=True, slots=True)
class Image:
    """An image: where its description stands in the content, and where the whole ends."""

    start: int
    end: int


@dataclass(slots=True)
class Inline:
    """What inline content holds: visible text with its runs, breaks, images, and citations."""

    visible: VisibleText = field(default_factory=VisibleText)
    breaks: list[int] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    notes: list[Citation] = field(default_factory=list)

    def block(self, kind: BlockKind, *, level: int = 0, label: str = "") -> RawBlock | None:
        """The block of this content, None where nothing is visible."""
        return finished(kind, self.visible, level=level, label=label, breaks=self.breaks)


class Kind(Enum):
    """What becomes of a stretch of content."""

    COPY = 0
    HIDE = 1
    REPLACE = 2
    BREAK = 3
    DELIMITER = 4


@dataclass(slots=True)
class Node:
    """A stretch of content and what becomes of it."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    run: emphasis.Run | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Raised or linked text, read once visible text is known: nodes from `first` up to `last`."""

    first: int
    last: int
    start: int
    end: int
    linked: bool


def build(content: Content, nodes: Sequence[Node], marks: Sequence[Mark], out: Inline) -> None:
    """Append what the nodes show to the visible text of `out`, and what the marks stand for."""
    visible = out.visible
    offsets = []
    for node in nodes:
        offsets.append(len(visible))
        place = content.span(node.start, node.end)
        if node.kind is Kind.COPY:
            visible.copy(content.source, place.start, place.end)
        elif node.kind is Kind.DELIMITER and node.run is not None:
            run = node.run
            place = content.span(run.start + run.used_left, run.end - run.used_right)
            visible.copy(content.source, place.start, place.end)
        elif node.kind is Kind.REPLACE:
            visible.replace(node.text, place.start, place.end)
        elif node.kind is Kind.BREAK and len(visible):
            visible.replace(" ", place.start, place.end)
            out.breaks.append(len(visible))
    offsets.append(len(visible))
    if marks:
        _read_marks(content, marks, offsets, out)


def _read_marks(
    content: Content, marks: Sequence[Mark], offsets: Sequence[int], out: Inline
) -> None:
    """Raised or linked text: shown at its height, its digits as citations that they may be."""
    out.visible = lifted(out.visible, _unlinked(marks, offsets))
    text, runs = out.visible.build()
    for mark in sorted(marks, key=lambda mark: mark.start):
        first, last = offsets[mark.first], offsets[mark.last]
        span = content.span(mark.start, mark.end)
        before = text[max(0, first - _REACH) : first]
        found = digits(text, runs, (first, last), span, before, linked=mark.linked)
        if found is not None:
            out.raised.append(found)


def _unlinked(marks: Sequence[Mark], offsets: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of visible text that are raised and hold no link."""
    links = sorted(offsets[mark.first] for mark in marks if mark.linked)
    places = [(offsets[mark.first], offsets[mark.last]) for mark in marks if not mark.linked]
    return [(a, b) for a, b in places if bisect_left(links, a) == bisect_left(links, b)]
