"""A record of Crossref's REST API as a `Work`, whatever the record holds.

Publishers deposit null titles, dates of [[null]], numbers as text and markup of three kinds; a
field that is not of its documented type counts as absent.
Source: the `work` schema of https://api.crossref.org/swagger-ui/index.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from exocite.model import Name, Update, Work
from exocite.registries.markup import plain_abstract, plain_title
from exocite.text import digest

_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s?|info:doi/)", re.IGNORECASE)
_DATES = ("issued", "published-print", "published-online", "published")
_EARLIEST, _LATEST = 1000, 2999

# What the hash covers: bibliography and notices, but no counts, dates of indexing, links or
# abstract (which has a hash of its own), and nothing that a list of works cannot select.
_HASHED = """
DOI type title subtitle original-title author editor container-title short-container-title
publisher issued published published-print published-online volume issue page article-number
ISSN ISBN update-to updated-by
"""
_HASHED_NAMES = tuple(_HASHED.split())
_SCALARS = (str, int, float, type(None))
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_HASHED_PARTS = ("family", "given", "name", "suffix", "date-parts", "DOI", "type")


def work_from_record(record: Mapping[str, object]) -> Work:
    """The work that a Crossref record describes; `doi` is "" where the record holds none.

    Never raises for a record that came from JSON.
    """
    years = tuple(dict.fromkeys(year for name in _DATES for year in _year(record.get(name))))
    issued = _year(record.get("issued"))
    return Work(
        doi=bare_doi(record.get("DOI")),
        type=_text(record.get("type")),
        title=_first(record.get("title")),
        subtitle=_first(record.get("subtitle")),
        original_title=_first(record.get("original-title")),
        authors=_names(record.get("author")),
        editors=_names(record.get("editor")),
        container=_first(record.get("container-title")),
        container_short=_first(record.get("short-container-title")),
        publisher=_text(record.get("publisher")),
        year=issued[0] if issued else min(years, default=""),
        years=tuple(sorted(years)),
        volume=_text(record.get("volume")),
        issue=_text(record.get("issue")),
        pages=_text(record.get("page")),
        article_number=_text(record.get("article-number")),
        issn=_numbers(record.get("ISSN")),
        isbn=_numbers(record.get("ISBN")),
        url=_url(record.get("URL")),
        language=_text(record.get("language")),
        abstract=_abstract(record.get("abstract")),
        updated_by=_updates(record.get("updated-by")),
        updates=_updates(record.get("update-to")),
        relations=_relations(record.get("relation")),
        hash=record_hash(record),
    )


def record_hash(record: Mapping[str, object]) -> str:
    """SHA-256 of the record's bibliographic fields and notices as canonical JSON, in hexadecimal.

    It does not change with citation counts, relevance or the date of indexing, and is the same
    for a record looked up and the same record found by a search.
    """
    kept = {name: _essence(record[name]) for name in _HASHED_NAMES if name in record}
    return digest(_CANONICAL.encode(kept))


def bare_doi(value: object) -> str:
    """A DOI in lower case without a resolver's address before it, "" where there is none."""
    if not isinstance(value, str):
        return ""
    doi = value.strip()
    doi = doi[match.end() :] if (match := _DOI_PREFIX.match(doi)) else doi
    whole = doi.startswith("10.") and "/" in doi and not any(c.isspace() for c in doi)
    return doi.lower() if whole else ""


def _essence(value: object) -> object:
    """A field without what hangs on its parts: affiliations, ORCIDs, time stamps."""
    return [_part(item) for item in value] if isinstance(value, list) else _part(value)


def _part(value: object) -> object:
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, Mapping):
        return {part: _scalars(value[part]) for part in _HASHED_PARTS if part in value}
    return None


def _scalars(value: object) -> list[object]:
    """The scalars of a part: of itself, or of two lists, as deep as a date has them."""
    if isinstance(value, str):
        return [value]
    parts = [part for item in _items(value) for part in _items(item)]
    return [part for part in parts if isinstance(part, _SCALARS)]


# --------------------------------------------------------------------------- fields


def _items(value: object) -> list[object]:
    """A list as it is; a single value as a list of one; null as none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [item for item in _items(value) if isinstance(item, Mapping)]


def _text(value: object) -> str:
    """A scalar as plain text on one line; numbers are taken for text that lost its quotes."""
    if isinstance(value, str):
        return plain_title(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**12 else ""
    return ""


def _first(value: object) -> str:
    """The first text of a field that holds several."""
    for item in _items(value):
        if text := _text(item):
            return text
    return ""


def _filled(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if text)


def _abstract(value: object) -> str:
    return plain_abstract(value) if isinstance(value, str) else ""


def _names(value: object) -> tuple[Name, ...]:
    return tuple(name for person in _mappings(value) if (name := _name(person)) is not None)


def _name(person: Mapping[str, object]) -> Name | None:
    """A person with a family name, or a literal; None where there is no name at all."""
    family, given = _text(person.get("family")), _text(person.get("given"))
    suffix = _text(person.get("suffix"))
    if family:
        return Name(family=family, given=given, suffix=suffix)
    literal = _text(person.get("name")) or given or suffix
    return Name(literal=literal) if literal else None


def _numbers(value: object) -> tuple[str, ...]:
    """ISSNs or ISBNs, each once; older records give them as URLs."""
    numbers = (_text(item).rpartition("/")[2] for item in _items(value))
    return tuple(dict.fromkeys(_filled(numbers)))


def _url(value: object) -> str:
    """An address of the web; any other scheme counts as none."""
    text = _text(value)
    try:
        return text if urlsplit(text).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _date_parts(value: object) -> list[int]:
    """Year, month and day of a date as far as they are given and can be."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = _items(parts)[:1]
    numbers: list[int] = []
    for part, low, high in zip(
        _items(first[0]) if first else [], (_EARLIEST, 1, 1), (_LATEST, 12, 31), strict=False
    ):
        number = _integer(part)
        if not low <= number <= high:
            break
        numbers.append(number)
    return numbers


def _integer(value: object) -> int:
    """A whole number, also as text; 0 for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    plain = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6
    return int(str(value)) if plain else 0


def _year(value: object) -> tuple[str, ...]:
    """The year of a date as a tuple of one, empty where there is none."""
    parts = _date_parts(value)
    return (str(parts[0]),) if parts else ()


def _updates(value: object) -> tuple[Update, ...]:
    """Notices in the order of the record, each once; one without a DOI or type is no notice."""
    updates = (
        Update(
            type=_text(item.get("type")).lower().replace("-", "_").replace(" ", "_"),
            doi=bare_doi(item.get("DOI")),
            date="-".join(f"{part:02d}" for part in _date_parts(item.get("updated"))),
            source=_text(item.get("source")),
        )
        for item in _mappings(value)
    )
    return tuple(dict.fromkeys(update for update in updates if update.type))


def _relations(value: object) -> dict[str, tuple[str, ...]]:
    """Relation to DOIs; ties to anything but a DOI are left out."""
    if not isinstance(value, Mapping):
        return {}
    found = {
        str(name): tuple(
            dict.fromkeys(
                _filled(
                    bare_doi(item.get("id"))
                    for item in _mappings(items)
                    if _text(item.get("id-type")).lower() == "doi"
                )
            )
        )
        for name, items in sorted(value.items(), key=lambda pair: str(pair[0]))
    }
    return {name: dois for name, dois in found.items() if dois}
