"""What a passage says of a claim: supports, refutes or only mentions, with its reasons.

Rules name what differs; a small linear model over measures of both texts says how sure a "supports"
may be. A passage supports only above a threshold that was chosen on claims with known answers, and
refutes only where a difference can be named.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Protocol

from exocite.linking.attribution import Attribution
from exocite.linking.conflicts import differences
from exocite.linking.relation_coefficients import CORE, SEMANTIC, Weights
from exocite.linking.relation_features import NAMES, cited_features, features
from exocite.linking.statement import statement
from exocite.linking.wording import doubtful
from exocite.model import Relation

ENOUGH = 0.6
"""Least share of the claim in one sentence of a passage that is said to refute it."""

_USUAL_LENGTH = 3.5
_BEST_SENTENCE = NAMES.index("best sentence")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a passage.

    `similarity` is the cosine of their embeddings where there is one, `attribution` tells how the
    claim cites the work that the passage is from.
    """

    claim: str
    passage: str
    similarity: float | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a judge makes of a pair: the relation that may be named, and what led to it.

    `supports` and `refutes` are the model's shares, 0 to 1, the rest being "neither", as if the
    three were about as frequent. `judge` names who read; `bias` is what is added to the logarithms
    of the three where the likeliest is asked for.
    """

    relation: Relation
    supports: float
    refutes: float
    conflicts: tuple[str, ...]
    judge: str = "rules"
    bias: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def neither(self) -> float:
        """The share of "neither"."""
        return max(0.0, 1.0 - self.supports - self.refutes)

    @property
    def weighed(self) -> tuple[float, float, float]:
        """The three shares with their bias, for a choice among them; they need not add up to 1."""
        shares = (self.supports, self.refutes, self.neither)
        one, two, three = (
            share * math.exp(bias) for share, bias in zip(shares, self.bias, strict=True)
        )
        return one, two, three

    @property
    def leaning(self) -> Relation:
        """The likeliest of the three, without the caution of `relation`: no answer to show."""
        supports, refutes, neither = self.weighed
        if supports >= max(refutes, neither):
            return Relation.SUPPORTS
        return Relation.REFUTES if refutes >= neither else Relation.MENTIONS


class Judge(Protocol):
    """Reads pairs, one reading each, in their order."""

    def __call__(self, pairs: Sequence[Pair], /) -> Sequence[Reading]:
        """Read the pairs."""
        ...


def judge(pairs: Sequence[Pair]) -> list[Reading]:
    """The shipped judge: rules and linear models. It holds nothing and is the same every time."""
    return [_read(pair) for pair in pairs]


def conflicts(claim: str, passage: str) -> tuple[str, ...]:
    """What differs between claim and passage, each in words; empty where nothing is sure."""
    found = differences(claim, passage, statement(claim), statement(passage))
    return tuple(one.said for one in found)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a pair before it is judged.

    `row` is the model's input, `said` the conflicts in words, `grave` whether one cannot be true
    together with the claim, `barred` whether one forbids to say that the passage supports it,
    `doubtful` whether that or its wording does, `share` how much of the claim one sentence of it
    holds.
    """

    row: tuple[float, ...]
    said: tuple[str, ...]
    grave: bool
    barred: bool
    doubtful: bool
    share: float


def measures(pair: Pair) -> Measured:
    """Measure a pair.

    Each measure of the texts stands twice: as it is, and times the length of the passage, since in
    a long passage shared words tell less. The similarity is one of them where there is one. How
    the claim cites the work stands last, once.
    """
    ours, theirs = statement(pair.claim), statement(pair.passage)
    found = differences(pair.claim, pair.passage, ours, theirs)
    row = features(ours, theirs, found)
    if pair.similarity is not None:
        row = (*row, pair.similarity)
    length = math.log1p(len(theirs.content)) - _USUAL_LENGTH
    barred = any(one.grave or one.kind == "population" for one in found)
    return Measured(
        (*row, *(value * length for value in row), *cited_features(pair.attribution, theirs)),
        tuple(one.said for one in found),
        any(one.grave for one in found),
        barred,
        barred or doubtful(ours, theirs),
        row[_BEST_SENTENCE],
    )


def _read(pair: Pair) -> Reading:
    weights = CORE if pair.similarity is None else SEMANTIC
    known = measures(pair)
    supports, refutes = shares(weights, known.row)
    return Reading(
        named(known, supports, refutes, weights.threshold),
        round(supports, 6),
        round(refutes, 6),
        known.said,
    )


def named(known: Measured, supports: float, refutes: float, threshold: float) -> Relation:
    """The relation that may be named; what is doubtful never supports.

    A grave conflict is called refutes where the passage holds enough of the claim and the model
    leans that way.
    """
    if known.grave and known.share >= ENOUGH and refutes > supports:
        return Relation.REFUTES
    if known.doubtful or supports < threshold:
        return Relation.MENTIONS
    return Relation.SUPPORTS


def shares(weights: Weights, row: Sequence[float]) -> tuple[float, float]:
    """The model's shares of "supports" and "refutes"."""
    one = math.exp(_bounded(_dot(weights.supports, row)))
    other = math.exp(_bounded(_dot(weights.refutes, row)))
    total = 1.0 + one + other
    return one / total, other / total


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(mul, weights, values)))


def _bounded(value: float) -> float:
    return max(-30.0, min(30.0, value))
