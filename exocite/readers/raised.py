"""Raised digits: markers of references, or exponents, charges and ordinals.

Digits that link to a note are markers. Others count only where the article has a numbered list
that holds them, or where they count 1, 2, 3 through the article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exocite.model import Citation, CitationKind, Run, Span
from exocite.readers.labels import numbered_items
from exocite.text import source_span

DIGITS = re.compile(r"\[?\d{1,3}(?:\s?[,;‐‑‒–—-]\s?\d{1,3}){0,40}\]?")
"""Raised text that can be a marker: numbers and ranges, in brackets or not."""

_WORD = re.compile(r"[^\W_]+$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_FEWEST = 2
_REACH = 30


@dataclass(frozen=True, slots=True)
class Raised:
    """Raised digits as a citation that they may be, what stands before, whether they link."""

    citation: Citation
    before: str
    linked: bool = False


def digits(
    text: str,
    runs: Sequence[Run],
    place: tuple[int, int],
    span: Span,
    before: str,
    *,
    linked: bool,
) -> Raised | None:
    """The digits at a place in visible text, as a marker that they may be; None for other text.

    `span` is what they stand in, with its marks; `before` is the text that they follow.
    """
    first, last = place
    if DIGITS.fullmatch(text[first:last].strip()) is None:
        return None
    items = numbered_items(text, first, last, lambda a, b: source_span(runs, a, b))
    return Raised(Citation(CitationKind.SUPERSCRIPT, span, items), before, linked)


def markers(found: Sequence[Raised], labels: Collection[str]) -> list[Citation]:
    """Those that are citations, by the labels of the article's list of references."""
    plausible = [raised for raised in found if not raised.linked and _after_word(raised.before)]
    counted = _counts(plausible)
    known = {
        raised
        for raised in plausible
        if counted or (labels and all(item.label in labels for item in raised.citation.items))
    }
    return [raised.citation for raised in found if raised.linked or raised in known]


def _after_word(before: str) -> bool:
    """Whether a word or a full stop stands before, not a unit, a formula or a number."""
    tail = before[-_REACH:]
    if not tail or tail[-1].isspace():
        return False
    match = _WORD.search(tail)
    if match is None:
        return tail[-1] in ".,;:!?)]”\"’'»"
    word = match[0]
    if word[-1].isdigit():
        return _YEAR.search(word) is not None
    return len(word) > 2 or (len(word) == 2 and word.islower() and word not in _UNITS)


_UNITS = frozenset({"mm", "cm", "dm", "km", "nm", "pm", "µm", "μm", "ft", "yd", "mi", "ms", "kg"})


def _counts(found: Sequence[Raised]) -> bool:
    """Whether the numbers count from 1 upward by first appearance, as citations do."""
    highest = 0
    for raised in found:
        for item in raised.citation.items:
            number = int(item.label)
            if number > highest + 1:
                return False
            highest = max(highest, number)
    return highest >= _FEWEST
