"""An article while the reader of a markup language finds its blocks, each read as it is added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from exocite.model import Article, BlockKind, Citation, Span
from exocite.readers import raised, structure
from exocite.readers.displayed import woven
from exocite.readers.inline import Content, Inline
from exocite.readers.inline_scanner import (
    LEAST_ROOM,
    MOST_PER_CHARACTER,
    MarkupScanner,
    Numbering,
)
from exocite.readers.raised import Raised
from exocite.readers.raw import RawBlock, finished
from exocite.readers.reference_list import looks_like_reference
from exocite.text import VisibleText

Piece = tuple[int, int]
"""Start and end of a stretch of the source within one line."""

ScannerFor = Callable[[Content, int, int, Numbering], MarkupScanner]


class ArticleDraft:
    """The blocks and citations found so far in a source."""

    def __init__(self, source: str, scanner: ScannerFor) -> None:
        self.source = source
        self.blocks: list[RawBlock] = []
        self.citations: list[Citation] = []
        self._raised: list[Raised] = []
        self._scanner = scanner
        self._numbering = Numbering(room=MOST_PER_CHARACTER * len(source) + LEAST_ROOM)
        self._empty: set[str] = set()
        self._formulas: dict[Span, str] = {}

    def add(
        self, kind: BlockKind, pieces: Sequence[Piece], *, level: int = 0, label: str = ""
    ) -> bool:
        """A block of these lines; whether anything in it is visible."""
        inline = self._scan(pieces)
        return self._keep(inline.block(kind, level=level, label=label))

    def note(self, pieces: Sequence[Piece], label: str) -> None:
        """A note's text: one that prints a reference and cites nothing is one of the list."""
        before = len(self.citations)
        block = self._scan(pieces).block(BlockKind.PARAGRAPH)
        if block and len(self.citations) == before and looks_like_reference(block.text):
            block = replace(block, kind=BlockKind.REFERENCE, label=label)
        self._keep(block)

    def verbatim(self, kind: BlockKind, start: int, end: int) -> None:
        """A block of this stretch of the source as it is written: code, metadata."""
        visible = VisibleText()
        visible.copy(self.source, start, end)
        self._keep(finished(kind, visible))

    def formula(self, start: int, end: int, shown: str) -> None:
        """Displayed mathematics in this stretch of the source, shown so within a sentence."""
        self.verbatim(BlockKind.CODE, start, end)
        if self.blocks and start <= self.blocks[-1].span.start < end:
            self._formulas[self.blocks[-1].span] = shown or "[formula]"

    def row(self, cells: Sequence[Piece]) -> None:
        """A row of a table, its cells each where it is written."""
        joined = VisibleText()
        for first, last in cells:
            text, runs = self._scan([(first, last)]).visible.build()
            if text and len(joined):
                joined.replace(" | ", first, first)
            for run in runs:
                piece = text[run.text_start : run.text_start + run.text_length]
                joined.replace(piece, run.source_start, run.source_start + run.source_length)
        self._keep(finished(BlockKind.TABLE, joined))

    def article(self, path: str, name: str, encoding: str) -> Article:
        """The article that was found."""
        blocks = woven(self.source, self.blocks, self._formulas)
        found = structure.article(path, name, encoding, self.source, blocks)
        labels = {reference.label for reference in found.references}
        citations = {*self.citations, *raised.markers(self._raised, labels)}
        citations = {one for one in citations if one.items[0].label not in self._empty}
        return replace(
            found,
            citations=tuple(sorted(citations, key=lambda c: (c.span, c.kind, c.items[0].span))),
        )

    def _keep(self, block: RawBlock | None) -> bool:
        if block is not None:
            self.blocks.append(block)
        return block is not None

    def _scan(self, pieces: Sequence[Piece]) -> Inline:
        """The inline content of these lines; notes written inside become blocks of their own."""
        content = self._content(pieces)
        scanner = self._scanner(content, 0, len(content.text), self._numbering)
        whole = self._collect(scanner)
        for note in scanner.notes:
            before = len(self.citations)
            inner = self._scanner(content, note.start, note.end, self._numbering)
            block = self._collect(inner).block(BlockKind.PARAGRAPH)
            cites = len(self.citations) > before
            if block and not cites and looks_like_reference(block.text):
                block = replace(block, kind=BlockKind.REFERENCE, label=note.label)
            if not self._keep(block):
                self._empty.add(note.label)  # a sign without a text leads nowhere
        return whole

    def _content(self, pieces: Sequence[Piece]) -> Content:
        starts, shifts, texts = [], [], []
        at = 0
        for start, end in pieces:
            starts.append(at)
            shifts.append(start - at)
            texts.append(self.source[start:end])
            at += end - start + 1
        return Content(self.source, "\n".join(texts), starts or [0], shifts or [0])

    def _collect(self, scanner: MarkupScanner) -> Inline:
        inline = scanner.run()
        self.citations.extend(inline.citations)
        self.citations.extend(inline.notes)
        self._raised.extend(inline.raised)
        return inline
