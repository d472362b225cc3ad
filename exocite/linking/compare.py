"""A claim against a work: what they share, of the whole work and of each of its sentences.

Every measure is a share between 0 and 1 of what the claim asks for, so that a short claim and a
long one, a bibliography of four works and one of five thousand, can be held against each other.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exocite.linking.collection import Collection, Concept, Norms
from exocite.linking.documents import ABSTRACT, Document
from exocite.linking.units import MEASURED

_LONG_SENTENCE = 25
PLACED_FROM = 0.1
ASKED_FOR = 0.5
"""Fraction from which a stem of the claim's context is a part of what it asks for."""


@dataclass(frozen=True, slots=True)
class Query:
    """A claim as it is looked for: its concepts by stem, and the pairs that stand side by side.

    `measures` are those of its numbers that have a unit or count people, animals, events; `names`
    its words that prose at large does not know; `norms` are the collection's.
    """

    concepts: Mapping[str, Concept]
    total: float
    pairs: Mapping[tuple[str, str], float]
    pair_total: float
    numbers: frozenset[str]
    measures: frozenset[str]
    names: frozenset[str]
    norms: Callable[[Document], Norms]


WORK_FEATURES = (
    "share", "coverage", "title", "adjacent", "pairs", "numbers", "exact",
    "weighty", "headed", "titled", "three", "sentence", "names",
)  # fmt: skip
SENTENCE_FEATURES = (
    "coverage", "distinct", "before", "after", "numbers", "length", "short", "place", "aside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """What a claim shares with a work.

    `features` follow WORK_FEATURES: BM25 over its ceiling; weight of the claim's terms in the
    work; in its title; in its best two neighbouring sentences; pairs of words; numbers; terms in
    exactly the claim's form; squared weight of its terms in the work; weight of its terms in title
    and best two neighbours together; share of the title's weight that the claim has; mean of the
    best three sentences; cosine of the best sentence; names held. `held` maps sentence number to
    the credit of each term in it. `missing` is the share of the claim's measures that its best two
    neighbouring sentences lack. A `semantic` match has LIKENESS_FEATURES behind the others.
    """

    document: Document
    features: tuple[float, ...]
    held: Mapping[int, Mapping[str, float]]
    coverage: float
    best: float
    missing: float = 0.0
    semantic: bool = False


def query(
    collection: Collection,
    stems: Sequence[str],
    context: Iterable[tuple[str, float]] = (),
) -> Query:
    """The claim's stems weighed in this collection; context stems weigh the given fraction."""
    concepts = collection.concepts(stems)
    pairs = {
        (one, other): concepts[one].weight + concepts[other].weight
        for one, other in pairwise(stems)
    }
    total = sum(concept.weight for concept in concepts.values())
    for stem, fraction in context:
        if stem not in concepts:
            full = collection.concept(stem)
            concepts[stem] = Concept(full.weight * fraction, full.credits)
            # What the claim only stands beside may be met; it is not asked for.
            total += concepts[stem].weight * (fraction >= ASKED_FOR)
    return Query(
        concepts,
        total,
        pairs,
        sum(pairs.values()),
        frozenset(stem for stem in stems if stem[0].isdigit()),
        frozenset(_measures(stems)),
        frozenset(filter(collection.strange, stems)),
        collection.norms,
    )


def _measures(stems: Sequence[str]) -> Iterator[str]:
    for place, stem in enumerate(stems):
        if stem in MEASURED:
            before = stems[max(0, place - 2) : place]
            yield from (number for number in before if number[0].isdigit())


def match(asked: Query, document: Document, damping: float) -> Match:
    """Compare the claim with one work; `damping` is the collection's for this document."""
    share = coverage = exact = weighty = squares = 0.0
    present: dict[str, float] = {}
    titled: dict[str, float] = {}
    held: dict[int, dict[str, float]] = {}
    headline = frozenset(document.title)
    counts, places = document.counts, document.places
    for stem, concept in asked.concepts.items():
        heavy, saturated, most = concept.weight, 0.0, 0.0
        squares += heavy * heavy
        for other, credit in concept.credits.items():
            count = counts.get(other)
            if not count:
                continue
            saturated = max(saturated, credit * count / (count + damping))
            most = max(most, credit)
            if other in headline:
                titled[stem] = max(titled.get(stem, 0.0), credit)
            for number in places.get(other, ()):
                terms = held.setdefault(number, {})
                if credit > terms.get(stem, 0.0):
                    terms[stem] = credit
        if most:
            present[stem] = most
            share += heavy * saturated
            coverage += heavy * most
            weighty += heavy * heavy * most
            exact += heavy * (stem in counts)
    best = _best_sentences(asked, held, document, titled)
    norms = asked.norms(document)
    in_title = weight(asked, titled)
    features = (
        _over(share, asked.total),
        _over(coverage, asked.total),
        _over(in_title, asked.total),
        _over(best.adjacent, asked.total),
        _over(_pairs(asked, document), asked.pair_total),
        _over(sum(number in counts for number in asked.numbers), len(asked.numbers)),
        _over(exact, asked.total),
        _over(weighty, squares),
        _over(best.headed, asked.total),
        min(1.0, in_title / norms.title),
        _over(best.three, asked.total),
        _cosine(asked, held, norms, squares),
        _over(sum(present.get(stem, 0.0) for stem in asked.names), len(asked.names)),
    )
    missing = _over(len(asked.measures.difference(best.terms)), len(asked.measures))
    return Match(document, features, held, features[1], _over(best.single, asked.total), missing)


def _cosine(
    asked: Query, held: Mapping[int, Mapping[str, float]], norms: Norms, squares: float
) -> float:
    """The highest cosine of claim and sentence, relatives counted in part."""
    own = math.sqrt(squares) or 1.0
    highest = 0.0
    for number, terms in held.items():
        shared = sum(asked.concepts[stem].weight ** 2 * credit for stem, credit in terms.items())
        highest = max(highest, shared / (own * norms.sentences[number]))
    return min(1.0, highest)


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
        _over(weight(asked, found.held.get(number, nothing)), total) for number in range(count)
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


@dataclass(frozen=True, slots=True)
class _Best:
    """Weight held by the best sentence, by the best two neighbours, by these with the title.

    `three` is the mean of the best three, `terms` are those of the best two neighbours.
    """

    single: float
    adjacent: float
    headed: float
    three: float
    terms: Mapping[str, float]


def _best_sentences(
    asked: Query,
    held: Mapping[int, Mapping[str, float]],
    document: Document,
    titled: Mapping[str, float],
) -> _Best:
    adjacent = headed = 0.0
    nearest: Mapping[str, float] = {}
    alone = {number: weight(asked, terms) for number, terms in held.items()}
    for number, terms in held.items():
        both, here = terms, alone[number]
        following = held.get(number + 1)
        if following and _joined(document, number, number + 1):
            both = merged(terms, following)
            here = weight(asked, both)
        if here > adjacent:
            adjacent, nearest = here, both
        if titled:
            here += sum(
                asked.concepts[stem].weight * max(0.0, credit - both.get(stem, 0.0))
                for stem, credit in titled.items()
            )
        headed = max(headed, here)
    ordered = heapq.nlargest(3, alone.values())
    single = ordered[0] if ordered else 0.0
    return _Best(single, adjacent, headed, sum(ordered) / 3, nearest)


def merged(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The terms of both sentences, each with its higher credit."""
    both = dict(one)
    for stem, credit in other.items():
        both[stem] = max(both.get(stem, 0.0), credit)
    return both


def gain(asked: Query, terms: Mapping[str, float], further: Mapping[str, float]) -> float:
    """The share of the claim's weight that the further terms add to those already held."""
    added = weight(asked, merged(terms, further)) - weight(asked, terms)
    return _over(added, asked.total)


def _pairs(asked: Query, document: Document) -> float:
    found = 0.0
    for (one, other), heavy in asked.pairs.items():
        numbers = set(document.places.get(one, ())).intersection(document.places.get(other, ()))
        near = _side_by_side(one, other, document.title) or any(
            _side_by_side(one, other, document.units[number].stems) for number in numbers
        )
        found += heavy * near
    return found


def _side_by_side(one: str, other: str, stems: Sequence[str]) -> bool:
    return any(
        (left == one and right == other) or (left == other and right == one)
        for left, right in pairwise(stems)
    )


def weight(asked: Query, terms: Mapping[str, float]) -> float:
    """How much of the claim the terms hold, as a sum of weights."""
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
    return min(1.0, part / whole) if whole else 0.0
