"""Numbers of a claim that a passage gives otherwise, each held against the one in its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exocite.linking.quantities import FOLDS, Quantity, agree, quantities
from exocite.linking.statement import Statement
from exocite.linking.terms import number
from exocite.linking.units import NUMBER_WORDS

_MOST = 20
_REACH = 5
_NO_FINDING = re.compile(
    r"(?:\b[pPnNzZtFr]\s?[=<>≤≥]\s?|\b(?:CI|ref|refs|fig|table)\.?\s?,?\s?)$", re.IGNORECASE
)
_BEFORE = 8
_LONGEST = 15
_YEARS = range(1500, 2101)
_RAISED = "^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
_FLATTENED = re.compile(r"10\d{1,2}")
"""A power of ten whose raised digits a text may have lost: 10⁶ as 106."""
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: as a quantity, the stems around it, and the two beside it."""

    quantity: Quantity
    around: frozenset[str]
    beside: frozenset[str]


def figures(text: str, side: Statement) -> list[Figure]:
    """The numbers of the text with what stands around them; statistics such as p are left out."""
    numbers = [place for place in side.content if side.words[place].stem[0].isdigit()]
    if not numbers and not any(one.text in FOLDS for one in side.words):
        return []
    measured = quantities(text)[:_MOST]
    found = [_figure(side, quantity) for quantity in measured]
    taken = {place for q in measured for place in _inside(side, q)}
    for place in numbers:
        one = side.words[place]
        plain = NUMBER_WORDS.get(one.text) or (one.text if one.text[0].isdigit() else "")
        value = _value(plain) if len(plain) <= _LONGEST and place not in taken else None
        if value is None or len(found) >= 2 * _MOST:
            continue
        start = side.starts[place]
        if _NO_FINDING.search(text, max(0, start - _BEFORE), start):
            continue
        if _is_power(text, start, start + len(one.text)):
            continue
        decimals = len(plain.partition(".")[2])
        bare = Quantity(value, value, "", decimals, one.text, start, start + len(one.text))
        found.append(_figure(side, bare))
    return found


def _is_power(text: str, start: int, end: int) -> bool:
    """Whether the number has raised digits or is raised itself: it is no number by itself."""
    return text[end : end + 1] in tuple(_RAISED) or text[max(0, start - 1) : start] == "^"


def _value(plain: str) -> float | None:
    """The number, or nothing for what is none, such as a version 1.1.7."""
    written = number(plain) if plain else ""
    return float(written) if _PLAIN.fullmatch(written) else None


def _inside(side: Statement, quantity: Quantity) -> range:
    first = bisect_left(side.starts, quantity.start)
    return range(first, bisect_left(side.starts, quantity.end))


def _figure(side: Statement, quantity: Quantity) -> Figure:
    inside = _inside(side, quantity)
    first = min(inside.start, len(side.words) - 1)
    near = [place for place in side.near(first, _REACH) if place not in inside]
    names = frozenset(_name(side, place) for place in near)
    beside = [max((p for p in near if p < first), default=-1)]
    beside.append(min((p for p in near if p > first), default=-1))
    return Figure(
        quantity, names - {""}, frozenset(_name(side, p) for p in beside if p >= 0) - {""}
    )


def _name(side: Statement, place: int) -> str:
    stem = side.words[place].stem
    return "" if stem[:1].isdigit() or stem == "%" else stem


def differing(
    ours: Sequence[Figure], theirs: Sequence[Figure]
) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of a claim's number and the passage's in its place, where no number agrees."""
    unclaimed = [
        other
        for other in theirs
        if not any(
            _comparable(one.quantity, other.quantity) and _agree(one.quantity, other.quantity)
            for one in ours
        )
    ]
    for mine in ours:
        rivals = [other for other in theirs if _comparable(mine.quantity, other.quantity)]
        if any(_agree(mine.quantity, other.quantity) for other in rivals):
            continue
        open_ones = [one for one in unclaimed if _comparable(mine.quantity, one.quantity)]
        best = max(open_ones, key=lambda other: _likeness(mine, other), default=None)
        if best is None:
            continue
        needed = 2.0 if mine.quantity.unit else 2.5
        if _likeness(mine, best) >= needed:
            yield mine.quantity, best.quantity


def _likeness(one: Figure, other: Figure) -> float:
    return len(one.around & other.around) + 0.5 * len(one.beside & other.beside)


def _agree(one: Quantity, other: Quantity) -> bool:
    """Years agree only where they are the same; a power of ten may have lost its raised digits."""
    for first, second in ((one, other), (other, one)):
        if first.low == 10 and _FLATTENED.fullmatch(f"{second.low:g}"):
            return True
    if not one.unit and one.low in _YEARS and other.low in _YEARS:
        return one.low == other.low
    return agree(one, other)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension
