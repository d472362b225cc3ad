"""A claim against a work: what they share, of the whole work and of each of its sentences.

Every measure is a share between 0 and 1 of what the claim asks for, so that a short claim and a
long one, a bibliography of four works and one of five thousand, can be held against each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exocite.linking.collection import Collection, Concept
from exocite.linking.documents import ABSTRACT, Document
from exocite.linking.units import MEASURED

_LONG_SENTENCE = 25
PLACED_FROM = 0.1


@dataclass(frozen=True, slots=True)
class Query:
    """A claim as it is looked for: its concepts by stem, and the pairs that stand side by side.

    `measures` are those of its numbers that have a unit or count people, animals, events.
    """

    concepts: Mapping[str, Concept]
    total: float
    pairs: Mapping[tuple[str, str], float]
    pair_total: float
    numbers: frozenset[str]
    measures: frozenset[str] = frozenset()


WORK_FEATURES = ("share", "coverage", "title", "adjacent", "pairs", "numbers", "exact")
SENTENCE_FEATURES = (
    "coverage", "distinct", "before", "after", "numbers", "length", "short", "place", "aside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """What a claim shares with a work.

    `features` follow WORK_FEATURES: BM25 over its ceiling; weight of the claim's terms in the
    work; in its title; in its best two neighbouring sentences; pairs of words; numbers; terms in
    exactly the claim's form. `held` maps sentence number to the credit of each term in it.
    `missing` is the share of the claim's measures that its best two neighbouring sentences lack.
    """

    document: Document
    features: tuple[float, ...]
    held: Mapping[int, Mapping[str, float]]
    coverage: float
    best: float
    missing: float = 0.0


def query(
    collection: Collection,
    stems: Sequence[str],
    context: Iterable[tuple[str, float]] = (),
) -> Query:
    """The claim's stems weighed in this collection; context stems weigh the given fraction."""
    concepts = {stem: collection.concept(stem) for stem in stems}
    pairs = {
        (one, other): concepts[one].weight + concepts[other].weight
        for one, other in pairwise(stems)
    }
    for stem, fraction in context:
        if stem not in concepts:
            full = collection.concept(stem)
            concepts[stem] = Concept(full.weight * fraction, full.credits)
    return Query(
        concepts,
        sum(concept.weight for concept in concepts.values()),
        pairs,
        sum(pairs.values()),
        frozenset(stem for stem in stems if stem[0].isdigit()),
        frozenset(_measures(stems)),
    )


def _measures(stems: Sequence[str]) -> Iterator[str]:
    for place, stem in enumerate(stems):
        if stem in MEASURED:
            before = stems[max(0, place - 2) : place]
            yield from (number for number in before if number[0].isdigit())


def match(asked: Query, document: Document, damping: float) -> Match:
    """Compare the claim with one work; `damping` is the collection's for this document."""
    share = coverage = title = exact = 0.0
    headline = set(document.title)
    held: dict[int, dict[str, float]] = {}
    for stem, concept in asked.concepts.items():
        saturated = present = headed = 0.0
        for other, credit in concept.credits.items():
            count = document.counts.get(other)
            if not count:
                continue
            saturated = max(saturated, credit * count / (count + damping))
            present = max(present, credit)
            if other in headline:
                headed = max(headed, credit)
            for number in document.places.get(other, ()):
                terms = held.setdefault(number, {})
                terms[stem] = max(terms.get(stem, 0.0), credit)
        share += concept.weight * saturated
        coverage += concept.weight * present
        title += concept.weight * headed
        exact += concept.weight * (stem in document.counts)
    best, adjacent, nearest = _best_sentences(asked, held, document)
    features = (
        _over(share, asked.total),
        _over(coverage, asked.total),
        _over(title, asked.total),
        adjacent,
        _over(_pairs(asked, document), asked.pair_total),
        _over(sum(number in document.counts for number in asked.numbers), len(asked.numbers)),
        _over(exact, asked.total),
    )
    missing = _over(len(asked.measures.difference(nearest)), len(asked.measures))
    return Match(document, features, held, features[1], best, missing)


def sentence_features(asked: Query, found: Match) -> list[tuple[float, ...]]:
    """For each sentence of the work the measures of SENTENCE_FEATURES.

    Distinct coverage weighs a term less the more sentences of this work hold it. Place is the
    position within an abstract, 0 to 1 (conclusions come last), and 0 in any other text; it counts
    in part where distinct coverage is less than PLACED_FROM: an end that shares little concludes
    something else.
    """
    document, total = found.document, asked.total
    count = len(document.units)
    spread: dict[str, int] = {}
    for terms in found.held.values():
        for stem in terms:
            spread[stem] = spread.get(stem, 0) + 1
    rarity = {
        stem: concept.weight
        * math.log(1 + (count - spread.get(stem, 0) + 0.5) / (spread.get(stem, 0) + 0.5))
        for stem, concept in asked.concepts.items()
    }
    rare_total = sum(rarity.values())
    nothing: Mapping[str, float] = {}
    covered = [
        _over(_weight(asked, found.held.get(number, nothing)), total) for number in range(count)
    ]
    rows: list[tuple[float, ...]] = []
    for number, unit in enumerate(document.units):
        terms = found.held.get(number, nothing)
        before = covered[number - 1] if _joined(document, number - 1, number) else 0.0
        after = covered[number + 1] if _joined(document, number, number + 1) else 0.0
        length = len(unit.stems)
        distinct = _over(sum(rarity[stem] * credit for stem, credit in terms.items()), rare_total)
        rows.append(
            (
                covered[number],
                distinct,
                before,
                after,
                _over(sum(stem in terms for stem in asked.numbers), len(asked.numbers)),
                math.log1p(min(length, _LONG_SENTENCE)) / math.log1p(_LONG_SENTENCE),
                1.0 if length < 4 else 0.0,
                _place(document, number) * min(1.0, distinct / PLACED_FROM),
                1.0 if unit.aside else 0.0,
            )
        )
    return rows


def _best_sentences(
    asked: Query, held: Mapping[int, Mapping[str, float]], document: Document
) -> tuple[float, float, Mapping[str, float]]:
    """Coverage by the best sentence and by the best two neighbours, and the terms of these."""
    best = adjacent = 0.0
    nearest: Mapping[str, float] = {}
    for number, terms in held.items():
        here = _weight(asked, terms)
        best = max(best, here)
        both = terms
        following = held.get(number + 1)
        if following and _joined(document, number, number + 1):
            both = merged(terms, following)
            here = _weight(asked, both)
        if here > adjacent:
            adjacent, nearest = here, both
    return _over(best, asked.total), _over(adjacent, asked.total), nearest


def merged(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The terms of both sentences, each with its higher credit."""
    both = dict(one)
    for stem, credit in other.items():
        both[stem] = max(both.get(stem, 0.0), credit)
    return both


def gain(asked: Query, terms: Mapping[str, float], further: Mapping[str, float]) -> float:
    """The share of the claim's weight that the further terms add to those already held."""
    added = _weight(asked, merged(terms, further)) - _weight(asked, terms)
    return _over(added, asked.total)


def _pairs(asked: Query, document: Document) -> float:
    found = 0.0
    for (one, other), weight in asked.pairs.items():
        numbers = set(document.places.get(one, ())).intersection(document.places.get(other, ()))
        near = _side_by_side(one, other, document.title) or any(
            _side_by_side(one, other, document.units[number].stems) for number in numbers
        )
        found += weight * near
    return found


def _side_by_side(one: str, other: str, stems: Sequence[str]) -> bool:
    return any(
        (left == one and right == other) or (left == other and right == one)
        for left, right in pairwise(stems)
    )


def _weight(asked: Query, terms: Mapping[str, float]) -> float:
    return sum(asked.concepts[stem].weight * credit for stem, credit in terms.items())


def _joined(document: Document, number: int, following: int) -> bool:
    units = document.units
    return number >= 0 and following < len(units) and units[number].text == units[following].text


def _place(document: Document, number: int) -> float:
    text = document.units[number].text
    if document.texts[text].field != ABSTRACT:
        return 0.0
    first, last = document.ranges[text]
    return (number - first) / max(1, last - first - 1)


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
