"""A local HTTP server for a small registry, which answers by a function and has faults."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.faults import CHANGES, SENDINGS, Answer, Fault
from tests.fakes.serving import Handler, Server


@dataclass(frozen=True)
class Asked:
    """A request that arrived; its path is decoded."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]


class FakeRegistry:
    """The server, running while its `with` block does. `requests` are those that arrived."""

    def __init__(
        self, answer: Callable[[Asked], Answer], *, faults: Iterable[Fault] = (), path: str = ""
    ) -> None:
        self.answer = answer
        self.faults = list(faults)
        self.path = path
        self.requests: list[Asked] = []
        self.stopped = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def as_json(document: object, status: int = 200, kind: str = "application/json") -> Answer:
    """A document as an answer."""
    return Answer(status, json.dumps(document).encode(), {"Content-Type": kind})


class _Server(Server):
    fake: FakeRegistry


class _Handler(Handler):
    server: _Server

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        fake = self.server.fake
        parts = urlsplit(self.path)
        parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(unquote(parts.path.removeprefix(fake.path)), parameters, headers)
        fake.requests.append(asked)
        fault = next((f for f in fake.faults if f.strikes(asked.path)), None)
        answer = fake.answer(asked)
        if fault is not None and fault.name in SENDINGS:
            self.send_by(fault, answer, fake.stopped)
            return
        if fault is not None:
            answer = CHANGES[fault.name](answer, fault.value)
        self.send(answer)
