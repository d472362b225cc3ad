"""What one run has learned of a registry's health, so that an outage is waited for once.

Source: the circuit breaker of M. Nygard, Release It!, 2nd edition, section 5.2.
"""

from __future__ import annotations

from enum import Enum
from threading import Lock

from exocite.errors import RegistryError


class Failing(Enum):
    """How a look-up failed: with how many of these in a row the registry counts as out."""

    SILENT = 2  # no answer at all: no connection, a timeout
    TROUBLED = 3  # it answers, but with errors or half answers


_COOLDOWN = 60.0


class Circuit:
    """Closed while a registry answers; open after it did not, so that others fail at once.

    While it has never answered in this run, one silent look-up is enough. After a minute one
    look-up tries again. All times are seconds of the same monotonic clock. Safe between threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._proven = False
        self._failures: dict[Failing, int] = {}
        self._error: RegistryError | None = None
        self._opened = 0.0
        self._open_until = 0.0
        self._asked_until = 0.0

    @property
    def proven(self) -> bool:
        """Whether the registry has answered anything in this run and not fallen silent since."""
        return self._proven

    def admit(self, now: float) -> float:
        """Seconds to wait before asking, 0 usually.

        Raises the RegistryError of the outage while the circuit is open.
        """
        with self._lock:
            if self._error is not None:
                if now < self._open_until:
                    raise type(self._error)(self._error.message, hint=self._error.hint)
                self._open_until = now + _COOLDOWN
            return max(self._asked_until - now, 0.0)

    def recheck(self, since: float) -> None:
        """Raise the RegistryError of an outage that was noticed after the time `since`."""
        with self._lock:
            if self._error is not None and self._opened > since:
                raise type(self._error)(self._error.message, hint=self._error.hint)

    def heard(self) -> None:
        """Note that the registry is there; only a whole answer clears failures."""
        with self._lock:
            self._proven = True

    def answered(self) -> None:
        """Note a whole answer: the circuit closes."""
        with self._lock:
            self._proven = True
            self._failures.clear()
            self._error = None

    def asked_to_wait(self, until: float) -> None:
        """Note that the registry asked for a pause that ends at `until`."""
        with self._lock:
            self._asked_until = max(self._asked_until, until)

    def failed(
        self, kind: Failing, error: RegistryError, now: float, *, wait: float | None = None
    ) -> None:
        """Note a look-up that failed in the end, and open the circuit when it was one too many.

        `wait` is how long the registry asked to be left alone, when that was too long for us.
        """
        with self._lock:
            count = self._failures.get(kind, 0) + 1
            self._failures[kind] = count
            first = kind is Failing.SILENT and not self._proven
            if wait is not None:
                self._error, self._opened, self._open_until = error, now, now + wait
            elif first or count >= kind.value:
                self._error, self._opened, self._open_until = error, now, now + _COOLDOWN
                self._proven = self._proven and kind is not Failing.SILENT
