"""Patience: how often, how long, and that an outage is waited for once."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import AnswerError, LimitedError, UnreachableError
from exocite.registries import Endpoint
from exocite.registries.body import LongBodyError, SwollenBodyError, UnreadableBodyError, read
from exocite.registries.crossref import Crossref
from exocite.registries.retry import backoff, retry_after
from tests.fakes.crossref import FakeCrossref, Limits
from tests.fakes.faults import Fault
from tests.registries.conftest import Connect

DOI = "10.5555/exosomes"
NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


# --------------------------------------------------------------------------- when to ask again


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0), ("7", 7), (" 12 ", 12), ("99999999999999999999", 86400),
        ("Thu, 01 Jan 2026 12:00:30 GMT", 30), ("Thu, 01 Jan 2026 11:00:00 GMT", 0),
        ("Thursday, 01-Jan-26 12:00:05 GMT", 5), ("Thu Jan  1 12:00:09 2026", 9),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86400),
        ("", None), ("soon", None), ("-5", None), ("1.5", None), ("٣", None),
        ("Thu, 99 Jan 2026 12:00:30 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text())
def test_retry_after_takes_any_text(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= 86400


def test_pauses_double_with_jitter_and_end_growing() -> None:
    rng = Random(0)
    for attempt, ceiling in enumerate([0.5, 1, 2, 4, 8, 8, 8]):
        pauses = [backoff(attempt, rng) for _ in range(200)]
        assert ceiling / 2 <= min(pauses) < max(pauses) <= ceiling
    assert backoff(10**9, rng) <= 8


def test_retry_after_is_obeyed(connect: Connect) -> None:
    bench = connect(Fault("status-429", times=2, value="7"))
    assert bench.crossref.work(DOI) is not None
    assert bench.time.slept == [7, 7]


def test_a_date_is_obeyed_too(connect: Connect) -> None:
    bench = connect(Fault("status-429-date", value="9"))
    assert bench.crossref.work(DOI) is not None
    assert 7 < sum(bench.time.slept) <= 9


@pytest.mark.parametrize("hours", [-1, 1, 24 * 365])
def test_a_date_is_counted_by_the_registrys_clock(connect: Connect, hours: int) -> None:
    bench = connect(Fault("status-429-date", value="9"))
    bench.time.began += timedelta(hours=hours)
    assert bench.crossref.work(DOI) is not None
    assert 7 < sum(bench.time.slept) <= 9


def test_it_gives_up_after_its_retries(connect: Connect) -> None:
    bench = connect(Fault("status-503", times=None), retries=2)
    with pytest.raises(UnreachableError):
        bench.crossref.work(DOI)
    assert len(bench.fake.requests) == 3


def test_it_gives_up_when_the_next_try_would_be_too_late(connect: Connect) -> None:
    bench = connect(Fault("status-429", times=None, value="8"), deadline=20, retries=9)
    with pytest.raises(LimitedError, match="for 8 seconds"):
        bench.crossref.work(DOI)
    assert len(bench.fake.requests) == 3
    assert sum(bench.time.slept) < 20


def test_a_registry_that_wants_to_be_left_alone_is(connect: Connect) -> None:
    bench = connect(Fault("status-429", times=1, value="120"))
    for _ in range(50):
        with pytest.raises(LimitedError, match="for 120 seconds"):
            bench.crossref.work(DOI)
    assert len(bench.fake.requests) == 1
    assert bench.time.slept == []
    bench.time.seconds += 121
    assert bench.crossref.work(DOI) is not None


# --------------------------------------------------------------------------- an outage


def test_a_refused_connection_is_tried_twice_in_a_run_of_500() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    start = time.monotonic()
    with Crossref(Endpoint(url)) as crossref:
        for at in range(500):
            with pytest.raises(UnreachableError, match="could not be reached"):
                crossref.work(f"10.5555/{at}")
    assert time.monotonic() - start < 20


@contextmanager
def _silent_server() -> Iterator[str]:
    """A port where connections are accepted by the system and by nobody else."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


def test_a_silent_server_is_waited_for_once() -> None:
    start = time.monotonic()
    with (
        _silent_server() as url,
        Crossref(Endpoint(url, timeout=1, first_contact=0.5)) as crossref,
    ):
        for at in range(100):
            with pytest.raises(UnreachableError):
                crossref.work(f"10.5555/{at}")
    assert time.monotonic() - start < 10


def test_a_name_server_that_hangs_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hangs(*_: object, **__: object) -> None:
        released.wait(20)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    start = time.monotonic()
    try:
        crossref = Crossref(Endpoint("http://localhost:9", first_contact=0.4))
        for at in range(100):
            with pytest.raises(UnreachableError, match=r"within 0\.4 seconds|looked up"):
                crossref.work(f"10.5555/{at}")
        crossref.close()
        assert time.monotonic() - start < 10
    finally:
        released.set()


def test_the_default_first_contact_leaves_time_within_ten_seconds() -> None:
    assert Endpoint().first_contact <= 8


def test_many_workers_wait_side_by_side() -> None:
    start = time.monotonic()
    with ExitStack() as stack, _silent_server() as url, ThreadPoolExecutor(8) as pool:
        crossref = Crossref(Endpoint(url, first_contact=0.5))
        stack.enter_context(crossref)
        futures = [pool.submit(crossref.work, f"10.5555/{at}") for at in range(100)]
        assert all(isinstance(future.exception(), UnreachableError) for future in futures)
    assert time.monotonic() - start < 10


def test_three_look_ups_with_server_errors_are_enough(connect: Connect) -> None:
    bench = connect(Fault("status-503", times=None), retries=1)
    for at in range(20):
        with pytest.raises(UnreachableError, match="503"):
            bench.crossref.work(f"10.5555/{at}")
    assert len(bench.fake.requests) == 6


def test_one_hiccup_in_a_run_is_no_outage(connect: Connect) -> None:
    bench = connect(
        Fault("status-500", times=4, path="loom"), Fault("status-500", times=4, path="steam")
    )
    for name, fails in [("loom", True), ("exosomes", False), ("steam", True), ("exosomes", False)]:
        if fails:
            with pytest.raises(UnreachableError):
                bench.crossref.work(f"10.5555/{name}")
        else:
            assert bench.crossref.work(f"10.5555/{name}") is not None


def test_an_answer_about_the_request_is_no_outage(connect: Connect) -> None:
    bench = connect(Fault("status-404", times=10, path="/works/"))
    assert [bench.crossref.work(f"10.5555/{at}") for at in range(10)] == [None] * 10
    assert bench.crossref.work(DOI) is not None


def test_an_address_that_says_404_to_everything_is_no_registry(connect: Connect) -> None:
    bench = connect(Fault("status-404", times=1000))
    for _ in range(3):
        with pytest.raises(AnswerError, match="list of works"):
            bench.crossref.work(DOI)


def test_after_a_minute_it_is_tried_again(connect: Connect) -> None:
    bench = connect(Fault("drop", times=6))
    for _ in range(10):
        with pytest.raises(UnreachableError):
            bench.crossref.work(DOI)
    asked = len(bench.fake.requests)
    bench.time.seconds += 61
    assert bench.crossref.work(DOI) is not None
    assert len(bench.fake.requests) > asked
    assert bench.crossref.work("10.5555/loom") is not None


def test_behind_a_gate_too_it_is_tried_again_after_a_minute(
    connect: Connect, tmp_path: Path
) -> None:
    silent = Fault("slow-headers", times=2, value="9")
    bench = connect(silent, gate=tmp_path, timeout=0.1)
    for _ in range(3):
        with pytest.raises(UnreachableError):
            bench.crossref.work(DOI)
    assert len(bench.fake.requests) == 2
    bench.time.seconds += 61
    assert bench.crossref.work(DOI) is not None


def test_who_stood_in_the_queue_when_it_fell_silent_asks_no_more(
    connect: Connect, tmp_path: Path
) -> None:
    bench = connect(Fault("slow-headers", times=None, value="9"), gate=tmp_path, timeout=0.3)
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(bench.crossref.work, f"10.5555/{at}") for at in range(8)]
        assert all(isinstance(future.exception(), UnreachableError) for future in futures)
    assert len(bench.fake.requests) <= 4


def test_threads_share_a_client(connect: Connect) -> None:
    bench = connect()
    dois = ["10.5555/exosomes", "10.5555/loom", "10.5555/steam"] * 20
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(bench.crossref.work, dois))
    assert [work.doi if work else "" for work in found] == dois


def test_the_limits_of_the_public_pool_are_kept(works: list[dict[str, object]]) -> None:
    with (
        FakeCrossref(works, limits=Limits(enforced=True)) as fake,
        Crossref(Endpoint(fake.url)) as crossref,
    ):
        found = [crossref.work(doi) for doi in [DOI] * 7]
    assert all(found)
    assert (len(fake.requests), fake.refused) == (7, 0)


# --------------------------------------------------------------------------- bodies


def _read(data: bytes, coding: str = "gzip", limit: int = 2**20, size: int = 999) -> bytes:
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    return read(chunks, coding, limit, expired=lambda: False)


@given(st.lists(st.binary(max_size=4000), max_size=4), st.integers(1, 700))
def test_any_gzip_is_read_whatever_its_chunks(parts: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(part) for part in parts)
    assert _read(packed, size=size) == b"".join(parts)


def test_large_pieces_are_not_lost() -> None:
    data = bytes(range(256)) * 4000
    assert _read(gzip.compress(data), limit=2**24) == data
    assert _read(gzip.compress(bytes(2**21)), limit=2**24) == bytes(2**21)


@pytest.mark.parametrize("coding", ["", "identity", " Identity "])
def test_a_plain_body_is_taken_as_it_is(coding: str) -> None:
    assert _read(b"abc" * 1000, coding) == b"abc" * 1000


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_the_cap_holds_to_the_byte(coding: str) -> None:
    pack = gzip.compress if coding else bytes
    assert len(_read(pack(bytes(1000)), coding, limit=1000)) == 1000
    with pytest.raises(LongBodyError):
        _read(pack(bytes(1001)), coding, limit=1000)


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b"x" * 100)[:-1], b"\x1f\x8b\x08"])
def test_a_broken_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableBodyError):
        _read(data)


def test_records_may_pack_well_but_not_as_bombs_do() -> None:
    text = "".join(f'{{"DOI":"10.5555/{at}","title":["On a work"]}},' for at in range(200_000))
    assert len(_read(gzip.compress(text.encode()), limit=2**24)) == len(text)
    with pytest.raises(SwollenBodyError):
        _read(gzip.compress(bytes(5 * 2**20)), limit=2**24)


def test_a_bomb_costs_little() -> None:
    packed = gzip.compress(bytes(96 * 2**20), compresslevel=1)
    tracemalloc.start()
    with pytest.raises(SwollenBodyError):
        _read(packed, limit=20 * 2**20, size=65536)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 2**20
