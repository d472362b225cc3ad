"""A small file of bytes that one process at a time may read and write."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

if sys.platform != "win32":
    import fcntl

_PIECE = 2**12
_LONGEST = 2**18
_PATIENCE = 1.0
_POLL = 0.0005
_OPEN_FOR = 5.0  # seconds; then it is opened anew, in case that somebody has removed it
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class StateFile:
    """One file, opened once for many changes; for one thread at a time.

    Where the system has flock, the file itself is locked: this is done hundreds of times a second,
    and a lock file beside it would cost more than all else. Elsewhere filelock keeps one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._opened = 0.0
        self._held = b""

    @contextlib.contextmanager
    def locked(self) -> Iterator[bytes]:
        """Hold the file's lock within the block, and give what it holds.

        Raises OSError where it cannot be used, TimeoutError where another holds it for too long.
        """
        if time.monotonic() - self._opened > _OPEN_FOR:
            self.close()
        if self._descriptor < 0:
            self._descriptor = os.open(self._path, _FLAGS, 0o600)
            self._opened = time.monotonic()
        with _locked(self._descriptor, self._path):
            self._held = _whole(self._descriptor)
            yield self._held

    def write(self, data: bytes) -> None:
        """Put other bytes in their place; the lock must be held.

        A process that is killed here leaves bytes that make no sense: whoever reads must see that.
        """
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, data)
        if len(data) < len(self._held):
            os.ftruncate(self._descriptor, len(data))

    def close(self) -> None:
        """Close the file; the next change opens it again."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _whole(descriptor: int) -> bytes:
    """What the file holds, as a rule a piece: to make room for the most it may hold costs more."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    data = piece = os.read(descriptor, _PIECE)
    while len(piece) == _PIECE and len(data) < _LONGEST:
        piece = os.read(descriptor, _PIECE)
        data += piece
    return data


if sys.platform == "win32":

    @contextlib.contextmanager
    def _locked(descriptor: int, path: Path) -> Iterator[None]:  # noqa: ARG001 - of the other one
        lock = FileLock(path.with_suffix(".lock"), timeout=_PATIENCE, thread_local=False)
        with lock.acquire(poll_interval=_POLL):
            yield

else:

    @contextlib.contextmanager
    def _locked(descriptor: int, path: Path) -> Iterator[None]:  # noqa: ARG001 - of the other one
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise TimeoutError from None
                time.sleep(_POLL)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
