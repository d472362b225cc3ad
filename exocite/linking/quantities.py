"""Numbers with their units in running text, and whether two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exocite.linking.units import AFTER_A_NUMBER, NAMES, NUMBER_WORDS, SCALES, SYMBOLS, unit

_WORDS = "|".join(sorted(NUMBER_WORDS, key=lambda word: (-len(word), word)))
_NUMBER = (
    r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.·]\d+)?"
    rf"|(?:{_WORDS})(?![^\W\d_])"
)
_COUNTED = """
    patients participants people women men children cases deaths mice million billion kcal fold
    """
_POINTS = ("percentage points", "percentage point", "per cent points")
_SPOKEN = {"per cent": "%", "-fold": "fold", "times": "fold"} | dict.fromkeys(_POINTS, "points")
_UNITS = NAMES | {name: name for name in _COUNTED.split()} | _SPOKEN
_WRITTEN = {*_UNITS, *SYMBOLS, *AFTER_A_NUMBER, "μm", "μg", "μl", "μM", "° c"}
_UNIT = "|".join(re.escape(name) for name in sorted(_WRITTEN, key=lambda name: (-len(name), name)))
_QUANTITY = re.compile(
    rf"(?<![\w.,^])(?P<listed>\d+-?\s?(?:and|or|,)\s)?(?P<low>{_NUMBER})(?:\s?(?:[-–—]|to|and)\s?(?P<high>{_NUMBER}))?"
    rf"[\s\u00a0-]?(?P<unit>{_UNIT})(?![^\W\d_])",
    re.IGNORECASE,
)
FOLDS = {
    "doubled": 2.0, "doubles": 2.0, "doubling": 2.0, "twofold": 2.0, "twice": 2.0,
    "tripled": 3.0, "triples": 3.0, "threefold": 3.0, "thrice": 3.0, "quadrupled": 4.0,
    "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0, "halved": 0.5,
    "halves": 0.5, "halving": 0.5,
}  # fmt: skip
"""Words that tell how many times as much."""

_FOLD = re.compile(rf"(?<![\w-])(?:{'|'.join(FOLDS)})(?![\w])", re.IGNORECASE)
_STATISTIC = re.compile(r"\s*(?:CI\b|confidence|credible|interval|prediction)", re.IGNORECASE)
_TOLERANCE = 0.02
_SHARED = 0.4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with a unit; `low` and `high` are equal for a single number.

    `decimals` is how finely the number was given, so that 12.4 may agree with 12. `start` and
    `end` are offsets.
    """

    low: float
    high: float
    unit: str
    decimals: int
    text: str
    start: int = 0
    end: int = 0

    @property
    def dimension(self) -> str:
        """What the unit measures: quantities of one dimension can be held against each other."""
        return SCALES.get(self.unit, (self.unit, 1.0))[0]

    @property
    def factor(self) -> float:
        """How many of the smallest unit of its dimension the unit is."""
        return SCALES.get(self.unit, ("", 1.0))[1]


def quantities(text: str) -> list[Quantity]:
    """The numbers with a known unit, in order; enumerations and endless numbers are left out."""
    found = [
        Quantity(value, value, "fold", 0, match[0], match.start(), match.end())
        for match in _FOLD.finditer(text)
        for value in (FOLDS[match[0].casefold()],)
    ]
    for match in _QUANTITY.finditer(text):
        low, high = match["low"], match["high"] or match["low"]
        named = _unit(match["unit"])
        endless = max(len(low), len(high)) > 15
        if named and not match["listed"] and not endless and not _statistic(text, match.end()):
            decimals = min(_decimals(low), _decimals(high))
            written = re.sub(r"\s+", " ", match[0]).strip()
            start = match.start("low")
            bounds = _value(low), _value(high)
            found.append(Quantity(*bounds, named, decimals, written, start, match.end()))
    return sorted(found, key=lambda quantity: quantity.start)


def _statistic(text: str, end: int) -> bool:
    """Whether the number is the width of an interval, as in 95 % CI, and no finding."""
    return bool(_STATISTIC.match(text, end))


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of the same dimension can be the same statement.

    Numbers agree within 2 % or where the finer one rounds to the coarser; a number agrees with a
    range that holds it; ranges agree where they share two fifths of what both span.
    """
    lows = one.low * one.factor, other.low * other.factor
    highs = one.high * one.factor, other.high * other.factor
    slack = max(abs(high) for high in highs) * _TOLERANCE
    if one.decimals != other.decimals or one.unit != other.unit:
        steps = (0.5 * 10.0**-each.decimals * each.factor for each in (one, other))
        slack = max(slack, *steps)
    if one.low < one.high and other.low < other.high:
        shared = min(highs) - max(lows)
        return shared + slack >= _SHARED * (max(highs) - min(lows))
    return lows[0] <= highs[1] + slack and lows[1] <= highs[0] + slack


def _unit(written: str) -> str:
    """The unit's own form; "" where the case makes it something else, as in 5 G."""
    lower = written.casefold()
    return unit(written) or AFTER_A_NUMBER.get(written) or _UNITS.get(lower, "")


def _value(number: str) -> float:
    plain = NUMBER_WORDS.get(number.casefold(), number)
    return float(re.sub(r"[,\s]", "", plain).replace("·", "."))


def _decimals(number: str) -> int:
    return len(number.replace("·", ".").partition(".")[2])
