"""The two things that Crossref is asked on their way through habanero: a record, a list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from exocite.model import Work
from exocite.registries import CROSSREF_URL
from exocite.registries.client import accept, fault, json_of
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.registries.heard import Heard
from exocite.registries.turns import Kind

if TYPE_CHECKING:
    import httpx2

    from exocite.registries.http import Transport

ALIAS = "has-alias"
"""The relation under which a work names the DOI that was asked for when that is an alias of it."""

_SAME = ("is-identical-to", "is-same-as")


class NoRecordError(Exception):
    """Crossref answered that it has no record under this DOI, or nothing at this address."""


@dataclass(slots=True)
class Single:
    """The look-up of one DOI on its way through habanero: only an answer fit to read comes back."""

    transport: Transport
    who: str
    doi: str
    prove: Callable[[], None]
    work: Work | None = None
    kept: bool = False

    def send(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> httpx2.Response:
        """Ask; raise a RegistryError, or NoRecordError, for all but the DOI's record."""
        response = self.transport.get(url, params=params, headers=headers, check=self.check)
        if response.status == 404:
            raise NoRecordError
        return _read_already()

    def check(self, response: Heard) -> None:
        """Read the record; raise AnswerError for what is none, or none of this DOI."""
        self.kept = response.is_kept
        if _says_no_record(response):
            if not self.kept:
                self.prove()
            return
        message = _message(response, self.who)
        work = work_from_record(message)
        if work.doi != self.doi:
            path = unquote(urlsplit(response.url).path).lower()
            led_to = bool(work.doi) and path.endswith("/works/" + work.doi)
            if not work.doi or not (led_to or self.doi in _other_dois(message)):
                raise fault(self.who, "answered with the record of another DOI")
            work = replace(work, relations={**work.relations, ALIAS: (self.doi,)})
        self.work = work


@dataclass(slots=True)
class WorkList:
    """A list of works on its way through habanero; `works` are those with a DOI, as they came."""

    transport: Transport
    who: str
    live: bool = False
    keep: bool = True
    works: list[tuple[Work, Mapping[str, Any]]] = field(default_factory=list)
    kept: bool = False

    def send(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> httpx2.Response:
        """Ask; raise a RegistryError, or NoRecordError, for all but a list of records."""
        check = self.check if self.keep else None
        response = self.transport.get(
            url, params=params, headers=headers, kind=Kind.LIST, check=check, live=self.live
        )
        if check is None:
            self.check(response)
        return _read_already()

    def check(self, response: Heard) -> None:
        """Read the works; raise for what is no list of records."""
        self.kept = response.is_kept
        if _says_no_record(response):
            raise NoRecordError
        message = _message(response, self.who)
        items = message.get("items")
        if not isinstance(items, list) or "total-results" not in message:
            raise fault(self.who, "sent an answer of an unknown form")
        records = [item for item in items if isinstance(item, Mapping)]
        works = [(work_from_record(record), record) for record in records]
        self.works = [(work, record) for work, record in works if work.doi]
        if items and not self.works:
            raise fault(self.who, "answered a search with records that hold no DOI")


def _message(response: Heard, who: str) -> Mapping[str, Any]:
    """The message of an answer in JSON. Raises AnswerError for any other answer."""
    accept(response, who)
    document = json_of(response, who)
    message = document.get("message") if isinstance(document, dict) else None
    if not isinstance(message, dict):
        raise fault(who, "sent an answer of an unknown form")
    return message


@cache
def _read_already() -> httpx2.Response:
    """What habanero is given in place of an answer that has been read: so it is not read twice."""
    from httpx2 import Request, Response

    request = Request("GET", CROSSREF_URL)
    return Response(200, json={"message": {"total-results": 0}}, request=request)


def _says_no_record(response: Heard) -> bool:
    """Whether a 404 is Crossref's own, which is a line of text, and not a web page or nothing.

    A wrong address, a proxy or a hotel's log-in answers with a page; that says nothing of a DOI.
    """
    if response.status != 404:
        return False
    text = response.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    page = "html" in response.kind.lower()
    return bool(text) and not text.startswith(b"<") and not page


def _other_dois(record: Mapping[str, object]) -> frozenset[str]:
    """The DOIs that a record itself names as its own besides `DOI`."""
    relation = record.get("relation")
    relations = relation if isinstance(relation, Mapping) else {}
    named: list[object] = [record.get("aliases"), record.get("alternative-id")]
    named += [relations.get(name) for name in _SAME]
    found = set()
    for entries in named:
        for entry in entries if isinstance(entries, list) else ():
            found.add(bare_doi(entry.get("id") if isinstance(entry, Mapping) else entry))
    return frozenset(found - {""})
