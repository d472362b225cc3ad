"""Records that come in another form than Crossref's: envelopes, works as exocite has them, .bib."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exocite.model import Name, Reference
from exocite.references import entries
from exocite.registries.snapshot.json_stream import Bad

_NAMES: Mapping[str, str] = {
    "doi": "DOI",
    "authors": "author",
    "editors": "editor",
    "original_title": "original-title",
    "container": "container-title",
    "container_short": "short-container-title",
    "pages": "page",
    "article_number": "article-number",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "URL",
}
_KINDS: Mapping[str, str] = {
    "article": "journal-article",
    "inproceedings": "proceedings-article",
    "conference": "proceedings-article",
    "incollection": "book-chapter",
    "inbook": "book-chapter",
    "book": "book",
    "proceedings": "proceedings",
    "phdthesis": "dissertation",
    "mastersthesis": "dissertation",
    "thesis": "dissertation",
    "techreport": "report",
    "report": "report",
    "dataset": "dataset",
}


def from_object(found: dict[str, object]) -> Iterator[dict[str, object] | Bad]:
    """The records that an object of a JSON file holds.

    It is a record, an answer of the API (`message`, with `items` or without), or a work with the
    names that exocite's own data have (`doi`, `authors`, `container`, …).
    """
    message = found.get("message")
    inner = message if isinstance(message, dict) else found
    items = inner.get("items")
    if isinstance(items, list):
        for item in items:
            yield item if isinstance(item, dict) else Bad(0, "an item is no record")
    elif "DOI" not in inner and "doi" in inner:
        yield _renamed(inner)
    else:
        yield inner


def _renamed(work: Mapping[str, object]) -> dict[str, object]:
    record = {_NAMES.get(name, name): value for name, value in work.items()}
    year = str(record.pop("year", "") or "")
    if year.isascii() and year.isdigit() and "issued" not in record:
        record["issued"] = {"date-parts": [[int(year[:5])]]}
    for name in ("author", "editor"):
        people = record.get(name)
        if isinstance(people, list):
            record[name] = [_person(person) for person in people]
    return record


def _person(value: object) -> object:
    if isinstance(value, dict) and value.get("literal") and not value.get("name"):
        return {**value, "name": value["literal"]}
    return {"name": value} if isinstance(value, str) else value


def from_entry(entry: Reference) -> dict[str, object]:
    """An entry of a .bib file as a record; without "DOI" where it has none."""
    parsed = entries.to_parsed(entry)
    year = parsed.year[:4]
    record: dict[str, object] = {
        "DOI": parsed.doi,
        "type": _KINDS.get(entry.type, "other"),
        "title": parsed.title,
        "author": _people(entries.authors(entry)),
        "container-title": parsed.container,
        "publisher": parsed.publisher,
        "volume": parsed.volume,
        "issue": parsed.issue,
        "page": parsed.pages,
        "ISBN": parsed.isbn,
        "issued": {"date-parts": [[int(year)]]} if year.isascii() and year.isdigit() else None,
        "abstract": entry.get("abstract"),
    }
    return {name: value for name, value in record.items() if value}


def _people(names: Sequence[Name]) -> list[dict[str, str]]:
    people = (
        {
            "family": " ".join(filter(None, (name.particle, name.family))),
            "given": name.given,
            "suffix": name.suffix,
            "name": name.literal,
        }
        for name in names
    )
    return [{part: text for part, text in person.items() if text} for person in people]
