"""The numbers of the report's charts: which works the claims rest on, and of which years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from exocite.report.data import Bar, Card, Work, Years

_MOST_RESTING = 5
_WIDTH, _HEIGHT, _FOOT = 640, 150, 22
_MOST_BARS = 40
_MOST_TICKS = 14
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_DIGIT = 7
"""The room that a digit above a bar may take."""
_GAP = 0.16
"""Share of a bar's room that is left empty."""


def rests(cards: Sequence[Card], works: Sequence[Work]) -> tuple[tuple[Bar, ...], int]:
    """The works that most claims rest on, as shares of 100, and how many claims rest on any."""
    resting = sum(bool(card.resting) for card in cards)
    counts = Counter(anchor for card in cards for anchor in card.resting)
    named = {work.anchor: work for work in works}
    most = sorted(counts.items(), key=lambda pair: (-pair[1], named[pair[0]].key))[:_MOST_RESTING]
    bars = tuple(
        Bar(named[anchor].short, count, 0, 0, round(100 * count / resting, 1), 1, anchor)
        for anchor, count in most
    )
    return bars, resting


def years(cards: Sequence[Card], works: Sequence[Work]) -> Years:
    """How many claims rest on works of each year, or of each few years where the span is long."""
    known = {work.anchor: work.year for work in works}
    asked = [known[anchor] for card in cards for anchor in card.resting]
    counts = Counter(int(year) for year in asked if year.isdecimal() and len(year) == 4)
    unknown = len(asked) - sum(counts.values())
    if not counts:
        return Years(_WIDTH, _HEIGHT, _HEIGHT - _FOOT, 1, (), unknown)
    first, last = min(counts), max(counts)
    step = next((one for one in _STEPS if _fits(counts, one)), _STEPS[-1])
    begin = first // step
    number = last // step - begin + 1
    heights = [0] * number
    for year, count in counts.items():
        heights[year // step - begin] += count
    room = _WIDTH / max(number, 12)
    tallest = max(heights)
    every = -(-number // _MOST_TICKS)
    bars = []
    for place, count in enumerate(heights):
        height = (_HEIGHT - _FOOT - 16) * count / tallest
        start = (begin + place) * step
        bars.append(
            Bar(
                str(start) if step == 1 else f"{start}–{start + step - 1}",
                count,
                round((place + _GAP / 2) * room, 2),
                round(_HEIGHT - _FOOT - height, 2),
                round((1 - _GAP) * room, 2),
                round(height, 2),
                tick=str(start) if place % every == 0 else "",
            )
        )
    return Years(_WIDTH, _HEIGHT, _HEIGHT - _FOOT, step, tuple(bars), unknown)


def _fits(counts: Mapping[int, int], step: int) -> bool:
    """Whether there is room for the bars of so many years each, and for the numbers above them."""
    heights: Counter[int] = Counter()
    for year, count in counts.items():
        heights[year // step] += count
    number = max(heights) - min(heights) + 1
    digits = len(str(max(heights.values())))
    return number <= min(_MOST_BARS, _WIDTH // (_DIGIT * digits))
