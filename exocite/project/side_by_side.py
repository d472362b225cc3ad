"""Jobs done by several workers at once, begun in the order in which they were given."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


def whole(do: Callable[[], None]) -> None:
    """Do what Ctrl-C may not cut short; it is heard when that is done."""
    future = Starter(1).job(do)
    interruption: KeyboardInterrupt | None = None
    while not future.done():
        try:
            wait([future], timeout=0.5)
        except KeyboardInterrupt as error:
            interruption = error
    future.result()
    if interruption is not None:
        raise interruption


class Starter:
    """Starts jobs; at most `workers` run at the same time.

    A job may wait for the future of an earlier one. The threads end with the program, whatever
    they are at: an interrupted command does not wait for a registry.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._threads = 0
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def job(self, do: Callable[[], _T]) -> Future[_T]:
        """Have it done; the future gives its result, or raises what it raised."""
        future: Future[_T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(do())
            except BaseException as error:  # noqa: BLE001 - whoever asks for the result meets it
                future.set_exception(error)

        self._queue.put(run)
        if self._threads < self._workers:
            self._threads += 1
            Thread(target=self._work, name=f"worker-{self._threads}", daemon=True).start()
        return future

    def _work(self) -> None:
        while True:
            self._queue.get()()
