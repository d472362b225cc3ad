"""Numbers with their units in running text, and whether two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?"
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "percentage points": "points",
    "percentage point": "points", "fold": "fold", "-fold": "fold", "times": "fold",
    "nm": "nm", "nanometers": "nm", "nanometres": "nm", "nanometer": "nm", "nanometre": "nm",
    "µm": "µm", "μm": "µm", "um": "µm", "micrometers": "µm", "micrometres": "µm", "mm": "mm",
    "millimeters": "mm", "millimetres": "mm", "cm": "cm", "m": "m", "km": "km", "meters": "m",
    "metres": "m", "kilometers": "km", "kilometres": "km", "ng": "ng", "µg": "µg", "μg": "µg",
    "mg": "mg", "g": "g", "kg": "kg", "grams": "g", "kilograms": "kg", "ml": "ml", "l": "l",
    "liters": "l", "litres": "l", "kda": "kda", "bp": "bp", "kb": "kb", "°c": "°c", "kcal": "kcal",
    "hz": "hz", "mmhg": "mmhg", "seconds": "s", "minutes": "min", "minute": "min", "min": "min",
    "hours": "h", "hour": "h", "h": "h", "days": "d", "day": "d", "weeks": "wk", "week": "wk",
    "months": "mo", "month": "mo", "years": "y", "year": "y", "patients": "patients",
    "participants": "participants", "people": "people", "women": "women", "men": "men",
    "children": "children", "cases": "cases", "deaths": "deaths", "mice": "mice",
    "million": "million", "billion": "billion",
}  # fmt: skip
_UNIT = "|".join(re.escape(name) for name in sorted(_UNITS, key=lambda name: (-len(name), name)))
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
        if not match["listed"] and max(len(low), len(high)) <= 15:
            decimals = min(_decimals(low), _decimals(high))
            unit = _UNITS[match["unit"].casefold()]
            written = re.sub(r"\s+", " ", match[0]).strip()
            found.append(Quantity(_value(low), _value(high), unit, decimals, written))
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


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("·", "."))


def _decimals(number: str) -> int:
    return len(number.replace("·", ".").partition(".")[2])
