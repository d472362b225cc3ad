"""Which records of the files a snapshot takes: by journal, by year, by DOI."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from exocite.errors import UsageError
from exocite.identifiers import normalise_doi, valid_issn
from exocite.matching.words import words
from exocite.registries.crossref_record import bare_doi
from exocite.registries.snapshot.compact import years


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of a record; an empty field asks nothing.

    `journals` are ISSNs or titles as they were given, `first` and `last` years, 0 for none.
    """

    journals: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    dois: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """The selection in words, "" where everything is taken."""
        return "; ".join(self._said())

    def _said(self) -> Iterator[str]:
        if self.journals:
            yield f"journals {', '.join(self.journals)}"
        if self.first:
            yield f"years {self.first}-{self.last}"
        if self.dois is not None:
            yield f"{len(self.dois)} DOIs"

    @property
    def key(self) -> str:
        """A hash that is the same for the same selection alone."""
        dois = None if self.dois is None else sorted(self.dois)
        asked = [sorted(map(_journal, self.journals)), self.first, self.last, dois]
        return sha256(json.dumps(asked).encode()).hexdigest()

    def sieve(self) -> Sieve:
        """The selection made ready for many records."""
        return Sieve(self)


class Sieve:
    """Tells for each record whether it is taken."""

    def __init__(self, selection: Selection) -> None:
        self._dois = selection.dois
        self._journals = frozenset(map(_journal, selection.journals))
        span = range(selection.first, selection.last + 1) if selection.first else ()
        self._years = frozenset(map(str, span))
        self._all = selection.dois is None and not self._journals and not self._years

    def __call__(self, record: Mapping[str, object]) -> bool:
        """Whether the record is of this selection."""
        if self._all:
            return True
        if self._dois is not None and bare_doi(record.get("DOI")) not in self._dois:
            return False
        if self._years and self._years.isdisjoint(years(record)):
            return False
        return not self._journals or not self._journals.isdisjoint(_journals(record))


def _journals(record: Mapping[str, object]) -> Iterator[str]:
    for name in ("ISSN", "container-title", "short-container-title"):
        value = record.get(name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield _journal(item.rpartition("/")[2] if name == "ISSN" else item[:1000])


def _journal(given: str) -> str:
    """An ISSN without its hyphen, or the folded words of a title."""
    plain = given.strip().upper()
    return plain.replace("-", "") if valid_issn(plain) else " ".join(words(given))


def year_span(text: str) -> tuple[int, int]:
    """First and last year of "2010-2020" or "2015". Raises UsageError."""
    first, dash, last = text.strip().replace("–", "-").partition("-")
    last = last if dash else first
    whole = all(part.isascii() and part.isdigit() and len(part) == 4 for part in (first, last))
    if whole and int(first) <= int(last):
        return int(first), int(last)
    raise UsageError(f"--year is {text!r}", hint="it looks like 2015 or 2010-2020")


def listed_dois(lines: Iterable[str]) -> frozenset[str]:
    """The DOIs of a list, one a line; lines without one count for nothing."""
    return frozenset(filter(None, (normalise_doi(line) for line in lines if "10." in line)))
