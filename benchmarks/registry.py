"""How the registry's layer keeps to the limits, and what it costs: against the local registry.

    python -m benchmarks.registry [--json] [--seconds 60] [--works 10000] [--bomb 1024]

Every server and every client is a process of its own; the gate's state lies in a temporary folder.
The runs at the real limits wait more than they work and are made side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exocite.errors import RegistryError
from exocite.registries import Endpoint
from exocite.registries.answers import Answers
from exocite.registries.crossref import Crossref
from tests.fakes.crossref import FakeCrossref, Limits
from tests.fakes.faults import Fault

_ROOT = Path(__file__).resolve().parents[1]
_MAIL = "benchmark@example.org"
_RAISED = 100
_RAISED_WORKERS = 16
_PREPARED = 5.0  # seconds until all processes of the runs at real limits have been started
_ABSTRACT = "We measured what was there and found that it was so. " * 25


@dataclass(frozen=True)
class Setting:
    """A run at the real limits: so many processes of so many workers, in one pool."""

    name: str
    workers: int
    processes: int = 1
    polite: bool = True
    search: bool = False

    @property
    def rate(self) -> int:
        """What the pool allows a second."""
        pool = Limits().pool(self.polite)
        return pool.list_rate if self.search else pool.rate


SETTINGS = (
    Setting("1 worker", 1),
    Setting("4 workers", 4),
    Setting("16 workers", 16),
    Setting("4 processes", 4, processes=4),
    Setting("public, 4 workers", 4, polite=False),
    Setting("searches, 4 workers", 4, search=True),
)


# --------------------------------------------------------------------------- the processes


def serve(works: int, factor: int, delay: float, bomb: int) -> None:
    """A server of that many works; a line on standard input is answered with its counts."""
    faults = [Fault("bomb", times=None, value=str(bomb), path="bomb")] if bomb else []
    limits = Limits(enforced=True, factor=factor)
    records = [_record(number) for number in range(works)]
    with FakeCrossref(records, limits=limits, delay=delay, faults=faults) as fake:
        print(fake.url, flush=True)
        for _ in sys.stdin:
            print(json.dumps({"asked": len(fake.requests), "refused": fake.refused}), flush=True)


def _record(number: int) -> dict[str, object]:
    people = [{"given": "Ada", "family": f"Person{number}{n}"} for n in range(5)]
    return {
        "DOI": f"10.5555/work.{number}",
        "type": "journal-article",
        "title": [f"On the matter of number {number} and what became of it"],
        "author": people,
        "container-title": ["Journal of Matters"],
        "issued": {"date-parts": [[2000 + number % 25]]},
        "volume": str(number % 40),
        "page": f"{number}-{number + 9}",
        "abstract": f"<jats:p>{_ABSTRACT}</jats:p>",
    }


def ask(url: str, workers: int, seconds: float, first: int, works: int, polite: str) -> None:
    """Look up, with `polite` for a mail address, for so long or so many works; print how it went.

    `seconds` 0 ends with the works. `polite` "search" searches.
    """
    endpoint = Endpoint(url, mailto="" if polite == "public" else _MAIL)
    kept = os.environ.get("BENCHMARK_KEPT")
    answers = Answers(Path(kept)) if kept else None
    done: list[float] = []
    # The other processes are still importing: what that costs is none of the registry's layer.
    time.sleep(max(0.0, float(os.environ.get("BENCHMARK_BEGIN", "0")) - time.time()))
    with Crossref(endpoint, answers=answers) as crossref:
        began = time.monotonic()

        def one(number: int) -> bool:
            if seconds and time.monotonic() - began >= seconds:
                return True
            try:
                if polite == "search":
                    found = bool(crossref.search(f"matter of number {number}", rows=1))
                else:
                    found = crossref.work(f"10.5555/work.{number % works}") is not None
            except RegistryError:
                found = False
            done.append(time.monotonic() - began)
            return found

        cpu = time.process_time()
        total = int(seconds * 1000) if seconds else works
        with ThreadPoolExecutor(workers) as pool:
            lost = sum(not found for found in pool.map(one, range(first, first + total)))
        cpu = time.process_time() - cpu
    wall = time.monotonic() - began
    print(json.dumps({"done": done, "lost": lost, "cpu": cpu, "wall": wall}), flush=True)


def unpack(url: str) -> None:
    """Ask for a bomb; print by how many megabytes the memory of this process grew at most."""
    import resource

    def peak() -> float:
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size / (2**20 if sys.platform == "darwin" else 2**10)

    with Crossref(Endpoint(url, mailto=_MAIL)) as crossref:
        crossref.work("10.5555/work.0")
        before = peak()
        try:
            crossref.work("10.5555/bomb")
            refused = False
        except RegistryError:
            refused = True
    print(json.dumps({"mb": peak() - before, "refused": refused}), flush=True)


@dataclass(frozen=True)
class Server:
    """A server in its own process."""

    process: subprocess.Popen[str]
    url: str

    def counts(self) -> dict[str, int]:
        """How many requests it was asked, and how many of them were too many."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        counts: dict[str, int] = json.loads(self.process.stdout.readline())
        return counts


@contextmanager
def server(works: int, factor: int, *, delay: float = 0.0, bomb: int = 0) -> Iterator[Server]:
    """A server in a process of its own, until the block ends."""
    arguments = ["serve", str(works), str(factor), str(delay), str(bomb)]
    with subprocess.Popen(
        _command(arguments), cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield Server(process, process.stdout.readline().strip())


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "benchmarks.registry", "--process", *arguments]


def client(
    folder: Path, *arguments: object, kept: bool = False, begin: float = 0.0
) -> dict[str, Any]:
    """What a client in a process of its own printed; it begins at that time of the clock."""
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment |= dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"), str(folder))
    environment["BENCHMARK_BEGIN"] = str(begin)
    if kept:
        environment["BENCHMARK_KEPT"] = str(folder / "kept")
    command = _command([str(argument) for argument in arguments])
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


# --------------------------------------------------------------------------- the figures


def rate_use(setting: Setting, seconds: float, begin: float = 0.0) -> dict[str, float]:
    """The share of the allowed rate that was used, and of requests that were refused.

    `begin` is when the clients begin, in seconds of the clock; all that can be done before is.
    """
    with (
        tempfile.TemporaryDirectory() as name,
        server(200, 1) as at,
        ThreadPoolExecutor(setting.processes) as pool,
    ):
        polite = "search" if setting.search else "polite" if setting.polite else "public"

        def one(number: int) -> dict[str, Any]:
            first = number * 1_000_000
            arguments = (at.url, setting.workers, seconds, first, 200, polite)
            return client(Path(name), "ask", *arguments, begin=begin)

        results = list(pool.map(one, range(setting.processes)))
        counts = at.counts()
    done = sum(len([t for t in result["done"] if t <= seconds]) for result in results)
    return {
        "use": done / (setting.rate * seconds),
        "share_429": counts["refused"] / max(counts["asked"], 1),
        "lost": sum(result["lost"] for result in results),
    }


def raised(works: int) -> dict[str, float]:
    """Many works handed in at once, at limits raised a hundredfold, and once more out of the cache.

    The queue's ratio: the time after which 95 in 100 works were there, to that of a queue that
    uses all that is allowed.
    """
    rate = Limits(factor=_RAISED).pool(True).rate
    with tempfile.TemporaryDirectory() as name, server(works, _RAISED) as at:
        arguments = ("ask", at.url, _RAISED_WORKERS, 0, 0, works, "polite")
        cold = client(Path(name), *arguments, kept=True)
        counts = at.counts()
        warm = client(Path(name), *arguments, kept=True)
        assert at.counts() == counts, "a warm run asked the server"
    p95 = sorted(cold["done"])[int(0.95 * len(cold["done"]))]
    return {
        "lost": cold["lost"] + warm["lost"],
        "share_429": counts["refused"] / counts["asked"],
        "queue_p95_ratio": p95 / (0.95 * works / rate),
        "cpu_ms": cold["cpu"] / works * 1000,
        "warm_per_s": works / warm["wall"],
        "per_s": works / cold["wall"],
    }


def bomb_mb(megabytes: int) -> float:
    """By how much the memory of a process grows at most that is sent a bomb."""
    with tempfile.TemporaryDirectory() as name, server(1, 1, bomb=megabytes) as at:
        result = client(Path(name), "unpack", at.url)
    assert result["refused"], "the bomb was taken for an answer"
    return float(result["mb"])


def bare_habanero(seconds: float) -> dict[str, float]:
    """The baseline: habanero alone in 4 threads, for some seconds at the real limits."""
    from habanero import Crossref as Habanero
    from httpx2 import HTTPError

    with server(200, 1) as at:
        api = Habanero(base_url=at.url, mailto=_MAIL)
        end = time.monotonic() + seconds

        def one(number: int) -> bool | None:
            if time.monotonic() >= end:
                return None
            try:
                api.works(ids=f"10.5555/work.{number % 200}")
            except HTTPError:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            found = [one for one in pool.map(one, range(int(seconds * 1000))) if one is not None]
        counts = at.counts()
    return {
        "lost": found.count(False) / max(len(found), 1),
        "share_429": counts["refused"] / max(counts["asked"], 1),
    }


def measure(seconds: float, works: int, bomb: int, say: Callable[[str], None]) -> dict[str, Any]:
    """All figures; each is told when it is there."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(len(SETTINGS)))
        begin = time.time() + _PREPARED
        runs = list(pool.map(lambda setting: rate_use(setting, seconds, begin), SETTINGS))
    settings = {}
    for setting, run in zip(SETTINGS, runs, strict=True):
        settings[setting.name] = run
        say(
            f"{setting.name:22} {run['use']:.3f} of {setting.rate}/s used"
            f"   refused {run['share_429']:.4f}   lost {run['lost']:.0f}"
        )
    figures = raised(works)
    say(
        f"{works} works, raised      lost {figures['lost']:.0f}   refused "
        f"{figures['share_429']:.5f}   queue p95 {figures['queue_p95_ratio']:.2f} x ideal"
    )
    say(f"{'':22} {figures['cpu_ms']:.2f} ms of CPU each   {figures['per_s']:.0f}/s")
    say(f"{'out of the cache':22} {figures['warm_per_s']:.0f}/s")
    memory = bomb_mb(bomb) if sys.platform != "win32" else None
    if memory is not None:
        say(f"{f'a bomb of {bomb} MB':22} {memory:.1f} MB of memory")
    alone = bare_habanero(min(seconds, 5.0))
    say(
        f"{'habanero alone':22} {alone['lost']:.0%} of look-ups lost, "
        f"{alone['share_429']:.0%} of requests refused"
    )
    return {
        "rate_use": min(run["use"] for run in runs),
        "lost": figures["lost"] + sum(run["lost"] for run in runs),
        "share_429_real": max(run["share_429"] for run in runs),
        **{
            name: figures[name] for name in ("share_429", "queue_p95_ratio", "cpu_ms", "warm_per_s")
        },
        "bomb_mb": memory,
        "settings": settings,
        "raised": figures,
        "habanero": alone,
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures, and with --json all of them as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each run at real limits")
    parser.add_argument("--works", type=int, default=10_000, help="at the raised limits")
    parser.add_argument("--bomb", type=int, default=1024, help="megabytes that it unpacks to")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, help="taken for the sake of uniformity; not used")
    parser.add_argument("--process", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    match given.process:
        case ["serve", works, factor, delay, bomb]:
            serve(int(works), int(factor), float(delay), int(bomb))
        case ["ask", url, workers, seconds, first, works, polite]:
            ask(url, int(workers), float(seconds), int(first), int(works), polite)
        case ["unpack", url]:
            unpack(url)
        case _:
            figures = measure(given.seconds, given.works, given.bomb, print)
            if given.json:
                print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
