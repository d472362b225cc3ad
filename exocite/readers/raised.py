"""Raised text: markers of references, or exponents, charges and ordinals; and what is shown of it.

Digits that link to a note are markers. Others count only where the article has a numbered list
that holds them, or where they count 1, 2, 3 through the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

from exocite.frozen import dataclass
from exocite.model import Citation, CitationKind, Run, Span
from exocite.patterns import regex
from exocite.readers.labels import FLAT, numbered_items
from exocite.text import VisibleText, source_span

DIGITS = regex(r"\[?\d{1,3}(?:\s?[,;‐‑‒–—-]\s?\d{1,3}){0,40}\]?")
"""Raised text that can be a marker: numbers and ranges, in brackets or not."""

_HEIGHT = str.maketrans("0123456789+-−–‐‑=()ni./", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁻⁼⁽⁾ⁿⁱ·⁄")
_FIGURES = regex(r"(?:[0-9+−–‐‑=()ni-]|(?<=[0-9])[./](?=[0-9])){1,15}")
_MEASURED = regex(r"[ni]$|.*[0-9+−–‐‑-]")
_LETTERS = regex(r"[^\W\d_]+$")
_TEN_APART = regex(r"(?<![\d.,])10\s$")
_CLOSING = ")]}|%‰°′″"

_WORD = regex(r"[^\W_]+$")
_YEAR = regex(r"(?:1[5-9]|20)\d\d$")
_FEWEST = 2
_REACH = 30


@dataclass(frozen=True, slots=True)
class Raised:
    """Raised digits as a citation that they may be, what stands before, whether they link."""

    citation: Citation
    before: str
    linked: bool = False


def shown(raised: str, before: str, *, may_cite: bool = True) -> str:
    """What a reader is shown for raised text behind `before`: as many characters, one for each.

    Digits, signs, parentheses and the letters n and i behind a digit, a unit, a symbol or a closing
    bracket are raised by Unicode's own characters ("10⁶", "cm²", "s⁻¹", "Ca²⁺"; a point is "·", a
    stroke "⁄"). Others stay as they are: "1st". So do digits behind a word where `may_cite` says
    that raised digits can be markers.
    """
    core = raised.strip()
    if not core or not before:
        return raised
    if DIGITS.fullmatch(core):
        if "[" in core or (may_cite and not _takes_power(before)):
            return raised
    elif not (
        _FIGURES.fullmatch(core)
        and _MEASURED.match(core)
        and (_takes_power(before) or (before[-1].isalnum() and not core[0].isalpha()))
    ):
        return raised
    return raised.translate(_HEIGHT)


def lifted(
    visible: VisibleText, places: Iterable[tuple[int, int]], *, may_cite: bool = True
) -> VisibleText:
    """The visible text with what stands raised at these places as a reader is shown it.

    Each character keeps its place, in the text and in the source. `may_cite` is as for `shown`.
    """
    text, runs = visible.build()
    pieces, at = [], 0
    for first, last in sorted(places):
        if first >= at:
            before = text[max(0, first - _REACH) : first]
            pieces += [text[at:first], shown(text[first:last], before, may_cite=may_cite)]
            at = last
    changed = "".join([*pieces, text[at:]])
    if changed == text:
        return visible
    out = VisibleText()
    for run in runs:
        piece = changed[run.text_start : run.text_start + run.text_length]
        out.replace(piece, run.source_start, run.source_start + run.source_length)
    return out


def _takes_power(before: str) -> bool:
    """Whether figures raised behind this are an exponent or a charge to its reader."""
    last = before[-1]
    if last.isspace():
        return _TEN_APART.search(before[-_REACH:]) is not None
    letters = _LETTERS.search(before[-_REACH:])
    if letters is not None:
        word = letters[0]
        short = len(word) == 1 or (len(word) == 2 and not word.islower())
        return short or word in _UNITS or word in _LONGER_UNITS
    return last.isdigit() or last in _CLOSING or unicodedata.category(last) in ("Sc", "Sm", "So")


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
    flat = text[first:last].translate(FLAT)
    if DIGITS.fullmatch(flat.strip()) is None:
        return None
    items = numbered_items(flat, 0, len(flat), lambda a, b: source_span(runs, first + a, first + b))
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
_LONGER_UNITS = frozenset(
    """
    fm ns µs μs ha mol min sec rad deg kpc Mpc pix px inch keV MeV GeV TeV kPa MPa GPa kHz MHz GHz
    """.split()
)


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
