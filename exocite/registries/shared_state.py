"""The state of a registry's queue in a file that all processes of a user share.

Whatever is wrong with the file or its folder, the queue goes on: a damaged state is begun anew, and
where the folder cannot be used the processes do not know of each other.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from hashlib import blake2b
from operator import methodcaller
from pathlib import Path
from threading import Lock
from typing import TypeVar

from filelock import BaseFileLock, FileLock, Timeout

from exocite.registries.state_file import StateFile
from exocite.registries.turns import Limits, Turns, load

_T = TypeVar("_T")


class SharedState:
    """The `Turns` of one registry and pool, changed by one process and thread at a time.

    `folder` None keeps them in this process. `name` says which registry and pool they are of.
    `process` names this one; while it lives it holds a lock, so that others see when it has died.
    """

    def __init__(self, folder: Path | None, name: str, start: Limits) -> None:
        self.process = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._start = start
        self._mutex = Lock()
        self._turns = Turns(start)
        self._folder = folder
        digest = blake2b(name.encode(), digest_size=8).hexdigest()
        self._file = None if folder is None else StateFile(folder / f"{digest}.gate")
        self._alive: BaseFileLock | None = None
        self._closed = False
        self._written = b""

    @property
    def last(self) -> Turns:
        """The state as this process last saw it; only to be read."""
        return self._turns

    def change(self, by: Callable[[Turns], _T]) -> _T:
        """What `by` gives, having changed the state."""
        with self._mutex:
            if self._folder is None or self._file is None:
                return by(self._turns)
            try:
                self._live(self._folder)
                with self._file.locked() as before:
                    if before != self._written:
                        self._turns = load(before, self._start)
                    result = by(self._turns)
                    self._written = self._turns.dump()
                    self._file.write(self._written)
                    return result
            except (OSError, Timeout, NotImplementedError):
                self._file.close()
                self._written = b""
                return by(self._turns)

    # ----------------------------------------------------------------------- who is still there

    def bury(self) -> None:
        """Give back what processes hold that have died."""
        holders = {token.partition(":")[0] for token in (*self._turns.leases, *self._turns.waiting)}
        for process in holders - {self.process}:
            if self._is_dead(process):
                self.change(methodcaller("leave_all", process))

    def close(self) -> None:
        """Give back whatever this process still holds."""
        if self._alive is None:
            return
        self.change(lambda turns: turns.leave_all(self.process))
        with self._mutex:
            alive, self._alive, self._closed = self._alive, None, True
            if self._file is not None:
                self._file.close()
        if alive is not None:
            _end(alive)

    def _live(self, folder: Path) -> None:
        """Hold the lock that shows that this process lives; make the folder first."""
        if self._alive is None and not self._closed:
            folder.mkdir(parents=True, exist_ok=True)
            alive = _lock(_sign(folder, self.process))
            alive.acquire()
            self._alive = alive

    def _is_dead(self, process: str) -> bool:
        if self._folder is None or not process.replace("-", "").isalnum():
            return False
        sign = _lock(_sign(self._folder, process))
        try:
            sign.acquire()
        except (OSError, Timeout, NotImplementedError):
            return False
        _end(sign)
        return True


def _sign(folder: Path, process: str) -> Path:
    return folder / f"{process}.alive"


def _lock(path: Path) -> BaseFileLock:
    return FileLock(path, timeout=0, thread_local=False)


def _end(sign: BaseFileLock) -> None:
    sign.release()
    with contextlib.suppress(OSError):
        Path(sign.lock_file).unlink(missing_ok=True)
