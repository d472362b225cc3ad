"""The gate before a registry: all threads and processes of a user pass it in turn, at its pace.

Within a process only the first who waits of each kind looks at the shared state; the others wait
behind it. So the state holds two tickets a process at most, each with the time of its arrival, and
whoever has waited longest is next whatever the process.

Where a registry allows very much, a process takes a few turns ahead when nobody else waits, and
says what became of several at once: the shared state is then touched once for all of them.
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
from exocite.private_folder import user_cache
from exocite.registries import Endpoint
from exocite.registries.shared_state import SharedState
from exocite.registries.turns import Kind, Limits, Said, Turns, Wait, said

_SUSPICIOUS = 2.0  # seconds without a turn after which one looks whether others have died
_SOON = 0.01  # seconds for which turns may be taken ahead, and ended ones kept to oneself


@dataclass(order=True, slots=True)
class _Waiter:
    arrived: float
    number: int
    first: Event = field(default_factory=Event, compare=False)


@dataclass(slots=True)
class Turn:
    """A turn that was given; what the answer said of the limits is learned when it ends."""

    token: str
    kind: Kind
    clock: Callable[[], float]
    told: Said = field(default_factory=Said)
    whole: bool = False
    pause: float | None = None
    sent: float | None = None
    took: float | None = None

    def sending(self) -> None:
        """Note that the request goes out now."""
        self.sent = self.clock()
        self.took = None

    def heard(self, headers: Mapping[str, str]) -> None:
        """Note the headers of an answer, whatever its status."""
        if self.sent is not None:
            self.took = self.clock() - self.sent
        self.told = said(headers)

    def answered(self) -> None:
        """Note that it was a whole answer."""
        self.whole = True

    def refused(self, pause: float) -> None:
        """Note that it was too much for the registry, and how many seconds it asked to wait."""
        self.pause = pause


@dataclass(slots=True)
class _Own:
    """What a process knows of its own turns and has not told yet.

    `active` are those waited for or held, `spare` are taken ahead until `expires`, `ended` are
    over. `alone` since nobody else waited when turns were taken; `told` is when the state was last
    changed.
    """

    active: int = 0
    spare: dict[Kind, list[str]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    expires: float = 0.0
    ended: list[Turn] = field(default_factory=list)
    alone: bool = False
    told: float = 0.0


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
        self._own = _Own()

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
        turn = Turn(self._enter(kind, arrived, lease), kind, self._clock)
        try:
            yield turn
        finally:
            self._leave(turn)

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
            self._own.active += 1
            insort(queue, me)
            if queue[0] is me:
                me.first.set()
        own = f"{self._state.process}:{me.number}"
        token = ""
        try:
            me.first.wait()
            token = self._ask(own, kind, arrived, lease)
        finally:
            with self._lock:
                queue.remove(me)
                if queue:
                    queue[0].first.set()
                self._own.active -= not token
            if not token:
                self._state.change(lambda turns: turns.leave(own))
        return token

    def _ask(self, token: str, kind: Kind, arrived: float, lease: float) -> str:
        """Look at the shared state until a turn is given; its token."""
        doubt = self._clock() + _SUSPICIOUS

        def asked(turns: Turns) -> Wait:
            now = self._clock()
            self._tell(turns, now)
            wait = turns.ask(token, kind, arrived, now, lease)
            if wait.seconds <= 0:
                self._take_ahead(turns, kind, now, lease)
            return wait

        while not self._closed.is_set():
            if spare := self._spare(kind):
                return spare
            wait = self._state.change(asked)
            if wait.seconds <= 0:
                return token
            if self._clock() > doubt:
                self._state.bury()
                doubt = self._clock() + _SUSPICIOUS
            if wait.for_place:
                with self._freed:
                    self._freed.wait(wait.seconds)
            else:
                self._closed.wait(wait.seconds)
        raise UnreachableError("the registry was not asked: the run was ended")

    # ----------------------------------------------------------------------- told at once

    def _spare(self, kind: Kind) -> str:
        """The token of a turn that was taken ahead, "" for none."""
        with self._lock:
            own = self._own
            good = own.spare[kind] and self._clock() < own.expires
            return own.spare[kind].pop() if good else ""

    def _take_ahead(self, turns: Turns, kind: Kind, now: float, lease: float) -> None:
        """Take as many turns ahead as threads of this process may want at once."""
        with self._lock:
            wanted = self._own.active - 1
            tokens = [f"{self._state.process}:{next(self._numbers)}" for _ in range(wanted)]
            given = turns.ahead(tokens, kind, now, lease)
            self._own.spare[kind] += tokens[:given]
            self._own.expires = now + _SOON
            self._own.alone = given > 0

    def _leave(self, turn: Turn) -> None:
        """End a turn, and tell of it unless that can wait for others."""
        with self._lock:
            own = self._own
            own.active -= 1
            own.ended.append(turn)
            soon = own.alone and own.active > 0 and self._clock() - own.told < _SOON
        if not soon or turn.pause is not None:
            self._state.change(lambda turns: self._tell(turns, self._clock()))
        with self._freed:
            self._freed.notify_all()

    def _tell(self, turns: Turns, now: float) -> None:
        """Tell what became of the turns that have ended, and give back those taken in vain."""
        with self._lock:
            own = self._own
            ended, own.ended, own.told = own.ended, [], now
            refused = any(turn.pause is not None for turn in ended)
            if refused or not own.active or now >= own.expires:
                for tokens in own.spare.values():
                    for token in tokens:
                        turns.leave(token)
                    tokens.clear()
        for turn in ended:
            turns.leave(turn.token)
            if turn.sent is not None and turn.took is not None:
                turns.arrived(turn.token, turn.sent, turn.took)
            turns.learn(turn.kind, turn.told)
            if turn.whole:
                turns.answered(turn.kind)
            if turn.pause is not None:
                turns.refused(turn.kind, now, turn.pause)
