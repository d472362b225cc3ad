"""Failed attempts to reach a registry, in words.

They never hold a URL (it could carry a mail address) and never the words of an absent record:
whoever could not ask knows nothing of the record.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

import httpx2

from exocite.errors import AnswerError, LimitedError, RegistryError, UnreachableError
from exocite.registries.circuit import Failing

_NEXT_TIME = "check the network connection, then run the command again"
_LATER = "run the command again later"
_ADDRESS = "check the address of the registry, or run the command again later"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed; `again` when another may help, `pause` as the registry asked.

    `limited`: it was too much for the registry.
    """

    kind: Failing | None
    error: RegistryError
    again: bool = True
    pause: float | None = None
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Failures:
    """The failures of one registry; `who` names it in messages."""

    who: str

    def refused(self, status: int, pause: float | None) -> Failure:
        """A status that says to try again later, and for how long it asked to wait."""
        if status != 429:
            error: RegistryError = UnreachableError(
                f"{self.who} cannot answer at the moment (status {status})", hint=_LATER
            )
            return Failure(Failing.TROUBLED, error, pause=pause)
        time_asked = "" if pause is None else f" for {pause:.0f} seconds"
        error = LimitedError(f"{self.who} asked us to slow down{time_asked}", hint=_LATER)
        return Failure(Failing.TROUBLED, error, pause=pause, limited=True)

    def not_asked(self, reason: str) -> AnswerError:
        """What was wanted cannot be asked for."""
        return AnswerError(f"{self.who} was not asked: {reason}")

    def offline(self) -> UnreachableError:
        """Nobody was asked, as was wished, and nothing is kept of an earlier answer."""
        return UnreachableError(
            f"{self.who} was not asked, as --offline says, and no answer of it is kept",
            hint="run the command without --offline",
        )

    def wrong(self, what: str) -> Failure:
        """An answer that would come again."""
        return Failure(None, AnswerError(f"{self.who} {what}", hint=_ADDRESS), again=False)

    def troubled(self, what: str) -> Failure:
        """The registry is there, but did not manage to answer."""
        return Failure(Failing.TROUBLED, UnreachableError(f"{self.who} {what}", hint=_LATER))

    def silent(self, reason: str, *, again: bool = True) -> Failure:
        """No answer at all."""
        error = UnreachableError(f"{self.who} could not be reached: {reason}", hint=_NEXT_TIME)
        return Failure(Failing.SILENT, error, again=again)

    def broken(self, error: httpx2.HTTPError) -> Failure:
        """An attempt that ended in an exception of the client."""
        if isinstance(error, httpx2.ConnectTimeout | httpx2.PoolTimeout):
            return self.silent("no connection came about in time")
        if isinstance(error, httpx2.TimeoutException):
            silence = UnreachableError(f"{self.who} fell silent for too long", hint=_NEXT_TIME)
            return Failure(Failing.SILENT, silence)
        if isinstance(error, httpx2.ProxyError):
            return self.silent("the proxy refused to pass the request on")
        if isinstance(error, httpx2.RemoteProtocolError | httpx2.ReadError | httpx2.WriteError):
            return self.troubled("broke the connection off before its answer was complete")
        if not isinstance(error, httpx2.ConnectError):
            return self.silent("the request could not be sent", again=False)
        for kind, reason, again in _CONNECT_FAILURES:
            if any(isinstance(cause, kind) for cause in _causes(error)):
                return self.silent(reason, again=again)
        return self.silent("there is no way to its host")


_CONNECT_FAILURES: tuple[tuple[type[OSError], str, bool], ...] = (
    (ConnectionRefusedError, "the connection was refused", True),
    (socket.gaierror, "the address of its host could not be looked up", True),
    (ssl.SSLCertVerificationError, "its certificate could not be verified", False),
    (ssl.SSLError, "no secure connection came about", False),
    (ConnectionError, "the connection was broken off", True),
)


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    return chain
