"""The gate among threads and processes, with a folder of its own or none."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from exocite.errors import UnreachableError
from exocite.private_folder import user_cache
from exocite.registries import Endpoint
from exocite.registries.gate import Gate
from exocite.registries.turns import Kind, Limits

PLACE = Endpoint("http://127.0.0.1:9")
ROOT = Path(__file__).resolve().parents[2]
FAST = Limits(rate=2000, list_rate=2000, at_once=1)


@contextmanager
def gate(folder: Path, start: Limits = FAST) -> Iterator[Gate]:
    made = Gate.shared(PLACE, start=start, folder=folder)
    try:
        yield made
    finally:
        made.close()


def pass_through(one: Gate, kind: Kind = Kind.SINGLE) -> None:
    with one.turn(kind, lease=30, arrived=time.monotonic()):
        pass


def test_as_many_at_once_as_there_are_places(tmp_path: Path) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def visit(one: Gate) -> None:
        nonlocal inside, most
        with one.turn(Kind.SINGLE, lease=30, arrived=time.monotonic()):
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.003)
            with lock:
                inside -= 1

    start = Limits(rate=2000, list_rate=2000, at_once=3)
    with gate(tmp_path, start) as a, gate(tmp_path, start) as b, ThreadPoolExecutor(12) as pool:
        list(pool.map(visit, [a, b] * 20))
    assert most == 3


def test_threads_pass_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    order: list[int] = []
    with gate(tmp_path) as one:
        held = one.turn(Kind.SINGLE, lease=30, arrived=0.0)
        held.__enter__()

        def visit(number: int) -> None:
            with one.turn(Kind.SINGLE, lease=30, arrived=float(number)):
                order.append(number)

        threads = [threading.Thread(target=visit, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
            time.sleep(0.002)
        held.__exit__(None, None, None)
        for thread in threads:
            thread.join()
    assert order == sorted(order)


def test_what_one_learns_all_know(tmp_path: Path) -> None:
    with gate(tmp_path) as one, gate(tmp_path) as other:
        with one.turn(Kind.SINGLE, lease=30, arrived=0.0) as turn:
            turn.heard({"x-rate-limit-limit": "7", "x-concurrency-limit": "4"})
            turn.answered()
        pass_through(other)
        assert (other._state.last.rates[0], other._state.last.at_once) == (7, 4)


_KILLED = """
import os, sys, time
from pathlib import Path
from exocite.registries import Endpoint
from exocite.registries.gate import Gate
from exocite.registries.turns import Kind
one = Gate.shared(Endpoint("http://127.0.0.1:9"), folder=Path(sys.argv[1]))
with one.turn(Kind.SINGLE, lease=600, arrived=time.monotonic()):
    os._exit(9)
"""


def test_a_process_that_was_killed_holds_no_place(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    start = time.monotonic()
    with gate(tmp_path) as one:
        pass_through(one)
        assert time.monotonic() - start < 10
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".gate"]


def test_a_place_of_a_living_process_is_waited_for(tmp_path: Path) -> None:
    with gate(tmp_path) as one, gate(tmp_path) as other:
        with one.turn(Kind.SINGLE, lease=30, arrived=0.0):
            other._state.change(lambda turns: turns.ask("x", Kind.SINGLE, 1.0, 1e9, 1))
            other._state.bury()
            assert len(other._state.last.leases) == 1
        pass_through(other)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"1 00000000 {}\n", b"\xff" * 5000])
def test_a_damaged_state_stops_nobody(tmp_path: Path, data: bytes) -> None:
    with gate(tmp_path) as one:
        pass_through(one)
        (path,) = tmp_path.glob("*.gate")
        path.write_bytes(data)
        pass_through(one)
        pass_through(one, Kind.LIST)


def test_a_folder_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with gate(file / "below") as one:
        pass_through(one)
        pass_through(one)
    assert file.read_bytes() == b""


def test_a_state_that_somebody_keeps_locked_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exocite.registries.state_file._PATIENCE", 0.02)
    with gate(tmp_path) as one, gate(tmp_path) as other:
        pass_through(one)
        file = one._state._file
        assert file is not None
        with file.locked():
            pass_through(other)


def test_closing_ends_all_waiting(tmp_path: Path) -> None:
    with gate(tmp_path) as one, ThreadPoolExecutor(4) as pool:
        with one.turn(Kind.SINGLE, lease=30, arrived=0.0):
            futures = [pool.submit(pass_through, one) for _ in range(4)]
            time.sleep(0.02)
            one.close()
            errors = [future.exception(timeout=10) for future in futures]
        assert all(isinstance(error, UnreachableError) for error in errors)


def test_pools_and_places_have_their_own_gate(tmp_path: Path) -> None:
    for place in (PLACE, Endpoint(PLACE.url, mailto="a@b.org"), Endpoint("http://127.0.0.1:8")):
        one = Gate.shared(place, folder=tmp_path)
        pass_through(one)
        one.close()
    assert len(list(tmp_path.glob("*.gate"))) == 3


def test_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    assert user_cache({variable: str(tmp_path)}) == tmp_path / "exocite"
    for useless in ({}, {variable: ""}, {variable: "not/absolute"}):
        found = user_cache(useless)
        assert found is not None
        assert found.is_absolute()

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert user_cache({}) is None
    one = Gate.shared(PLACE)
    pass_through(one)
    one.close()
