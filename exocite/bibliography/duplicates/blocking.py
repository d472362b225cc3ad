"""Which records of a library are worth comparing: those that share something rare.

Each record is filed under several keys (identifier, whole title, rare words of the title, rare
neighbours in it, author and year, place), so that a slip in one field leaves the others. A drawer
with too many records is sorted into smaller ones, and of what is still too many only neighbours
are taken: the work grows with the number of records, whatever they hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from exocite.bibliography.duplicates.record import Record
from exocite.matching.titles import SMALL

_MOST = 24
"""Records of one drawer that are all compared with one another."""

_NEIGHBOURS = 4
_RARE_WORDS = 4
_RARE_RUNS = 3
_RUNS = (2, 3)

Key = Hashable
_Finer = Callable[[Record], Key]


def vocabulary(records: Iterable[Record]) -> Counter[str]:
    """How many records hold each word in their title."""
    counts: Counter[str] = Counter()
    for record in records:
        counts.update(set(record.title))
    return counts


def candidates(records: Sequence[Record], words: Mapping[str, int]) -> list[tuple[int, int]]:
    """Pairs of numbers of records that may be of one work, in order, each once.

    `records` are sorted and no two are equal; `words` is their vocabulary.
    """
    size = len(records)
    found: set[int] = set()
    for drawer, finer in _drawers(records, words):
        for left, right in _pairs(records, drawer, finer):
            found.add(left * size + right if left < right else right * size + left)
    return [divmod(code, size) for code in sorted(found)]


def _drawers(
    records: Sequence[Record], words: Mapping[str, int]
) -> Iterator[tuple[list[int], Sequence[_Finer]]]:
    by_key: dict[Key, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        for key in _keys(record):
            by_key[key].append(index)
    for drawer in by_key.values():
        if len(drawer) > 1:
            yield drawer, _FINER
    by_word: dict[Key, list[int]] = defaultdict(list)
    runs = {size: _runs(records, size) for size in _RUNS}
    for index, record in enumerate(records):
        for key in _rare(record, words, runs):
            by_word[key].append(index)
    for drawer in by_word.values():
        # What many titles share says little of any two of them.
        if 1 < len(drawer) <= _MOST:
            yield drawer, ()


def _keys(record: Record) -> Iterator[Key]:
    place, families = record.place, record.people.families
    if record.joined:
        yield "title", record.joined
        yield "beginning", record.joined[:20]
    if record.doi:
        yield "doi", record.doi
    if record.isbn:
        yield "isbn", record.isbn
    if place.first and (place.volume or place.year):
        yield "place", place.volume or place.year, place.first
        if place.last:
            yield "pages", place.first, place.last
    if place.volume and place.issue:
        yield "number", place.volume, place.issue, place.year
    if families:
        yield "author", families[0], place.year
        if record.title:
            yield "name", families[0], record.title[0]


def _by_author(record: Record) -> Key:
    return record.people.families[:1]


def _by_year(record: Record) -> Key:
    return record.place.year


def _by_page(record: Record) -> Key:
    return record.place.first


def _by_beginning(record: Record) -> Key:
    return record.joined[:8]


_FINER: tuple[_Finer, ...] = (_by_author, _by_year, _by_page, _by_beginning)


def _pairs(
    records: Sequence[Record], drawer: Sequence[int], finer: Sequence[_Finer]
) -> Iterator[tuple[int, int]]:
    """All pairs of a drawer; of a large one those of each smaller drawer, and neighbours."""
    size = len(drawer)
    if size <= _MOST:
        for at, left in enumerate(drawer):
            for right in drawer[at + 1 :]:
                yield left, right
        return
    for at, left in enumerate(drawer):
        for right in drawer[at + 1 : at + 1 + _NEIGHBOURS]:
            yield left, right
    for place, split in enumerate(finer):
        smaller: dict[Key, list[int]] = defaultdict(list)
        for index in drawer:
            smaller[split(records[index])].append(index)
        for part in smaller.values():
            if 1 < len(part) < size:
                yield from _pairs(records, part, finer[place + 1 :])


def _run(record: Record, size: int) -> set[tuple[str, ...]]:
    """The runs of so many neighbouring words in a title."""
    title = record.title
    return set(zip(*(title[at:] for at in range(size)), strict=False))


def _runs(records: Sequence[Record], size: int) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for record in records:
        counts.update(_run(record, size))
    return counts


def _rare(
    record: Record, words: Mapping[str, int], runs: Mapping[int, Mapping[tuple[str, ...], int]]
) -> Iterator[Key]:
    """The rarest words and runs of words of the title that another title has as well."""
    own = {word for word in record.title if words[word] > 1 and word not in SMALL}
    yield from sorted(own, key=lambda word: (words[word], word))[:_RARE_WORDS]
    for size, counts in runs.items():
        known = [(counts[run], run) for run in _run(record, size) if counts[run] > 1]
        yield from (run for _, run in sorted(known)[:_RARE_RUNS])
