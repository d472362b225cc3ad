"""What stands around the text of pages and is none of it: heads, feet, page and line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.pdf.segments import Segment

_EDGE = 3
"""Lines at the head and foot of a page among which heads and feet are looked for."""
_LONGEST = 150
_LEVEL = 4.0
_FEWEST_LINES = 5
_APART = 1.6
"""From this many times the font size on, a line is set off from the next."""
_DIGITS = regex(r"\d+")
_ROMAN = regex(r"\b[ivxl]{1,7}\b")
_SENTENCE_END = regex(r"[.!?][\"”’')\]]*\Z")
_PAGE_NUMBER = regex(
    r"(?:[-–—|\[]\s*)?(?:p(?:age|\.)?\s*)?(?P<page>\d{1,5}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/)\s*\d{1,5})?(?:\s*[-–—|\]])?",
    re.IGNORECASE,
)
_LINE_NUMBER = regex(r"\d{1,4}")
_LABEL = regex(r"arXiv:\d{4}\.\d{4,5}(?:v\d+)?\b.*")
_WIDER = 1.8
"""So many times the usual distance of lines it is then at least."""

Page = list[Segment]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is printed around their text."""
    numbered = [_without_line_numbers(page) for page in pages]
    edges = [list(_edges(page)) for page in numbered]
    heads = _repeated(edges)
    offsets = _offsets(edges)
    kept = [
        [segment for segment in page if id(segment) not in away]
        for page, away in zip(numbered, _away(edges, heads, offsets), strict=True)
    ]
    return kept if any(kept) else numbered


@dataclass(frozen=True, slots=True)
class _Level:
    """What stands at one height at the head or the foot of a page; the outermost come first.

    `apart` says that it is set off from what follows towards the middle of the page.
    """

    zone: str
    segments: tuple[Segment, ...]
    apart: bool


def _away(
    edges: Sequence[Sequence[_Level]],
    heads: set[tuple[str, str, int]],
    offsets: set[int],
) -> Iterator[set[int]]:
    """What is none of the text, page by page: from the edges inwards, as far as heads reach."""
    for number, levels in enumerate(edges):
        out: set[int] = set()
        for zone in ("head", "foot"):
            waiting: set[int] = set()
            for level in (one for one in levels if one.zone == zone):
                known = [_is_head(one, zone, number, heads, offsets) for one in level.segments]
                if not any(known):
                    break
                waiting.update(map(id, level.segments))
                if level.apart:
                    out |= waiting
                if not all(known):
                    break
        yield out


def _is_head(
    segment: Segment, zone: str, number: int, heads: set[tuple[str, str, int]], offsets: set[int]
) -> bool:
    page = _page_number(segment.text)
    return (
        any(key in heads for key in _keys(zone, segment))
        or (page is not None and page - number in offsets)
        or _LABEL.fullmatch(segment.text) is not None
    )


def _edges(page: Page) -> Iterator[_Level]:
    """The first and last lines, over the whole width."""
    ordered = sorted(page, key=lambda segment: -segment.y)
    heights = sorted({round(segment.y) for segment in page})
    steps = [b - a for a, b in pairwise(heights) if b - a > _LEVEL]
    usual = median(steps) if len(steps) > 2 * _EDGE else 0.0
    for zone, line in (("head", ordered), ("foot", ordered[::-1])):
        levels: list[list[Segment]] = []
        for segment in line:
            if not levels or abs(segment.y - levels[-1][0].y) > _LEVEL:
                if len(levels) > _EDGE:
                    break
                levels.append([])
            levels[-1].append(segment)
        for level, inner in pairwise(
            [*levels[: _EDGE + 1], []] if len(levels) <= _EDGE else levels
        ):
            yield _Level(zone, tuple(level), not inner or _is_apart(level, inner, usual))


def _is_apart(level: Sequence[Segment], inner: Sequence[Segment], usual: float) -> bool:
    size = max(one.size for one in (*level, *inner))
    own = {round(one.size, 1) for one in level}
    others = {round(one.size, 1) for one in inner}
    gap = abs(level[0].y - inner[0].y)
    return gap > max(_APART * size, _WIDER * usual) or not own & others


def _keys(zone: str, segment: Segment) -> Iterator[tuple[str, str, int]]:
    """What the same head has in common on two pages: its words, and its height within 4 points.

    Numbers may differ, but not in a sentence: "In 2019, 30 % did." is no head of the next page.
    """
    text = segment.text
    if len(text) > _LONGEST:
        return
    if not _SENTENCE_END.search(text) or len(text) < 40:
        text = _DIGITS.sub("#", text.casefold())
    cell = round(segment.y / _LEVEL)
    yield from ((zone, text, cell + by) for by in (0, -1, 1))


def _repeated(edges: Sequence[Sequence[_Level]]) -> set[tuple[str, str, int]]:
    """The heads that stand on several pages: all heights at which another page has them too."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for page in edges:
        found = [(one.zone, segment) for one in page for segment in one.segments]
        counts.update({next(_keys(*one), ("", "", 0)) for one in found})
    counts.pop(("", "", 0), None)
    least = 2 if len(edges) < 8 else 3
    near: set[tuple[str, str, int]] = set()
    for zone, text, cell in counts:
        if not any(map(str.isalpha, text)):
            continue
        total = sum(counts[zone, text, cell + by] for by in (-1, 0, 1))
        if total >= least:
            near.add((zone, text, cell))
    return near


def _page_number(text: str) -> int | None:
    match = _PAGE_NUMBER.fullmatch(text)
    if match is None:
        return None
    page = match["page"]
    return int(page) if page.isdigit() else _roman(page.lower())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in text]
    ahead = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, ahead, strict=True))


def _offsets(edges: Sequence[Sequence[_Level]]) -> set[int]:
    """By how much printed page numbers differ from the count, where pages agree on it."""
    counts: Counter[int] = Counter()
    for number, page in enumerate(edges):
        found = {_page_number(segment.text) for one in page for segment in one.segments}
        counts.update({value - number for value in found if value is not None})
    if len(edges) < 3:
        return {1, *(offset for offset, count in counts.items() if count > 1)}
    return {offset for offset, count in counts.items() if count >= max(2, len(edges) // 4)}


# --------------------------------------------------------------------------- line numbers


def _without_line_numbers(page: Page) -> Page:
    """The page without numbers that count up beside its lines, as manuscripts have them."""
    numbers = [one for one in page if _LINE_NUMBER.fullmatch(one.text)]
    if len(numbers) < _FEWEST_LINES:
        return page
    out: set[int] = set()
    for column in _aligned(numbers):
        column.sort(key=lambda one: -one.y)
        steps = [int(b.text) - int(a.text) for a, b in pairwise(column)]
        rising = sum(0 < step <= 5 for step in steps)
        beside = _is_margin(column, page, out)
        if len(column) >= _FEWEST_LINES and rising >= 0.8 * len(steps) and beside:
            out.update(map(id, column))
    return [one for one in page if id(one) not in out]


def _aligned(numbers: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Numbers that end below each other."""
    ordered = sorted(numbers, key=lambda one: one.x1)
    column: list[Segment] = []
    for one in ordered:
        if column and one.x1 - column[0].x1 > 3:
            yield column
            column = []
        column.append(one)
    if column:
        yield column


def _is_margin(column: Sequence[Segment], page: Page, out: set[int]) -> bool:
    """Whether nearly nothing else stands further out on that side."""
    left = min(one.x0 for one in column)
    right = max(one.x1 for one in column)
    own = {id(one) for one in column} | out
    others = [one for one in page if id(one) not in own]
    outside = sum(one.x0 < left for one in others), sum(one.x1 > right for one in others)
    return min(outside) <= 0.05 * len(others)
