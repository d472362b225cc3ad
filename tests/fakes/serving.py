"""What the fake registries share: a quiet server, and a handler that can send as a fault says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

from tests.fakes.faults import SENDINGS, Answer, Delivery, Fault


class Local:
    """A server on this machine, running while its `with` block does; its handler finds it again.

    `port` 0 takes a free one; `path` is what its addresses begin with. `stopped` is set when the
    block ends.
    """

    def __init__(self, handler: type[Handler], *, port: int = 0, path: str = "") -> None:
        self.path = path
        self.stopped = Event()
        self._server = Server(("127.0.0.1", port), handler)
        self._server.fake = self
        self._thread = Thread(
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


class Server(ThreadingHTTPServer):
    """A thread for each connection; none holds up the end of a test."""

    fake: Any
    request_queue_size = 128
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no concern of the server; a mistake of its own is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Sends answers whole, or by a fault's own way."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def fake(self) -> Any:
        """Whose handler this is."""
        return self.server.fake

    def send(self, answer: Answer, more: Mapping[str, str] | None = None) -> None:
        """Send the answer; its own headers stand above `more`."""
        self.send_response(answer.status)
        length = {"Content-Length": str(len(answer.body))}
        for name, value in {**(more or {}), **answer.headers, **length}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(answer.body)

    def send_by(self, fault: Fault, answer: Answer, stopped: Event) -> None:
        """Send the answer as the fault does, until it or the server is done."""
        self.close_connection = True
        delivery = Delivery(self.connection, stopped)
        with suppress(OSError):
            for piece in SENDINGS[fault.name](answer, fault.value, delivery):
                self.wfile.write(piece)
                self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""
