"""What a snapshot keeps of a record, and the words under which the record is found.

Kept is what `work_from_record` reads, so that a work out of a snapshot is the work that Crossref's
own answer gives, with the same hash. It is stored as plain JSON: compressing each record costs a
sixth of the whole build and saves a third of the disk (docs/snapshot.md has the figures).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from exocite.matching.words import words
from exocite.registries.crossref_record import bare_doi
from exocite.registries.markup import plain_title

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]

LONGEST = 1_000_000
"""Bytes of what is kept of one record; longer ones are refused."""

_SCALARS = ("type", "publisher", "volume", "issue", "page", "article-number", "URL", "language")
_TEXTS = ("title", "subtitle", "original-title", "container-title", "short-container-title")
_DATES = ("issued", "published", "published-print", "published-online")
_WHOLE = frozenset(("DOI", *_SCALARS, *_TEXTS, "ISSN", "ISBN", "abstract"))
_CUT = frozenset((*_DATES, "author", "editor", "update-to", "updated-by"))
# What the hash of a record covers of its parts, and what is read of a notice besides.
_PARTS = frozenset(
    ("family", "given", "name", "suffix", "date-parts", "DOI", "type", "updated", "source")
)
_TIED = frozenset(("id", "id-type"))
# Such a DOI needs no more than lower case.
_PLAIN_DOI = re.compile(r"10\.[!-~]*/[!-~]*")
_NUMBERS = ("publisher", "volume", "issue", "page", "article-number")
_SEARCHED_FIELDS = (*_TEXTS, *_NUMBERS)
_LONGEST_TEXT = 4000
"""Characters of one field that are searched."""
_PEOPLE_SEARCHED = 200

# What came from JSON holds itself nowhere.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class RefusedError(ValueError):
    """A record cannot be kept; the message says why."""


def compact(record: Mapping[str, object]) -> tuple[str, bytes]:
    """The DOI in its normal form, "" where there is none, and what is kept, as JSON in UTF-8.

    Raises RefusedError for a record that is too long or no text.
    """
    stated = record.get("DOI")
    plain = isinstance(stated, str) and _PLAIN_DOI.fullmatch(stated)
    doi = plain[0].lower() if plain else bare_doi(stated)
    kept: dict[str, object] = {}
    for name, value in record.items():
        if name in _WHOLE:
            kept[name] = value
        elif name in _CUT:
            kept[name] = _cut(value, _PARTS)
        elif name == "relation" and isinstance(value, dict):
            kept[name] = {key: _cut(item, _TIED) for key, item in value.items()}
    try:
        data = _encoded(kept)
    except UnicodeEncodeError:
        raise RefusedError("it holds bytes that are not UTF-8") from None
    except RecursionError:
        raise RefusedError("it is nested too deeply") from None
    if len(data) > LONGEST:
        raise RefusedError(f"what is kept of it is longer than {LONGEST // 1_000_000} MB")
    return doi, data


def _encoded(record: Mapping[str, object]) -> bytes:
    """The record as JSON. The extra `snapshot` brings a library for this that is quicker."""
    if orjson is not None:
        try:
            return orjson.dumps(record)
        except TypeError:  # Numbers and depths that it does not know; text that is none.
            pass
    return _encode(record).encode("utf-8")


def restored(data: object) -> dict[str, object]:
    """The record out of what `compact` made. Raises RefusedError for anything else."""
    try:
        record = json.loads(data) if isinstance(data, bytes) else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise RefusedError("it is no record")
    return record


def _cut(value: object, parts: frozenset[str]) -> object:
    """A value, or each of a list, with these parts alone."""
    if isinstance(value, list):
        return [_cut_one(item, parts) for item in value]
    return _cut_one(value, parts)


def _cut_one(value: object, parts: frozenset[str]) -> object:
    if not isinstance(value, dict):
        return value
    kept = {}
    for part in value:
        if part in parts:
            kept[part] = value[part]
    return kept


def terms(record: Mapping[str, object]) -> list[str]:
    """The folded words of title, names, container, publisher and numbers, repetitions included."""
    plain: list[str] = []
    found: list[str] = []
    for text in _searched(record):
        # Folding letters beyond ASCII is slow, so only the field that has some pays for it.
        if not text.isascii():
            found += _folded(text)
        else:
            plain.append(plain_title(text) if "<" in text or "&" in text else text)
    return found + words(" ".join(plain))


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, ...]:
    """The words of a field; names of journals and publishers come again and again."""
    return tuple(words(plain_title(text) if "<" in text or "&" in text else text))


def _searched(record: Mapping[str, object]) -> list[str]:
    get = record.get
    texts: list[str] = []
    for name in _SEARCHED_FIELDS:
        value = get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str):
            texts.append(value if len(value) <= _LONGEST_TEXT else value[:_LONGEST_TEXT])
        elif value is not None:
            texts += _number(value)
    people = get("author") or get("editor")
    if isinstance(people, list):
        for person in people[:_PEOPLE_SEARCHED]:
            if isinstance(person, dict):
                called = person.get("family") or person.get("name") or person.get("given")
                texts += [called[:_LONGEST_TEXT]] if isinstance(called, str) else _number(called)
    texts.append(year(record))
    return texts


def _number(value: object) -> list[str]:
    """A number of a size that numbers of volumes and pages have, as text."""
    return [str(value)] if type(value) is int and abs(value) < 10**12 else []


def year(record: Mapping[str, object]) -> str:
    """The year that the record was issued in, or else the first of its other dates; "" without."""
    return next((found for name in _DATES if (found := _year(record.get(name)))), "")


def years(record: Mapping[str, object]) -> frozenset[str]:
    """Every year among the dates of a record."""
    return frozenset(filter(None, (_year(record.get(name)) for name in _DATES)))


def _year(date: object) -> str:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    while isinstance(parts, list) and parts:
        parts = parts[0]
    if type(parts) is int:
        return str(parts) if 1000 <= parts <= 9999 else ""
    plain = isinstance(parts, str) and len(parts) == 4 and parts.isascii() and parts.isdigit()
    return str(parts) if plain else ""
