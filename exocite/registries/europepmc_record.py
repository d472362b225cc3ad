"""A record of Europe PMC in the form of Crossref's, so that both are read by the same code.

Source: the `core` result of https://europepmc.org/RestfulWebService.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exocite.registries.crossref_record import bare_doi
from exocite.registries.service import date_parts, mapping, mappings, text

_NAME = "Europe PMC"
_NOTICES: Mapping[str, str] = {
    "retraction in": "retraction",
    "partial retraction in": "partial_retraction",
    "erratum in": "correction",
    "corrected and republished in": "correction",
    "expression of concern in": "expression_of_concern",
}
_RETRACTED = "retracted publication"


def as_crossref(held: Mapping[str, Any]) -> dict[str, object]:
    """The record with Crossref's names of fields; what is not of its kind is left out."""
    place = mapping(held.get("journalInfo"))
    journal = mapping(place.get("journal"))
    book = mapping(held.get("bookOrReportDetails"))
    return {
        "DOI": bare_doi(held.get("doi")),
        "type": _type(held, journal, book),
        "title": [text(held.get("title")).removesuffix(".")],
        "author": [_person(one) for one in mappings(_part(held, "authorList", "author"))],
        "container-title": [journal.get("title")],
        "short-container-title": [journal.get("isoabbreviation")],
        "publisher": book.get("publisher"),
        "issued": date_parts(held.get("pubYear")),
        "published": date_parts(held.get("firstPublicationDate")),
        "published-print": date_parts(place.get("yearOfPublication")),
        "volume": place.get("volume"),
        "issue": place.get("issue"),
        "page": held.get("pageInfo"),
        "ISSN": [one for one in (journal.get("issn"), journal.get("essn")) if one],
        "language": held.get("language"),
        "abstract": held.get("abstractText"),
        "updated-by": _notices(held),
    }


def _part(held: Mapping[str, Any], outer: str, inner: str) -> object:
    return mapping(held.get(outer)).get(inner)


def _type(held: Mapping[str, Any], journal: Mapping[str, Any], book: Mapping[str, Any]) -> str:
    if held.get("source") == "PPR":
        return "posted-content"
    if journal:
        return "journal-article"
    return "book" if book else ""


def _person(held: Mapping[str, Any]) -> dict[str, object]:
    if text(held.get("lastName")):
        given = text(held.get("firstName")) or text(held.get("initials"))
        return {"family": held.get("lastName"), "given": given}
    return {"name": text(held.get("collectiveName")) or text(held.get("fullName"))}


def _notices(held: Mapping[str, Any]) -> list[dict[str, object]]:
    """The notices about the work, which PubMed names by their PMID and so without a DOI."""
    ties = mappings(_part(held, "commentCorrectionList", "commentCorrection"))
    kinds = [_NOTICES.get(text(tie.get("type")).lower(), "") for tie in ties]
    types = _part(held, "pubTypeList", "pubType")
    marked = isinstance(types, list) and any(text(one).lower() == _RETRACTED for one in types)
    if marked and "retraction" not in kinds:
        kinds.append("retraction")
    return [{"type": kind, "source": _NAME} for kind in dict.fromkeys(kinds) if kind]
