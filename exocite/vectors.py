"""Sentence vectors kept between runs, in one file that can be thrown away at any time.

The file holds a head with the width, then records of one size: BLAKE2b of the text (16 bytes),
CRC-32 of the rest (4 bytes, little endian), the vector as half floats (little endian). A record
whose sum is wrong is left out and said, never used.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from exocite import cache

MAGIC = b"exocite vectors 1\n"
MAX_BYTES = 400_000_000
"""A cache larger than this is begun anew."""

_KEY, _SUM = 16, 4


class Vectors:
    """Vectors of one model by the text that they are of, all of one width.

    `path` None keeps them for this run only. `problem` says what was wrong with the file, "" for
    nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self.problem = ""
        self._path = path
        self._bytes = 0
        self._held: dict[bytes, bytes] = {}
        self._new = 0
        if path is not None:
            self._load(path)

    def __len__(self) -> int:
        """How many texts are known."""
        return len(self._held)

    def get(self, text: str) -> bytes | None:
        """The vector's half floats, if the text has been met before."""
        return self._held.get(_key(text))

    def put(self, text: str, vector: bytes) -> None:
        """Remember a vector. Raises ValueError for one that is not as wide as the others."""
        if self._held and len(vector) != self._bytes:
            raise ValueError("the vector has another length")
        self._bytes = len(vector)
        self._held[_key(text)] = vector
        self._new += 1

    def save(self) -> None:
        """Write what is new, all of it or nothing. A folder that cannot be written is said."""
        if self._path is None or not self._new:
            return
        head = MAGIC + (self._bytes // 2).to_bytes(2, "little")
        try:
            cache.put(self._path, chain([head], self._records()))
            self._new = 0
        except OSError as error:
            self.problem = f"{self._path}: not kept for the next run: {error.strerror or error}"

    def _records(self) -> Iterator[bytes]:
        for key, vector in self._held.items():
            yield key + zlib.crc32(key + vector).to_bytes(_SUM, "little") + vector

    def _load(self, path: Path) -> None:
        try:
            if path.stat().st_size > MAX_BYTES:
                self.problem = f"{path}: larger than {MAX_BYTES // 1_000_000} MB, begun anew"
                return
            data = path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            self.problem = f"{path}: cannot be read: {error.strerror or error}"
            return
        width = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 2], "little")
        if not data.startswith(MAGIC) or not width:
            self.problem = f"{path}: not a file of vectors, begun anew"
            return
        self._bytes = 2 * width
        size = _KEY + _SUM + self._bytes
        body = memoryview(data)[len(MAGIC) + 2 :]
        damaged = int(bool(len(body) % size))
        for at in range(0, len(body) - size + 1, size):
            record = body[at : at + size]
            key, vector = bytes(record[:_KEY]), bytes(record[_KEY + _SUM :])
            if int.from_bytes(record[_KEY : _KEY + _SUM], "little") == zlib.crc32(key + vector):
                self._held[key] = vector
            else:
                damaged += 1
        if damaged:
            records = "1 record is" if damaged == 1 else f"{damaged} records are"
            self.problem = f"{path}: {records} damaged and will be computed again"


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
