"""A registry behind its address: what all of them have in common, Crossref among them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Self

from exocite.errors import AnswerError
from exocite.registries import CROSSREF_URL, Endpoint, Mode
from exocite.registries.heard import Heard
from exocite.registries.turns import Limits

if TYPE_CHECKING:
    from exocite.registries.answers import Answers
    from exocite.registries.http import Transport

_HINT = "check the address of the registry, or run the command again later"
_JSON = re.compile(r"application/(?:[\w.+-]{1,80}\+)?json\b", re.IGNORECASE)


class Client:
    """One registry. Safe to share between threads; `close` it, or use it in a `with` block.

    `answers` are kept between runs, None keeps none; `mode` says where answers may come from. A
    `transport` of one's own takes the place of both. `name` is for people, `address` where it is
    asked unless an endpoint is given, `start` the pace until the registry names its own.
    """

    name = ""
    address = CROSSREF_URL
    start = Limits()

    def __init__(
        self,
        endpoint: Endpoint | None = None,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        # The client takes a tenth of a second to import, and most commands never ask a registry.
        from exocite.registries.gate import Gate
        from exocite.registries.http import Transport

        self._endpoint = endpoint or Endpoint(self.address)
        paced = transport is None and mode is not Mode.OFFLINE
        gate = Gate.shared(self._endpoint, start=self.start) if paced else None
        self._transport = transport or Transport(
            self._endpoint, self.name, gate=gate, answers=answers, mode=mode
        )

    @property
    def url(self) -> str:
        """The address of the service, without the mail address."""
        return self._endpoint.url

    @property
    def who(self) -> str:
        """The registry and its host, as messages name it."""
        return f"{self.name} ({self._endpoint.host})"

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

    def fault(self, what: str) -> AnswerError:
        """The error for an answer that is none."""
        return fault(self.who, what)

    def not_asked(self, reason: str) -> AnswerError:
        """The error for what cannot be asked for."""
        return AnswerError(f"{self.name} was not asked: {reason}")


def fault(who: str, what: str) -> AnswerError:
    """The error for an answer that is none; `who` sent it."""
    return AnswerError(f"{who} {what}", hint=_HINT)


def accept(response: Heard, who: str) -> None:
    """Raise AnswerError for any status but 200."""
    if response.status != 200:
        raise fault(who, f"did not accept what it was asked (status {response.status})")


def json_of(response: Heard, who: str) -> Any:
    """The JSON of an answer, whatever its status. Raises AnswerError for what is none."""
    if not _JSON.match(response.kind):
        raise fault(who, "answered with something else than JSON")
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise fault(who, "sent an answer that is no valid JSON") from error
