"""DataCite's REST API: DOIs of data sets, software, theses and preprints.

Its records are read as if they had Crossref's form, so that matching and hashes are the same.
Source: https://support.datacite.org/docs/api and the DataCite Metadata Schema 4.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from exocite.errors import AnswerError
from exocite.identifiers import quote_doi
from exocite.model import Work
from exocite.registries import DATACITE_URL
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.registries.heard import Heard
from exocite.registries.service import Service, date_parts, mapping, mappings, text
from exocite.registries.turns import Kind
from exocite.text import collapsed

SCHEMES = frozenset({"doi"})

_DOI = re.compile(r"10\.[^/\s]{1,64}/\S.*", re.DOTALL)
_LONGEST_DOI = 2048
_LONGEST_QUERY = 400
_MOST_ROWS = 100
_KIND = "application/vnd.api+json"
_TYPES: Mapping[str, str] = {
    "Audiovisual": "component",
    "Book": "book",
    "BookChapter": "book-chapter",
    "ConferencePaper": "proceedings-article",
    "ConferenceProceeding": "proceedings",
    "DataPaper": "journal-article",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "JournalArticle": "journal-article",
    "PeerReview": "peer-review",
    "Preprint": "posted-content",
    "Report": "report",
    "Standard": "standard",
}
_ARXIV = "10.48550/"


class DataCite(Service):
    """The registry of most DOIs that Crossref does not hold. A `Registry`."""

    name = "DataCite"
    address = DATACITE_URL
    schemes = SCHEMES

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work of a DOI, as `work` gives it."""
        if scheme not in self.schemes:
            raise self.not_asked(f"it knows no {scheme}")
        return self.work(value)

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when DataCite answered that it holds no such record.

        Raises RegistryError where there was no answer, AnswerError for the record of another DOI
        and, without asking, for what has not the form of a DOI.
        """
        wanted = doi.strip().lower()
        if len(wanted) > _LONGEST_DOI or not _DOI.fullmatch(wanted) or not _encodable(wanted):
            raise self.not_asked("what should be a DOI does not have the form of one")

        def read(response: Heard) -> Work | None:
            if response.status == 404:
                self._absent(response)
                return None
            work = self._work(mapping(self.document(response)).get("data"))
            if work.doi != wanted:
                self.wrong("answered with the record of another DOI")
            return work

        return self.asked(f"/dois/{quote_doi(wanted)}", read, accepted=_KIND)

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first. Raises RegistryError."""
        words = re.findall(r"\w+", collapsed(query)[:_LONGEST_QUERY])
        if not words:
            return ()

        def read(response: Heard) -> tuple[Work, ...]:
            found = mapping(self.document(response)).get("data")
            if not isinstance(found, list):
                self.unknown_form()
            return tuple(work for work in map(self._work, found) if work.doi)

        size = str(max(1, min(rows, _MOST_ROWS)))
        parameters = {"query": " ".join(words), "page[size]": size, "sort": "relevance"}
        found = self.asked("/dois", read, parameters=parameters, accepted=_KIND, kind=Kind.LIST)
        return found[:rows]

    def _absent(self, response: Heard) -> None:
        """Raise unless a 404 is DataCite's own, which lists errors in JSON."""
        try:
            errors = mapping(self.json(response)).get("errors")
        except AnswerError:
            errors = None
        if not mappings(errors):
            self.accept(response)

    def _work(self, record: object) -> Work:
        attributes = mapping(record).get("attributes")
        if not isinstance(attributes, Mapping):
            self.unknown_form()
        return work_from_record(_as_crossref(attributes))


def _as_crossref(held: Mapping[str, Any]) -> dict[str, object]:
    titles = mappings(held.get("titles"))
    plain = [one.get("title") for one in titles if not one.get("titleType")]
    publisher = held.get("publisher")
    container = mapping(held.get("container"))
    general = text(mapping(held.get("types")).get("resourceTypeGeneral"))
    doi = bare_doi(held.get("doi"))
    preprint = general == "Preprint" or doi.startswith(_ARXIV)
    dates = {text(one.get("dateType")): one.get("date") for one in mappings(held.get("dates"))}
    return {
        "DOI": doi,
        "type": "posted-content" if preprint else _TYPES.get(general, general.lower()),
        "title": plain or [one.get("title") for one in titles],
        "subtitle": [one.get("title") for one in titles if one.get("titleType") == "Subtitle"],
        "author": [_person(one) for one in mappings(held.get("creators"))],
        "container-title": [container.get("title")],
        "publisher": mapping(publisher).get("name") or publisher,
        "issued": date_parts(held.get("publicationYear")),
        "published": date_parts(dates.get("Issued")),
        "published-online": date_parts(dates.get("Submitted")),
        "volume": container.get("volume"),
        "issue": container.get("issue"),
        "page": _pages(container),
        "URL": held.get("url"),
        "language": held.get("language"),
        "abstract": next(
            (
                one.get("description")
                for one in mappings(held.get("descriptions"))
                if one.get("descriptionType") == "Abstract"
            ),
            None,
        ),
        "relation": _relations(held, preprint),
    }


def _person(held: Mapping[str, Any]) -> dict[str, object]:
    if text(held.get("familyName")):
        return {"family": held.get("familyName"), "given": held.get("givenName")}
    name = text(held.get("name"))
    family, comma, given = name.partition(",")
    if comma and held.get("nameType") != "Organizational":
        return {"family": family, "given": given}
    return {"name": name}


def _pages(container: Mapping[str, Any]) -> str:
    first, last = text(container.get("firstPage")), text(container.get("lastPage"))
    return f"{first}-{last}" if first and last else first


def _relations(held: Mapping[str, Any], preprint: bool) -> dict[str, object]:
    """Ties to other DOIs; what a preprint is a version of is its published version."""
    found: dict[str, list[object]] = {}
    for one in mappings(held.get("relatedIdentifiers")):
        if one.get("relatedIdentifierType") != "DOI":
            continue
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text(one.get("relationType"))).lower()
        tied = {"id-type": "doi", "id": one.get("relatedIdentifier")}
        found.setdefault(kind, []).append(tied)
        published = kind == "is-version-of" and bare_doi(tied["id"]) != bare_doi(held.get("doi"))
        if preprint and published:
            found.setdefault("has-published-version", []).append(tied)
    return dict(found)


def _encodable(doi: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in doi)
