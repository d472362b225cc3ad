"""Numbers of a claim that a passage gives otherwise, each held against the one in its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import floor, log10

from exocite.linking.powers import powers
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
_SLACK = 0.02
_MILLION = 1e6
_LARGE = 2200
"""From here on a plain number is no year, and may be the same as a power of ten."""
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: as a quantity, the stems around it, and the two beside it.

    `power` tells one written as a power of ten, `bare` one of those without a factor before it.
    """

    quantity: Quantity
    around: frozenset[str]
    beside: frozenset[str]
    power: bool = False
    bare: bool = False


def figures(text: str, side: Statement) -> list[Figure]:
    """The numbers of the text with what stands around them; statistics such as p are left out."""
    numbers = [place for place in side.content if side.words[place].stem[0].isdigit()]
    if not numbers and not any(one.text in FOLDS for one in side.words):
        return []
    measured = quantities(text)[:_MOST]
    found = [_figure(side, quantity) for quantity in measured]
    for power in islice(powers(text), _MOST):
        size = Quantity(power.value, power.value, "", 0, power.text, power.start, power.end)
        found.append(replace(_figure(side, size), power=True, bare=power.bare))
    taken = {place for figure in found for place in _inside(side, figure.quantity)}
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
    alike = [[_comparable(one, other) and _agree(one, other) for other in theirs] for one in ours]
    unclaimed = [other for at, other in enumerate(theirs) if not any(row[at] for row in alike)]
    for mine, row in zip(ours, alike, strict=True):
        if any(row):
            continue
        open_ones = [one for one in unclaimed if _comparable(mine, one) and _rivals(mine, one)]
        best = max(open_ones, key=lambda other: _likeness(mine, other), default=None)
        if best is None:
            continue
        needed = 2.0 if mine.quantity.unit else 2.5
        if _likeness(mine, best) >= needed:
            yield mine.quantity, best.quantity


def _likeness(one: Figure, other: Figure) -> float:
    return len(one.around & other.around) + 0.5 * len(one.beside & other.beside)


def _agree(mine: Figure, theirs: Figure) -> bool:
    """Years agree only where they are the same; a power of ten may have lost its raised digits."""
    one, other = mine.quantity, theirs.quantity
    if mine.power or theirs.power:
        return _agree_as_powers(mine, theirs)
    for first, second in ((one, other), (other, one)):
        if first.low == 10 and _FLATTENED.fullmatch(f"{second.low:g}"):
            return True
    if not one.unit and one.low in _YEARS and other.low in _YEARS:
        return one.low == other.low
    return agree(one, other)


def _agree_as_powers(mine: Figure, theirs: Figure) -> bool:
    """Whether sizes agree within 2 %; of a bare power of ten its order of magnitude counts."""
    first, second = _size(mine), _size(theirs)
    if first is None or second is None:
        return False
    if _is_flattened(mine, theirs) or _is_flattened(theirs, mine):
        return True
    if mine.bare or theirs.bare:
        bare, full = (first, second) if mine.bare else (second, first)
        return bare * (1 - _SLACK) <= full < 10 * bare * (1 - _SLACK)
    return abs(first - second) <= _SLACK * max(first, second)


def _is_flattened(power: Figure, other: Figure) -> bool:
    """Whether the other is what is left of the power where its raised digits fell: 106 of 10⁶."""
    return power.power and not other.power and f"{other.quantity.low:g}" == f"10{_order(power)}"


def _order(power: Figure) -> int:
    low = power.quantity.low
    return floor(log10(low) + _SLACK / 2) if low else 0


def _rivals(mine: Figure, theirs: Figure) -> bool:
    """Whether numbers of one dimension can be held against each other: a power to a large one."""
    if mine.power == theirs.power:
        return True
    other = theirs if mine.power else mine
    lost = _FLATTENED.fullmatch(f"{other.quantity.low:g}") is not None
    return other.quantity.unit != "" or (other.quantity.low >= _LARGE and not lost)


def _size(figure: Figure) -> float | None:
    """The number itself, millions counted out; None for one with a unit of its own."""
    one = figure.quantity
    if one.dimension == "count":
        return one.low * one.factor * _MILLION
    return one.low if not one.unit else None


def _comparable(one: Figure, other: Figure) -> bool:
    if one.power or other.power:
        return _size(one) is not None and _size(other) is not None
    return one.quantity.dimension == other.quantity.dimension
