"""The order in which a page is read: columns, what stands across them, and the rows of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from exocite.frozen import dataclass
from exocite.readers.pdf.segments import Segment

_FEWEST = 5
_FILLED = 0.6
_NARROWEST = 0.18
_MOST_COLUMNS = 4
_LEVEL = 0.4
_ACROSS = 0.12
_OFTEN = 0.3
_MOST_ACROSS = 0.35
_NEXT = 1.5


@dataclass(slots=True)
class Row:
    """Segments on one line of a column. `left` and `right` are the edges of the column's text.

    `flow` numbers the stretches that are read without a break: a column between two things that
    stand across all columns. `column` counts from 0, and is -1 for what stands across.
    """

    segments: list[Segment]
    page: int
    flow: int
    column: int
    left: float = 0.0
    right: float = 0.0

    @property
    def x0(self) -> float:
        """Where the row begins."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where the row ends."""
        return self.segments[-1].x1

    @property
    def y(self) -> float:
        """The baseline of the row's largest segment."""
        return max(self.segments, key=lambda one: one.size).y

    @property
    def size(self) -> float:
        """The size of most of its text."""
        return max(self.segments, key=lambda one: len(one.text)).size

    @property
    def text(self) -> str:
        """All of it, a space between segments."""
        return " ".join(one.text for one in self.segments)

    @property
    def is_fixed(self) -> bool:
        """Whether all of it is set like a typewriter's."""
        return all(piece.fixed for one in self.segments for piece in one.pieces)

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        total = sum(len(one.text) for one in self.segments)
        return sum(one.bold * len(one.text) for one in self.segments) >= 0.9 * total


def rows(pages: Sequence[Sequence[Segment]]) -> list[list[Row]]:
    """The rows of each page in the order of reading."""
    own = [_gutters(page) for page in pages]
    usual = Counter(gutters for gutters in own if gutters)
    often = sum(usual.values()) >= _OFTEN * len(pages)
    fallback = max(usual, key=lambda one: (usual[one], one)) if often and usual else ()
    out = []
    flow = 0
    for number, page in enumerate(pages):
        gutters = own[number] or (fallback if _may_have(page, fallback) else ())
        found: list[Row] = []
        for column, part in _parts(page, gutters):
            flow += 1
            found.extend(_rows(part, number, flow, column))
        out.append(found)
    _set_edges([row for page in out for row in page])
    return out


def _gutters(page: Sequence[Segment]) -> tuple[float, ...]:
    """Where the columns of the page but the first begin, () for one column."""
    if len(page) < 2 * _FEWEST:
        return ()
    lefts = sorted(one.x0 for one in page)
    rights = sorted(one.x1 for one in page)
    left, right = lefts[len(lefts) // 50], rights[-1 - len(rights) // 50]
    width = right - left
    if width <= 0:
        return ()
    starts = Counter(round(one.x0) for one in page if one.x0 > left + _NARROWEST * width)
    candidates = [x for x, count in starts.most_common(40) if count >= _FEWEST - 1]
    found: list[float] = []
    for x in sorted(candidates):
        before = found[-1] if found else left
        if len(found) < _MOST_COLUMNS - 1 and _is_gutter(page, before, float(x), right, width):
            found.append(float(x) - 1)
    return tuple(found)


def _may_have(page: Sequence[Segment], gutters: Sequence[float]) -> bool:
    """Whether the columns of other pages can be those of this one: few lines run across them."""
    width = _width(page)
    across = sum(_is_across(one, gutters, width) for one in page)
    return across <= _MOST_ACROSS * len(page)


def _width(page: Sequence[Segment]) -> float:
    return max((one.x1 for one in page), default=0) - min((one.x0 for one in page), default=0)


def _is_across(one: Segment, gutters: Sequence[float], width: float) -> bool:
    return any(one.x0 < x - _ACROSS * width and one.x1 > x + _ACROSS * width for x in gutters)


def _ends(across: Sequence[Segment], one: Segment) -> bool:
    """Whether a short line is the last of a paragraph that stands across the columns."""
    before = across[-1]
    return (
        0 < before.y - one.y < _NEXT * one.size
        and abs(before.size - one.size) < 0.5
        and abs(before.x0 - one.x0) < one.size / 2
        and before.text[-1] not in ".:"
    )


def _is_gutter(
    page: Sequence[Segment], before: float, x: float, right: float, width: float
) -> bool:
    """Whether lines of prose fill the column that ends before `x`, and others one that begins."""
    if x - before < _NARROWEST * width or right - x < _NARROWEST * width:
        return False
    wide = x - before
    filled = [
        one
        for one in page
        if before - 3 <= one.x0 and one.x1 < x and one.x1 - one.x0 >= _FILLED * wide
    ]
    if len(filled) < _FEWEST:
        return False
    begun = [one for one in page if x - 2 <= one.x0 <= x + 2 and len(one.text) > _FEWEST]
    # The next column may be the last or not: its lines are as long as those of the first.
    long = [one for one in begun if one.x1 - one.x0 >= 0.5 * min(wide, right - x)]
    return len(long) >= _FEWEST and len(long) >= 0.4 * len(begun)


_Part = tuple[int, list[Segment]]


def _parts(page: Sequence[Segment], gutters: Sequence[float]) -> list[_Part]:
    """The page cut where something stands across columns, each part with its column's number."""
    ordered = sorted(page, key=lambda one: (-one.y, one.x0))
    if not gutters:
        return [(0, ordered)] if ordered else []
    width = _width(page)
    out: list[_Part] = []
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    across: list[Segment] = []
    for one in ordered:
        beside = bool(across) and abs(across[-1].y - one.y) < _LEVEL * one.size
        if beside or _is_across(one, gutters, width) or (across and _ends(across, one)):
            if any(columns):
                out.extend(enumerate(columns))
                columns = [[] for _ in range(len(gutters) + 1)]
            across.append(one)
            continue
        if across:
            out.append((-1, across))
            across = []
        columns[sum(one.x0 >= x - 2 for x in gutters)].append(one)
    out.extend([(-1, across), *enumerate(columns)])
    return [part for part in out if part[1]]


def _rows(part: Sequence[Segment], page: int, flow: int, column: int) -> list[Row]:
    found: list[Row] = []
    for one in sorted(part, key=lambda segment: (-segment.y, segment.x0)):
        last = found[-1] if found else None
        if last is not None and abs(last.segments[0].y - one.y) < _LEVEL * one.size:
            last.segments.append(one)
        else:
            found.append(Row([one], page, flow, column))
    for row in found:
        row.segments.sort(key=lambda segment: segment.x0)
    return found


def _set_edges(found: Sequence[Row]) -> None:
    """Give each row the edges of its column's text, from other pages where its own has few rows."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in found:
        groups.setdefault((row.page, row.column), []).append(row)
    edges = {key: _edges(group) for key, group in groups.items()}
    columns: dict[int, list[tuple[float, float]]] = {}
    for (_, column), edge in edges.items():
        if len(groups[_, column]) >= 2 * _FEWEST:
            columns.setdefault(column, []).append(edge)
    for key, group in groups.items():
        left, right = edges[key]
        others = columns.get(key[1])
        if len(group) < 2 * _FEWEST and others:
            right = max(right, median(edge[1] for edge in others))
            near = [edge[0] for edge in others if abs(edge[0] - left) < 5 * group[0].size]
            left = min(left, median(near)) if near else left
        for row in group:
            row.left, row.right = left, right


def _edges(group: Sequence[Row]) -> tuple[float, float]:
    lefts = Counter(round(row.x0) for row in group)
    often = [x for x, count in lefts.items() if count >= max(2, 0.15 * len(group))]
    rights = sorted(row.x1 for row in group)
    left = min(often) if often else min(row.x0 for row in group)
    return float(left), rights[int(0.9 * (len(rights) - 1))]
