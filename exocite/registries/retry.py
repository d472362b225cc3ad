"""When to ask again: which answers, and after how long.

Sources: RFC 9110 section 10.2.3 (Retry-After); exponential backoff with jitter.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0
_LONGEST_ASKED = 86_400.0


def retry_after(value: str, now: datetime, said_at: str = "") -> float | None:
    """Seconds that a Retry-After header asks us to wait, None where it says nothing usable.

    Takes seconds and HTTP dates; a date gone by is 0, more than a day is a day. A date is counted
    from `said_at`, the answer's own Date, where there is one: our clock `now` may be wrong.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_ASKED)
    until = _date(value)
    if until is None:
        return None
    since = _date(said_at) or now
    return min(max((until - since).total_seconds(), 0.0), _LONGEST_ASKED)


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)


def backoff(attempt: int, rng: Random) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 0): doubling, half chance."""
    ceiling = min(_FIRST_PAUSE * 2.0 ** min(attempt, 8), _LONGEST_PAUSE)
    return ceiling * (0.5 + 0.5 * rng.random())
