"""Numbers in brackets: `[1, 3–5]`, `[36]–[39]`, `[1: 293, fig. 4]`, `(see [9])`, and `(1)`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import combining

from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.frozen import dataclass
from exocite.model import Citation, CitationKind, CitedItem
from exocite.patterns import regex
from exocite.readers.labels import located, numbered_items

_SIGNAL = (
    r"(?:(?:but )?see(?: also)?|(?:as )?reviewed (?:in|by)"
    r"|(?:for (?:a )?(?:recent )?reviews?,? )?see|e\.\s?g\.|eg|cf\.?|i\.\s?e\.|also|refs?\.?"
    r"|references?|compare|for example|such as|and|in)[\s,]{1,2}"
)
_BRACKET = regex(r"\[(?P<body>[^\[\]]{1,200})\]")
_BODY = regex(
    rf"\s*(?P<signal>{_SIGNAL})?"
    r"(?P<numbers>\d{1,4}(?:\s?(?:[,;‐‑‒–—−-]|,?\s(?:and|&))\s?\d{1,4}){0,60})"
    r"(?P<rest>\s?[:,;]\s?\S[^\[\]]{0,150}|\s?\([^()\[\]]{1,60}\))?\s*",
    re.IGNORECASE,
)
_BETWEEN = regex(r"\s?[,;‐‑‒–—−-]?\s?|,\s(?:and|&)\s")
_TOUCHING = regex(r"[,;‐‑‒–—−-]?")
_SHARED = regex(r"\[\d{1,4}(?:\s?[,;‐‑‒–—−-]\s?\d{1,4})+\]")
_SEPARATE = regex(r"\[\d{1,4}\]\s?[,;‐‑‒–—−-]\s?\[(?=\d{1,4}\])")
_OPENED = regex(rf"\((?P<signal>{_SIGNAL})?$", re.IGNORECASE)
_SIGNAL_REACH = 60
# What stands before a pair of numbers that is an interval, not two references.
_INTERVAL = regex(
    r"(?:\b(?:CI|CrI|HDI|HPD|IQR|CIs|interval|intervals|range|ranges|ranging|domain|limits|bounds"
    r"|quartiles?|mod|array|index|indices|vector|matrix)\b[\s:,=(of%]{0,6}|[=∈×<>≤≥+*/^±]\s?)$",
    re.IGNORECASE,
)
_ROUND = regex(r"\((?P<body>\d{1,3}(?:\s?[,;‐‑–—-]\s?\d{1,3}){0,20})\)")
_NUMBERED_THING = regex(
    r"(?:equations?|eqs?\.?|formula|figs?\.?|figures?|tables?|steps?|items?|type|phase|class|section"
    r"|and|or|to|:|part|model|case|scheme|condition|hypothesis|theorem|lemma|level|grade)\s?$",
    re.IGNORECASE,
)
_ROUND_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Group:
    """A bracket: its place, and its parts, each the place of its numbers and a locator."""

    start: int
    end: int
    parts: tuple[tuple[tuple[int, int], str], ...]

    @property
    def is_located(self) -> bool:
        return any(place for _, place in self.parts)


def brackets_are_shared(texts: Sequence[Prose]) -> bool:
    """Whether the article puts all numbers of a citation into one bracket, "[1, 3–5]".

    Then that bracket is the whole marker. Where each number has one of its own, "[1], [3]–[5]", the
    run of them is, together with round brackets that hold nothing else.
    """
    shared = sum(len(_SHARED.findall(text.view)) for text in texts)
    separate = sum(len(_SEPARATE.findall(text.view)) for text in texts)
    return shared > 0 and shared >= separate


def find(prose: Prose, labels: Collection[str], *, shared: bool = False) -> list[Citation]:
    """The citations in square brackets; `labels` are those of the article's own list.

    `shared` is what `brackets_are_shared` says of the article.
    """
    view = prose.view
    groups = [group for match in _BRACKET.finditer(view) if (group := _group(view, match, labels))]
    between = _TOUCHING if shared else _BETWEEN
    found = []
    at = 0
    while at < len(groups):
        end = at + 1
        while end < len(groups) and between.fullmatch(view, groups[end - 1].end, groups[end].start):
            end += 1
        found.append(_citation(prose, groups[at:end], alone=shared))
        at = end
    return found


def _group(view: str, match: re.Match[str], labels: Collection[str]) -> _Group | None:
    start, end = match.span("body")
    whole = _part(view, start, end, match.start(), labels)
    if whole is not None and (";" not in whole[1] or not whole[1]):
        return _Group(*match.span(), (whole,))
    parts, at = [], start
    while at < end:
        stop = view.find(";", at, end)
        stop = end if stop < 0 else stop
        part = _part(view, at, stop, match.start(), labels)
        if part is None:
            return None if whole is None else _Group(*match.span(), (whole,))
        parts.append(part)
        at = stop + 1
    return _Group(*match.span(), tuple(parts)) if parts else None


def _part(
    view: str, start: int, end: int, opening: int, labels: Collection[str]
) -> tuple[tuple[int, int], str] | None:
    """The place of the numbers in a part of a bracket, and their locator; None for other text."""
    if view.startswith("@", start):  # A citekey.
        return None
    body = _BODY.fullmatch(view, start, end)
    if body is None:
        return None
    numbers = re.findall(r"\d+", body["numbers"])
    listed = all(number in labels for number in numbers)
    if not _may_precede(view, opening, several="," in body["numbers"], listed=listed):
        return None
    if not all(_is_label(number, labels) for number in numbers):
        return None
    rest = body["rest"] or ""
    place = locator(rest.strip(" :,;()")) if rest else ""
    if rest and not rest.lstrip().startswith(":") and not (place and not place[0].isdigit()):
        return None
    return body.span("numbers"), place or rest.strip(" :,;()")


def _is_label(number: str, labels: Collection[str]) -> bool:
    """Labels count from 1; a number as large as a year is one only where the list has it."""
    return number in labels or (number[0] != "0" and len(number) < 4)


def _may_precede(view: str, at: int, *, several: bool, listed: bool) -> bool:
    before = view[max(0, at - 40) : at]
    if not before:
        return True
    if several and _INTERVAL.search(before):
        return False
    # "x[1]" is an element of a list, "software[1]" a citation set without a space.
    letters = "".join(character for character in before if not combining(character))
    word = re.search(r"[^\W_]+$", letters)
    if word is None or word[0][-1].isdigit():
        return True
    return len(word[0]) > 2 or (len(word[0]) == 2 and word[0].islower() and listed)


def _citation(prose: Prose, groups: Sequence[_Group], *, alone: bool) -> Citation:
    """The citation of brackets that stand together; `alone` leaves round brackets around them."""
    start, end = groups[0].start, groups[-1].end
    view = prose.view
    if not alone and end < len(view) and view[end] == ")":
        opened = _OPENED.search(view, max(0, start - _SIGNAL_REACH), start)
        if opened:
            start, end = opened.start(), end + 1
    items: list[CitedItem] = []
    if not any(group.is_located for group in groups):
        items.extend(numbered_items(prose.text, groups[0].start, groups[-1].end, prose.place))
    else:
        for numbers, place in (part for group in groups for part in group.parts):
            items.extend(located(numbered_items(prose.text, *numbers, prose.place), place))
    return prose.citation(CitationKind.NUMERIC, start, end, tuple(items))


def find_round(texts: Sequence[Prose], labels: Collection[str]) -> list[Citation]:
    """Numbers in round brackets, where the article's numbered list and its own use show the style.

    They count upward by first appearance, the list has each, and punctuation follows most of them:
    "(1) first, (2) second" enumerates, and "Eq. (3)" names an equation.
    """
    candidates = [
        (prose, match)
        for prose in texts
        for match in _ROUND.finditer(prose.view)
        if _round_place(prose.view, match)
    ]
    highest, found, followed = 0, [], 0
    for prose, match in candidates:
        items = numbered_items(prose.text, *match.span("body"), prose.place)
        if any(item.label not in labels or int(item.label) > highest + 1 for item in items[:1]):
            return []
        highest = max(highest, *(int(item.label) for item in items))
        followed += prose.view[match.end() : match.end() + 1] in (".", ",", ";", ":", "")
        found.append(prose.citation(CitationKind.NUMERIC, *match.span(), items))
    if len(found) < _ROUND_FEWEST or 2 * followed < len(found):
        return []
    return found


def _round_place(view: str, match: re.Match[str]) -> bool:
    before = view[max(0, match.start() - 20) : match.start()]
    return bool(before.strip()) and before[-1] in ' .,;”"' and not _NUMBERED_THING.search(before)
