"""Compares claims with works while a person already reads; what is looked at comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from threading import Event, Lock, Thread

from exocite.errors import ExociteError
from exocite.model import Claim, ClaimState, Linking
from exocite.project import Project
from exocite.project.judging import suggestions
from exocite.project.reading import Reading

_DONE = frozenset({ClaimState.REVIEWED, ClaimState.EXEMPT})
_FIRST, _REST = 10, 100
_WAIT = 0.25
"""Seconds for which the comparison steps aside while a request is answered."""


class Comparer:
    """The linkings of one reading, made one slice after another in a thread of their own.

    `before` are linkings of an earlier reading, shown until those of this one are there. `idle` is
    set while no request is answered. `then` is called once, after the first slice.
    """

    def __init__(
        self,
        project: Project,
        reading: Reading,
        *,
        before: Mapping[str, Linking],
        idle: Event,
        then: Callable[[], None],
    ) -> None:
        self._project = project
        self._reading = reading
        self._idle = idle
        self._then = then
        self._found = dict(before)
        self._further: dict[str, Linking] = {}
        self._stop = Event()
        self._running = Lock()
        self._wanted: Claim | None = None
        self.problem = ""
        """Why nothing more is compared, "" while all is well."""
        self._thread = Thread(target=self._run, name="comparing", daemon=True)
        self._thread.start()

    @property
    def found(self) -> Mapping[str, Linking]:
        """The linkings that there are, by the claim's id."""
        return self._found

    def of(self, claim: Claim) -> Linking | None:
        """What is suggested for the claim, None while it is being compared; it comes next then."""
        linking = self._found.get(claim.id)
        if linking is None:
            self._wanted = claim
        return linking

    def further(self, claim: Claim) -> Linking:
        """Further passages, however weak, as a person asks for them. Raises WeightsError."""
        if claim.id not in self._further:
            self._wanted = claim
            with self._running:
                (found,) = suggestions(self._project, self._reading, claims=[claim], more=True)
            self._further[claim.id] = found
            self._wanted = None
        return self._further[claim.id]

    def has_further(self, claim: Claim) -> bool:
        """Whether somebody asked for further passages of this claim."""
        return claim.id in self._further

    def stop(self) -> None:
        """Have the thread end after the claim that it is at."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether everything was compared within so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        standing = self._reading.standings.of
        waiting = sorted(self._reading.claims, key=lambda one: standing[one.id].state in _DONE)
        size, told = _FIRST, False
        done: set[str] = set()
        try:
            while waiting and not self._stop.is_set():
                wanted, self._wanted = self._wanted, None
                asked = [wanted] if wanted and wanted.id not in done else waiting[:size]
                with self._running:
                    for one in suggestions(
                        self._project, self._reading, claims=self._unless(asked)
                    ):
                        self._found[one.claim] = one
                        done.add(one.claim)
                waiting = [one for one in waiting if one.id not in done]
                size = _REST
                if not told:
                    told = True
                    self._then()
        except ExociteError as error:
            self.problem = error.message

    def _unless(self, asked: Sequence[Claim]) -> Iterable[Claim]:
        """The claims, until another one is wanted or the page is closed."""

        def goes_on(claim: Claim) -> bool:
            self._idle.wait(_WAIT)
            wanted = self._wanted
            return not self._stop.is_set() and (wanted is None or wanted.id == claim.id)

        return takewhile(goes_on, asked)
