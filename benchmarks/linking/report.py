"""The figures of a run as they come: a table for a person, one object for a program."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.linking.measures import Item, Sample

_HEAD = f"{'measure':38} {'exocite':>8} {'95 % interval':>16} {'BM25':>8} {'n':>6}"


@dataclass(frozen=True)
class Figure:
    """One number: its 95 % interval, the baseline's number, how many results it is made of."""

    value: float
    interval: tuple[float, float] | None = None
    plain: float | None = None
    n: int | None = None


@dataclass
class Report:
    """The figures of one mode by their dotted keys, in the order in which they came."""

    mode: str
    out: Callable[[str], object] = print
    figures: dict[str, Figure] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.out(f"mode {self.mode}")
        self.out(_HEAD)

    def measure(
        self,
        key: str,
        sample: Sample[Item],
        statistic: Callable[[Sequence[Item]], float],
        plain: Sample[Item] | None = None,
        *,
        centred: bool = False,
    ) -> None:
        """The statistic of a sample with its interval, and of the baseline's; nothing of none."""
        if sample.items:
            value = statistic(sample.items)
            interval = sample.interval(statistic, centred=centred)
            base = statistic(plain.items) if plain else None
            self.keep(key, Figure(value, interval, base, len(sample)))

    def keep(self, key: str, figure: Figure) -> None:
        """Keep a figure and show it."""
        self.figures[key] = figure
        interval = "{:.3f} to {:.3f}".format(*figure.interval) if figure.interval else ""
        base = "" if figure.plain is None else f"{figure.plain:.3f}"
        count = "" if figure.n is None else figure.n
        self.out(f"{key:38} {figure.value:8.3f} {interval:>16} {base:>8} {count:>6}".rstrip())

    def fact(self, key: str, value: object) -> None:
        """Keep something that is no measure."""
        self.facts[key] = value

    def nested(self) -> Mapping[str, Any]:
        """All of it as one object, a dotted key as an object in an object.

        Intervals, the baseline's figures and the number of results stand under `intervals`, `bm25`
        and `n`.
        """
        made: dict[str, Any] = {}
        for key, value in self.facts.items():
            _put(made, key, value)
        for key, figure in self.figures.items():
            _put(made, key, _rounded(figure.value))
            if figure.interval:
                _put(made, f"intervals.{key}", [_rounded(value) for value in figure.interval])
            if figure.plain is not None:
                _put(made, f"bm25.{key}", _rounded(figure.plain))
            if figure.n is not None:
                _put(made, f"n.{key}", figure.n)
        return made


def followed(items: Sequence[Item], what: str) -> Iterator[Item]:
    """The items in their order, with a line of progress on stderr where that is a terminal."""
    shown, line = sys.stderr.isatty(), ""
    for number, item in enumerate(items, 1):
        if shown:
            line = f"{what} {number}/{len(items)}"
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write(f"\r{' ' * len(line)}\r")
        sys.stderr.flush()


def _put(made: dict[str, Any], key: str, value: object) -> None:
    place = made
    *path, last = _names(key)
    for name in path:
        place = place.setdefault(name, {})
    place[last] = value


def _names(key: str) -> list[str]:
    """The names of a dotted key; a number such as 0.95 is one name."""
    names: list[str] = []
    for name in key.split("."):
        if names and name.isdigit() and names[-1].isdigit():
            names[-1] += f".{name}"
        else:
            names.append(name)
    return names


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
