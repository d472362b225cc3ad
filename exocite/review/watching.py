"""Notices that files were changed by somebody else while the page is open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

Sign = tuple[tuple[str, int, int, int], ...]
"""Name, time, size and number of each file that there is."""


class Watch:
    """What some files looked like when they were last read.

    `places` names each file or folder that is watched; of a folder the files in it are.
    """

    def __init__(self, places: Mapping[str, Path]) -> None:
        self._places = dict(places)
        self._signs: dict[str, Sign] = {}
        self._hashes: dict[str, str] = {}

    def changed(self, *, thorough: bool = False) -> set[str]:
        """The names of those that differ from the last time, which counts as read from now on.

        A poll looks at times and sizes. `thorough` compares the bytes too, for a file that was
        saved twice within one tick of the clock.
        """
        return {name for name in self._places if self._differs(name, thorough)}

    def read(self, name: str) -> None:
        """Take the file as it is now for read: we wrote it ourselves, under the lock."""
        self._signs[name] = _sign(self._places[name])
        self._hashes[name] = _hash(self._places[name])

    def _differs(self, name: str, thorough: bool) -> bool:
        path = self._places[name]
        sign, before = _sign(path), self._signs.get(name)
        if sign == before and not thorough:
            return False
        digest = _hash(path)
        differs = sign != before or digest != self._hashes.get(name)
        self._signs[name], self._hashes[name] = sign, digest
        return differs


def _sign(path: Path) -> Sign:
    try:
        if not path.is_dir():
            return (_file(path.name, path.stat()),)
        with os.scandir(path) as entries:
            return tuple(sorted(_file(entry.name, entry.stat()) for entry in entries))
    except OSError:
        return ()


def _file(name: str, info: os.stat_result) -> tuple[str, int, int, int]:
    return name, info.st_mtime_ns, info.st_size, info.st_ino


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""
