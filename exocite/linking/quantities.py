"""Numbers with their units in running text, and whether two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exocite.linking.units import AFTER_A_NUMBER, NAMES, NUMBER_WORDS, SYMBOLS, unit

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
    rf"(?<![\w.,])(?P<listed>\d+-?\s?(?:and|or|,)\s)?(?P<low>{_NUMBER})(?:\s?(?:[-–—]|to|and)\s?(?P<high>{_NUMBER}))?"
    rf"[\s\u00a0-]?(?P<unit>{_UNIT})(?![^\W\d_])",
    re.IGNORECASE,
)
_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with a unit; `low` and `high` are equal for a single number.

    `decimals` is how finely the number was given, so that 12.4 may agree with 12.
    """

    low: float
    high: float
    unit: str
    decimals: int
    text: str


def quantities(text: str) -> list[Quantity]:
    """The numbers with a known unit, in order; enumerations and endless numbers are left out."""
    found = []
    for match in _QUANTITY.finditer(text):
        low, high = match["low"], match["high"] or match["low"]
        named = _unit(match["unit"])
        if named and not match["listed"] and max(len(low), len(high)) <= 15:
            decimals = min(_decimals(low), _decimals(high))
            written = re.sub(r"\s+", " ", match[0]).strip()
            found.append(Quantity(_value(low), _value(high), named, decimals, written))
    return found


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of the same unit can be the same statement.

    Numbers agree within 2 % or where the finer one rounds to the coarser; a number agrees with a
    range that holds it; ranges agree where they overlap.
    """
    slack = max(abs(one.high), abs(other.high)) * _TOLERANCE
    slack = max(
        slack, 0.5 * 10.0 ** -min(one.decimals, other.decimals) * (one.decimals != other.decimals)
    )
    return one.low <= other.high + slack and other.low <= one.high + slack


def _unit(written: str) -> str:
    """The unit's own form; "" where the case makes it something else, as in 5 G."""
    lower = written.casefold()
    return unit(written) or AFTER_A_NUMBER.get(written) or _UNITS.get(lower, "")


def _value(number: str) -> float:
    plain = NUMBER_WORDS.get(number.casefold(), number)
    return float(re.sub(r"[,\s]", "", plain).replace("·", "."))


def _decimals(number: str) -> int:
    return len(number.replace("·", ".").partition(".")[2])
