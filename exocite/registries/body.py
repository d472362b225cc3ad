"""The body of an HTTP answer, decoded piece by piece so that a bomb costs no more than its cap."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

LARGEST = 20 * 2**20
"""More bytes than this no answer may have once it is unpacked."""

_PIECE = 2**18
_SWOLLEN = 4 * 2**20  # up to here nobody asks how small it was packed
_MOST_TIMES = 150  # the records of a registry pack to a tenth at best
_GZIP = zlib.MAX_WBITS | 16


class LongBodyError(Exception):
    """The decoded body is larger than allowed."""


class SwollenBodyError(Exception):
    """The decoded body is so many times its packed size that it was made to do harm."""


class UnfinishedBodyError(Exception):
    """The body did not end in time."""


class UnreadableBodyError(Exception):
    """The body is not in the coding that its header names, or in one that was not asked for."""


def read(chunks: Iterable[bytes], coding: str, limit: int, *, expired: Callable[[], bool]) -> bytes:
    """The decoded body of at most `limit` bytes.

    `coding` is the Content-Encoding: none, identity or gzip. `expired` is asked at every chunk.
    Raises LongBodyError, SwollenBodyError,
    UnfinishedBodyError, UnreadableBodyError.
    """
    decoded = _CODINGS.get(coding.strip().lower())
    if decoded is None:
        raise UnreadableBodyError("its coding was not asked for")
    pieces: list[bytes] = []
    size = packed = 0

    def timely() -> Iterator[bytes]:
        nonlocal packed
        for chunk in chunks:
            if expired():
                raise UnfinishedBodyError
            packed += len(chunk)
            yield chunk

    for piece in decoded(timely()):
        size += len(piece)
        if size > limit:
            raise LongBodyError
        if size > max(_SWOLLEN, _MOST_TIMES * packed):
            raise SwollenBodyError
        pieces.append(piece)
    return b"".join(pieces)


def _plain(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield from chunks


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks inflated in pieces; gzip may hold several members one after the other."""
    inflater = zlib.decompressobj(_GZIP)
    fresh = True
    for chunk in chunks:
        rest = chunk
        while rest:
            fresh = False
            try:
                yield inflater.decompress(rest, _PIECE)
            except zlib.error as error:
                raise UnreadableBodyError("it is no valid gzip") from error
            rest = inflater.unconsumed_tail or inflater.unused_data
            if inflater.eof:
                inflater = zlib.decompressobj(_GZIP)
                fresh = True
    # A pending inflater may hold output that one piece had no room for, but never an end.
    if not fresh:
        yield inflater.flush()
        if not inflater.eof:
            raise UnreadableBodyError("its gzip ends too early")


_CODINGS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "": _plain,
    "identity": _plain,
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
}
