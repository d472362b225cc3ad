"""A registry asked over the transport for documents: what the smaller ones have in common.

Each says how an answer of its own looks; what is no such answer is told in the same words
everywhere, and only what was read is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

import exocite
from exocite.registries.client import Client, accept, json_of
from exocite.registries.heard import Heard
from exocite.registries.turns import Kind

_T = TypeVar("_T")
_LONGEST = 6000  # servers refuse URLs from 8 kB on


class Service(Client):
    """A registry that is asked for documents at addresses below its own."""

    def asked(
        self,
        path: str,
        read: Callable[[Heard], _T],
        *,
        parameters: Mapping[str, str] | None = None,
        accepted: str = "application/json",
        kind: Kind = Kind.SINGLE,
        keep: bool = True,
    ) -> _T:
        """What `read` makes of the answer at this path; it raises AnswerError for what is none.

        The answer is kept between runs, unless it is not to be.
        """
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
        wanted = check if keep else None
        heard = self._transport.get(
            url, params=parameters, headers=headers, kind=kind, check=wanted
        )
        return found[0] if keep else read(heard)

    def document(self, response: Heard) -> Any:
        """The JSON of an answer with status 200."""
        self.accept(response)
        return self.json(response)

    def json(self, response: Heard) -> Any:
        """The JSON of an answer, whatever its status."""
        return json_of(response, self.who)

    def accept(self, response: Heard) -> None:
        """Raise for any status but 200."""
        accept(response, self.who)

    def wrong(self, what: str) -> NoReturn:
        """Raise because of an answer that is none."""
        raise self.fault(what)

    def unknown_form(self) -> NoReturn:
        """Raise because of JSON that is not the registry's."""
        self.wrong("sent an answer of an unknown form")


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
