"""Which entries of the bibliography the article's printed references are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from exocite.frozen import dataclass
from exocite.identifiers import find_dois, normalise_doi
from exocite.model import ListedReference, Reference
from exocite.patterns import regex
from exocite.references.names import bibtex_names
from exocite.text import folded

_WORD = regex(r"[^\W_]+")
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ENOUGH = 0.85
_FEWEST_WORDS = 4
_SHORT_TITLE = 4


@dataclass(frozen=True, slots=True)
class _Known:
    """What of a reference is looked for in a printed entry."""

    key: str
    title: str
    words: frozenset[str]
    family: str
    year: str


def match_listed(
    listed: Sequence[ListedReference], references: Sequence[Reference]
) -> Mapping[str, tuple[str, ...]]:
    """For each printed entry's label, the citekeys that it can be; labels without one are left out.

    By a DOI in the entry, else by the title's words in order, else by most of the title's words
    with the first author or the year. Several citekeys mean that they cannot be told apart.
    """
    dois: dict[str, list[str]] = defaultdict(list)
    known = []
    for reference in references:
        doi = normalise_doi(reference.get("doi")) or normalise_doi(reference.get("url"))
        if doi:
            dois[doi].append(reference.key)
        known.append(_known(reference))
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, reference_words in enumerate(known):
        for word in reference_words.words:
            by_word[word].append(index)
    matched = {}
    for entry in listed:
        keys = _by_doi(entry, dois) or _by_words(entry, known, by_word)
        if keys:
            matched[entry.label] = keys
    return matched


def _known(reference: Reference) -> _Known:
    title = _words(reference.get("title"))
    names = bibtex_names(reference.get("author") or reference.get("editor"))
    first = names[0] if names else None
    family = _words(first.literal or first.family) if first else ""
    year = _YEAR.search(reference.get("year") or reference.get("date"))
    return _Known(reference.key, title, frozenset(title.split()), family, year[0] if year else "")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def _by_doi(entry: ListedReference, dois: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    keys = [key for _, doi in find_dois(entry.text) for key in dois.get(doi, ())]
    return tuple(dict.fromkeys(keys))


def _by_words(
    entry: ListedReference, known: Sequence[_Known], by_word: Mapping[str, Sequence[int]]
) -> tuple[str, ...]:
    text = f" {_words(entry.text)} "
    words = set(text.split())
    years = set(_YEAR.findall(entry.text))
    shared: dict[int, int] = defaultdict(int)
    for word in words:
        for index in by_word.get(word, ()):
            shared[index] += 1
    scored = []
    for index, count in shared.items():
        reference = known[index]
        share = count / len(reference.words)
        if share < _ENOUGH:
            continue
        rank = _rank(reference, text, years, share)
        if rank is not None:
            scored.append((rank, index))
    if not scored:
        return ()
    best = max(rank for rank, _ in scored)
    return tuple(known[index].key for rank, index in sorted(scored, key=_second) if rank == best)


def _second(pair: tuple[tuple[int, ...], int]) -> int:
    return pair[1]


def _rank(reference: _Known, text: str, years: set[str], share: float) -> tuple[int, ...] | None:
    """How well the entry fits, better ones greater; None where it is not this reference."""
    whole = f" {reference.title} " in text
    author = bool(reference.family) and f" {reference.family} " in text
    year = bool(reference.year) and reference.year in years
    length = len(reference.words)
    dated = bool(reference.year and years)
    if whole and length < _SHORT_TITLE and not (author and (year or not dated)):
        return None
    if whole and not author and not year and reference.family and years:
        return None
    if not whole and not (length >= _FEWEST_WORDS and author and (year or not reference.year)):
        return None
    return int(whole), int(author) + int(year), length if whole else round(100 * share)
