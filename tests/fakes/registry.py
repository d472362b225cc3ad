"""A local HTTP server for a small registry, which answers by a function and has faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.faults import CHANGES, SENDINGS, Answer, Fault
from tests.fakes.serving import Handler, Local


@dataclass(frozen=True)
class Asked:
    """A request that arrived; its path is decoded."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]


class FakeRegistry(Local):
    """The server, running while its `with` block does. `requests` are those that arrived."""

    def __init__(
        self, answer: Callable[[Asked], Answer], *, faults: Iterable[Fault] = (), path: str = ""
    ) -> None:
        super().__init__(_Handler, path=path)
        self.answer = answer
        self.faults = list(faults)
        self.requests: list[Asked] = []


def as_json(document: object, status: int = 200, kind: str = "application/json") -> Answer:
    """A document as an answer."""
    return Answer(status, json.dumps(document).encode(), {"Content-Type": kind})


class _Handler(Handler):
    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        fake: FakeRegistry = self.fake
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
