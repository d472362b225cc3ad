"""Europe PMC's REST service, asked for works by PMID or PMCID and for their open full texts.

It is asked through the transport that Crossref's look-ups go through, not through requests: the
patience, the caps on bodies, the refusal of other hosts and the words of an outage are then one
piece of code under one table of faults, and an outage ends in the same outcome everywhere. What is
said of a work is kept between runs, a full text is not.
Source: https://europepmc.org/RestfulWebService (search, fullTextXML) and its fields' reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from exocite.model import Work
from exocite.registries import EUROPEPMC_URL, FullText
from exocite.registries.crossref_record import work_from_record
from exocite.registries.europepmc_record import as_crossref
from exocite.registries.heard import Heard
from exocite.registries.service import Service, mapping

_PMCID = re.compile(r"PMC\d{1,12}", re.ASCII)
_PMID = re.compile(r"\d{1,12}", re.ASCII)
_DOI = re.compile(r"10\.[^/\s]{1,64}/\S+")
_PAGE = re.compile(rb"\s{0,200}(?:<!doctype\s{1,20}html|<html)\b", re.IGNORECASE)
_LONGEST_QUERY = 4000  # once it is percent-encoded; servers refuse URLs from 8 kB on
_LONGEST_LICENCE = 200
_LONGEST_SEARCH = 400
_MOST_ROWS = 100

# How each identifier is asked for, its form, and the field of a record that must repeat it.
_ASKED: Mapping[str, tuple[str, re.Pattern[str], str]] = {
    "doi": ('DOI:"{}"', _DOI, "DOI"),
    "pmid": ("EXT_ID:{} AND SRC:MED", _PMID, "PMID"),
    "pmcid": ("PMCID:{}", _PMCID, "PMCID"),
}


class EuropePmc(Service):
    """The archive of open full texts of the life sciences, PubMed Central's among them.

    A `FullTexts`, and a `Registry` of what PubMed holds.
    """

    name = "Europe PMC"
    address = EUROPEPMC_URL
    schemes = frozenset({"doi", "pmid", "pmcid"})

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
            self.wrong("named a PMCID that is none")
        known = pmcid or (f"PMID {pmid}" if _PMID.fullmatch(pmid) else "")
        data = self._xml(pmcid) if _is_open(best) else b""
        if not data:
            return FullText(held=True, identifier=known)
        licence = " ".join(best["license"].split())[:_LONGEST_LICENCE]
        return FullText(True, pmcid, f"{self.url}{_path(pmcid)}", licence, data)

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when Europe PMC holds none. Raises RegistryError."""
        return self.identified("doi", doi)

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work with this DOI, PMID or PMCID, None when Europe PMC holds none.

        Its DOI is "" where PubMed names none. Only a record that repeats the identifier counts.
        Raises RegistryError, and AnswerError without asking for what has not its form.
        """
        query = self._query(scheme, value)

        def read(response: Heard) -> list[Mapping[str, Any]]:
            records = [(self._fields(one), one) for one in self._found(response)]
            return [one for told, one in records if told[scheme].lower() == value.lower()]

        found = self.asked("/search", read, parameters=_parameters(query))
        best = next((one for one in found if one.get("source") == "MED"), next(iter(found), None))
        return work_from_record(as_crossref(best)) if best is not None else None

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works with a DOI that best fit a printed reference, best first.

        Raises RegistryError.
        """
        words = re.findall(r"\w+", query[:_LONGEST_SEARCH])
        if not words:
            return ()

        def read(response: Heard) -> list[Work]:
            records = [one for one in self._found(response) if isinstance(one, Mapping)]
            return [work_from_record(as_crossref(one)) for one in records]

        size = max(1, min(rows, _MOST_ROWS))
        found = self.asked("/search", read, parameters=_parameters(" ".join(words), size))
        return tuple(work for work in found if work.doi)[:rows]

    # ----------------------------------------------------------------------- asking

    def _query(self, scheme: str, value: str) -> str:
        """What a search is asked for an identifier."""
        template, form, called = _ASKED[scheme]
        query = template.format(value.replace("\\", "\\\\").replace('"', '\\"'))
        whole = form.fullmatch(value) and value.isprintable()
        if not whole or len(quote(query, errors="replace")) > _LONGEST_QUERY:
            raise self.not_asked(f"what should be a {called} does not have the form of one")
        return query

    def _records(self, scheme: str, value: str) -> list[dict[str, str]]:
        """The fields that are read of every record that repeats the identifier."""
        parameters = _parameters(self._query(scheme, value))
        found = self.asked("/search", self._found, parameters=parameters, keep=False)
        return [
            record
            for record in (self._fields(one) for one in found)
            if record[scheme].lower() == value.lower()
        ]

    def _found(self, response: Heard) -> list[Any]:
        if response.status == 404:
            self.wrong("does not offer Europe PMC's search at this address")
        document = mapping(self.document(response))
        hits, found = document.get("hitCount"), mapping(document.get("resultList")).get("result")
        if not isinstance(hits, int) or not isinstance(found, list) or bool(hits) != bool(found):
            self.unknown_form()
        return found

    def _fields(self, record: object) -> dict[str, str]:
        if not isinstance(record, Mapping):
            self.unknown_form()
        fields = {}
        for name in ("doi", "pmid", "pmcid", "isOpenAccess", "license"):
            value = record.get(name)
            if not isinstance(value, str | None):
                self.wrong(f"sent a record whose {name} is no text")
            fields[name] = (value or "").strip()
        return fields

    def _xml(self, pmcid: str) -> bytes:
        """The full text; b"" where the service says that it offers none."""

        def read(response: Heard) -> bytes:
            if response.status == 404:
                return b""
            self.accept(response)
            if _PAGE.match(response.body[:300]):
                self.wrong("answered with a web page instead of a full text")
            if not response.body.strip():
                self.wrong("sent an empty full text")
            return response.body

        return self.asked(_path(pmcid), read, accepted="application/xml", keep=False)


def _path(pmcid: str) -> str:
    return f"/{pmcid}/fullTextXML"


def _parameters(query: str, size: int = 25) -> dict[str, str]:
    return {"query": query, "resultType": "core", "format": "json", "pageSize": str(size)}


def _is_open(record: Mapping[str, str]) -> bool:
    """Whether a full text under an open licence is there; the flags are the letters Y and N."""
    return bool(record["pmcid"]) and record["isOpenAccess"] == "Y"
