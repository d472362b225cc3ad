"""Europe PMC's REST service, asked for works by PMID or PMCID and for their open full texts.

It is asked through the transport that Crossref's look-ups go through, not through requests: the
patience, the caps on bodies, the refusal of other hosts and the words of an outage are then one
piece of code under one table of faults, and an outage ends in the same outcome everywhere. What is
said of a work is kept between runs, a full text is not.
Source: https://europepmc.org/RestfulWebService (search, fullTextXML) and its fields' reference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import exocite
from exocite.errors import AnswerError
from exocite.model import Work
from exocite.registries import EUROPEPMC_URL, Endpoint, FullText, Mode
from exocite.registries.crossref_record import work_from_record
from exocite.registries.europepmc_record import as_crossref
from exocite.registries.heard import Heard

if TYPE_CHECKING:
    from exocite.registries.answers import Answers
    from exocite.registries.http import Check, Transport

_PMCID = re.compile(r"PMC\d{1,12}", re.ASCII)
_PMID = re.compile(r"\d{1,12}", re.ASCII)
_DOI = re.compile(r"10\.[^/\s]{1,64}/\S+")
_JSON = re.compile(r"application/(?:[\w.-]{1,80}\+)?json\b", re.IGNORECASE)
_PAGE = re.compile(rb"\s{0,200}(?:<!doctype\s{1,20}html|<html)\b", re.IGNORECASE)
_LONGEST_QUERY = 4000  # once it is percent-encoded; servers refuse URLs from 8 kB on
_LONGEST_LICENCE = 200
_LONGEST_SEARCH = 400
_MOST_ROWS = 100
_HINT = "check the address of Europe PMC, or run the command again later"

# How each identifier is asked for, its form, and the field of a record that must repeat it.
_ASKED: Mapping[str, tuple[str, re.Pattern[str], str]] = {
    "doi": ('DOI:"{}"', _DOI, "DOI"),
    "pmid": ("EXT_ID:{} AND SRC:MED", _PMID, "PMID"),
    "pmcid": ("PMCID:{}", _PMCID, "PMCID"),
}


class EuropePmc:
    """The archive of open full texts of the life sciences, PubMed Central's among them.

    A `FullTexts`, and a `Registry` of what PubMed holds. `answers` are kept between runs, None
    keeps none; `mode` says where answers may come from; a `transport` of one's own takes the place
    of both. Safe to share between threads; `close` it, or use it in a `with` block.
    """

    name = "Europe PMC"
    schemes = frozenset({"doi", "pmid", "pmcid"})

    def __init__(
        self,
        endpoint: Endpoint | None = None,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        from exocite.registries.gate import Gate
        from exocite.registries.http import Transport

        self._endpoint = endpoint or Endpoint(EUROPEPMC_URL)
        paced = transport is None and mode is not Mode.OFFLINE
        gate = Gate.shared(self._endpoint) if paced else None
        self._transport = transport or Transport(
            self._endpoint, self.name, gate=gate, answers=answers, mode=mode
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

    def full_text(self, scheme: str, value: str) -> FullText:
        """The open full text of the work with this DOI, PMID or PMCID, as JATS XML.

        Only a record that repeats the identifier counts. Whether the XML is about that work is
        for the caller to see. Raises RegistryError when there was no answer, and AnswerError
        without asking for what has not the form of its identifier.
        """
        records = self._records(scheme, value)
        if not records:
            return FullText(held=False)
        best = next((one for one in records if _is_open(one)), records[0])
        pmcid, pmid = best["pmcid"], best["pmid"]
        if pmcid and not _PMCID.fullmatch(pmcid):
            raise self._wrong("named a PMCID that is none")
        known = pmcid or (f"PMID {pmid}" if _PMID.fullmatch(pmid) else "")
        data = self._xml(pmcid) if _is_open(best) else b""
        if not data:
            return FullText(held=True, identifier=known)
        licence = " ".join(best["license"].split())[:_LONGEST_LICENCE]
        return FullText(True, pmcid, self._address(pmcid), licence, data)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know besides the answers."""
        return self._transport.notes

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when Europe PMC holds none. Raises RegistryError."""
        return self.identified("doi", doi)

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work with this DOI, PMID or PMCID, None when Europe PMC holds none.

        Its DOI is "" where PubMed names none. Only a record that repeats the identifier counts.
        Raises RegistryError, and AnswerError without asking for what has not its form.
        """
        query = self._query(scheme, value)
        found: list[Mapping[str, Any]] = []

        def check(response: Heard) -> None:
            records = [(self._fields(one), one) for one in self._found(response)]
            found[:] = [one for told, one in records if told[scheme].lower() == value.lower()]

        self._get(f"{self.url}/search", "application/json", _parameters(query), check)
        best = next((one for one in found if one.get("source") == "MED"), next(iter(found), None))
        return work_from_record(as_crossref(best)) if best is not None else None

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works with a DOI that best fit a printed reference, best first.

        Raises RegistryError.
        """
        words = re.findall(r"\w+", query[:_LONGEST_SEARCH])
        if not words:
            return ()
        found: list[Work] = []

        def check(response: Heard) -> None:
            records = [one for one in self._found(response) if isinstance(one, Mapping)]
            found[:] = [work_from_record(as_crossref(one)) for one in records]

        size = max(1, min(rows, _MOST_ROWS))
        parameters = _parameters(" ".join(words), size)
        self._get(f"{self.url}/search", "application/json", parameters, check)
        return tuple(work for work in found if work.doi)[:rows]

    # ----------------------------------------------------------------------- asking

    def _query(self, scheme: str, value: str) -> str:
        """What a search is asked for an identifier."""
        template, form, called = _ASKED[scheme]
        query = template.format(value.replace("\\", "\\\\").replace('"', '\\"'))
        whole = form.fullmatch(value) and value.isprintable()
        if not whole or len(quote(query, errors="replace")) > _LONGEST_QUERY:
            raise AnswerError(
                f"{self.name} was not asked: what should be a {called} does not have the form of "
                "one"
            )
        return query

    def _records(self, scheme: str, value: str) -> list[dict[str, str]]:
        """The fields that are read of every record that repeats the identifier."""
        parameters = _parameters(self._query(scheme, value))
        response = self._get(f"{self.url}/search", "application/json", parameters)
        found = self._found(response)
        return [
            record
            for record in (self._fields(one) for one in found)
            if record[scheme].lower() == value.lower()
        ]

    def _found(self, response: Heard) -> list[Any]:
        if response.status == 404:
            raise self._wrong("does not offer Europe PMC's search at this address")
        self._accepted(response)
        if not _JSON.match(response.kind):
            raise self._wrong("answered with something else than JSON")
        try:
            document = json.loads(response.body)
        except (ValueError, RecursionError) as error:
            raise self._wrong("sent an answer that is no valid JSON") from error
        match document:
            case {"hitCount": int(hits), "resultList": {"result": list(found)}} if bool(
                hits
            ) == bool(found):
                return found
            case _:
                raise self._wrong("sent an answer of an unknown form")

    def _fields(self, record: object) -> dict[str, str]:
        if not isinstance(record, Mapping):
            raise self._wrong("sent an answer of an unknown form")
        fields = {}
        for name in ("doi", "pmid", "pmcid", "isOpenAccess", "license"):
            value = record.get(name)
            if not isinstance(value, str | None):
                raise self._wrong(f"sent a record whose {name} is no text")
            fields[name] = (value or "").strip()
        return fields

    def _xml(self, pmcid: str) -> bytes:
        """The full text; b"" where the service says that it offers none."""
        response = self._get(self._address(pmcid), "application/xml")
        if response.status == 404:
            return b""
        self._accepted(response)
        if _PAGE.match(response.body[:300]):
            raise self._wrong("answered with a web page instead of a full text")
        if not response.body.strip():
            raise self._wrong("sent an empty full text")
        return response.body

    def _address(self, pmcid: str) -> str:
        return f"{self.url}/{pmcid}/fullTextXML"

    def _get(
        self,
        url: str,
        accepted: str,
        parameters: Mapping[str, str] | None = None,
        check: Check | None = None,
    ) -> Heard:
        mail = f" (mailto:{self._endpoint.mailto})" if self._endpoint.mailto else ""
        agent = f"exocite/{exocite.__version__}{mail}"
        headers = {"Accept": accepted, "User-Agent": agent}
        return self._transport.get(url, params=parameters, headers=headers, check=check)

    def _accepted(self, response: Heard) -> None:
        if response.status != 200:
            raise self._wrong(f"did not accept what it was asked (status {response.status})")

    def _wrong(self, what: str) -> AnswerError:
        return AnswerError(f"{self.name} ({self._endpoint.host}) {what}", hint=_HINT)


def _parameters(query: str, size: int = 25) -> dict[str, str]:
    return {"query": query, "resultType": "core", "format": "json", "pageSize": str(size)}


def _is_open(record: Mapping[str, str]) -> bool:
    """Whether a full text under an open licence is there; the flags are the letters Y and N."""
    return bool(record["pmcid"]) and record["isOpenAccess"] == "Y"
