"""A registry asked over the transport for documents: what the smaller ones have in common.

Each says how an answer of its own looks; what is no such answer is told in the same words
everywhere, and only what was read is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

import exocite
from exocite.errors import AnswerError
from exocite.registries import Endpoint, Mode
from exocite.registries.heard import Heard
from exocite.registries.turns import Kind, Limits

if TYPE_CHECKING:
    from exocite.registries.answers import Answers
    from exocite.registries.http import Transport

_T = TypeVar("_T")
_JSON = re.compile(r"application/(?:[\w.+-]{1,80}\+)?json\b", re.IGNORECASE)
_HINT = "check the address of the registry, or run the command again later"
_LONGEST = 6000  # servers refuse URLs from 8 kB on


class Service:
    """One registry behind its address. Safe to share between threads; `close` it.

    `answers` are kept between runs, None keeps none; `mode` says where answers may come from. A
    `transport` of one's own takes the place of both. `name` is for people, `start` the pace until
    the registry names its own.
    """

    name = ""
    start = Limits()

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        from exocite.registries.gate import Gate
        from exocite.registries.http import Transport

        self._endpoint = endpoint
        paced = transport is None and mode is not Mode.OFFLINE
        gate = Gate.shared(endpoint, start=self.start) if paced else None
        self._transport = transport or Transport(
            endpoint, self.name, gate=gate, answers=answers, mode=mode
        )

    @property
    def url(self) -> str:
        """The address of the service, without the mail address."""
        return self._endpoint.url

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know besides the answers."""
        return self._transport.notes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    # ----------------------------------------------------------------------- for the registries

    def asked(
        self,
        path: str,
        read: Callable[[Heard], _T],
        *,
        parameters: Mapping[str, str] | None = None,
        accepted: str = "application/json",
        kind: Kind = Kind.SINGLE,
    ) -> _T:
        """What `read` makes of the answer at this path; it raises AnswerError for what is none."""
        length = len(path) + sum(3 * len(text.encode()) for text in (parameters or {}).values())
        if length > 3 * _LONGEST:
            raise self.not_asked("what was asked for is too long")
        found: list[_T] = []

        def check(response: Heard) -> None:
            found[:] = [read(response)]

        mail = f" (mailto:{self._endpoint.mailto})" if self._endpoint.mailto else ""
        agent = f"exocite/{exocite.__version__}{mail}"
        headers = {"Accept": accepted, "User-Agent": agent}
        url = f"{self.url}{path}"
        self._transport.get(url, params=parameters, headers=headers, kind=kind, check=check)
        return found[0]

    def document(self, response: Heard) -> Any:
        """The JSON of an answer with status 200."""
        self.accept(response)
        return self.json(response)

    def json(self, response: Heard) -> Any:
        """The JSON of an answer, whatever its status."""
        if not _JSON.match(response.kind):
            self.wrong("answered with something else than JSON")
        try:
            return json.loads(response.body)
        except (ValueError, RecursionError):
            self.wrong("sent an answer that is no valid JSON")

    def accept(self, response: Heard) -> None:
        """Raise for any status but 200."""
        if response.status != 200:
            self.wrong(f"did not accept what it was asked (status {response.status})")

    def wrong(self, what: str) -> NoReturn:
        """Raise because of an answer that is none."""
        raise AnswerError(f"{self.name} ({self._endpoint.host}) {what}", hint=_HINT)

    def unknown_form(self) -> NoReturn:
        """Raise because of JSON that is not the registry's."""
        self.wrong("sent an answer of an unknown form")

    def not_asked(self, reason: str) -> AnswerError:
        """The error for what cannot be asked for."""
        return AnswerError(f"{self.name} was not asked: {reason}")


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects of a list; of anything else none."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def text(value: object) -> str:
    """A JSON text without white space around it, anything else as ""."""
    return value.strip() if isinstance(value, str) else ""


_DATE = re.compile(r"\s{0,9}(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def date_parts(value: object) -> dict[str, object]:
    """A year or an ISO 8601 date in the form of Crossref's records."""
    match = _DATE.match(str(value)) if isinstance(value, str | int) else None
    numbers = [int(part) for part in match.groups() if part] if match else []
    return {"date-parts": [numbers]} if numbers else {}
