"""OpenAlex, an index of works from many sources; it is asked only with a key of one's own.

Works are asked for by a filter: its answer is a list, so that "none" is said in so many words.
Source: https://docs.openalex.org/api-entities/works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from exocite.errors import ConfigurationError
from exocite.model import Work
from exocite.references.names import bibtex_names
from exocite.registries import OPENALEX_URL, Endpoint, Mode
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.registries.heard import Heard
from exocite.registries.service import Service, date_parts, mapping, mappings, text
from exocite.registries.turns import Kind
from exocite.text import collapsed

if TYPE_CHECKING:
    from exocite.registries.answers import Answers
    from exocite.registries.http import Transport

SCHEMES = frozenset({"doi", "pmid", "pmcid"})

_FORMS: Mapping[str, re.Pattern[str]] = {
    # Commas and bars part a filter.
    "doi": re.compile(r"10\.[\d.]{1,64}/[^\s,|\ud800-\udfff]{1,1000}"),
    "pmid": re.compile(r"\d{1,12}", re.ASCII),
    "pmcid": re.compile(r"PMC\d{1,12}", re.ASCII),
}
_KEY = re.compile(r"[\w.-]{1,200}", re.ASCII)
_LONGEST_QUERY = 400
_MOST_ROWS = 100
_MOST_WORDS = 20_000
_TYPES: Mapping[str, str] = {
    "article": "journal-article",
    "preprint": "posted-content",
    "dissertation": "dissertation",
    "review": "journal-article",
    "letter": "journal-article",
}


class OpenAlex(Service):
    """An index of works. A `Registry`. Raises ConfigurationError for a key that cannot be."""

    name = "OpenAlex"
    address = OPENALEX_URL
    schemes = SCHEMES

    def __init__(
        self,
        endpoint: Endpoint,
        key: str,
        *,
        answers: Answers | None = None,
        mode: Mode = Mode.ONLINE,
        transport: Transport | None = None,
    ) -> None:
        super().__init__(endpoint, answers=answers, mode=mode, transport=transport)
        if not _KEY.fullmatch(key):
            raise ConfigurationError(
                "the key given as openalex_key cannot be used: it is no key of OpenAlex"
            )
        self._key = key

    def work(self, doi: str) -> Work | None:
        """The work of this DOI, None when OpenAlex knows none. Raises RegistryError."""
        return self.identified("doi", doi)

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work with this DOI, PMID or PMCID, None when OpenAlex knows none.

        Only a record that repeats the identifier counts. Raises RegistryError.
        """
        wanted = value.strip() if scheme == "pmcid" else value.strip().lower()
        form = _FORMS.get(scheme)
        if form is None or not form.fullmatch(wanted):
            raise self.not_asked(f"what should be a {scheme.upper()} does not have the form of one")
        found = self._list({"filter": f"{scheme}:{wanted}", "per-page": "25"})
        fitting = [record for record in found if _own(record, scheme) == wanted.lower()]
        if found and not fitting:
            self.wrong(f"answered with the record of another {scheme.upper()}")
        return work_from_record(_as_crossref(fitting[0])) if fitting else None

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first. Raises RegistryError."""
        words = re.findall(r"\w+", collapsed(query)[:_LONGEST_QUERY])
        if not words:
            return ()
        size = str(max(1, min(rows, _MOST_ROWS)))
        found = self._list({"search": " ".join(words), "per-page": size})
        works = (work_from_record(_as_crossref(record)) for record in found)
        return tuple(work for work in works if work.doi)[:rows]

    def _list(self, parameters: Mapping[str, str]) -> list[Mapping[str, Any]]:
        def read(response: Heard) -> list[Mapping[str, Any]]:
            answer = mapping(self.document(response))
            found, count = answer.get("results"), mapping(answer.get("meta")).get("count")
            if not isinstance(found, list) or not isinstance(count, int):
                self.unknown_form()
            records = mappings(found)
            if bool(count) != bool(found) or len(records) != len(found):
                self.unknown_form()
            return records

        asked = {**parameters, "api_key": self._key}
        return self.asked("/works", read, parameters=asked, kind=Kind.LIST)


def _own(record: Mapping[str, Any], scheme: str) -> str:
    """The identifier that a record holds, out of its address, in lower case."""
    ids = mapping(record.get("ids"))
    if scheme == "doi":
        return bare_doi(record.get("doi") or ids.get("doi"))
    last = text(ids.get(scheme)).rstrip("/").rpartition("/")[2].lower()
    return f"pmc{last.removeprefix('pmc')}" if scheme == "pmcid" and last else last


def _as_crossref(held: Mapping[str, Any]) -> dict[str, object]:
    place = mapping(held.get("primary_location"))
    source, biblio = mapping(place.get("source")), mapping(held.get("biblio"))
    first, last = text(biblio.get("first_page")), text(biblio.get("last_page"))
    kind = text(held.get("type"))
    retracted = held.get("is_retracted") is True
    return {
        "DOI": bare_doi(held.get("doi")),
        "type": text(held.get("type_crossref")) or _TYPES.get(kind, kind),
        "title": [held.get("title") or held.get("display_name")],
        "author": [_person(one) for one in mappings(held.get("authorships"))],
        "container-title": [source.get("display_name")],
        "publisher": source.get("host_organization_name"),
        "issued": date_parts(held.get("publication_year")),
        "published": date_parts(held.get("publication_date")),
        "volume": biblio.get("volume"),
        "issue": biblio.get("issue"),
        "page": f"{first}-{last}" if last and last != first else first,
        "ISSN": source.get("issn"),
        "language": held.get("language"),
        "abstract": _abstract(held.get("abstract_inverted_index")),
        "updated-by": [{"type": "retraction", "source": OpenAlex.name}] if retracted else [],
    }


def _person(authorship: Mapping[str, Any]) -> dict[str, object]:
    name = text(mapping(authorship.get("author")).get("display_name"))
    name = name or text(authorship.get("raw_author_name"))
    read = bibtex_names(name)
    if len(read) != 1 or not read[0].family:
        return {"name": name}
    family = " ".join(filter(None, (read[0].particle, read[0].family)))
    return {"family": family, "given": read[0].given, "suffix": read[0].suffix}


def _abstract(index: object) -> str:
    """The text of an abstract that is given as its words with their places."""
    placed = [
        (place, word)
        for word, places in mapping(index).items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed)[:_MOST_WORDS])
