"""Crossref's REST API, asked through habanero.

Source: https://api.crossref.org/swagger-ui/index.html and the answers that it really gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, unquote, urlsplit

import exocite
from exocite.errors import AnswerError
from exocite.identifiers import quote_doi
from exocite.model import Work
from exocite.registries import Endpoint
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.text import collapsed

if TYPE_CHECKING:
    import httpx2

    from exocite.registries.http import Transport

ALIAS = "has-alias"
"""The relation under which a work names the DOI that was asked for when that is an alias of it."""

# Whatever `work_from_record` reads and /works lets a list select (no language, no subtype).
_SELECT = (
    "DOI,type,title,subtitle,original-title,author,editor,container-title,short-container-title,"
    "publisher,issued,published,published-print,published-online,volume,issue,page,article-number,"
    "ISSN,ISBN,URL,abstract,relation,update-to,updated-by"
)
_MOST_ROWS = 1000
_LONGEST_QUERY = 4000  # once it is percent-encoded; servers refuse URLs from 8 kB on
_LONGEST_DOI = 2048
_DOI = re.compile(r"10\.[^/\s]{1,64}/\S.*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_JSON = re.compile(r"application/(?:[\w.-]{1,80}\+)?json\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\w")
_SAME = ("is-identical-to", "is-same-as")


class _NoRecordError(Exception):
    """Crossref answered that it has no record under this DOI."""


class Crossref:
    """The registry of most DOIs of articles, books and reports.

    A `Registry`. Safe to share between threads; `close` it, or use it in a `with` block.
    """

    name = "Crossref"

    def __init__(
        self, endpoint: Endpoint | None = None, *, transport: Transport | None = None
    ) -> None:
        # Both take a tenth of a second to import, and most commands never ask a registry.
        from habanero import Crossref as Habanero

        from exocite.registries.http import Transport

        endpoint = endpoint or Endpoint()
        self._endpoint = endpoint
        self._proven = False
        self._transport = transport or Transport(endpoint, self.name)
        self._api = Habanero(
            base_url=endpoint.url,
            mailto=endpoint.mailto or None,
            ua_string=f"exocite/{exocite.__version__}",
            timeout=endpoint.timeout,
        )

    @property
    def url(self) -> str:
        """The address of the service, without the mail address."""
        return self._endpoint.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when Crossref holds no record under it.

        Crossref may answer an alias with the record of the prime DOI. Such a work is given with
        its own DOI, and names the DOI that was asked for under the relation `ALIAS`; a record
        that shows no tie to the DOI is refused with AnswerError. Raises RegistryError when there
        was no answer, and AnswerError without asking for what has not the form of a DOI.
        """
        doi = doi.strip()
        if len(doi) > _LONGEST_DOI or not _DOI.fullmatch(doi) or not _encodable(doi):
            raise AnswerError(
                f"{self.name} was not asked: what should be a DOI does not have the form of one"
            )
        call = _Call(self._transport, self._who)
        try:
            message = self._ask(call, ids=[quote_doi(doi)])
        except _NoRecordError:
            self._prove()
            return None
        self._proven = True
        work = work_from_record(message)
        asked = doi.lower()
        if work.doi == asked:
            return work
        if work.doi and (call.led_to(work.doi) or asked in _other_dois(message)):
            return replace(work, relations={**work.relations, ALIAS: (asked,)})
        raise self._wrong("answered with the record of another DOI")

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first.

        Of a long query the words at its beginning are sent. One without a letter or digit is not
        sent and has no works. Records without a DOI are left out. Raises RegistryError.
        """
        rows = max(1, min(rows, _MOST_ROWS))
        cleaned = _cut(collapsed(_CONTROL.sub(" ", query)))
        if not _WRITTEN.search(cleaned):
            return ()
        call = _Call(self._transport, self._who, is_list=True)
        try:
            message = self._ask(
                call,
                query_bibliographic=cleaned.encode("utf-8", "replace").decode(),
                limit=rows,
                select=_SELECT,
            )
        except _NoRecordError:
            raise self._wrong("does not offer a search at this address") from None
        items = message["items"]
        records = [item for item in items if isinstance(item, Mapping)]
        found = tuple(work for work in map(work_from_record, records) if work.doi)
        if items and not found:
            raise self._wrong("answered a search with records that hold no DOI")
        return found[:rows]

    # ----------------------------------------------------------------------- asking

    @property
    def _who(self) -> str:
        return f"{self.name} ({self._endpoint.host})"

    def _wrong(self, what: str) -> AnswerError:
        return AnswerError(f"{self._who} {what}", hint=_HINT)

    def _prove(self) -> None:
        """Make sure, once, that it is Crossref's API that answered 404: its list of works is there.

        A wrong address or a proxy says 404 to everything, which is no word on any DOI.
        """
        if self._proven:
            return
        try:
            self._ask(_Call(self._transport, self._who, is_list=True), limit=0)
        except _NoRecordError:
            raise self._wrong("does not offer Crossref's list of works at this address") from None
        self._proven = True

    def _ask(self, call: _Call, **query: object) -> dict[str, Any]:
        """The message of Crossref's answer to one query of habanero."""
        from exocite.registries.habanero_transport import lent

        with lent(call.send):
            answer = self._api.works(**query)
        message: dict[str, Any] = answer["message"]
        return message


_HINT = "check the address of the registry, or run the command again later"


@dataclass(slots=True)
class _Call:
    """One query on its way through habanero: only an answer that it can read comes back."""

    transport: Transport
    who: str
    is_list: bool = False
    path: str = ""

    def send(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> httpx2.Response:
        """Ask; raise a RegistryError, or _NoRecordError, for all but a message in JSON."""
        response = self.transport.get(url, params=params, headers=headers)
        self.path = urlsplit(str(response.request.url)).path
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 404 and _says_no_record(response.content, kind):
            raise _NoRecordError
        if response.status_code != 200:
            raise self._wrong(f"did not accept what it was asked (status {response.status_code})")
        if not _JSON.match(kind.strip()):
            raise self._wrong("answered with something else than JSON")
        try:
            document = json.loads(response.content)
        except (ValueError, RecursionError) as error:
            raise self._wrong("sent an answer that is no valid JSON") from error
        message = document.get("message") if isinstance(document, dict) else None
        if not isinstance(message, dict) or not (_is_list(message) or not self.is_list):
            raise self._wrong("sent an answer of an unknown form")
        return response

    def _wrong(self, what: str) -> AnswerError:
        return AnswerError(f"{self.who} {what}", hint=_HINT)

    def led_to(self, doi: str) -> bool:
        """Whether a redirect ended at this DOI."""
        return unquote(self.path).lower().endswith("/works/" + doi)


def _is_list(message: Mapping[str, object]) -> bool:
    return isinstance(message.get("items"), list) and "total-results" in message


def _says_no_record(body: bytes, kind: str) -> bool:
    """Whether a 404 is Crossref's own, which is a line of text, and not a web page or nothing.

    A wrong address, a proxy or a hotel's log-in answers with a page; that says nothing of a DOI.
    """
    text = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(text) and not text.startswith(b"<") and "html" not in kind.lower()


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


def _encodable(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _cut(query: str) -> str:
    """The words of the query that fit into a URL, from its beginning."""
    room = _LONGEST_QUERY
    for at, word in enumerate(words := query.split(" ")):
        room -= len(quote(word, safe="", errors="replace")) + 1
        if room < 0:
            return " ".join(words[:at]) or word[: _LONGEST_QUERY // 12]
    return query
