"""A .bib file in chunks, of which an edit has only those read again that it can touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from exocite.bibliography import edits
from exocite.bibliography.blocks import (
    Block,
    BlockKind,
    Chunk,
    Shared,
    cut,
    ends_by_itself,
    read_chunk,
)
from exocite.bibliography.edits import Splice
from exocite.bibliography.kept import Kept


def chunks_of(text: str, known: Iterable[Chunk] = ()) -> list[Chunk]:
    """The chunks of a text; those that are known already are not read again."""
    shared: Shared = {}
    there = {chunk.text: chunk for chunk in known}
    return [there.get(piece) or read_chunk(piece, shared) for piece in cut(text)]


def chunks_again(data: bytes, text: str, known: Kept) -> list[Chunk]:
    """The chunks of a text of which an earlier state is known; `data` are the file's bytes."""
    shared: Shared = {}
    if known.is_of(data):
        pairs = known.same(text, shared)
    else:
        pairs = ((piece, known.known(piece, shared)) for piece in cut(text))
    return [chunk or read_chunk(piece, shared) for piece, chunk in pairs]


def parted(chunks: Sequence[Chunk]) -> tuple[Sequence[Chunk], Sequence[Chunk]]:
    """The chunks that a text put behind them leaves as they are, and those to be read with it."""
    return (chunks[:-1], chunks[-1:]) if all(map(_closed, chunks)) else ((), chunks)


def spliced(chunks: Sequence[Chunk], splices: Sequence[Splice]) -> list[Chunk]:
    """The chunks after the splices; those that are the same are not read again."""
    near = _near(chunks, min(splices).start, max(splice.end for splice in splices))
    if near is not None:
        first, past, offset = near
        old = chunks[first:past]
        moved = [replace(s, start=s.start - offset, end=s.end - offset) for s in splices]
        new = chunks_of(edits.spliced(text_of(old), moved), old)
        if all(ends_by_itself(chunk.text) for chunk in new):
            return [*chunks[:first], *new, *chunks[past:]]
    return chunks_of(edits.spliced(text_of(chunks), splices), chunks)


def blocks_of(chunks: Iterable[Chunk]) -> list[Block]:
    """The blocks of all chunks."""
    return [block for chunk in chunks for block in chunk.blocks]


def text_of(chunks: Iterable[Chunk]) -> str:
    """The text of all chunks."""
    return "".join(chunk.text for chunk in chunks)


def _closed(chunk: Chunk) -> bool:
    """Whether the chunk is no comment that may go on into others."""
    plain = chunk.blocks and chunk.blocks[0].kind is BlockKind.ENTRY
    return bool(plain) or ends_by_itself(chunk.text)


def _near(chunks: Sequence[Chunk], start: int, end: int) -> tuple[int, int, int] | None:
    """The chunks that an edit can touch and one more on both sides, and where they begin.

    None where a chunk further on could end elsewhere after the edit.
    """
    if not all(map(_closed, chunks)):
        return None
    ends = [*accumulate(len(chunk.text) for chunk in chunks)]
    first = max(bisect_right(ends, start) - 1, 0)
    past = min(bisect_left(ends, end) + 2, len(ends))
    return first, past, ends[first - 1] if first else 0
