"""The text taken out of a document so far, where each stretch stands, and what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field

from exocite.frozen import dataclass
from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Place, Span
from exocite.patterns import regex
from exocite.readers.labels import numbered_items
from exocite.readers.raised import DIGITS, Raised, lifted
from exocite.readers.raw import RawBlock, finished
from exocite.readers.reference_list import looks_like_reference
from exocite.text import VisibleText, trimmed, visible_offset

Stretch = tuple[int, int]
"""Start and end of a stretch of the text."""

GAP = "\n\n"
"""Stands between places; it belongs to none that a reader sees."""

_DOI_ADDRESS = regex(r"(?:https?:)?//(?:dx\.|www\.)?doi\.org/|doi:", re.IGNORECASE)
_BREAK = regex(r"[\t\n]")
_NUMBERED = regex(r"(?:\[(?P<square>\d{1,4})\]|(?P<dotted>\d{1,4})[.)])\s+")
_LONGEST_HEADING = 100


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch that cites, and what: labels with locators."""

    kind: CitationKind
    stretch: Stretch
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """A raised stretch, where its paragraph starts, and whether it is a link within the file."""

    stretch: Stretch
    paragraph: int
    linked: bool


@dataclass(slots=True)
class Line:
    """A paragraph that was found. `opaque` are stretches of code and mathematics.

    `bold` counts its bold characters; `note` is the label of the note that it begins.
    """

    start: int
    end: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    bold: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row of a table."""

    cells: tuple[Stretch, ...]


@dataclass(slots=True)
class Draft:
    """Grows while the document is followed."""

    places: list[Place] = field(default_factory=list)
    lines: list[Line | Row] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    rises: list[Rise] = field(default_factory=list)
    opaque: list[Stretch] = field(default_factory=list)
    length: int = 0
    _pieces: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Append text to the source."""
        self._pieces.append(text)
        self.length += len(text)

    def place(self, name: str) -> None:
        """A new place begins here."""
        self.places.append(Place(self.length, name))

    def link(self, stretch: Stretch, address: str) -> None:
        """A link that is shown in this stretch: a citation where it leads to a DOI."""
        found = find_dois(address[:500]) if _DOI_ADDRESS.match(address) else []
        if found:
            self.cited.append(Cited(CitationKind.LINK, stretch, ((found[0][1], ""),)))

    def source(self) -> str:
        """The whole text so far."""
        return "".join(self._pieces)


class Finished:
    """The blocks and citations of a whole draft.

    Where `listed` is false the works are known from elsewhere: such blocks bear no labels.
    """

    def __init__(self, draft: Draft, source: str, *, listed: bool) -> None:
        self._draft = draft
        self._source = source
        self._listed = listed
        self._numbered = 0
        self._opaque = sorted(draft.opaque)
        self._cited_at = sorted(one.stretch for one in draft.cited)
        self._heights = [
            rise.stretch
            for rise in draft.rises
            if not rise.linked and not self._is_cited(*rise.stretch)
        ]

    def blocks(self) -> Iterator[RawBlock]:
        """The blocks in the order of the text."""
        for line in self._draft.lines:
            block = self._row(line) if isinstance(line, Row) else self._line(line)
            if block is not None:
                yield block

    def citations(self) -> Iterator[Citation]:
        """What fields, links and signs of notes cite, where they print anything."""
        for one in self._draft.cited:
            start, end = trimmed(self._source, *one.stretch)
            if start < end and one.items:
                span = Span(start, end)
                items = tuple(CitedItem(label, span, locator) for label, locator in one.items)
                yield Citation(one.kind, span, items)

    def raised(self) -> Iterator[Raised]:
        """Raised digits that no field, link or note accounts for."""
        for rise in self._draft.rises:
            start, end = trimmed(self._source, *rise.stretch)
            if self._is_cited(start, end) or not DIGITS.fullmatch(self._source, start, end):
                continue
            items = numbered_items(self._source, start, end, Span)
            citation = Citation(CitationKind.SUPERSCRIPT, Span(start, end), items)
            yield Raised(citation, self._source[rise.paragraph : start], rise.linked)

    def _is_cited(self, start: int, end: int) -> bool:
        index = bisect_right(self._cited_at, (end, 0)) - 1
        return any(one[1] > start for one in self._cited_at[max(0, index - 3) : index + 1])

    # ---------------------------------------------------------------- blocks

    def _line(self, line: Line) -> RawBlock | None:
        visible, breaks = self._visible(line.start, line.end)
        kind, level, label = line.kind, line.level, line.label
        block = finished(kind, visible, level=level, label=label, breaks=breaks)
        if block is None:
            return None
        if kind is BlockKind.REFERENCE:
            return self._reference(block)
        if line.note:
            return self._note(block, line)
        if kind is BlockKind.PARAGRAPH and _is_bold(line, block.text):
            return finished(BlockKind.HEADING, visible, level=6, by_shape=True)
        return block

    def _note(self, block: RawBlock, line: Line) -> RawBlock:
        """A note that prints a reference and cites nothing is one of the article's list."""
        cites = self._is_cited(line.start, line.end)
        if not cites and looks_like_reference(block.text):
            return RawBlock(BlockKind.REFERENCE, block.span, block.text, block.runs, 0, line.note)
        return block

    def _reference(self, block: RawBlock) -> RawBlock:
        if not self._listed:
            return block
        self._numbered += 1
        match = _NUMBERED.match(block.text)
        label = block.label or str(self._numbered)
        if match and match.end() < len(block.text):
            label = match["square"] or match["dotted"]
            block = block.part(match.end(), len(block.text))
        return RawBlock(BlockKind.REFERENCE, block.span, block.text, block.runs, 0, label)

    def _row(self, row: Row) -> RawBlock | None:
        joined = VisibleText()
        for first, last in row.cells:
            start, end = trimmed(self._source, first, last)
            if start < end and len(joined):
                joined.replace(" | ", start, start)
            self._copy(joined, start, end, [])
        ends = (row.cells[0][0], row.cells[-1][1]) if row.cells else (0, 0)
        return finished(BlockKind.TABLE, self._lifted(joined, *ends))

    def _visible(self, start: int, end: int) -> tuple[VisibleText, Sequence[int]]:
        visible = VisibleText()
        breaks: list[int] = []
        at = start
        index = bisect_right(self._opaque, (start, -1))
        while index < len(self._opaque) and self._opaque[index][0] < end:
            first, last = self._opaque[index]
            self._copy(visible, at, first, breaks)
            _whole(visible, self._source[first:last], first, last)
            at = last
            index += 1
        self._copy(visible, at, end, breaks)
        return self._lifted(visible, start, end), breaks

    def _lifted(self, visible: VisibleText, start: int, end: int) -> VisibleText:
        """The visible text of a stretch with what is raised in it at its height."""
        first = bisect_left(self._heights, (start, 0))
        last = bisect_left(self._heights, (end, 0))
        if first == last:
            return visible
        _, runs = visible.build()
        return lifted(
            visible,
            (
                (visible_offset(runs, a), visible_offset(runs, b))
                for a, b in self._heights[first:last]
            ),
        )

    def _copy(self, visible: VisibleText, start: int, end: int, breaks: list[int]) -> None:
        """Append the stretch as a reader sees it, on one line."""
        for match in _BREAK.finditer(self._source, start, end):
            visible.copy(self._source, start, match.start())
            visible.replace(" ", match.start(), match.end())
            if match[0] == "\n":
                breaks.append(len(visible))
            start = match.end()
        visible.copy(self._source, start, end)


def _whole(visible: VisibleText, text: str, start: int, end: int) -> None:
    """Append code or mathematics so that no marker is looked for in it.

    A run that is not as long as its source was taken whole (`exocite.claims.markers.prose`). The
    last character is a run of its own, so that a span that ends here ends exactly.
    """
    if len(text) < 3:
        visible.replace(text, start, end)
    else:
        visible.replace(text[:-1], start, end)
        visible.replace(text[-1], end, end)


def _is_bold(line: Line, text: str) -> bool:
    """A short paragraph wholly in bold type is a heading to its reader."""
    return 0 < len(text) <= _LONGEST_HEADING and line.bold >= len(text) and text[-1] not in ".?!"
