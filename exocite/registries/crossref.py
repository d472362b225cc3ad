"""Crossref's REST API, asked through habanero.

Source: https://api.crossref.org/swagger-ui/index.html and the answers that it really gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import exocite
from exocite.errors import AnswerError
from exocite.identifiers import isbn_13, quote_doi
from exocite.model import Update, Work
from exocite.registries import Endpoint, Mode
from exocite.registries.client import Client
from exocite.registries.crossref_calls import NoRecordError, Single, WorkList
from exocite.text import collapsed

if TYPE_CHECKING:
    from exocite.registries.answers import Answers
    from exocite.registries.http import Transport

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
_BOOKS = ("book", "monograph", "edited-book", "reference-book", "proceedings", "report", "book-set")
_MOST_BOOKS = 20
_MOST_NAMED = 5
_DOI = re.compile(r"10\.[^/\s]{1,64}/\S.*", re.DOTALL)
# Commas and colons part a filter, and nobody knows how it takes what is rare in a DOI.
_PLAIN_DOI = re.compile(r"10\.[\d.]{1,64}/[\w.;()/-]{1,200}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_WRITTEN = re.compile(r"\w")


class Crossref(Client):
    """The registry of most DOIs of articles, books and reports.

    A `Registry`, `ManyWorks` and `Identifying`.
    """

    name = "Crossref"
    schemes = frozenset({"doi", "isbn"})

    def __init__(
        self,
        endpoint: Endpoint | None = None,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        super().__init__(endpoint, answers=answers, mode=mode, transport=transport)
        # This takes a tenth of a second to import, and most commands never ask a registry.
        from habanero import Crossref as Habanero

        self._proven = False
        self._api = Habanero(
            base_url=self.url,
            mailto=self._endpoint.mailto or None,
            ua_string=f"exocite/{exocite.__version__}",
            timeout=self._endpoint.timeout,
        )

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when Crossref holds no record under it.

        Crossref may answer an alias with the record of the prime DOI. Such a work is given with
        its own DOI, and names the DOI that was asked for under the relation `ALIAS`; a record
        that shows no tie to the DOI is refused with AnswerError. Raises RegistryError when there
        was no answer, and AnswerError without asking for what has not the form of a DOI.
        """
        doi = doi.strip()
        if not _is_doi(doi):
            raise self.not_asked("what should be a DOI does not have the form of one")
        call = Single(self._transport, self.who, doi.lower(), self._prove)
        try:
            self._ask(call, ids=[quote_doi(doi)])
        except NoRecordError:
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
        call = WorkList(self._transport, self.who)
        try:
            self._ask(
                call,
                query_bibliographic=cleaned.encode("utf-8", "replace").decode(),
                limit=rows,
                select=_SELECT,
            )
        except NoRecordError:
            raise self.fault("does not offer a search at this address") from None
        return tuple(work for work, _ in call.works[:rows])

    def identified(self, scheme: str, value: str) -> Work | None:
        """The book with this ISBN, or the work of this DOI; None where Crossref holds none.

        A chapter bears the ISBN of its book, too, and is not meant. Raises RegistryError, and
        AnswerError where several records bear the ISBN, which name each other's DOIs then.
        """
        if scheme == "doi":
            return self.work(value)
        isbn = isbn_13(value)
        if scheme != "isbn" or not isbn:
            raise self.not_asked("what should be an ISBN does not have the form of one")
        call = WorkList(self._transport, self.who)
        wanted = {"isbn": [isbn, *_isbn_10(isbn)], "type": list(_BOOKS)}
        try:
            self._ask(call, filter=wanted, limit=_MOST_BOOKS, select=_SELECT)
        except NoRecordError:
            raise self.fault("does not offer a list of works at this address") from None
        books = [
            work
            for work, _ in call.works
            if work.type in _BOOKS and isbn in {_bare_isbn(one) for one in work.isbn}
        ]
        if len(books) > 1:
            listed = ", ".join(work.doi for work in books[:_MOST_NAMED])
            raise AnswerError(
                f"{self.who} holds {len(books)} works with the ISBN {isbn}: {listed}",
                hint="name the one that is meant by its DOI",
            )
        return books[0] if books else None

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
        call = WorkList(self._transport, self.who, keep=False)
        wanted = {doi.lower() for doi in dois}
        try:
            self._ask(call, filter={"doi": sorted(wanted)}, limit=len(wanted), select=_SELECT)
        except NoRecordError:
            raise self.fault("does not offer a list of works at this address") from None
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
        call = WorkList(self._transport, self.who)
        try:
            self._ask(call, filter={"updates": wanted}, limit=_MOST_ROWS, select=_SELECT_NOTICE)
        except NoRecordError:
            raise self.fault("does not offer a list of works at this address") from None
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

    def _prove(self) -> None:
        """Make sure, once, that it is Crossref's API that answered 404: its list of works is there.

        A wrong address or a proxy says 404 to everything, which is no word on any DOI.
        """
        if self._proven:
            return
        try:
            self._ask(WorkList(self._transport, self.who, live=True), limit=0)
        except NoRecordError:
            raise self.fault("does not offer Crossref's list of works at this address") from None

    def _ask(self, call: Single | WorkList, **query: object) -> None:
        """Have habanero ask; the call then holds what came."""
        from exocite.registries.habanero_transport import lent

        with lent(call.send):
            self._api.works(**query)
        self._proven = self._proven or not call.kept


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


def _as_answer(record: Mapping[str, Any]) -> bytes:
    """A record of a list as the answer to a look-up of its DOI."""
    document = {"status": "ok", "message-type": "work", "message": record}
    return json.dumps(document, separators=(",", ":")).encode()


def _bare_isbn(text: str) -> str:
    return isbn_13(re.sub(r"[\s-]", "", text).upper())


def _isbn_10(isbn: str) -> tuple[str, ...]:
    """The ten-digit form of thirteen digits, by which older records were deposited, if any."""
    if not isbn.startswith("978"):
        return ()
    body = isbn[3:12]
    check = -sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True))
    return (body + "0123456789X"[check % 11],)


def _is_doi(text: str) -> bool:
    return len(text) <= _LONGEST_DOI and bool(_DOI.fullmatch(text)) and _encodable(text)


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
