"""How near a claim is in meaning to a work, as a sentence embedder sees it.

The embedder is handed in: here it is only something that gives cosines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from exocite.linking.compare import Match, Query, weight

MOST_SENTENCES = 16
"""Sentences of a work that are embedded: those that share most words with the claim."""

LIKENESS_FEATURES = ("like", "likes")
"""What is added to WORK_FEATURES: the best cosine, and the mean of the best three."""

_TOP = 3


class Similarity(Protocol):
    """A sentence embedder: the cosine of a claim with each of the sentences."""

    def __call__(self, claim: str, sentences: Sequence[str], /) -> Sequence[float]:
        """One number from -1 to 1 for each sentence, in their order."""
        ...


def liked(asked: Query, found: Match, claim: str, similarity: Similarity) -> Match:
    """The match with how near the claim is to the work in meaning; its sentences keep their order.

    Of a work with many sentences only the MOST_SENTENCES that share most are embedded, ties in
    order. Among the sentences of one work cosines did not help to choose: the best one was right
    in 0.703 of cases with them and in 0.717 without, on folds not seen.
    """
    document = found.document
    nothing: Mapping[str, float] = {}
    shared = [
        weight(asked, found.held.get(number, nothing)) for number in range(len(document.units))
    ]
    order = sorted(range(len(shared)), key=lambda number: (-shared[number], number))
    chosen = sorted(order[:MOST_SENTENCES])
    cosines = similarity(claim, [document.sentence(number) for number in chosen])
    best = sorted(cosines, reverse=True)[:_TOP] or [0.0]
    return replace(found, features=(*found.features, best[0], sum(best) / len(best)), semantic=True)
