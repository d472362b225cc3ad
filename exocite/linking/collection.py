"""The works that claims are compared with, together: how much each term weighs, who is near.

BM25 is written here rather than taken from bm25s because that needs numpy, whose import alone
costs more CPU than linking a hundred claims to sixty works does here, and its scores can neither
be taken apart into terms nor mix in a background; the postings are exact and deterministic.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exocite.linking.background import SENTENCES, frequencies
from exocite.linking.documents import Document, parts
from exocite.linking.synonyms import families

SATURATION = 1.2
LENGTH_SHARE = 0.75
_UNSEEN = 4
_TRUST_AT = 300
_EDGE = 5
_LIKENESS = 0.55
_SAME_FAMILY = 0.6
_SAME_TAIL = 0.5
_SYNONYM = 0.5
_SAME_SYMBOL = 0.6
SAME_ABBREVIATED = 0.8
_SYMBOL_HEAD = 3
_SYMBOL_LIKENESS = 0.4
_MOST_CREDITS = 40
_MOST_FORMS = 20
_LONG_POSTINGS = 64
_ASKED_AGAIN = 1.5
_GREEK = re.compile(r"(?:alpha|beta|gamma|delta|kappa)b?")


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a claim: what it weighs, and the stems that stand for it with their credit.

    The stem itself has credit 1; a relative ("inflamm" for "inflammatori") less.
    `name` is the stem where weight and credits are those of the collection alone, else "".
    """

    weight: float
    credits: dict[str, float]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Norms:
    """How much there is to match in a document, 1 where there is nothing.

    Of its title the sum of the weights of its stems, of each sentence the root of the sum of their
    squares.
    """

    title: float
    sentences: tuple[float, ...]


class Collection:
    """Documents with their shared statistics.

    A term weighs log(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Sparck Jones), once with the
    documents of this collection and once with the sentences of a background of scientific prose.
    The background rules while the collection is small: among four works nothing tells "exosome"
    from "show". A work with a long text is compared part by part (`documents.parts`), so that a
    book is neither punished for its length nor a bag of all words.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: Sequence[Document] = tuple(
            document for document in documents if document.units
        )
        self._parts = [part for document in self.documents for part in parts(document)]
        self._parts_of: dict[str, list[int]] = defaultdict(list)
        for number, part in enumerate(self._parts):
            self._parts_of[part.key].append(number)
        self.mean_length = _mean(part.length for part in self._parts)
        self._frequency = Counter(stem for item in self.documents for stem in item.counts)
        self._background = frequencies()
        self._families = families()
        self._trust = len(self.documents) / (len(self.documents) + _TRUST_AT)
        self._index_relatives()
        self._index_abbreviations()
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, item in enumerate(self._parts):
            damping = self.damping(item)
            for stem, count in item.counts.items():
                self._postings[stem].append((number, count / (count + damping)))
        self._concepts: dict[str, Concept] = {}
        self._shares: dict[str, dict[int, float]] = {}
        self._weights: dict[str, float] = {}
        self._norms: dict[int, tuple[Document, Norms]] = {}

    def _index_relatives(self) -> None:
        self._heads: dict[str, list[str]] = defaultdict(list)
        self._tails: dict[str, list[str]] = defaultdict(list)
        self._symbols: dict[str, list[str]] = defaultdict(list)
        for stem in sorted(self._frequency):
            if len(stem) >= _EDGE and stem.isalpha():
                self._heads[stem[:_EDGE]].append(stem)
                self._tails[stem[-_EDGE:]].append(stem)
            if len(stem) >= _SYMBOL_HEAD and stem[0].isalpha():
                self._symbols[stem[:_SYMBOL_HEAD]].append(stem)

    def _index_abbreviations(self) -> None:
        self._long: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._short: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for short, long in sorted({pair for item in self.documents for pair in item.abbreviations}):
            if len(self._long[short]) < _MOST_FORMS:
                self._long[short].append(long)
            if len(long) > 1 and len(self._short[long[0]]) < _MOST_FORMS:
                self._short[long[0]].append((long, short))

    def damping(self, document: Document) -> float:
        """BM25's k1 (1 - b + b L / mean L): how fast repetition in this document stops counting."""
        relative = document.length / self.mean_length
        return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)

    def weight(self, stem: str) -> float:
        """What the stem weighs."""
        known = self._weights.get(stem)
        if known is None:
            here = _idf(self._frequency.get(stem, 0), len(self.documents))
            anywhere = _idf(self._background.get(stem, _UNSEEN), SENTENCES)
            known = self._trust * here + (1 - self._trust) * anywhere
            self._weights[stem] = known
        return known

    def strange(self, stem: str) -> bool:
        """Whether the stem is a word that scientific prose at large does not know: a name."""
        return stem not in self._background and not stem[0].isdigit()

    def norms(self, document: Document) -> Norms:
        """The document's norms in this collection."""
        known = self._norms.get(id(document))
        if known is None or known[0] is not document:
            title = sum(self.weight(stem) for stem in set(document.title))
            sentences = tuple(
                math.sqrt(sum(self.weight(stem) ** 2 for stem in set(unit.stems))) or 1.0
                for unit in document.units
            )
            known = self._norms[id(document)] = (document, Norms(title or 1.0, sentences))
        return known[1]

    def concept(self, stem: str) -> Concept:
        """The stem's weight and its relatives among the terms of this collection."""
        known = self._concepts.get(stem)
        if known is None:
            credit = sorted(self._credits(stem).items(), key=lambda pair: (-pair[1], pair[0]))
            known = Concept(self.weight(stem), dict(credit[:_MOST_CREDITS]), stem)
            self._concepts[stem] = known
        return known

    def concepts(self, stems: Sequence[str]) -> dict[str, Concept]:
        """The concept of each stem; an abbreviation that a work defines stands for its long form.

        For the claim's "ART" each word of "antiretroviral therapy" has part of the credit, for a
        claim's "antiretroviral therapy" the short form nearly all.
        """
        made = {stem: self.concept(stem) for stem in stems}
        more: dict[str, dict[str, float]] = defaultdict(dict)
        for place, stem in enumerate(stems):
            for long in self._long.get(stem, ()):
                total = sum(self.weight(one) for one in long) or 1.0
                for one in long:
                    credit = SAME_ABBREVIATED * self.weight(one) / total
                    more[stem][one] = max(more[stem].get(one, 0.0), credit)
            for long, short in self._short.get(stem, ()):
                if tuple(stems[place : place + len(long)]) == long:
                    for one in long:
                        more[one][short] = SAME_ABBREVIATED
        for stem, further in more.items():
            known = made[stem].credits
            best = {one: max(known.get(one, 0.0), further[one]) for one in further}
            made[stem] = Concept(made[stem].weight, known | best)
        return made

    def _credits(self, stem: str) -> dict[str, float]:
        credit = {stem: 1.0}
        for other in self._families.get(stem, ()):
            if other in self._frequency:
                credit[other] = _SYNONYM
        if stem[:1].isalpha():
            for other in self._symbols.get(stem[:_SYMBOL_HEAD], ()):
                if other != stem and _same_symbol(stem, other):
                    credit[other] = _SAME_SYMBOL
        if len(stem) >= _EDGE and stem.isalpha():
            self._add_kin(stem, credit)
        return credit

    def _add_kin(self, stem: str, credit: dict[str, float]) -> None:
        for other in self._heads.get(stem[:_EDGE], ()):
            common = _common_start(stem, other)
            share = common / max(len(stem), len(other))
            whole = common == min(len(stem), len(other))
            if other != stem and (common > _EDGE or whole) and share >= _LIKENESS:
                credit[other] = _SAME_FAMILY * math.sqrt(share)
        if len(stem) > _EDGE:
            for other in self._tails.get(stem[-_EDGE:], ()):
                longer = other.endswith(stem) or (len(other) > _EDGE and stem.endswith(other))
                if longer and other not in credit:
                    credit[other] = _SAME_TAIL

    def nearest(self, concepts: Iterable[Concept], limit: int) -> list[Document]:
        """The documents that share most with the concepts by BM25, best first, ties in order.

        Of a work with a long text its nearest part stands for it. Concepts are taken by weight;
        once no unseen part can come among the nearest, only those already found are followed
        (Turtle and Flood's max score, 1995): the answer is that of the whole sum.
        """
        ordered = sorted(concepts, key=lambda concept: -concept.weight)
        rest = sum(concept.weight for concept in ordered)
        ask = rest / 2
        totals: dict[int, float] = {}
        closed = False
        for concept in ordered:
            shares = self._shares_of(concept)
            if not closed and rest <= ask and len(shares) > _LONG_POSTINGS:
                least = self._least(totals, limit)
                closed, ask = least > rest, rest / _ASKED_AGAIN
                if closed:
                    totals = {n: value for n, value in totals.items() if value + rest >= least}
            weight = concept.weight
            if closed:
                for number in totals:
                    totals[number] += weight * shares.get(number, 0.0)
            else:
                for number, share in shares.items():
                    totals[number] = totals.get(number, 0.0) + weight * share
            rest -= weight
        return self._best_parts(totals, limit)

    def part(self, key: str, concepts: Iterable[Concept]) -> Document:
        """The part of the work with this key that is nearest to the concepts, else its first."""
        numbers = self._parts_of[key]
        if len(numbers) == 1:
            return self._parts[numbers[0]]
        totals = dict.fromkeys(numbers, 0.0)
        for concept in concepts:
            shares = self._shares_of(concept)
            for number in numbers:
                totals[number] += concept.weight * shares.get(number, 0.0)
        return self._parts[max(numbers, key=lambda number: (totals[number], -number))]

    def _best(self, totals: dict[int, float]) -> dict[str, int]:
        """For each work the part with the highest total, the first of equal ones."""
        best: dict[str, int] = {}
        for number in sorted(totals):
            held = best.setdefault(self._parts[number].key, number)
            if totals[number] > totals[held]:
                best[self._parts[number].key] = number
        return best

    def _least(self, totals: dict[int, float], limit: int) -> float:
        """What the last of the nearest works has so far; less than nothing where they are few."""
        values: Iterable[float] = totals.values()
        if len(self._parts) != len(self.documents):
            values = (totals[number] for number in self._best(totals).values())
        largest = heapq.nlargest(limit, values)
        return largest[-1] if len(largest) == limit else -1.0

    def _best_parts(self, totals: dict[int, float], limit: int) -> list[Document]:
        numbers: Iterable[int] = totals
        if len(self._parts) != len(self.documents):
            numbers = self._best(totals).values()
        nearest = heapq.nsmallest(limit, numbers, key=lambda number: (-totals[number], number))
        return [self._parts[number] for number in nearest]

    def _shares_of(self, concept: Concept) -> dict[int, float]:
        """For each part that holds the concept its saturated count, with the credit."""
        name = concept.name
        known = self._shares.get(name) if name else None
        if known is None:
            known = {}
            for stem, credit in concept.credits.items():
                for number, share in self._postings.get(stem, ()):
                    value = credit * share
                    if value > known.get(number, 0.0):
                        known[number] = value
            if name:
                self._shares[name] = known
        return known


def _same_symbol(one: str, other: str) -> bool:
    """Whether one is the other with more behind: "hiv" and "hiv1", "tnf" and "tnfalpha"."""
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    if not long.startswith(short) or not rest:
        return False
    if long.isalpha():
        return bool(_GREEK.fullmatch(rest))
    if short[-1].isdigit() and rest[0].isdigit():
        return False
    return len(short) >= _SYMBOL_LIKENESS * len(long)


def _idf(held: int, total: int) -> float:
    return math.log(1 + (max(total - held, 0) + 0.5) / (held + 0.5))


def _mean(lengths: Iterable[int]) -> float:
    values = list(lengths)
    return max(sum(values) / len(values), 1.0) if values else 1.0


def _common_start(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
