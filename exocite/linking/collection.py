"""The works that claims are compared with, together: how much each term weighs, who is near.

BM25 is written here rather than taken from bm25s because that needs numpy, whose import alone
costs more CPU than linking a hundred claims to sixty works does here, and its scores can neither
be taken apart into terms nor mix in a background; the postings are exact and deterministic.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exocite.linking.background import SENTENCES, frequencies
from exocite.linking.documents import Document

SATURATION = 1.2
LENGTH_SHARE = 0.75
_UNSEEN = 4
_TRUST_AT = 300
_EDGE = 5
_LIKENESS = 0.55
_SAME_FAMILY = 0.6
_SAME_TAIL = 0.5


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a claim: what it weighs, and the stems that stand for it with their credit.

    The stem itself has credit 1; a relative ("inflamm" for "inflammatori") less.
    """

    weight: float
    credits: dict[str, float]


class Collection:
    """Documents with their shared statistics.

    A term weighs log(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Sparck Jones), once with the
    documents of this collection and once with the sentences of a background of scientific prose.
    The background rules while the collection is small: among four works nothing tells "exosome"
    from "show".
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: Sequence[Document] = tuple(
            document for document in documents if document.units
        )
        self.mean_length = _mean(document.length for document in self.documents)
        self._frequency = Counter(stem for item in self.documents for stem in item.counts)
        self._background = frequencies()
        self._trust = len(self.documents) / (len(self.documents) + _TRUST_AT)
        self._heads: dict[str, list[str]] = defaultdict(list)
        self._tails: dict[str, list[str]] = defaultdict(list)
        for stem in sorted(self._frequency):
            if len(stem) >= _EDGE and stem.isalpha():
                self._heads[stem[:_EDGE]].append(stem)
                self._tails[stem[-_EDGE:]].append(stem)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, item in enumerate(self.documents):
            damping = self.damping(item)
            for stem, count in item.counts.items():
                self._postings[stem].append((number, count / (count + damping)))
        self._concepts: dict[str, Concept] = {}

    def damping(self, document: Document) -> float:
        """BM25's k1 (1 - b + b L / mean L): how fast repetition in this document stops counting."""
        relative = document.length / self.mean_length
        return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)

    def concept(self, stem: str) -> Concept:
        """The stem's weight and its relatives among the terms of this collection."""
        known = self._concepts.get(stem)
        if known is None:
            known = self._concepts[stem] = Concept(self._weight(stem), self._credits(stem))
        return known

    def _weight(self, stem: str) -> float:
        here = _idf(self._frequency.get(stem, 0), len(self.documents))
        anywhere = _idf(self._background.get(stem, _UNSEEN), SENTENCES)
        return self._trust * here + (1 - self._trust) * anywhere

    def _credits(self, stem: str) -> dict[str, float]:
        credit = {stem: 1.0}
        if len(stem) < _EDGE or not stem.isalpha():
            return credit
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
        return credit

    def nearest(self, concepts: Iterable[Concept], limit: int) -> list[Document]:
        """The documents that share most with the concepts by BM25, best first, ties in order."""
        totals: dict[int, float] = defaultdict(float)
        for concept in concepts:
            best: dict[int, float] = {}
            for stem, credit in concept.credits.items():
                for number, share in self._postings.get(stem, ()):
                    value = concept.weight * credit * share
                    if value > best.get(number, 0.0):
                        best[number] = value
            for number, value in best.items():
                totals[number] += value
        ranked = sorted(totals, key=lambda number: (-totals[number], number))
        return [self.documents[number] for number in ranked[:limit]]


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
