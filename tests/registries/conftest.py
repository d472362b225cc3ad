"""A registry of a few works, and a client that never waits."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exocite.registries import Endpoint
from exocite.registries.crossref import Crossref
from exocite.registries.gate import Gate
from exocite.registries.http import Transport
from tests.fakes.crossref import FakeCrossref

ODD_DOIS = (
    "10.1000/../../members/98",
    "10.1000/a#b",
    "10.1000/a?b=c&d",
    "10.1000/a%2Fb",
    "10.1000/100%",
    "10.1000/b+c",
    "10.1000//double",
    "10.1000/trailing/",
    "10.1000/trailing.",
    "10.1175/1520-0493(1974)102<0736:wacoj>2.0.co;2",
    "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2",
    "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
    "10.1000/quote\"'back\\slash",
    "10.1000/näheres–dash",
    "10.1000/{braces}|pipe^caret`tick",
    "10.1000/works/10.1000/agency/x",
)


def record(doi: str, title: str = "On a work", **more: object) -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "Ada", "family": "Lovelace", "sequence": "first"}],
        "container-title": ["Journal of Works"],
        "volume": "7",
        "page": "1-9",
        "issued": {"date-parts": [[2021, 6]]},
        "_secret": "never served",
        **more,
    }


@pytest.fixture(scope="session")
def works() -> list[dict[str, Any]]:
    plain = [
        record("10.5555/exosomes", "Exosomes in the healing of skin"),
        record("10.5555/steam", "The steam engine &amp; its <i>uses</i>", volume="8"),
        record("10.5555/loom", "The loom", author=[{"name": "The Weavers"}]),
    ]
    return plain + [record(doi, f"Odd work {at}") for at, doi in enumerate(ODD_DOIS)]


@dataclass
class Time:
    """A clock that moves when somebody sleeps, and by `tick` whenever it is read."""

    seconds: float = 1000.0
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    tick: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        self.seconds += self.tick
        return self.seconds

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.seconds - 1000.0)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass(frozen=True)
class Bench:
    """A client of a fake server, and the time that it lives in."""

    crossref: Crossref
    fake: FakeCrossref
    time: Time


# To read the system's certificates takes longer than most of these tests.
_CERTIFICATES = ssl.create_default_context()

Connect = Callable[..., Bench]


@pytest.fixture
def connect(works: list[dict[str, Any]]) -> Iterator[Connect]:
    """Start a fake Crossref with faults and a client with settings."""
    with ExitStack() as stack:

        def connected(
            *faults: object,
            tick: float = 0.0,
            records: list[dict[str, Any]] | None = None,
            limits: Any = None,
            gate: Path | None = None,
            **settings: Any,
        ) -> Bench:
            fake = stack.enter_context(
                FakeCrossref(works if records is None else records, faults=faults, limits=limits)  # type: ignore[arg-type]
            )
            crossref, time = client(fake.url, tick=tick, gate=gate, **settings)
            stack.enter_context(crossref)
            return Bench(crossref, fake, time)

        yield connected


def client(
    url: str, *, tick: float = 0.0, gate: Path | None = None, **settings: Any
) -> tuple[Crossref, Time]:
    """A client whose waiting costs nothing; `gate` is a folder for one, which has real waits."""
    time = Time(tick=tick)
    endpoint = Endpoint(url, **settings)
    transport = Transport(
        endpoint,
        "Crossref",
        gate=None if gate is None else Gate.shared(endpoint, folder=gate),
        clock=time.clock,
        now=time.now,
        sleep=time.sleep,
        rng=Random(1),
        ssl_context=_CERTIFICATES,
    )
    return Crossref(endpoint, transport=transport), time
