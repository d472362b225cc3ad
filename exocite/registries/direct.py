"""Connections to a registry that no proxy stands before, kept open between look-ups.

A transport of httpx2 over the standard library's HTTP/1.1. What it does for a look-up takes half
the time of httpx2's own, and thousands of look-ups go through it; all else (redirects, proxies,
exceptions) stays httpx2's.
Source: RFC 9112 (HTTP/1.1), section 9.3 (connections that are kept) and section 8 (bodies cut off).
"""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Lock
from urllib.request import getproxies

import httpx2

from exocite.errors import ConfigurationError

_Place = tuple[str, str, int | None]
_MOST_IDLE = 64
_PIECE = 2**16


def client(ssl_context: ssl.SSLContext | None) -> httpx2.Client:
    """A client that trusts the environment's proxies and certificates, as httpx2 does by itself."""
    try:
        context = ssl_context or httpx2.create_ssl_context()
        direct = None if getproxies() else Direct(context)
        return httpx2.Client(verify=context, transport=direct, follow_redirects=False)
    except (ValueError, OSError, ImportError, httpx2.InvalidURL) as error:
        raise ConfigurationError(
            "the environment's proxy or certificate settings cannot be used",
            hint="look at HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
        ) from error


class Direct(httpx2.BaseTransport):
    """Sends requests without a body. Safe to share between threads."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._lock = Lock()
        self._idle: dict[_Place, list[HTTPConnection]] = {}
        self._closed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer with its head read; whoever closes it gives the connection back.

        Raises what httpx2's own transport raises: ConnectError and ConnectTimeout, ReadError,
        ReadTimeout and RemoteProtocolError.
        """
        url = request.url
        place = (url.scheme, url.host, url.port)
        limits = request.extensions["timeout"]
        connection = self._kept(place) or self._opened(place, limits["connect"])
        try:
            with _told():
                if connection.sock is not None:
                    connection.sock.settimeout(limits["read"])
                target = url.raw_path.decode("ascii")
                connection.putrequest(
                    request.method, target, skip_host=True, skip_accept_encoding=True
                )
                for name, value in request.headers.raw:
                    connection.putheader(name, value)
                connection.endheaders()
                answer = connection.getresponse()
        except BaseException:
            connection.close()
            raise
        headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in answer.getheaders()]
        body = _Body(self, place, connection, answer)
        return httpx2.Response(answer.status, headers=headers, stream=body)

    def close(self) -> None:
        """Close what is idle; what is in use closes when its answer is."""
        with self._lock:
            self._closed = True
            idle = [one for kept in self._idle.values() for one in kept]
            self._idle.clear()
        for connection in idle:
            connection.close()

    def give_back(self, place: _Place, connection: HTTPConnection) -> None:
        """Keep a connection for the next request, unless there are enough."""
        with self._lock:
            kept = self._idle.setdefault(place, [])
            wanted = not self._closed and len(kept) < _MOST_IDLE
            if wanted:
                kept.append(connection)
        if not wanted:
            connection.close()

    def _kept(self, place: _Place) -> HTTPConnection | None:
        """An open connection that its server has not closed meanwhile."""
        while True:
            with self._lock:
                kept = self._idle.get(place)
                connection = kept.pop() if kept else None
            if connection is None:
                return None
            if connection.sock is not None and not _speaks(connection.sock):
                return connection
            connection.close()

    def _opened(self, place: _Place, patience: float) -> HTTPConnection:
        scheme, host, port = place
        connection: HTTPConnection
        if scheme == "https":
            connection = HTTPSConnection(host, port, timeout=patience, context=self._context)
        else:
            connection = HTTPConnection(host, port, timeout=patience)
        try:
            connection.connect()
        except TimeoutError as error:
            connection.close()
            raise httpx2.ConnectTimeout("no connection in time") from error
        except (OSError, UnicodeError) as error:
            connection.close()
            raise httpx2.ConnectError("no connection") from error
        return connection


class _Body(httpx2.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(
        self, home: Direct, place: _Place, connection: HTTPConnection, answer: HTTPResponse
    ) -> None:
        self._home = home
        self._place = place
        self._connection: HTTPConnection | None = connection
        self._answer = answer
        self._whole = False

    def __iter__(self) -> Iterator[bytes]:
        answer = self._answer
        with _told():
            while answer.length != 0 and (piece := answer.read1(_PIECE)):
                yield piece
        if answer.length:
            raise httpx2.RemoteProtocolError("the body ended too early")
        self._whole = True

    def close(self) -> None:
        """Give the connection back, or close it where something was left unread."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        self._answer.close()
        if self._whole and not self._answer.will_close:
            self._home.give_back(self._place, connection)
        else:
            connection.close()


@contextmanager
def _told() -> Iterator[None]:
    """Tell the failures of a connection in httpx2's exceptions."""
    try:
        yield
    except TimeoutError as error:
        raise httpx2.ReadTimeout("no answer in time") from error
    except HTTPException as error:
        raise httpx2.RemoteProtocolError("this is no HTTP, or cut off") from error
    except OSError as error:
        raise httpx2.ReadError("the connection broke") from error


def _speaks(connection: socket.socket) -> bool:
    """Whether there is something to read on an idle connection: its end, as a rule."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(connection, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([connection], [], [], 0)[0])
