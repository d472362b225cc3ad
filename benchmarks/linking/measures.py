"""The measures of the linking benchmark, and their intervals by bootstrap over documents."""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

BINS = 15
SAMPLES = 1000
SEED = 7

Item = TypeVar("Item")
Answer = tuple[float, bool, bool]
"""Confidence of the first work, whether the claim has evidence, whether that work holds it."""


class Sample(Generic[Item]):
    """Results claim by claim, each with the document that it is resampled with."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._of: list[str] = []

    def add(self, item: Item, group: str) -> None:
        """One more result."""
        self.items.append(item)
        self._of.append(group)

    def __iter__(self) -> Iterator[tuple[Item, str]]:
        return zip(self.items, self._of, strict=True)

    def __len__(self) -> int:
        return len(self.items)

    def interval(
        self, statistic: Callable[[Sequence[Item]], float], *, centred: bool = False
    ) -> tuple[float, float] | None:
        """The statistic's 95 % interval by bootstrap over documents (Efron 1979), seeded.

        None where no draw gives the statistic a value. `centred` moves the draws so that their mean
        is the statistic's value, for one that chance can only raise, and keeps them from 0 up.
        """
        held: dict[str, list[Item]] = {}
        for item, group in self:
            held.setdefault(group, []).append(item)
        groups = list(held.values())
        draw = random.Random(SEED)
        values = [
            statistic([item for group in draw.choices(groups, k=len(groups)) for item in group])
            for _ in range(SAMPLES)
        ]
        told = sorted(value for value in values if not math.isnan(value))
        if not told:
            return None
        off = mean(told) - statistic(self.items) if centred else 0.0
        low, high = told[int(0.025 * len(told))], told[max(0, math.ceil(0.975 * len(told)) - 1)]
        return (max(0.0, low - off), high - off) if centred else (low, high)


def mean(values: Sequence[float]) -> float:
    """The mean, or no number where there is nothing."""
    return sum(values) / len(values) if values else math.nan


def first_is_gold(pairs: Sequence[tuple[float, str]], gold: set[str]) -> bool:
    """Whether the highest score belongs to a gold source alone."""
    if not pairs:
        return False
    top = max(score for score, _ in pairs)
    return all(key in gold for score, key in pairs if score == top)


def overlap_f1(found: Sequence[tuple[int, int, int]]) -> float:
    """Micro F1 of sentences; each item is how many were right, were shown, were wanted."""
    right, shown, wanted = (sum(column) for column in zip(*found, strict=True))
    return 2 * right / (shown + wanted) if shown + wanted else math.nan


def auroc(results: Sequence[Answer]) -> float:
    """The chance that a claim with evidence has the higher confidence; a tie is half."""
    have = [value for value, has, _ in results if has]
    lack = sorted(value for value, has, _ in results if not has)
    if not have or not lack:
        return math.nan
    wins = sum(bisect_left(lack, one) + bisect_right(lack, one) for one in have)
    return wins / (2 * len(have) * len(lack))


def aurc(results: Sequence[Answer]) -> float:
    """Mean over all coverages of the share of accepted claims whose first work is wrong.

    Of equal confidences the wrong come first.
    """
    wrong, risks = 0, []
    ordered = sorted(results, key=lambda row: (-row[0], row[2]))
    for count, (_, _, right) in enumerate(ordered, 1):
        wrong += not right
        risks.append(wrong / count)
    return mean(risks)


def calibration_error(results: Sequence[Answer]) -> float:
    """Expected calibration error over equal bins of confidence against "the first is right"."""
    off = [0.0] * BINS
    for value, _, right in results:
        off[min(int(value * BINS), BINS - 1)] += value - right
    return sum(map(abs, off)) / len(results)


def macro_f1(labels: Sequence[str]) -> Callable[[Sequence[tuple[str, str]]], float]:
    """The mean over the labels of F1; each item is what was wanted and what was said."""

    def statistic(pairs: Sequence[tuple[str, str]]) -> float:
        both = Counter(pairs)
        wanted = Counter(want for want, _ in pairs)
        told = Counter(said for _, said in pairs)
        scores = []
        for label in labels:
            whole = told[label] + wanted[label]
            scores.append(2 * both[label, label] / whole if whole else 0.0)
        return mean(scores)

    return statistic
