"""One HTTP client for a registry: retries, a deadline, caps, and failures in plain words.

What it raises never holds a URL (it could carry a mail address) and never the words of an absent
record: whoever could not ask knows nothing of the record.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from threading import Event, Thread
from types import TracebackType
from typing import Self

import httpx2

from exocite.errors import (
    AnswerError,
    ConfigurationError,
    LimitedError,
    RegistryError,
    UnreachableError,
)
from exocite.registries import Endpoint
from exocite.registries.body import LongBodyError, UnfinishedBodyError, UnreadableBodyError, read
from exocite.registries.circuit import Circuit, Failing
from exocite.registries.retry import AGAIN, backoff, retry_after

LARGEST_BODY = 20 * 2**20
_MOST_REDIRECTS = 3
_WITH_BODY = frozenset({200, 404})
_NEXT_TIME = "check the network connection, then run the command again"
_LATER = "run the command again later"
_ADDRESS = "check the address of the registry, or run the command again later"
_BODY_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why an attempt failed; `again` when another may help, `pause` as the registry asked."""

    kind: Failing | None
    error: RegistryError
    again: bool = True
    pause: float | None = None


class Transport:
    """Asks one registry, patiently but not for ever. Safe to share between threads.

    `name` stands in messages. The clock (monotonic seconds), the calendar, the sleep, the source
    of chance and the certificates that are trusted can be given.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        name: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        rng: Random | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._who = f"{name} ({endpoint.host})"
        self._clock = clock
        self._now = now
        self._sleep = sleep
        self._rng = rng or Random()  # noqa: S311 - jitter, not secrets
        self._circuit = Circuit()
        self._closed = Event()
        self._left_behind: list[Thread] = []
        self._client = _client(ssl_context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; one that was given up as silent closes when it ends."""
        self._closed.set()
        if not any(thread.is_alive() for thread in self._left_behind):
            self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """The answer with status 200, 404 or another final one; its body is read and decoded.

        Bodies of other answers than 200 and 404 are empty. Raises UnreachableError, LimitedError
        or AnswerError after all attempts.
        """
        start = self._clock()
        if wait := self._circuit.admit(start):
            self._sleep(min(wait, self._endpoint.deadline))
        attempt = 0
        while True:
            end = start + self._patience
            result = self._attempt(url, params, headers, end)
            if not isinstance(result, _Failure):
                self._circuit.answered()
                return result
            now = self._clock()
            pause = max(backoff(attempt, self._rng), result.pause or 0.0)
            if result.pause is not None:
                self._circuit.asked_to_wait(now + result.pause)
            # What was just learned counts: a registry that answers is given its full time.
            late = now + pause >= start + self._patience
            if not result.again or attempt >= self._retries or late:
                self._give_up(result, now)
                raise result.error
            self._sleep(pause)
            attempt += 1

    @property
    def _patience(self) -> float:
        full = self._endpoint.deadline
        return full if self._circuit.proven else min(full, self._endpoint.first_contact)

    @property
    def _retries(self) -> int:
        return self._endpoint.retries if self._circuit.proven else min(1, self._endpoint.retries)

    def _give_up(self, failure: _Failure, now: float) -> None:
        if failure.kind is not None:
            pause = failure.pause
            too_long = pause is not None and pause > self._endpoint.deadline
            self._circuit.failed(failure.kind, failure.error, now, wait=pause if too_long else None)

    # ----------------------------------------------------------------------- one attempt

    def _attempt(
        self,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        end: float,
    ) -> httpx2.Response | _Failure:
        try:
            request = self._client.build_request(
                "GET", url, params=params, headers=headers, timeout=self._timeout(end)
            )
        except httpx2.InvalidURL:
            reason = "what was asked for cannot be written as a URL"
            return _Failure(None, AnswerError(f"{self._who} was not asked: {reason}"), again=False)
        if self._circuit.proven:
            return self._exchange(request, end)
        return self._watched(request, end)

    def _timeout(self, end: float) -> httpx2.Timeout:
        return httpx2.Timeout(max(0.001, min(self._endpoint.timeout, end - self._clock())))

    def _watched(self, request: httpx2.Request, end: float) -> httpx2.Response | _Failure:
        """The exchange, given up at `end` even where the system does not return.

        No timeout reaches the look-up of a host name, and each address of a host may take a
        timeout of its own; so the first contact is made by a thread that can be left behind.
        """
        results: list[httpx2.Response | _Failure] = []
        done = Event()

        def run() -> None:
            try:
                results.append(self._exchange(request, end))
            finally:
                done.set()
                if self._closed.is_set():
                    self._client.close()

        thread = Thread(target=run, name="registry-first-contact", daemon=True)
        thread.start()
        if done.wait(max(end - self._clock(), 0.0)):
            return results[0]
        self._left_behind.append(thread)
        return self._silent(f"it gave no answer within {self._patience:g} seconds")

    def _exchange(self, request: httpx2.Request, end: float) -> httpx2.Response | _Failure:
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                response = self._client.send(request, stream=True)
                try:
                    self._circuit.heard()
                    if response.next_request is None:
                        return self._judged(request, response, end)
                    onward = response.next_request
                    if not _same_place(request.url, onward.url):
                        place = _plain(onward.url.host)
                        return self._wrong(f"sent us on to another place ({place})")
                    request = onward
                finally:
                    response.close()
        except httpx2.HTTPError as error:
            return self._broken(error)
        return self._wrong("sent us round in circles")

    def _judged(
        self, request: httpx2.Request, response: httpx2.Response, end: float
    ) -> httpx2.Response | _Failure:
        status = response.status_code
        if status in AGAIN:
            return self._refused(status, response.headers.get("Retry-After"))
        try:
            content = self._content(response, end) if status in _WITH_BODY else b""
        except LongBodyError:
            return self._wrong(f"sent an answer of more than {LARGEST_BODY // 2**20} megabytes")
        except UnreadableBodyError as error:
            return self._wrong(f"sent an answer that cannot be decoded: {error}")
        except UnfinishedBodyError:
            return self._troubled("did not finish its answer in time")
        kept = [(k, v) for k, v in response.headers.multi_items() if k not in _BODY_HEADERS]
        return httpx2.Response(status, headers=kept, content=content, request=request)

    def _content(self, response: httpx2.Response, end: float) -> bytes:
        coding = response.headers.get("Content-Encoding", "")
        return read(response.iter_raw(), coding, LARGEST_BODY, expired=lambda: self._clock() >= end)

    # ----------------------------------------------------------------------- failures in words

    def _refused(self, status: int, asked: str | None) -> _Failure:
        pause = None if asked is None else retry_after(asked, self._now())
        if status != 429:
            error: RegistryError = UnreachableError(
                f"{self._who} cannot answer at the moment (status {status})", hint=_LATER
            )
            return _Failure(Failing.TROUBLED, error, pause=pause)
        time_asked = "" if pause is None else f" for {pause:.0f} seconds"
        error = LimitedError(f"{self._who} asked us to slow down{time_asked}", hint=_LATER)
        return _Failure(Failing.TROUBLED, error, pause=pause)

    def _wrong(self, what: str) -> _Failure:
        return _Failure(None, AnswerError(f"{self._who} {what}", hint=_ADDRESS), again=False)

    def _troubled(self, what: str) -> _Failure:
        return _Failure(Failing.TROUBLED, UnreachableError(f"{self._who} {what}", hint=_LATER))

    def _silent(self, reason: str, *, again: bool = True) -> _Failure:
        error = UnreachableError(f"{self._who} could not be reached: {reason}", hint=_NEXT_TIME)
        return _Failure(Failing.SILENT, error, again=again)

    def _broken(self, error: httpx2.HTTPError) -> _Failure:
        """An attempt that ended in an exception of the client."""
        if isinstance(error, httpx2.ConnectTimeout | httpx2.PoolTimeout):
            return self._silent("no connection came about in time")
        if isinstance(error, httpx2.TimeoutException):
            silence = UnreachableError(f"{self._who} fell silent for too long", hint=_NEXT_TIME)
            return _Failure(Failing.SILENT, silence)
        if isinstance(error, httpx2.ProxyError):
            return self._silent("the proxy refused to pass the request on")
        if isinstance(error, httpx2.RemoteProtocolError | httpx2.ReadError | httpx2.WriteError):
            return self._troubled("broke the connection off before its answer was complete")
        if not isinstance(error, httpx2.ConnectError):
            return self._silent("the request could not be sent", again=False)
        for kind, reason, again in _CONNECT_FAILURES:
            if any(isinstance(cause, kind) for cause in _causes(error)):
                return self._silent(reason, again=again)
        return self._silent("there is no way to its host")


_CONNECT_FAILURES: tuple[tuple[type[OSError], str, bool], ...] = (
    (ConnectionRefusedError, "the connection was refused", True),
    (socket.gaierror, "the address of its host could not be looked up", True),
    (ssl.SSLCertVerificationError, "its certificate could not be verified", False),
    (ssl.SSLError, "no secure connection came about", False),
    (ConnectionError, "the connection was broken off", True),
)


def _client(ssl_context: ssl.SSLContext | None) -> httpx2.Client:
    """A client that trusts the environment's proxies and certificates, as httpx2 does by itself."""
    verify = True if ssl_context is None else ssl_context
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
    try:
        return httpx2.Client(headers=headers, verify=verify, follow_redirects=False)
    except (ValueError, OSError, ImportError, httpx2.InvalidURL) as error:
        raise ConfigurationError(
            "the environment's proxy or certificate settings cannot be used",
            hint="look at HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
        ) from error


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    return chain


def _same_place(url: httpx2.URL, other: httpx2.URL) -> bool:
    """Whether a redirect stays with the same host; it may only change to https."""
    upgrade = (url.scheme, other.scheme) == ("http", "https")
    if url.host != other.host:
        return False
    if upgrade:
        return url.port in (None, 80) and other.port in (None, 443)
    return (url.scheme, url.port) == (other.scheme, other.port)


def _plain(host: str) -> str:
    return (
        "".join(c for c in host if c.isascii() and (c.isalnum() or c in ".-:"))[:100] or "unnamed"
    )
