"""From measures to numbers: how well a work answers a claim, which sentences, how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from exocite.linking.coefficients import CORE, SEMANTIC, Weights
from exocite.linking.compare import Match, Query, gain, merged, sentence_features

MOST_SENTENCES = 3
ADDED = 0.1
"""Share of the claim's weight that a further sentence must add to be quoted."""
_LONE_RIVAL = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A work compared with a claim, its score in 0..1 and the confidence that it is the source."""

    match: Match
    score: float
    confidence: float


def weights_for(found: Match) -> Weights:
    """The weights of the mode in which the match was made."""
    return SEMANTIC if found.semantic else CORE


def score(found: Match) -> float:
    """The weighted mean of a work's features, 0 for nothing shared and 1 for everything."""
    work = weights_for(found).work
    return max(0.0, dot(work, found.features) / sum(work))


def ranked(matches: Sequence[Match]) -> list[Ranked]:
    """The matches of one claim, best first."""
    scored = sorted(
        ((score(found), found) for found in matches),
        key=lambda pair: (-pair[0], pair[1].document.key),
    )
    values = [value for value, _ in scored]
    return [
        Ranked(found, value, _confidence(found, place, values))
        for place, (value, found) in enumerate(scored)
    ]


def _confidence(found: Match, place: int, values: Sequence[float]) -> float:
    measures = confidence_features(found, place, values)
    return logistic(dot(weights_for(found).confidence, measures))


def confidence_features(found: Match, place: int, values: Sequence[float]) -> tuple[float, ...]:
    """One; score; coverage; lead over the next work; that as a share; and two that are negative.

    These are the distance to the first work, and the share of the claim's measures not held.

    `values` are the scores of all works compared, falling. A work without rivals leads by half its
    score: nothing is known of how others would have done.
    """
    value = values[place]
    rival = values[0] if place else values[1] if len(values) > 1 else _LONE_RIVAL * value
    lead = max(value - rival, 0.0)
    share = lead / value if value else 0.0
    return 1.0, value, found.coverage, lead, share, min(value - rival, 0.0), -found.missing


def sentence_scores(asked: Query, found: Match) -> list[float]:
    """For each sentence of the work how well it answers the claim; only the order has meaning."""
    weights = weights_for(found).sentence
    return [dot(weights, row) for row in sentence_features(asked, found)]


def evidence(scores: Sequence[float], share: float) -> tuple[int, ...]:
    """The one to three sentences to show, best first.

    A further sentence is kept when its odds against the best are at least `share`.
    """
    order = sorted(range(len(scores)), key=lambda number: (-scores[number], number))
    floor = scores[order[0]] + math.log(share) if order else 0.0
    return tuple(number for number in order[:MOST_SENTENCES] if scores[number] >= floor)


def quoted(asked: Query, found: Match) -> tuple[int, int]:
    """First and last of the one to three neighbouring sentences that answer the claim.

    Never an aside where the work says anything else. A neighbour of the best sentence is quoted
    with it where it is evidence too, in the same text, no aside, and adds at least ADDED of the
    claim's weight to what is already there.
    """
    scores = sentence_scores(asked, found)
    units = found.document.units
    first = last = _told(found, scores)[0]
    chosen = evidence(scores, weights_for(found).evidence_share)
    terms = found.held.get(first, {})
    for _ in range(MOST_SENTENCES - 1):
        beside = (number for number in (first - 1, last + 1) if number in chosen)
        gains = [
            (gain(asked, terms, found.held.get(number, {})), -number)
            for number in beside
            if units[number].text == units[first].text and not units[number].aside
        ]
        most, number = max(gains, default=(0.0, 0))
        if most < ADDED:
            break
        first, last = min(first, -number), max(last, -number)
        terms = merged(terms, found.held.get(-number, {}))
    return first, last


def told(asked: Query, found: Match) -> list[int]:
    """The sentences of the work, the best first; no asides where it says anything else."""
    return _told(found, sentence_scores(asked, found))


def _told(found: Match, scores: Sequence[float]) -> list[int]:
    units = found.document.units
    plain = [number for number, unit in enumerate(units) if not unit.aside]
    return sorted(plain or range(len(units)), key=lambda number: (-scores[number], number))


def logistic(value: float) -> float:
    """1 / (1 + e^-value), safe for large values."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def dot(weights: Sequence[float], values: Sequence[float]) -> float:
    """The sum of the products."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
