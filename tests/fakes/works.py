"""A file of Crossref works with a search over it: the data behind the fake registry."""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

Record = Mapping[str, object]

_TOKEN = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_K1, _B = 1.2, 0.6

# Which fields a query looks at, each with its weight in the length of a record.
QUERIES: Mapping[str, tuple[str, ...]] = {
    "query": ("title", "names", "container", "numbers", "dates", "publisher"),
    "query.bibliographic": ("title", "names", "container", "numbers", "dates"),
    "query.title": ("title",),
    "query.author": ("names",),
    "query.container-title": ("container",),
}


def read_works(path: str | Path) -> list[Record]:
    """The works of a JSON Lines file, plain or .gz, without the keys that begin with `_`."""
    name = Path(path)
    opened = gzip.open if name.suffix == ".gz" else open
    with opened(name, "rt", encoding="utf-8") as lines:
        return [public(json.loads(line)) for line in lines if line.strip()]


def public(record: Record) -> Record:
    """What the registry shows of a record."""
    return {key: value for key, value in record.items() if not key.startswith("_")}


class Works:
    """Works by DOI, and by relevance to a query (BM25 over the words of some fields)."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = [public(record) for record in records]
        self._by_doi = {str(r.get("DOI", "")).lower(): r for r in reversed(self.records)}
        self._indexes: dict[str, _Index] = {}

    def __len__(self) -> int:
        return len(self.records)

    def get(self, doi: str) -> Record | None:
        """The work of a DOI, whatever its case."""
        return self._by_doi.get(doi.lower())

    def ranked(self, queries: Mapping[str, str]) -> list[tuple[float, int]]:
        """Score and number of each record that matches every query, best first."""
        totals = dict.fromkeys(range(len(self.records)), 0.0)
        for name, text in queries.items():
            scores = self._index(name).scores(tokens(text))
            totals = {n: total + scores[n] for n, total in totals.items() if n in scores}
        return sorted(((score, n) for n, score in totals.items()), key=lambda p: (-p[0], p[1]))

    def _index(self, name: str) -> _Index:
        if name not in self._indexes:
            fields = [_FIELDS[field] for field in QUERIES[name]]
            self._indexes[name] = _Index(
                [t for field in fields for text in field(record) for t in tokens(text)]
                for record in self.records
            )
        return self._indexes[name]


class _Index:
    def __init__(self, documents: Iterable[list[str]]) -> None:
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths: list[int] = []
        for number, words in enumerate(documents):
            self._lengths.append(len(words))
            for word, count in Counter(words).items():
                self._postings[word].append((number, count))
        self._mean = sum(self._lengths) / max(len(self._lengths), 1) or 1.0

    def scores(self, words: Iterable[str]) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        total = len(self._lengths)
        for word in dict.fromkeys(words):
            postings = self._postings.get(word, [])
            weight = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, count in postings:
                norm = _K1 * (1 - _B + _B * self._lengths[number] / self._mean)
                found[number] += weight * count * (_K1 + 1) / (count + norm)
        return found


def tokens(text: str) -> list[str]:
    """Words and numbers without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", _TAG.sub("", text)).casefold()
    return _TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c)))


def _texts(*names: str) -> Callable[[Record], Iterator[str]]:
    def texts(record: Record) -> Iterator[str]:
        for name in names:
            value = record.get(name)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    yield item

    return texts


def _people(record: Record) -> Iterator[str]:
    for role in ("author", "editor"):
        people = record.get(role)
        for person in people if isinstance(people, list) else []:
            if isinstance(person, dict):
                yield from (str(person.get(part) or "") for part in ("given", "family", "name"))


def _years(record: Record) -> Iterator[str]:
    yield from {year for name in DATES if (year := date_of(record, name)[:4])}


DATES = ("issued", "published", "published-print", "published-online")


def date_of(record: Record, name: str = "issued") -> str:
    """A date of a record as far as it is given, "2021-06"; "" without one."""
    value = record.get(name)
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    whole = [part for part in first if isinstance(part, int)]
    return "-".join(f"{part:04d}" if at == 0 else f"{part:02d}" for at, part in enumerate(whole))


_FIELDS: Mapping[str, Callable[[Record], Iterator[str]]] = {
    "title": _texts("title", "subtitle", "original-title"),
    "names": _people,
    "container": _texts("container-title", "short-container-title"),
    "numbers": _texts("volume", "issue", "page", "article-number", "ISSN"),
    "dates": _years,
    "publisher": _texts("publisher"),
}
