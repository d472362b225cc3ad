"""Connections of our own: kept while they can be, and their failures in httpx2's words."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import httpx2
import pytest

from exocite.registries.direct import Direct

BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nbody"
CONTEXT = ssl.create_default_context()


class Speaker:
    """A server that says one thing to each request, and counts connections."""

    def __init__(self, says: bytes, *, hangs_up: bool = False) -> None:
        self.says, self.hangs_up = says, hangs_up
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/works/x"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.connections += 1
                Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while connection.recv(65536):
                connection.sendall(self.says)
                if self.hangs_up or self.says in (LAST, b""):
                    return


@contextmanager
def client(says: bytes, *, hangs_up: bool = False) -> Iterator[tuple[httpx2.Client, Speaker]]:
    server = Speaker(says, hangs_up=hangs_up)
    with httpx2.Client(transport=Direct(CONTEXT), timeout=5) as one:
        yield one, server
    server.socket.close()


@pytest.mark.parametrize(("says", "connections"), [(BODY, 1), (CHUNKED, 1), (LAST, 3)])
def test_a_connection_is_kept_while_it_can_be(says: bytes, connections: int) -> None:
    with client(says) as (one, server):
        assert [one.get(server.url).content for _ in range(3)] == [b"body"] * 3
        assert server.connections == connections


def test_a_connection_that_the_server_ended_is_not_used_again() -> None:
    server, direct = Speaker(BODY, hangs_up=True), Direct(CONTEXT)
    with httpx2.Client(transport=direct, timeout=5) as one:
        for _ in range(3):
            assert one.get(server.url).content == b"body"
            ((idle,),) = direct._idle.values()
            assert idle.sock is not None
            # Until its end has come there is nothing by which to know it.
            assert select.select([idle.sock], [], [], 5)[0]
    server.socket.close()
    assert server.connections == 3


def test_an_answer_that_is_not_read_to_its_end_takes_its_connection_along() -> None:
    with client(BODY) as (one, server):
        for _ in range(2):
            one.send(one.build_request("GET", server.url), stream=True).close()
        assert one.get(server.url).content == b"body"
        assert server.connections == 3


def test_headers_may_hold_any_bytes() -> None:
    odd = b"HTTP/1.1 200 OK\r\nX-Odd: n\xe4her\xff\r\nContent-Length: 0\r\n\r\n"
    with client(odd) as (one, at):
        assert one.get(at.url).headers["x-odd"] == "näherÿ"


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (b"", httpx2.RemoteProtocolError),
        (b"SSH-2.0-OpenSSH_9.6\r\n", httpx2.RemoteProtocolError),
        (BODY[:-2], httpx2.RemoteProtocolError),
        (CHUNKED[:-12], httpx2.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", httpx2.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n", httpx2.RemoteProtocolError),
    ],
)
def test_failures_are_told_in_httpx2s_exceptions(says: bytes, error: type[Exception]) -> None:
    with client(says, hangs_up=True) as (one, server), pytest.raises(error):
        one.get(server.url)


def test_silence_is_a_timeout() -> None:
    with client(BODY[:-2]) as (one, server), pytest.raises(httpx2.ReadTimeout):
        one.get(server.url, timeout=0.05)
