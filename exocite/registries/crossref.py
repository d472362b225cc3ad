"""Crossref's REST API, asked through habanero.

Source: https://api.crossref.org/swagger-ui/index.html and the answers that it really gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, unquote, urlsplit

import exocite
from exocite.errors import AnswerError
from exocite.identifiers import quote_doi
from exocite.model import Update, Work
from exocite.registries import CROSSREF_URL, Endpoint, Mode
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.text import collapsed

if TYPE_CHECKING:
    import httpx2

    from exocite.registries.answers import Answers
    from exocite.registries.http import Transport

ALIAS = "has-alias"
"""The relation under which a work names the DOI that was asked for when that is an alias of it."""

# Whatever `work_from_record` reads and /works lets a list select (no language, no subtype).
_SELECT = (
    "DOI,type,title,subtitle,original-title,author,editor,container-title,short-container-title,"
    "publisher,issued,published,published-print,published-online,volume,issue,page,article-number,"
    "ISSN,ISBN,URL,abstract,relation,update-to,updated-by"
)
_SELECT_NOTICE = "DOI,update-to"
_MOST_ROWS = 1000
_LONGEST_QUERY = 4000  # once it is percent-encoded; servers refuse URLs from 8 kB on
_LONGEST_DOI = 2048
_LONGEST_FILTER = 3000  # percent-encoded, too
_MOST_TOGETHER = 50
_FEWEST_TOGETHER = 3  # a list costs as much of what is allowed as several single records
_DOI = re.compile(r"10\.[^/\s]{1,64}/\S.*", re.DOTALL)
# Commas and colons part a filter, and nobody knows how it takes what is rare in a DOI.
_PLAIN_DOI = re.compile(r"10\.[\d.]{1,64}/[\w.;()/-]{1,200}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_JSON = re.compile(r"application/(?:[\w.-]{1,80}\+)?json\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\w")
_SAME = ("is-identical-to", "is-same-as")


class _NoRecordError(Exception):
    """Crossref answered that it has no record under this DOI, or nothing at this address."""


class Crossref:
    """The registry of most DOIs of articles, books and reports.

    A `Registry` and `ManyWorks`. `answers` are kept between runs, None keeps none; `mode` says
    where answers may come from. A `transport` of one's own takes the place of both. Safe to share
    between threads; `close` it, or use it in a `with` block.
    """

    name = "Crossref"

    def __init__(
        self,
        endpoint: Endpoint | None = None,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        # These take a tenth of a second to import, and most commands never ask a registry.
        from habanero import Crossref as Habanero

        from exocite.registries.gate import Gate
        from exocite.registries.http import Transport

        endpoint = endpoint or Endpoint()
        self._endpoint = endpoint
        self._proven = False
        gate = None if transport or mode is Mode.OFFLINE else Gate.shared(endpoint)
        self._transport = transport or Transport(
            endpoint, self.name, gate=gate, answers=answers, mode=mode
        )
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

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when Crossref holds no record under it.

        Crossref may answer an alias with the record of the prime DOI. Such a work is given with
        its own DOI, and names the DOI that was asked for under the relation `ALIAS`; a record
        that shows no tie to the DOI is refused with AnswerError. Raises RegistryError when there
        was no answer, and AnswerError without asking for what has not the form of a DOI.
        """
        doi = doi.strip()
        if not _is_doi(doi):
            raise AnswerError(
                f"{self.name} was not asked: what should be a DOI does not have the form of one"
            )
        call = _Single(self._transport, self._who, doi.lower(), self._prove)
        try:
            self._ask(call, ids=[quote_doi(doi)])
        except _NoRecordError:
            return None
        return call.work

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first.

        Of a long query the words at its beginning are sent. One without a letter or digit is not
        sent and has no works. Records without a DOI are left out. Raises RegistryError.
        """
        rows = max(1, min(rows, _MOST_ROWS))
        cleaned = _cut(collapsed(_CONTROL.sub(" ", query)))
        if not _WRITTEN.search(cleaned):
            return ()
        call = _List(self._transport, self._who)
        try:
            self._ask(
                call,
                query_bibliographic=cleaned.encode("utf-8", "replace").decode(),
                limit=rows,
                select=_SELECT,
            )
        except _NoRecordError:
            raise self._wrong("does not offer a search at this address") from None
        return tuple(work for work, _ in call.works[:rows])

    # ----------------------------------------------------------------------- many at once

    def batches(self, dois: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The DOIs to ask for together: plain ones that are not kept, as many as a URL may hold."""
        if self._transport.offline:
            return ()
        wanted = dict.fromkeys(doi.strip().lower() for doi in dois)
        groups = _grouped(
            "doi", (doi for doi in wanted if not self._transport.holds(self._address(doi)))
        )
        return tuple(group for group in groups if len(group) >= _FEWEST_TOGETHER)

    def works(self, dois: Sequence[str]) -> Mapping[str, Work]:
        """The works of these DOIs that one list of Crossref's gives, by DOI in lower case.

        Each is kept as if it had been asked for alone. An alias is never in a list under the DOI
        that was asked for. Raises RegistryError.
        """
        call = _List(self._transport, self._who, keep=False)
        wanted = {doi.lower() for doi in dois}
        try:
            self._ask(call, filter={"doi": sorted(wanted)}, limit=len(wanted), select=_SELECT)
        except _NoRecordError:
            raise self._wrong("does not offer a list of works at this address") from None
        found = {}
        for work, record in call.works:
            if work.doi in wanted:
                found[work.doi] = work
                self._transport.keep(self._address(work.doi), _as_answer(record))
        return found

    def notice_batches(self, dois: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The DOIs in groups of as many as one list may be asked for; odd ones are in none."""
        return _grouped("updates", sorted({doi.strip().lower() for doi in dois}))

    def notices(self, dois: Sequence[str]) -> Mapping[str, tuple[Update, ...]]:
        """The notices that name one of these works as what they update. Raises RegistryError."""
        wanted = sorted({doi.lower() for doi in dois})
        call = _List(self._transport, self._who)
        try:
            self._ask(call, filter={"updates": wanted}, limit=_MOST_ROWS, select=_SELECT_NOTICE)
        except _NoRecordError:
            raise self._wrong("does not offer a list of works at this address") from None
        found: dict[str, tuple[Update, ...]] = {}
        for notice, _ in call.works:
            for one in notice.updates:
                if one.doi in wanted:
                    told = replace(one, doi=notice.doi)
                    found[one.doi] = (*found.get(one.doi, ()), told)
        return found

    def _address(self, doi: str) -> str:
        """Where habanero asks for a single DOI."""
        return f"{self.url}/works/{quote_doi(doi)}"

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
            self._ask(_List(self._transport, self._who, live=True), limit=0)
        except _NoRecordError:
            raise self._wrong("does not offer Crossref's list of works at this address") from None

    def _ask(self, call: _Single | _List, **query: object) -> None:
        """Have habanero ask; the call then holds what came."""
        from exocite.registries.habanero_transport import lent

        with lent(call.send):
            self._api.works(**query)
        self._proven = self._proven or not call.kept


_HINT = "check the address of the registry, or run the command again later"


@dataclass(slots=True)
class _Single:
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
        """Ask; raise a RegistryError, or _NoRecordError, for all but the DOI's record."""
        response = self.transport.get(url, params=params, headers=headers, check=self.check)
        if response.status_code == 404:
            raise _NoRecordError
        return _read_already()

    def check(self, response: httpx2.Response) -> None:
        """Read the record; raise AnswerError for what is none, or none of this DOI."""
        self.kept = _is_kept(response)
        if _says_no_record(response):
            if not self.kept:
                self.prove()
            return
        message = _message(response, self.who)
        work = work_from_record(message)
        path = unquote(urlsplit(str(response.request.url)).path).lower()
        if work.doi != self.doi:
            led_to = bool(work.doi) and path.endswith("/works/" + work.doi)
            if not work.doi or not (led_to or self.doi in _other_dois(message)):
                raise AnswerError(f"{self.who} answered with the record of another DOI", hint=_HINT)
            work = replace(work, relations={**work.relations, ALIAS: (self.doi,)})
        self.work = work


@dataclass(slots=True)
class _List:
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
        """Ask; raise a RegistryError, or _NoRecordError, for all but a list of records."""
        from exocite.registries.turns import Kind

        check = self.check if self.keep else None
        response = self.transport.get(
            url, params=params, headers=headers, kind=Kind.LIST, check=check, live=self.live
        )
        if check is None:
            self.check(response)
        return _read_already()

    def check(self, response: httpx2.Response) -> None:
        """Read the works; raise for what is no list of records."""
        self.kept = _is_kept(response)
        if _says_no_record(response):
            raise _NoRecordError
        message = _message(response, self.who)
        items = message.get("items")
        if not isinstance(items, list) or "total-results" not in message:
            raise AnswerError(f"{self.who} sent an answer of an unknown form", hint=_HINT)
        records = [item for item in items if isinstance(item, Mapping)]
        works = [(work_from_record(record), record) for record in records]
        self.works = [(work, record) for work, record in works if work.doi]
        if items and not self.works:
            raise AnswerError(
                f"{self.who} answered a search with records that hold no DOI", hint=_HINT
            )


def _grouped(name: str, dois: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The plain ones among the DOIs, as many in a group as a filter of one URL may hold."""
    groups: list[list[str]] = []
    room = 0
    for doi in dois:
        if not _PLAIN_DOI.fullmatch(doi):
            continue
        length = len(quote(f"{name}:{doi},", safe=""))
        if length > room or len(groups[-1]) == _MOST_TOGETHER:
            groups.append([])
            room = _LONGEST_FILTER
        groups[-1].append(doi)
        room -= length
    return tuple(map(tuple, groups))


def _message(response: httpx2.Response, who: str) -> Mapping[str, Any]:
    """The message of an answer in JSON. Raises AnswerError for any other answer."""
    if response.status_code != 200:
        said = f"did not accept what it was asked (status {response.status_code})"
        raise AnswerError(f"{who} {said}", hint=_HINT)
    if not _JSON.match(response.headers.get("Content-Type", "").strip()):
        raise AnswerError(f"{who} answered with something else than JSON", hint=_HINT)
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"{who} sent an answer that is no valid JSON", hint=_HINT) from error
    message = document.get("message") if isinstance(document, dict) else None
    if not isinstance(message, dict):
        raise AnswerError(f"{who} sent an answer of an unknown form", hint=_HINT)
    return message


@cache
def _read_already() -> httpx2.Response:
    """What habanero is given in place of an answer that has been read: so it is not read twice."""
    from httpx2 import Request, Response

    request = Request("GET", CROSSREF_URL)
    return Response(200, json={"message": {"total-results": 0}}, request=request)


def _is_kept(response: httpx2.Response) -> bool:
    from exocite.registries.http import is_kept

    return is_kept(response)


def _as_answer(record: Mapping[str, Any]) -> bytes:
    """A record of a list as the answer to a look-up of its DOI."""
    document = {"status": "ok", "message-type": "work", "message": record}
    return json.dumps(document, separators=(",", ":")).encode()


def _is_doi(text: str) -> bool:
    return len(text) <= _LONGEST_DOI and bool(_DOI.fullmatch(text)) and _encodable(text)


def _says_no_record(response: httpx2.Response) -> bool:
    """Whether a 404 is Crossref's own, which is a line of text, and not a web page or nothing.

    A wrong address, a proxy or a hotel's log-in answers with a page; that says nothing of a DOI.
    """
    if response.status_code != 404:
        return False
    text = response.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    page = "html" in response.headers.get("Content-Type", "").lower()
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
