"""A local HTTP server that speaks Crossref's REST API over a file of works.

    python -m tests.fakes.crossref --works FILE --port N

Shapes, limits and messages follow recorded answers of api.crossref.org.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tests.fakes.crossref_api import Api, Request, request_from
from tests.fakes.faults import CHANGES, FAULTS, Answer, Fault
from tests.fakes.serving import Handler, Local
from tests.fakes.works import Record, Works, read_works


@dataclass(frozen=True)
class Pool:
    """The limits of one pool: requests a second, at once, and a second for lists."""

    name: str
    rate: int
    concurrency: int
    list_rate: int

    def headers(self, is_list: bool) -> dict[str, str]:
        return {
            "x-api-pool": self.name,
            "x-rate-limit-limit": str(self.list_rate if is_list else self.rate),
            "x-rate-limit-interval": "1s",
            "x-concurrency-limit": str(self.concurrency),
        }


@dataclass(frozen=True)
class Limits:
    """The limits in force since December 2025; `factor` raises them, `enforced` makes 429s.

    They stand in the headers either way: those of lists on lists.
    """

    enforced: bool = False
    factor: int = 1
    public: Pool = field(default=Pool("public", 5, 1, 1))
    polite: Pool = field(default=Pool("polite", 10, 3, 3))

    def pool(self, polite: bool) -> Pool:
        pool = self.polite if polite else self.public
        sizes = (size * self.factor for size in (pool.rate, pool.concurrency, pool.list_rate))
        return Pool(pool.name, *sizes)


class _Meter:
    """Counts requests of a pool within the last second, and those under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._recent: dict[bool, deque[float]] = {True: deque(), False: deque()}
        self._under_way = 0

    def enter(self, pool: Pool, is_list: bool) -> bool:
        now = time.monotonic()
        with self._lock:
            for recent in self._recent.values():
                while recent and recent[0] <= now - 1:
                    recent.popleft()
            total = sum(len(recent) for recent in self._recent.values())
            lists = len(self._recent[True])
            if self._under_way >= pool.concurrency or total >= pool.rate:
                return False
            if is_list and lists >= pool.list_rate:
                return False
            self._recent[is_list].append(now)
            self._under_way += 1
            return True

    def leave(self) -> None:
        with self._lock:
            self._under_way -= 1


class FakeCrossref(Local):
    """The server, running while its `with` block does.

    `requests` are those that arrived, `refused` how many of them were too many. Without `limits`
    it names such high ones that nobody waits. With `tagged` answers bear an ETag, and are not sent
    again to who has them.
    """

    def __init__(
        self,
        works: Iterable[Record],
        *,
        faults: Iterable[Fault] = (),
        limits: Limits | None = None,
        port: int = 0,
        delay: float = 0.0,
        tagged: bool = False,
    ) -> None:
        super().__init__(_Handler, port=port)
        self.api = Api(works if isinstance(works, Works) else Works(works))
        self.faults = list(faults)
        self.limits = limits or Limits(factor=1000)
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self.delay = delay
        self.tagged = tagged
        self.refused = 0
        self.meters = {False: _Meter(), True: _Meter()}

    def serve(self) -> None:
        """Serve in this thread until `stop`."""
        self._server.serve_forever(poll_interval=0.1)
        self._server.server_close()

    def stop(self) -> None:
        """End `serve`; may be called from a signal handler."""
        self.stopped.set()
        threading.Thread(target=self._server.shutdown, daemon=True).start()


class _Handler(Handler):
    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        fake: FakeCrossref = self.fake
        request = request_from(self.path, self.headers.items())
        with fake.lock:
            fake.requests.append(request)
            fault = next((f for f in fake.faults if f.strikes(request.target)), None)
        polite = _is_polite(request)
        pool, meter = fake.limits.pool(polite), fake.meters[polite]
        headers = pool.headers(not request.doi)
        if not fake.limits.enforced:
            self._answer(request, fault, headers)
        elif meter.enter(pool, not request.doi):
            self._answer(request, fault, headers, meter.leave)
        else:
            with fake.lock:
                fake.refused += 1
            limited = Answer(429, b"Too many requests.", {"Content-Type": "text/plain"})
            self.send(limited.with_headers(Retry_After="1"), headers)

    def _answer(
        self,
        request: Request,
        fault: Fault | None,
        headers: dict[str, str],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Answer; `done` is called when the answer is ready: its way back is not our work."""
        fake: FakeCrossref = self.fake
        try:
            answer = fake.api.answer(request)
            if fake.tagged:
                tag = f'"{zlib.crc32(answer.body):08x}"'
                answer = answer.with_headers(ETag=tag)
                if request.headers.get("if-none-match") == tag:
                    answer = Answer(304, b"", {"ETag": tag})
            if fault is not None and fault.name in CHANGES:
                answer = CHANGES[fault.name](answer, fault.value)
            if fake.delay:
                fake.stopped.wait(fake.delay)
        finally:
            done()
        if fault is None or fault.name in CHANGES:
            self.send(answer, headers)
        else:
            self.send_by(fault, answer, fake.stopped)


def _is_polite(request: Request) -> bool:
    agent = request.headers.get("user-agent", "")
    return "mailto:" in agent or bool(request.parameters.get("mailto"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a file of works until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fakes.crossref", description=main.__doc__
    )
    parser.add_argument("--works", required=True, help="JSON Lines of Crossref works, plain or .gz")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds that an answer takes")
    parser.add_argument(
        "--limits", type=int, metavar="FACTOR", help="enforce rate limits times FACTOR"
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help=f"strike every request: {', '.join(sorted(FAULTS))}",
    )
    given = parser.parse_args(arguments)
    faults = [Fault(n, times=None, value=v) for n, _, v in (f.partition("=") for f in given.fault)]
    limits = Limits(enforced=True, factor=given.limits) if given.limits else None
    works = read_works(given.works)
    fake = FakeCrossref(works, faults=faults, limits=limits, port=given.port, delay=given.delay)
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: fake.stop())
    print(fake.url, file=sys.stderr, flush=True)
    fake.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
