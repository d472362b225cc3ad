"""When what a look-up learned was really said: an answer from the cache is as old as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Asked:
    """What is noted of the look-ups in a block: the time of the oldest kept answer, if any."""

    oldest: datetime | None = None

    @property
    def date(self) -> str:
        """That time in UTC, ISO 8601; "" where every answer was new."""
        return self.oldest.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.oldest else ""


_current: ContextVar[Asked | None] = ContextVar("exocite_asked", default=None)


@contextmanager
def noted() -> Iterator[Asked]:
    """Note the answers that registries give within this block and thread."""
    asked = Asked()
    token = _current.set(asked)
    try:
        yield asked
    finally:
        _current.reset(token)


def note(heard: datetime) -> None:
    """Say that an answer was used that had been heard at this time."""
    asked = _current.get()
    if asked is not None and (asked.oldest is None or heard < asked.oldest):
        asked.oldest = heard
