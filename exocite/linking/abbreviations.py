"""Abbreviations that a text defines: "mesenchymal stem cells (MSCs)".

Source: A. S. Schwartz and M. A. Hearst, A simple algorithm for identifying abbreviation
definitions in biomedical text, Pacific Symposium on Biocomputing 8 (2003), 451-462.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT = re.compile(r"\(([^\W_][\w\-/]{1,9})(?=[),;])")
_LONGEST = 120


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Short and long form of each abbreviation that stands in brackets behind what it means."""
    for found in _SHORT.finditer(text):
        short = found[1]
        if short.islower() or not any(letter.isalpha() for letter in short):
            continue
        if len(short) > 2 and short[-1] == "s" and short[-2].isupper():
            short = short[:-1]
        start = max(0, found.start() - _LONGEST)
        long = _long_form(short, text[start : found.start()].rstrip())
        if long:
            yield short, long


def _long_form(short: str, before: str) -> str:
    """The shortest end of the text that holds the letters of the short form in order, or "".

    The first letter must begin a word.
    """
    words = min(len(short) + 5, 2 * len(short))
    place = len(before)
    for number in range(len(short) - 1, -1, -1):
        letter = short[number].casefold()
        if not letter.isalnum():
            continue
        place -= 1
        while place >= 0 and (
            before[place].casefold() != letter
            or (number == 0 and place > 0 and before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return ""
    long = before[place:]
    if len(long) <= len(short) or len(long.split()) > words or short in long.split():
        return ""
    return long
