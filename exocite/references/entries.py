"""Between what was read, what a registry knows and what stands in a .bib file.

Values are plain Unicode; writing them as BibTeX (braces, escapes) is the bibliography's part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from exocite import identifiers
from exocite.model import Name, ParsedReference, Reference, Work
from exocite.references.access_dates import accessed
from exocite.references.locations import full_pages
from exocite.references.names import (
    bibtex_field,
    bibtex_names,
    has_others,
    initials_apart,
    readable,
)
from exocite.text import collapsed

# Crossref's types and BibTeX's: https://api.crossref.org/types
_TYPES: Mapping[str, str] = {
    "journal-article": "article",
    "posted-content": "misc",
    "proceedings-article": "inproceedings",
    "proceedings": "proceedings",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "book-part": "incollection",
    "reference-entry": "incollection",
    "dissertation": "phdthesis",
    "report": "techreport",
    "report-component": "techreport",
    "standard": "techreport",
}
_CONTAINER_FIELD: Mapping[str, str] = {
    "article": "journal",
    "jurisdiction": "journaltitle",
    "legislation": "journaltitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
}
LEGAL_TYPES = frozenset(("jurisdiction", "legislation"))
"""Cases and acts: no registry of articles holds them, and none is searched for without a DOI."""
_PUBLISHER_FIELD: Mapping[str, str] = {
    "jurisdiction": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
_CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle", "series", "eventtitle")
_ISO_BEFORE_CHRIST = re.compile(r"(?:-(?=\d)|(?=0000))(\d{1,6})(?!\d)", re.ASCII)
_BEFORE_CHRIST = re.compile(r"(?<!\d)(\d{1,6})\s?(?:BCE?\b|B\.\s?C\.)", re.ASCII | re.IGNORECASE)
_EARLY = re.compile(r"\d{1,3}", re.ASCII)
_PUBLISHERS = ("publisher", "school", "institution", "organization", "howpublished")


def authors(reference: Reference) -> tuple[Name, ...]:
    """The authors of an entry, or its editors where it names no author."""
    return bibtex_names(reference.known("author") or reference.known("editor"))


def from_parsed(parsed: ParsedReference) -> tuple[str, dict[str, str]]:
    """Entry type and fields of a reference that was read from print; empty fields are left out."""
    kind = parsed.type
    container = _CONTAINER_FIELD.get(kind, "journal" if parsed.volume else "howpublished")
    return kind, _filled(
        {
            "author": bibtex_field(_persons(parsed.authors), others=parsed.et_al),
            "title": parsed.title,
            container: parsed.container,
            "edition": parsed.edition,
            _PUBLISHER_FIELD.get(kind, "publisher"): parsed.publisher,
            "year": parsed.year,
            "volume": parsed.volume,
            "number": parsed.issue,
            "pages": _dashes(parsed.pages),
            "doi": parsed.doi,
            "isbn": parsed.isbn,
            "url": parsed.url,
            "urldate": accessed(parsed.raw) if parsed.url else "",
        }
    )


def from_work(work: Work) -> tuple[str, dict[str, str]]:
    """Entry type and fields of a work as the registry holds it; the DOI stands for its address."""
    kind = _TYPES.get(work.type, "misc")
    container = _CONTAINER_FIELD.get(kind, "howpublished")
    title = f"{work.title}: {work.subtitle}" if work.title and work.subtitle else work.title
    return kind, _filled(
        {
            "author": bibtex_field(_persons(work.authors)),
            "editor": bibtex_field(_persons(work.editors)),
            "title": title,
            container: work.container,
            _PUBLISHER_FIELD.get(kind, "publisher"): work.publisher,
            "year": work.year,
            "volume": work.volume,
            "number": work.issue,
            "pages": _dashes(work.pages or work.article_number),
            "doi": work.doi,
            "isbn": work.isbn[0] if work.isbn else "",
            "issn": work.issn[0] if work.issn else "",
            "url": "" if work.doi else work.url,
        }
    )


def year_of(reference: Reference) -> str:
    """The four digits of an entry's year, "" without."""
    year = re.search(r"(?<!\d)\d{4}(?!\d)", reference.known("year") or reference.known("date"))
    return year[0] if year else ""


def year_shown(reference: Reference) -> str:
    """The year as people write it, "" without: "45 BC" for -0044, "800" for 0800.

    ISO 8601 has a year 0, which is 1 BC. Four digits are those of `year_of`.
    """
    written = collapsed(reference.known("year") or reference.known("date"))
    if before := _ISO_BEFORE_CHRIST.match(written):
        return f"{int(before[1]) + 1} BC"
    if before := _BEFORE_CHRIST.search(written):
        return f"{int(before[1])} BC"
    early = _EARLY.fullmatch(written)
    return (early[0] if early else year_of(reference)).lstrip("0")


def to_parsed(reference: Reference) -> ParsedReference:
    """An entry of the bibliography as a reference that matching can compare.

    `raw` is rebuilt as text that a person can read and a registry can search for. What the entry
    inherits counts, but for the identifiers and pages of its parents, which are those of another
    work.
    """
    doi = identifiers.normalise_doi(reference.get("doi")) or identifiers.normalise_doi(
        reference.get("url")
    )
    parsed = ParsedReference(
        raw="",
        type=reference.type,
        authors=authors(reference),
        et_al=has_others(reference.known("author")),
        title=_joined(reference),
        container=_first(reference, _CONTAINERS),
        publisher=_first(reference, _PUBLISHERS),
        year=year_of(reference),
        volume=collapsed(reference.known("volume")),
        issue=collapsed(reference.known("number") or reference.known("issue")),
        pages=full_pages(collapsed(reference.get("pages") or reference.get("eid"))),
        doi=doi,
        url=reference.get("url"),
        isbn=identifiers.first("ISBN " + reference.known("isbn"), "isbn"),
        edition=collapsed(reference.known("edition")),
    )
    return _with_raw(parsed)


def _with_raw(parsed: ParsedReference) -> ParsedReference:
    names = ", ".join(readable(name) for name in parsed.authors) + (
        ", et al" if parsed.et_al else ""
    )
    place = " ".join(
        filter(
            None,
            (
                parsed.container,
                parsed.volume and f"{parsed.volume}{f'.{parsed.issue}' if parsed.issue else ''}",
            ),
        )
    )
    place += f" ({parsed.year})" if parsed.year else ""
    place += f": {parsed.pages}" if parsed.pages else ""
    doi = identifiers.doi_url(parsed.doi) if parsed.doi else ""
    title = f'"{parsed.title}."' if parsed.title else ""
    parts = (
        f"{names}." if names else "",
        title,
        f"{place.strip()}." if place.strip() else "",
        parsed.publisher,
        doi,
    )
    values = {name: getattr(parsed, name) for name in parsed.__dataclass_fields__}
    return ParsedReference(**{**values, "raw": " ".join(filter(None, parts))})


def _joined(reference: Reference) -> str:
    title, subtitle = (collapsed(reference.known(name)) for name in ("title", "subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _first(reference: Reference, names: tuple[str, ...]) -> str:
    return next((collapsed(value) for name in names if (value := reference.known(name))), "")


def _dashes(pages: str) -> str:
    """A range with an en dash: "181–194". An article number with hyphens in it keeps them."""
    return re.sub(r"^(\w{1,12})\s?[-–—]{1,3}\s?(\w{1,12})$", r"\1–\2", pages)


def _persons(names: Sequence[Name]) -> list[Name]:
    return [initials_apart(name) for name in names]


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: collapsed(value) for name, value in fields.items() if value.strip()}
