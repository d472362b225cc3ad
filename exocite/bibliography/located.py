"""Blocks with their places in the file, and the places of what is inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exocite.bibliography.blocks import Block, Chunk
from exocite.bibliography.scan import EntryScan, Failure, scan_entry
from exocite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Located:
    """A block, the text of its chunk, that chunk's offset in the file, and the block's line."""

    block: Block
    chunk: str
    offset: int
    line: int

    @property
    def start(self) -> int:
        """Offset of its first character in the file's text."""
        return self.offset + self.block.start

    @property
    def end(self) -> int:
        """Offset past its last character."""
        return self.offset + self.block.end

    @property
    def source(self) -> str:
        """The block as it is written."""
        return self.chunk[self.block.start : self.block.end]


def locate(chunks: Iterable[Chunk]) -> Iterator[Located]:
    """The blocks of the chunks in the order of the file."""
    offset, line = 0, 1
    for chunk in chunks:
        for block in chunk.blocks:
            before = chunk.text[: block.start] if block.start else ""
            yield Located(block, chunk.text, offset, line + line_ends(before))
        offset += len(chunk.text)
        line += line_ends(chunk.text)


def line_ends(text: str) -> int:
    """How many lines end in the text: with LF, CRLF or a lone CR."""
    count = text.count("\n")
    if "\r" in text:
        count += text.count("\r") - text.count("\r\n")
    return count


def opener(item: Located) -> int:
    """Offset in the chunk of the delimiter that opens the block."""
    places = (item.chunk.find(c, item.block.start, item.block.end) for c in "{(")
    return min((place for place in places if place >= 0), default=item.block.start)


def parts(item: Located) -> EntryScan | Failure:
    """Where the parts of an entry stand in its chunk; they agree with the block's own.

    A Failure says why they cannot be told: such an entry can be read, but not edited safely.
    """
    block = item.block
    failure = Failure(block.start, "its fields cannot be told apart")
    for escapes in (True, False):
        scan = scan_entry(item.chunk, opener(item), block.end, escapes=escapes)
        if isinstance(scan, Failure):
            failure = scan if escapes else failure
            continue
        names = tuple(item.chunk[f.name_start : f.name_end] for f in scan.fields)
        values = tuple(item.chunk[f.value_start : f.value_end] for f in scan.fields)
        key = item.chunk[scan.key_start : scan.key_end]
        if (key, names, values) == (block.key, block.names, block.values):
            return scan
    return failure
