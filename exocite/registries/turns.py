"""Whose turn it is to ask a registry: the queue, the pace and the places, without clock or disk.

The pace is the generic cell rate algorithm: even steps, a little longer than the limit says, which
may be made up for when somebody came late. Where the limit is small, the last turns are remembered,
each with the latest time at which its request can have arrived, so that no window of the limit's
length sees more of them than it allows; where it is large, less may be made up for, to the same
end, and a process may be given some turns ahead. Refusals (429) slow the pace, and whole answers
quicken it again.
Searches wait in a queue of their own and count for both paces, since nobody says whether the
registry counts them apart.

Source: ITU-T I.371, annex A (generic cell rate algorithm); Crossref's x-rate-limit-limit,
x-rate-limit-interval and x-concurrency-limit.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

# How much longer a step is than the limit asks for, how much of a window may be made up for, and
# how much longer than the limit's a remembered window is: what is left is for the network's jitter.
_REMEMBERED = 64
_SMALL = (0.002, 0.6)
_LARGE = (0.025, 0.01)
_WINDOW = 1.004
_AHEAD = 0.005  # of what a window allows may be given ahead, where the limit is large
# A request that took longer than the quickest may have been late on its way there. That is believed
# in full while it is rare; of a registry whose answers often take longer it means little, and so
# much of a window at most is believed. One that is still under way is taken to be a little late.
_LATEST = 0.5
_LATEST_OFTEN = 0.03
_OFTEN = 0.03
_UNDER_WAY = 0.03
_QUICK = 0.05  # how fast it is forgotten how quick the registry once was
_LATE = 0.05  # how fast the lateness on average follows
_GRACE = 1.5  # seconds that a waiting process may be late before it counts as gone
_HORIZON = 900.0  # what lies further ahead was written before the machine was started anew
_SLOWEST = 0.05
_GROWTH = 0.01  # of the pace, with each whole answer, while it is slowed
_DOUBTFUL = 0.3
_SOON = 10
_LONGEST_NAP = 0.25
_SHORTEST_NAP = 0.0005
_BLINK = 0.005
_MOST = 1_000_000
_VERSION = 2
_INTERVAL = re.compile(r"(\d{1,6})\s{0,3}(ms|s|m)?", re.ASCII)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}
_NUMBER = re.compile(r"\d{1,7}", re.ASCII)
_ENCODER = json.JSONEncoder(separators=(",", ":"))


class Kind(IntEnum):
    """What is asked for: registries limit single records and lists (searches) apart."""

    SINGLE = 0
    LIST = 1


_PACES = {Kind.SINGLE: (Kind.SINGLE,), Kind.LIST: (Kind.SINGLE, Kind.LIST)}


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a second, lists a second, requests at once; `interval` is the window in seconds."""

    rate: float = 5.0
    list_rate: float = 1.0
    at_once: int = 1
    interval: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer's headers said of the limits; None for what they did not say."""

    rate: float | None = None
    interval: float = 1.0
    at_once: int | None = None


def said(headers: Mapping[str, str]) -> Said:
    """The limits that headers name; what cannot be a limit is as if it were not there."""
    rate: float | None = None
    match = _INTERVAL.fullmatch(headers.get("x-rate-limit-interval", "1s").strip())
    interval = int(match[1]) * _UNITS[match[2]] if match else 0.0
    count = _count(headers.get("x-rate-limit-limit", ""))
    if count and 0 < interval <= 60 and count * 60 >= interval:
        rate = count / interval
    return Said(rate, interval or 1.0, _count(headers.get("x-concurrency-limit", "")))


def _count(text: str) -> int | None:
    number = int(text.strip()) if _NUMBER.fullmatch(text.strip()) else 0
    return number if 0 < number <= _MOST else None


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds to wait, 0 or less for none; `for_place`: a place that is given back may end it."""

    seconds: float
    for_place: bool = False


@dataclass(slots=True)
class Ticket:
    """Somebody who waits: since when, and when they look again at the latest."""

    kind: int
    arrived: float
    looks: float


@dataclass(slots=True)
class Lease:
    """A request under way: since when, and when it has ended at the latest."""

    since: float
    ends: float


@dataclass(slots=True)
class Turns:
    """The state that all who ask a registry share. Times are seconds of one monotonic clock.

    Tickets and leases go by the token of their holder, "PROCESS:NUMBER". `turns` are those of the
    last window by token, with the latest time of their arrival; `quick` is how long the registry
    takes to answer when it is quick, `late` by how much slower its answers are on average.
    """

    start: Limits = field(default_factory=Limits)
    rates: list[float | None] = field(default_factory=lambda: [None, None])
    interval: float | None = None
    at_once: int | None = None
    ease: list[float] = field(default_factory=lambda: [1.0, 1.0])
    next: list[float] = field(default_factory=lambda: [0.0, 0.0])
    turns: list[dict[str, float]] = field(default_factory=lambda: [{}, {}])
    quick: float = 0.0
    late: float = 0.0
    paused: float = 0.0
    refusals: list[float] = field(default_factory=lambda: [-_HORIZON, -_HORIZON])
    growth: list[float] = field(default_factory=lambda: [_GROWTH, _GROWTH])
    waiting: dict[str, Ticket] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)

    # ----------------------------------------------------------------------- asking for a turn

    def ask(self, token: str, kind: Kind, arrived: float, now: float, lease: float) -> Wait:
        """Gives the turn, for at most `lease` seconds, or says when it is worth to look again."""
        self._forget(now)
        wait = self._wait(token, kind, arrived, now)
        if wait.seconds > 0:
            nap = min(max(wait.seconds, _SHORTEST_NAP), _LONGEST_NAP)
            self.waiting[token] = Ticket(kind, arrived, now + nap)
            return Wait(nap, wait.for_place)
        self.waiting.pop(token, None)
        self._give(token, kind, now, lease)
        return Wait(0.0)

    def ahead(self, tokens: Sequence[str], kind: Kind, now: float, lease: float) -> int:
        """Gives turns to who has just been given one and soon needs more; how many it gave.

        They are due, there are places for them, and nobody else waits; none where the limit is
        small, because they may be used a little later than they are given.
        """
        most = self._most(kind)
        if most <= _REMEMBERED or self.waiting:
            return 0
        wanted = tokens[: int(most * _AHEAD)]
        for number, token in enumerate(wanted):
            if self._due(kind) > now or len(self.leases) >= self._places:
                return number
            self._give(token, kind, now, lease)
        return len(wanted)

    def _give(self, token: str, kind: Kind, now: float, lease: float) -> None:
        self.leases[token] = Lease(now, now + lease)
        for paced in _PACES[kind]:
            _, lateness = self._slack(paced)
            earliest = now - lateness * self._window
            self.next[paced] = max(self.next[paced], earliest) + self._step(paced)
            if self._most(paced) > _REMEMBERED:
                self.turns[paced] = {}
                continue
            since = now - 2 * self._window
            kept = {name: at for name, at in self.turns[paced].items() if at >= since}
            self.turns[paced] = {**kept, token: now + _UNDER_WAY * self._window}

    def _wait(self, token: str, kind: Kind, arrived: float, now: float) -> Wait:
        if self.paused > now:
            return Wait(self.paused - now)
        mine = (arrived, token)
        # Who did not look when they meant to is passed over, lest their turn be lost for all.
        missed = now - self._step(kind)
        ahead = sum(
            ticket.kind == kind and ticket.looks >= missed and (ticket.arrived, name) < mine
            for name, ticket in self.waiting.items()
            if name != token
        )
        due = self._due(kind) - now
        if ahead:
            return Wait(max(due, 0.0) + ahead * self._step(kind))
        free = self._places - len(self.leases)
        if free <= 0 or (free == 1 and self._older_is_due(kind, arrived, now)):
            return Wait(max(due, _BLINK), for_place=due <= _BLINK)
        return Wait(due)

    def _older_is_due(self, kind: Kind, arrived: float, now: float) -> bool:
        """Whether somebody of the other kind has waited longer for the last place."""
        return any(
            ticket.kind != kind and ticket.arrived < arrived and self._due(Kind(ticket.kind)) <= now
            for ticket in self.waiting.values()
        )

    def _due(self, kind: Kind) -> float:
        """When the paces of this kind allow the next request."""
        return max(max(self.next[paced], self._window_ends(paced)) for paced in _PACES[kind])

    def _window_ends(self, kind: Kind) -> float:
        """When the window that is full of remembered turns has passed, 0 where none is."""
        most = self._most(kind)
        turns = self.turns[kind]
        if most > _REMEMBERED or len(turns) < most:
            return 0.0
        return sorted(turns.values())[-most] + _WINDOW * self._window

    def _most(self, kind: Kind) -> int:
        """How many requests a window allows."""
        return max(1, round(self._rate(kind) * self._window))

    def _slack(self, kind: Kind) -> tuple[float, float]:
        return _SMALL if self._most(kind) <= _REMEMBERED else _LARGE

    def _rate(self, kind: Kind) -> float:
        rate = self.rates[kind]
        start = self.start.rate if kind is Kind.SINGLE else self.start.list_rate
        return start if rate is None else rate

    def _step(self, kind: Kind) -> float:
        margin, _ = self._slack(kind)
        return (1 + margin) / (self._rate(kind) * self.ease[kind])

    @property
    def _window(self) -> float:
        return self.interval or self.start.interval

    @property
    def _places(self) -> int:
        return self.at_once or self.start.at_once

    def _forget(self, now: float) -> None:
        """Drop who is gone, and what the clock of an earlier start of the machine wrote."""
        for token, ticket in list(self.waiting.items()):
            if not now - _GRACE <= ticket.looks <= now + _HORIZON:
                del self.waiting[token]
        for token, lease in list(self.leases.items()):
            if not now <= lease.ends <= now + _HORIZON:
                del self.leases[token]
        self.next = [at if at <= now + _HORIZON else now for at in self.next]
        latest = now + self._window
        self.turns = [
            turns if all(at <= latest for at in turns.values()) else {} for turns in self.turns
        ]
        if self.paused > now + _HORIZON:
            self.paused = 0.0

    # ----------------------------------------------------------------------- what was learned

    def leave(self, token: str) -> None:
        """Give a place back, or stop waiting."""
        self.leases.pop(token, None)
        self.waiting.pop(token, None)

    def arrived(self, token: str, sent: float, took: float) -> None:
        """Learn when a request was sent that took so long to be answered."""
        window = self._window
        late = min(max(took - self.quick, 0.0), _LATEST * window)
        self.quick = min(took, self.quick + _QUICK * max(took - self.quick, 0.0))
        self.late += _LATE * (late - self.late)
        if self.late > _OFTEN * window:
            late = min(late, _LATEST_OFTEN * window)
        for turns in self.turns:
            if token in turns:
                turns[token] = sent + late

    def leave_all(self, process: str) -> None:
        """Give back whatever a process holds, which has ended."""
        for held in (self.leases, self.waiting):
            for token in [token for token in held if token.startswith(f"{process}:")]:
                del held[token]

    def learn(self, kind: Kind, told: Said) -> None:
        """Take over the limits that an answer named."""
        if told.at_once is not None:
            self.at_once = told.at_once
        if told.rate is None:
            return
        self.interval = told.interval
        single = self.rates[Kind.SINGLE]
        if kind is Kind.LIST:
            # Where lists are said to be as free as all else, the header may not speak of lists.
            if self.rates[kind] is None and single == told.rate:
                self.ease[kind] = _DOUBTFUL
            # A search is a request too: whoever allows so many of them allows so many requests.
            if single is None or single < told.rate:
                self.rates[Kind.SINGLE] = told.rate
        self.rates[kind] = told.rate

    def answered(self, kind: Kind) -> None:
        """A whole answer: a pace that was slowed grows, the slower the more often it was."""
        self.ease[kind] = min(1.0, self.ease[kind] + self.growth[kind])

    def refused(self, kind: Kind, now: float, pause: float) -> None:
        """The registry said that this was too much, and asked for a pause of so many seconds.

        Several refusals within one window are one: their requests were sent at the same pace. One
        now and then is the network's doing; when the next follows soon, the pace is too quick.
        """
        self.paused = max(self.paused, now + min(pause, _HORIZON))
        since = now - self.refusals[kind]
        if 0 <= since < self._window:
            return
        self.refusals[kind] = now
        if 0 <= since < _SOON * self._window:
            self.ease[kind] = max(_SLOWEST, self.ease[kind] * 0.85)
            self.growth[kind] = max(_GROWTH / 16, self.growth[kind] / 2)

    # ----------------------------------------------------------------------- as bytes

    def dump(self) -> bytes:
        """The state in one line of JSON behind its checksum."""
        held: dict[str, Any] = {
            "rates": self.rates,
            "interval": self.interval,
            "at_once": self.at_once,
            "ease": self.ease,
            "next": self.next,
            "turns": self.turns,
            "quick": self.quick,
            "late": self.late,
            "paused": self.paused,
            "refusals": self.refusals,
            "growth": self.growth,
            "waiting": {k: [t.kind, t.arrived, t.looks] for k, t in self.waiting.items()},
            "leases": {k: [held.since, held.ends] for k, held in self.leases.items()},
        }
        body = _ENCODER.encode(held).encode()
        return b"%d %08x %s\n" % (_VERSION, zlib.crc32(body), body)


def load(data: bytes, start: Limits) -> Turns:
    """The state that `dump` wrote; a fresh one for bytes that are not such a state."""
    head, _, body = data.rstrip(b"\n").partition(b" ")
    total, _, body = body.partition(b" ")
    if head != b"%d" % _VERSION or total != b"%08x" % zlib.crc32(body):
        return Turns(start)
    # The checksum holds, so that this is what this version of `dump` wrote.
    held = json.loads(body)
    waiting = {token: Ticket(*values) for token, values in held.pop("waiting").items()}
    leases = {token: Lease(*values) for token, values in held.pop("leases").items()}
    return Turns(start, **held, waiting=waiting, leases=leases)
