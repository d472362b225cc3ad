"""Powers of ten in running text, however they are written: 10⁶, 3 × 10^6, 1e6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEIGHT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−–‐‑", "0123456789+-----")
_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹^*eE"
_MANTISSA = r"\d{1,12}(?:[.,·]\d{1,12})?"
_POWER = re.compile(
    rf"(?<![\w.,^·])(?:(?P<times>{_MANTISSA})\s?[×x·*⋅∙]\s?)?10"
    r"(?:(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]{1,2})|(?:\^|\*\*)[{(]?(?P<flat>[+−–‐‑-]?\d{1,2})[)}]?\^?)"
    r"(?![\w.,·]?\d|[⁰¹²³⁴-⁹·])"
    rf"|(?<![\w.,^·])(?P<mantissa>{_MANTISSA})[eE](?P<exponent>[+−-]?\d{{1,2}})(?!\w)"
)
_LEAST, _MOST = -30, 30


@dataclass(frozen=True, slots=True)
class Power:
    """A number written as a power of ten; `bare` is one without a factor before it.

    `start` and `end` are offsets, `text` is as written.
    """

    value: float
    bare: bool
    text: str
    start: int
    end: int


def powers(text: str) -> Iterator[Power]:
    """The powers of ten in a text, in order. Time is linear in its length."""
    if not any(sign in text for sign in _SIGNS):
        return
    for match in _POWER.finditer(text):
        written = match["raised"] or match["flat"] or match["exponent"]
        exponent = int(written.translate(_HEIGHT))
        factor = match["times"] or match["mantissa"] or ""
        if _LEAST <= exponent <= _MOST:
            value = float(factor.replace("·", ".").replace(",", ".") or 1) * 10.0**exponent
            yield Power(value, not factor, match[0], *match.span())
