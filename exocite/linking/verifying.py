"""The verifier's probabilities and what the rules measure, in one decision.

The verifier is a trained reader of a passage beside a claim; it is handed in, here it is only
something that gives probabilities. Its numbers and the rules' shares are added as logarithms; what
is then likely enough may be named, but where a conflict forbids it nothing supports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from exocite.linking.relation import Pair, Reading, measures, shares
from exocite.linking.relation_coefficients import CORE
from exocite.model import Relation

LABELS = ("supports", "refutes", "neutral")
"""What the three numbers of `Chances` are the probabilities of."""

NAME = "verifier"

_LEAST_SHARE = 1e-4
_LEAST_CHANCE = 1e-300

Chances = tuple[float, float, float]


class Verifier(Protocol):
    """A trained reader: for each claim and passage the probabilities of LABELS."""

    def __call__(self, pairs: Sequence[tuple[str, str]], /) -> Sequence[Chances]:
        """Read pairs of claim and passage, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a verifier's probabilities become an answer.

    `reader` and `rules` are the weights of its probabilities and of the rules' shares, as
    logarithms, `prior` is added to their sum: how usual the three are. `supports` and `refutes` are
    the least probabilities from which these may be named, `agrees` the least share of "supports"
    against "refutes" alone; `bias` is added to the three logarithms where the likeliest of the
    three is asked for.
    """

    reader: float
    rules: float
    supports: float
    agrees: float
    refutes: float
    bias: tuple[float, float, float] = (0.0, 0.0, 0.0)
    prior: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules make of a pair: the logarithms of their shares, the conflicts in words.

    A `barred` passage cannot be said to support the claim: a conflict that is named forbids it.
    """

    logs: tuple[float, float, float]
    said: tuple[str, ...]
    barred: bool


@dataclass(frozen=True, slots=True)
class Verifying:
    """The judge that asks a verifier; it needs no cosines."""

    verifier: Verifier
    calibration: Calibration

    def __call__(self, pairs: Sequence[Pair], /) -> list[Reading]:
        """One reading each, in the order of the pairs."""
        found = self.verifier([(pair.claim, pair.passage) for pair in pairs])
        return [
            decided(self.calibration, [chances], [ruled(pair)])
            for pair, chances in zip(pairs, found, strict=True)
        ]


def ruled(pair: Pair) -> Ruled:
    """What the rules make of a pair by words alone, as they were weighed beside the verifier."""
    known = measures(replace(pair, similarity=None))
    supports, refutes = (round(share, 6) for share in shares(CORE, known.row))
    one, two, three = (
        math.log(max(share, _LEAST_SHARE)) for share in (supports, refutes, 1 - supports - refutes)
    )
    return Ruled((one, two, three), known.said, known.barred)


def decided(
    calibration: Calibration, chances: Sequence[Chances], rules: Sequence[Ruled]
) -> Reading:
    """The reading of one claim beside one passage, or beside several that are weighed together.

    Of several the logarithms are averaged, and the claim is supported where one of them at least
    is not barred.
    """
    alone = _mean([[math.log(max(value, _LEAST_CHANCE)) for value in row] for row in chances])
    worded = _mean([one.logs for one in rules])
    both = [
        calibration.reader * one + calibration.rules * two + usual
        for one, two, usual in zip(alone, worded, calibration.prior, strict=True)
    ]
    supports, refutes, _ = softmax(both)
    relation = Relation.MENTIONS
    agrees = supports / max(supports + refutes, _LEAST_CHANCE)
    if supports >= calibration.supports and agrees >= calibration.agrees:
        if not all(one.barred for one in rules):
            relation = Relation.SUPPORTS
    elif refutes >= calibration.refutes:
        relation = Relation.REFUTES
    said = tuple(dict.fromkeys(conflict for one in rules for conflict in one.said))
    return Reading(relation, round(supports, 6), round(refutes, 6), said, NAME, calibration.bias)


def softmax(logits: Sequence[float]) -> Chances:
    """Three logits as probabilities."""
    top = max(logits)
    one, two, three = (math.exp(value - top) for value in logits)
    total = one + two + three
    return one / total, two / total, three / total


def _mean(found: Sequence[Sequence[float]]) -> list[float]:
    return [sum(column) / len(found) for column in zip(*found, strict=True)]
