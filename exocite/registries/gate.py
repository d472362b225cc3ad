"""The gate before a registry: all threads and processes of a user pass it in turn, at its pace.

Within a process only the first who waits of each kind looks at the shared state; the others wait
behind it. So the state holds two tickets a process at most, each with the time of its arrival, and
whoever has waited longest is next whatever the process.
"""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Condition, Event, Lock
from typing import Self

from exocite.errors import UnreachableError
from exocite.registries import Endpoint
from exocite.registries.shared_state import SharedState, user_cache
from exocite.registries.turns import Kind, Limits, Said, Turns, Wait, said

_SUSPICIOUS = 2.0  # seconds without a turn after which one looks whether others have died


@dataclass(order=True, slots=True)
class _Waiter:
    arrived: float
    number: int
    first: Event = field(default_factory=Event, compare=False)


@dataclass(slots=True)
class Turn:
    """A turn that was given; what the answer said of the limits is learned when it ends."""

    kind: Kind
    told: Said = field(default_factory=Said)
    whole: bool = False
    pause: float | None = None

    def heard(self, headers: Mapping[str, str]) -> None:
        """Note the headers of an answer, whatever its status."""
        self.told = said(headers)

    def answered(self) -> None:
        """Note that it was a whole answer."""
        self.whole = True

    def refused(self, pause: float) -> None:
        """Note that it was too much for the registry, and how many seconds it asked to wait."""
        self.pause = pause


class Gate:
    """Gives turns to ask one registry. Safe to share between threads."""

    def __init__(self, state: SharedState, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._state = state
        self._clock = clock
        self._lock = Lock()
        self._queues: dict[Kind, list[_Waiter]] = {kind: [] for kind in Kind}
        self._freed = Condition()
        self._closed = Event()
        self._numbers = count()

    @classmethod
    def shared(
        cls, endpoint: Endpoint, *, start: Limits | None = None, folder: Path | None = None
    ) -> Self:
        """The gate of a registry and pool for all processes of this user.

        `start` holds until the registry names its limits. The state is kept in `folder`, which is
        the user's own cache if not given.
        """
        folder = folder or user_cache()
        pool = "polite" if endpoint.mailto else "public"
        return cls(SharedState(folder, f"{endpoint.url} {pool}", start or Limits()))

    @contextmanager
    def turn(self, kind: Kind, *, lease: float, arrived: float) -> Iterator[Turn]:
        """Wait for a turn and hold it within the block, for at most `lease` seconds.

        `arrived` is when its request was first wanted. Raises UnreachableError where the gate is
        closed meanwhile.
        """
        token = self._enter(kind, arrived, lease)
        turn = Turn(kind)
        try:
            yield turn
        finally:
            self._state.change(lambda turns: self._end(turns, token, turn))
            with self._freed:
                self._freed.notify_all()

    def close(self) -> None:
        """End all waiting, and give back whatever is held."""
        self._closed.set()
        with self._lock:
            for queue in self._queues.values():
                for waiter in queue:
                    waiter.first.set()
        with self._freed:
            self._freed.notify_all()
        self._state.close()

    # ----------------------------------------------------------------------- the queue within

    def _enter(self, kind: Kind, arrived: float, lease: float) -> str:
        me = _Waiter(arrived, next(self._numbers))
        queue = self._queues[kind]
        with self._lock:
            insort(queue, me)
            if queue[0] is me:
                me.first.set()
        token = f"{self._state.process}:{me.number}"
        given = False
        try:
            me.first.wait()
            self._ask(token, kind, arrived, lease)
            given = True
        finally:
            with self._lock:
                queue.remove(me)
                if queue:
                    queue[0].first.set()
            if not given:
                self._state.change(lambda turns: turns.leave(token))
        return token

    def _ask(self, token: str, kind: Kind, arrived: float, lease: float) -> None:
        """Look at the shared state until the turn is given."""
        doubt = self._clock() + _SUSPICIOUS

        def asked(turns: Turns) -> Wait:
            return turns.ask(token, kind, arrived, self._clock(), lease)

        while not self._closed.is_set():
            wait = self._state.change(asked)
            if wait.seconds <= 0:
                return
            if self._clock() > doubt:
                self._state.bury()
                doubt = self._clock() + _SUSPICIOUS
            if wait.for_place:
                with self._freed:
                    self._freed.wait(wait.seconds)
            else:
                self._closed.wait(wait.seconds)
        raise UnreachableError("the registry was not asked: the run was ended")

    def _end(self, turns: Turns, token: str, turn: Turn) -> None:
        turns.leave(token)
        turns.learn(turn.kind, turn.told)
        if turn.whole:
            turns.answered(turn.kind)
        if turn.pause is not None:
            turns.refused(turn.kind, self._clock(), turn.pause)
