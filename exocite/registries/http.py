"""One HTTP client for a registry, from the outside in: kept answers, retries, the gate, caps.

Failures are told in plain words by `failures`.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from random import Random
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

import httpx2

from exocite.errors import RegistryError
from exocite.registries import Endpoint, Mode, asked
from exocite.registries.answers import Answers, Kept
from exocite.registries.body import (
    LARGEST,
    LongBodyError,
    SwollenBodyError,
    UnfinishedBodyError,
    UnreadableBodyError,
    read,
)
from exocite.registries.circuit import Circuit
from exocite.registries.direct import client
from exocite.registries.failures import Failure, Failures
from exocite.registries.gate import Gate, Turn
from exocite.registries.heard import Heard
from exocite.registries.redirects import plain_host, same_place
from exocite.registries.retry import AGAIN, backoff, retry_after
from exocite.registries.turns import Kind

Check = Callable[[Heard], None]
"""Raises a RegistryError for an answer that is none; only what passes is kept."""

_MOST_REDIRECTS = 3
_WITH_BODY = frozenset({200, 404})
_UNASKED_PAUSE = 1.0  # seconds, where a registry refuses without saying for how long
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip"}
_SPARE = 5.0  # seconds that a turn may outlast the deadline


class Transport:
    """Asks one registry, patiently but not for ever. Safe to share between threads.

    `name` stands in messages. `gate` paces what is sent, None does not; `answers` are kept between
    runs, None keeps none; `mode` says where answers may come from. The clock (monotonic seconds),
    the calendar, the sleep, the source of chance and the certificates that are trusted can be
    given.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        name: str,
        *,
        gate: Gate | None = None,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] | None = None,
        rng: Random | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._who = f"{name} ({endpoint.host})"
        self._fails = Failures(self._who)
        self._gate = gate
        self._answers = answers
        self._mode = mode
        self._clock = clock
        self._now = now
        self._closed = Event()
        self._sleep = sleep or self._closed.wait
        self._rng = rng or Random()  # noqa: S311 - jitter, not secrets
        self._circuit = Circuit()
        self._ssl = ssl_context
        self._lock = Lock()
        self._left_behind: list[Thread] = []
        self._notes: dict[str, None] = {}
        if mode is not Mode.OFFLINE:
            _ = self._client  # Settings of the environment that cannot be are told at once.

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def offline(self) -> bool:
        """Whether nobody is asked."""
        return self._mode is Mode.OFFLINE

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know besides the answers, each sentence once."""
        return tuple(self._notes)

    def close(self) -> None:
        """Close the connections; one that was given up as silent closes when it ends."""
        self._closed.set()
        if self._gate is not None:
            self._gate.close()
        if self._answers is not None:
            self._answers.tidy()
        if self._mode is not Mode.OFFLINE and not any(t.is_alive() for t in self._left_behind):
            self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        kind: Kind = Kind.SINGLE,
        check: Check | None = None,
        live: bool = False,
    ) -> Heard:
        """The answer with status 200, 404 or another final one; its body is read and decoded.

        Bodies of other answers than 200 and 404 are empty. An answer that passes `check` is kept,
        and a kept one that passes it stands for a new one; with `live` neither. Raises
        UnreachableError, LimitedError or AnswerError after all attempts, and what `check` raises.
        """
        address = self._address(url, params)
        kept = None
        if self._answers is not None and check is not None and not live:
            kept = self._kept(self._answers, address, check)
        if kept is not None and (self._mode is Mode.OFFLINE or kept.is_fresh(self._now())):
            asked.note(kept.heard)
            return _again(kept)
        if self._mode is Mode.OFFLINE:
            raise self._fails.offline()
        again = kept.again if kept is not None else {}
        response = self._patiently(address, {**(headers or {}), **again}, kind)
        if kept is not None and again and response.status == 304:
            response = _again(kept)
        if check is not None:
            check(response)
            if not live:
                self._keep(address, response)
        return response

    # ----------------------------------------------------------------------- kept answers

    def holds(self, url: str) -> bool:
        """Whether an answer is kept that `get` would take for a new one, if it passes its check."""
        kept = None
        if self._answers is not None and self._mode is not Mode.REFRESH:
            kept = self._answers.get(_bare(self._address(url, None)))
        return kept is not None and (self._mode is Mode.OFFLINE or kept.is_fresh(self._now()))

    def keep(self, url: str, body: bytes) -> None:
        """Keep JSON that was learned otherwise as the answer at this address."""
        if self._answers is not None:
            address = _bare(self._address(url, None))
            self._answers.put(address, Kept(address, 200, "application/json", body, self._now()))

    def _kept(self, answers: Answers, address: str, check: Check) -> Kept | None:
        """A kept answer of the kind that this mode takes; one that fails its check is none."""
        if self._mode is Mode.REFRESH:
            return None
        kept = answers.get(_bare(address))
        if kept is None or (kept.status != 200 and not kept.is_fresh(self._now())):
            return None
        try:
            check(_again(kept))
        except RegistryError:
            return None
        return kept

    def _keep(self, address: str, response: Heard) -> None:
        if self._answers is None or response.status not in _WITH_BODY:
            return
        kept = Kept(
            _bare(response.url),
            response.status,
            response.kind,
            response.body,
            self._now(),
            response.etag,
            response.modified,
        )
        self._answers.put(_bare(address), kept)

    # ----------------------------------------------------------------------- all attempts

    def _address(self, url: str, params: Mapping[str, str] | None) -> str:
        try:
            return str(httpx2.URL(url, params=params)) if params else url
        except httpx2.InvalidURL:
            raise self._unwritable() from None

    def _unwritable(self) -> RegistryError:
        return self._fails.not_asked("what was asked for cannot be written as a URL")

    def _patiently(self, address: str, headers: dict[str, str], kind: Kind) -> Heard:
        arrived = time.monotonic()
        asked_at = start = self._clock()
        if wait := self._circuit.admit(start):
            self._sleep(min(wait, self._endpoint.deadline))
        attempt = 0
        while True:
            before = self._clock()
            with self._turn(kind, arrived) as turn:
                began = self._clock()
                # Whoever stood in the queue while the registry went silent need not ask too, and
                # standing there costs nothing of the time that a look-up is given.
                if turn is not None:
                    self._circuit.recheck(asked_at)
                    start += began - before
                result = self._attempt(address, headers, start + self._patience, turn)
                if turn is not None and isinstance(result, Failure) and result.limited:
                    turn.refused(_UNASKED_PAUSE if result.pause is None else result.pause)
            if not isinstance(result, Failure):
                self._circuit.answered()
                return result
            now = self._clock()
            pause = max(backoff(attempt, self._rng), result.pause or 0.0)
            if result.pause is not None:
                self._circuit.asked_to_wait(now + result.pause)
            # What was just learned counts: a registry that answers is given its full time.
            late = now + pause >= start + self._patience
            if not result.again or attempt >= self._retries or late or self._closed.is_set():
                self._give_up(result, now)
                raise result.error
            self._sleep(pause)
            attempt += 1

    @contextmanager
    def _turn(self, kind: Kind, arrived: float) -> Iterator[Turn | None]:
        if self._gate is None:
            yield None
            return
        with self._gate.turn(kind, lease=self._endpoint.deadline + _SPARE, arrived=arrived) as turn:
            yield turn

    @property
    def _patience(self) -> float:
        full = self._endpoint.deadline
        return full if self._circuit.proven else min(full, self._endpoint.first_contact)

    @property
    def _retries(self) -> int:
        return self._endpoint.retries if self._circuit.proven else min(1, self._endpoint.retries)

    def _give_up(self, failure: Failure, now: float) -> None:
        if failure.kind is not None:
            pause = failure.pause
            too_long = pause is not None and pause > self._endpoint.deadline
            self._circuit.failed(failure.kind, failure.error, now, wait=pause if too_long else None)

    # ----------------------------------------------------------------------- one attempt

    @cached_property
    def _client(self) -> httpx2.Client:
        return client(self._ssl)

    def _attempt(
        self, address: str, headers: dict[str, str], end: float, turn: Turn | None
    ) -> Heard | Failure:
        silence = max(0.001, min(self._endpoint.timeout, end - self._clock()))
        limits = dict.fromkeys(("connect", "read", "write", "pool"), silence)
        try:
            # What the client's own builder does besides (cookies, base addresses) nobody needs.
            request = httpx2.Request(
                "GET", address, headers=_HEADERS | headers, extensions={"timeout": limits}
            )
        except httpx2.InvalidURL:
            return Failure(None, self._unwritable(), again=False)
        if self._circuit.proven:
            return self._exchange(request, end, turn)
        return self._watched(request, end, turn)

    def _watched(self, request: httpx2.Request, end: float, turn: Turn | None) -> Heard | Failure:
        """The exchange, given up at `end` even where the system does not return.

        No timeout reaches the look-up of a host name, and each address of a host may take a
        timeout of its own; so the first contact is made by a thread that can be left behind.
        """
        results: list[Heard | Failure] = []
        done = Event()

        def run() -> None:
            try:
                results.append(self._exchange(request, end, turn))
            finally:
                done.set()
                if self._closed.is_set():
                    self._client.close()

        thread = Thread(target=run, name="registry-first-contact", daemon=True)
        thread.start()
        if done.wait(max(end - self._clock(), 0.0)):
            return results[0]
        self._left_behind.append(thread)
        return self._fails.silent(f"it gave no answer within {self._patience:g} seconds")

    def _exchange(self, request: httpx2.Request, end: float, turn: Turn | None) -> Heard | Failure:
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                if turn is not None:
                    turn.sending()
                response = self._client.send(request, stream=True)
                try:
                    self._circuit.heard()
                    self._hear(response.headers, turn)
                    onward = response.next_request
                    if onward is None:
                        return self._judged(request, response, end, turn)
                    if not same_place(request.url, onward.url):
                        place = plain_host(onward.url.host)
                        return self._fails.wrong(f"sent us on to another place ({place})")
                    request = onward
                finally:
                    response.close()
        except httpx2.HTTPError as error:
            return self._fails.broken(error)
        return self._fails.wrong("sent us round in circles")

    def _judged(
        self, request: httpx2.Request, response: httpx2.Response, end: float, turn: Turn | None
    ) -> Heard | Failure:
        status = response.status_code
        if status in AGAIN:
            waits, said_at = (response.headers.get(name, "") for name in ("Retry-After", "Date"))
            return self._fails.refused(status, retry_after(waits, self._now(), said_at))
        try:
            content = self._content(response, end) if status in _WITH_BODY else b""
        except LongBodyError:
            return self._fails.wrong(f"sent an answer of more than {LARGEST // 2**20} megabytes")
        except SwollenBodyError:
            return self._fails.wrong("sent an answer that swells beyond measure when unpacked")
        except UnreadableBodyError as error:
            return self._fails.wrong(f"sent an answer that cannot be decoded: {error}")
        except UnfinishedBodyError:
            return self._fails.troubled("did not finish its answer in time")
        if turn is not None:
            turn.answered()
        named = response.headers
        return Heard(
            str(request.url),
            status,
            named.get("Content-Type", "").strip(),
            content,
            named.get("ETag", ""),
            named.get("Last-Modified", ""),
        )

    def _content(self, response: httpx2.Response, end: float) -> bytes:
        coding = response.headers.get("Content-Encoding", "")
        return read(response.iter_raw(), coding, LARGEST, expired=lambda: self._clock() >= end)

    def _hear(self, headers: httpx2.Headers, turn: Turn | None) -> None:
        """Learn the limits that the registry names, and whether it took us for whom we are."""
        if turn is not None:
            turn.heard(headers)
        pool = headers.get("x-api-pool", "").strip().lower()
        if self._endpoint.mailto and pool == "public":
            said = (
                "did not accept the mail address given as mailto: it answers at the public's pace"
            )
        elif not self._endpoint.mailto and pool in ("polite", "plus"):
            said = f"takes us for somebody else: its {pool} pool answered, but no mailto was given"
        else:
            return
        with self._lock:
            self._notes[f"{self._who} {said}"] = None


def _again(kept: Kept) -> Heard:
    """A kept answer as it was heard."""
    return Heard(
        kept.url, kept.status, kept.kind, kept.body, kept.etag, kept.modified, is_kept=True
    )


_PERSONAL = ("mailto", "api_key")


def _bare(address: str) -> str:
    """The address without what says who asks: it is written to the disk."""
    for name in _PERSONAL:
        if f"{name}=" in address:
            address = str(httpx2.URL(address).copy_remove_param(name))
    return address
