"""Numbers that name references, "1, 3–5" or "[36]–[39]": each number and where it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from exocite.model import CitedItem, Span
from exocite.patterns import regex

_NUMBER = regex(r"\d{1,4}")
_DASH = regex(r"[-‐‑‒–—−⁻]")
_WIDEST_RANGE = 200

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
"""Raised digits to digits, one for one."""

FLAT = RAISED | {ord("⁻"): "-"}
"""Raised digits and dashes to flat ones, one for one."""


def numbered_items(
    text: str, start: int, end: int, place: Callable[[int, int], Span]
) -> tuple[CitedItem, ...]:
    """One item for each number written between two offsets of the text, ranges filled in.

    `place` gives the span in the source of a stretch of `text`. A number that a range leaves out
    ("4" of "3–5") has the span of the whole range.
    """
    items: list[CitedItem] = []
    previous: re.Match[str] | None = None
    for match in _NUMBER.finditer(text, start, end):
        number = int(match[0])
        if previous is not None and _DASH.search(text, previous.end(), match.start()):
            first = int(previous[0])
            if first < number <= first + _WIDEST_RANGE:
                whole = place(previous.start(), match.end())
                items.extend(CitedItem(str(n), whole) for n in range(first + 1, number))
        items.append(CitedItem(str(number), place(match.start(), match.end())))
        previous = match
    return tuple(items)


def located(items: tuple[CitedItem, ...], locator: str) -> tuple[CitedItem, ...]:
    """The items with this locator on the last of them."""
    if not items or not locator:
        return items
    return (*items[:-1], replace(items[-1], locator=locator))
