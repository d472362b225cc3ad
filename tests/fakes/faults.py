"""What can go wrong on the way to an answer, each fault by name.

A fault changes the answer or how it is sent. `Fault("status-503", times=2)` strikes the first two
requests whose path matches and then lets them pass.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Answer:
    """An answer as it is meant to be sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


@dataclass
class Fault:
    """A fault by name; `path` is a regular expression, `times` None for ever, `after` skips some.

    `value` is what the fault needs: seconds for slow ones, Retry-After for 429, a URL for
    redirects, a field for damaged records, megabytes for long ones.
    """

    name: str
    times: int | None = 1
    path: str = ""
    after: int = 0
    value: str = ""

    def __post_init__(self) -> None:
        if self.name not in FAULTS:
            raise ValueError(f"no fault is called {self.name}: {', '.join(sorted(FAULTS))}")

    def strikes(self, path: str) -> bool:
        """Whether this request is struck; counts it."""
        if self.times == 0 or not re.search(self.path, path):
            return False
        if self.after:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(frozen=True)
class Delivery:
    """The open connection to the client, and an event that is set when the server stops."""

    connection: socket.socket
    stopped: threading.Event

    def raw(self, answer: Answer, length: int | None = None) -> Iterator[bytes]:
        """The head and the body of an answer; `length` overrides Content-Length."""
        size = len(answer.body) if length is None else length
        yield head(answer, {"Content-Length": str(size), "Connection": "close"})
        yield answer.body


def head(answer: Answer, more: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Answer')}"]
    lines += [f"{name}: {value}" for name, value in {**answer.headers, **more}.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 404: "Not Found", 429: "Too Many"}

Changed = Callable[[Answer, str], Answer]
Sent = Callable[[Answer, str, Delivery], Iterator[bytes]]


# --------------------------------------------------------------------------- changed answers


def _status(status: int, body: bytes = b"", kind: str = "application/json") -> Changed:
    def change(answer: Answer, _: str) -> Answer:
        return replace(answer, status=status, body=body).with_headers(Content_Type=kind)

    return change


_PAGE = b"<!DOCTYPE html>\n<html><head><title>504 Gateway Time-out</title></head></html>\n"
_VALIDATION = json.dumps(
    {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [
            {"type": "parameter-not-allowed", "value": "x", "message": "x is no parameter"}
        ],
    }
).encode()
_EXCEPTION = (
    b'{"status":"error","message-type":"exception","message":{"name":"x","description":"y"}}'
)


def _too_many(answer: Answer, value: str) -> Answer:
    limited = replace(answer, status=429, body=b"Too many requests").with_headers(
        Content_Type="text/plain"
    )
    return limited.with_headers(Retry_After=value) if value else limited


def _too_many_until(answer: Answer, value: str) -> Answer:
    until = datetime.now(UTC) + timedelta(seconds=float(value or 1))
    return _too_many(answer, format_datetime(until, usegmt=True))


def _redirect(answer: Answer, value: str) -> Answer:
    return replace(answer, status=301, body=b"").with_headers(Location=value)


def _record(change: Callable[[dict[str, Any], str], object]) -> Changed:
    """Damage the record, or every record of a list, by changing it in place."""

    def changed(answer: Answer, value: str) -> Answer:
        document = json.loads(answer.body)
        message = document["message"]
        for record in message.get("items", [message]):
            change(record, value)
        return replace(answer, body=json.dumps(document).encode())

    return changed


def _null_titles(record: dict[str, Any], _: str) -> None:
    record.update({"title": [None], "container-title": None, "author": None, "subtitle": [[]]})


def _empty_lists(record: dict[str, Any], _: str) -> None:
    for name, value in record.items():
        if isinstance(value, list):
            record[name] = []


_EMPTY_DATES = {"issued": {"date-parts": [[None]]}, "published": {"date-parts": []}}
_ENTITIES = {
    "title": ["Steam &amp;amp; &lt;i&gt;fire&lt;/i&gt; &eacute;&#x2013;&unknown;"],
    "abstract": '<!DOCTYPE x [<!ENTITY a "aaaa">]><jats:p>&a;&a; p &lt; 0.05 &beta;</jats:p>',
}
_TRICKS = "\u202eSteam\u202c \x1b[31mfire\x07 \ufeffe\u0301\u0000 \ud800 end"


def _wrong_types(record: dict[str, Any], _: str) -> None:
    record.update(
        {"title": {"a": 1}, "author": "Nobody", "issued": {"date-parts": [[None]]}, "volume": [1]}
        | {"page": 12, "ISSN": "1234-5678", "relation": [], "updated-by": {}, "abstract": 3}
    )


def _long_abstract(record: dict[str, Any], value: str) -> None:
    record["abstract"] = "so " * (int(value or 1) * 350_000)


def _renamed(record: dict[str, Any], value: str) -> None:
    record["DOI"] = value or "10.5555/another"


def _without_kind(answer: Answer, _: str) -> Answer:
    kept = {name: text for name, text in answer.headers.items() if name != "Content-Type"}
    return replace(answer, headers=kept)


@cache
def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    piece = bytes(2**20)
    return b"".join([*(packer.compress(piece) for _ in range(megabytes)), packer.flush()])


def _too_long(answer: Answer, value: str) -> Answer:
    return replace(answer, body=b'{"message": "' + b"x" * (int(value or 21) * 2**20))


def _bomb(answer: Answer, value: str) -> Answer:
    return replace(answer, body=_zeros(int(value or 24))).with_headers(Content_Encoding="gzip")


CHANGES: Mapping[str, Changed] = {
    "status-400": _status(400, _VALIDATION),
    "status-403": _status(403, b"Forbidden", "text/plain"),
    "status-404": _status(404, b"Resource not found."),
    "status-404-page": _status(404, _PAGE, "text/html"),
    "status-404-empty": _status(404, b""),
    "status-429": _too_many,
    "status-429-date": _too_many_until,
    "status-500": _status(500, _EXCEPTION),
    "status-502": _status(502, _PAGE, "text/html"),
    "status-503": _status(503, b"", "text/plain"),
    "status-504": _status(504, _PAGE, "text/html"),
    "status-204": _status(204, b""),
    "status-304": _status(304, b""),
    "html": _status(200, _PAGE, "text/html"),
    "html-as-json": _status(200, _PAGE),
    "text-as-kind": lambda answer, _: answer.with_headers(Content_Type="text/plain"),
    "no-kind": _without_kind,
    "half-json": lambda answer, _: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "empty": lambda answer, _: replace(answer, body=b""),
    "json-list": lambda answer, _: replace(answer, body=b"[1, 2]"),
    "json-null": lambda answer, _: replace(answer, body=b'{"status":"ok","message":null}'),
    "deep-json": lambda answer, _: replace(answer, body=b"[" * 200_000),
    "not-utf-8": lambda answer, _: replace(answer, body=b'{"message": "\xff\xfe"}'),
    "bomb": _bomb,
    "too-long": _too_long,
    "broken-gzip": lambda answer, _: answer.with_headers(Content_Encoding="gzip"),
    "cut-gzip": lambda answer, _: replace(
        answer, body=gzip.compress(answer.body)[:-20]
    ).with_headers(Content_Encoding="gzip"),
    "unasked-coding": lambda answer, _: answer.with_headers(Content_Encoding="br"),
    "redirect": _redirect,
    "pool": lambda answer, value: answer.with_headers(x_api_pool=value),
    "wrong-doi": _record(_renamed),
    "null-doi": _record(lambda record, _: record.update(DOI=None)),
    "null-titles": _record(_null_titles),
    "long-abstract": _record(_long_abstract),
    "entities": _record(lambda record, _: record.update(_ENTITIES)),
    "tricks": _record(lambda record, _: record.update(title=[_TRICKS])),
    "empty-lists": _record(_empty_lists),
    "empty-dates": _record(lambda record, _: record.update(_EMPTY_DATES)),
    "wrong-types": _record(_wrong_types),
}


# --------------------------------------------------------------------------- ways of sending


def _slow(answer: Answer, value: str, delivery: Delivery) -> Iterator[bytes]:
    """Nothing at all for a while, then the answer."""
    delivery.stopped.wait(float(value or 1))
    yield from delivery.raw(answer)


def _hang_in_body(answer: Answer, value: str, delivery: Delivery) -> Iterator[bytes]:
    first, *_ = delivery.raw(answer)
    yield first
    yield answer.body[: len(answer.body) // 2]
    delivery.stopped.wait(float(value or 60))


def _drip(answer: Answer, value: str, delivery: Delivery) -> Iterator[bytes]:
    """A byte at a time, each well within any timeout."""
    first, *_ = delivery.raw(answer)
    yield first
    for at in range(len(answer.body)):
        yield answer.body[at : at + 1]
        if delivery.stopped.wait(float(value or 0.05)):
            return


def _drop(_: Answer, __: str, ___: Delivery) -> Iterator[bytes]:
    """The connection is closed without a word."""
    yield b""


def _reset(_: Answer, __: str, delivery: Delivery) -> Iterator[bytes]:
    """The connection is reset."""
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    delivery.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    yield b""


def _truncated(answer: Answer, _: str, delivery: Delivery) -> Iterator[bytes]:
    """Half the body and then the end, though the head promises all of it."""
    half = replace(answer, body=answer.body[: len(answer.body) // 2])
    yield from delivery.raw(half, len(answer.body))


def _no_http(_: Answer, __: str, ___: Delivery) -> Iterator[bytes]:
    yield b"SSH-2.0-OpenSSH_9.6\r\n"


SENDINGS: Mapping[str, Sent] = {
    "slow-headers": _slow,
    "hang-in-body": _hang_in_body,
    "drip": _drip,
    "drop": _drop,
    "reset": _reset,
    "truncated": _truncated,
    "no-http": _no_http,
}

FAULTS = frozenset(CHANGES) | frozenset(SENDINGS)
