"""What a .bib file said when it was last read, so that what is the same is not read again.

Kept are places, never words: where in a chunk its entry's type, key, names and values stand. So
nothing can come out of it that is not in the file. One block of bytes, numbers in four bytes,
little endian:

    magic | SHA-256 of the rest | SHA-256 of the file | how many chunks, how many places
    length of each chunk | places of each chunk, 0 for one to be read again
    BLAKE2b of each chunk, 16 bytes | the places

A block that is cut short or whose sum is wrong is as good as none.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from itertools import accumulate, chain, pairwise

from exocite.bibliography.blocks import Block, BlockKind, Chunk, Shared, cut

MAGIC = b"exocite blocks 1\n"

_SUM, _KEY, _NUMBER = 32, 16, 4
_HEAD = len(MAGIC) + _SUM
_COUNTS = struct.Struct("<II")


class Kept:
    """What was kept of one file. Without bytes, or with bytes that are not whole, it is empty."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._source = b""
        self._lengths: Sequence[int] = ()
        self._places: Sequence[int] = ()
        self._keys_at = self._places_at = 0
        body = memoryview(data)[_HEAD:]
        if not data.startswith(MAGIC) or sha256(body).digest() != data[len(MAGIC) : _HEAD]:
            return
        at = _HEAD + _SUM
        if len(data) < at + _COUNTS.size:
            return
        chunks, places = _COUNTS.unpack_from(data, at)
        at += _COUNTS.size
        if len(data) != at + chunks * (2 * _NUMBER + _KEY) + places * _NUMBER:
            return
        lengths = struct.unpack_from(f"<{chunks}I", data, at)
        counts = struct.unpack_from(f"<{chunks}I", data, at + chunks * _NUMBER)
        if sum(counts) != places:
            return
        self._source = data[_HEAD : _HEAD + _SUM]
        self._lengths, self._places = lengths, tuple(accumulate(counts, initial=0))
        self._keys_at = at + chunks * 2 * _NUMBER
        self._places_at = self._keys_at + chunks * _KEY

    def __bool__(self) -> bool:
        """Whether anything was kept."""
        return bool(self._lengths)

    def is_of(self, data: bytes) -> bool:
        """Whether the file held these very bytes."""
        return bool(self) and sha256(data).digest() == self._source

    def same(self, text: str, shared: Shared) -> Iterator[tuple[str, Chunk | None]]:
        """The pieces of the text of an unchanged file, and what is known of each."""
        at = 0
        for number, length in enumerate(self._lengths):
            piece = text[at : at + length]
            yield piece, self._chunk(number, piece, shared)
            at += length

    def known(self, piece: str, shared: Shared) -> Chunk | None:
        """What is known of a piece, None for one that is new."""
        number = self._numbers.get(_key(piece))
        return None if number is None else self._chunk(number, piece, shared)

    def changed(self, text: str) -> tuple[str, ...]:
        """The pieces of the text that were not in the file: what was changed and what is new."""
        numbers = self._numbers
        return tuple(piece for piece in cut(text) if _key(piece) not in numbers)

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        keys = self._data[self._keys_at : self._places_at]
        return {keys[at : at + _KEY]: at // _KEY for at in range(0, len(keys), _KEY)}

    def _chunk(self, number: int, piece: str, shared: Shared) -> Chunk | None:
        first, past = self._places[number], self._places[number + 1]
        if past - first < _FIXED:
            return None
        at = self._places_at + first * _NUMBER
        places = struct.unpack_from(f"<{past - first}I", self._data, at)
        if (past - first - _FIXED) % 4 or places[-1] > len(piece) or list(places) != sorted(places):
            return None
        start, type_at, type_end, key_at, key_end, *parts, end = places
        of_names = zip(parts[::4], parts[1::4], strict=True)
        of_values = zip(parts[2::4], parts[3::4], strict=True)
        names = tuple([piece[at:past] for at, past in of_names])
        block = Block(
            kind=BlockKind.ENTRY,
            start=start,
            end=end,
            type=piece[type_at:type_end].lower(),
            key=piece[key_at:key_end],
            names=shared.setdefault(names, names),
            values=tuple([piece[at:past] for at, past in of_values]),
        )
        return Chunk(piece, (block,))


_FIXED = 6
"""Places of an entry without fields: its own start and end, and those of its type and key."""


def kept(data: bytes, chunks: Sequence[Chunk]) -> Iterator[bytes]:
    """What is worth keeping of a file with these bytes and chunks, for `Kept`, in parts."""
    places = [_places(chunk) for chunk in chunks]
    numbers = [len(chunks), sum(map(len, places))]
    numbers += [len(chunk.text) for chunk in chunks]
    numbers += map(len, places)
    body = b"".join(
        [
            sha256(data).digest(),
            struct.pack(f"<{len(numbers)}I", *numbers),
            *[_key(chunk.text) for chunk in chunks],
            struct.pack(f"<{numbers[1]}I", *chain.from_iterable(places)),
        ]
    )
    yield MAGIC + sha256(body).digest()
    yield body


def _places(chunk: Chunk) -> tuple[int, ...]:
    """The places of the one sound entry of a chunk, () for all else."""
    if len(chunk.blocks) != 1:
        return ()
    (block,) = chunk.blocks
    text, at = chunk.text, block.start + 1
    if block.kind is not BlockKind.ENTRY or block.reason or len(text) >= 1 << 32:
        return ()
    written = text[at : at + len(block.type)]
    if written.lower() != block.type:
        return ()
    places = [block.start]
    for part in chain([written, block.key], *zip(block.names, block.values, strict=True)):
        at = text.find(part, at, block.end)
        if at < 0:
            return ()
        places += [at, at := at + len(part)]
    return (*places, block.end) if all(a <= b for a, b in pairwise(places)) else ()


def _key(piece: str) -> bytes:
    return blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
