"""The entries of a list of references as a PDF prints it, one group each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exocite.patterns import regex
from exocite.readers.pdf.columns import Row
from exocite.readers.pdf.groups import ENDED, Group, Type, is_full

_LABEL = regex(r"(?:\[(?P<square>\d{1,4})\]|\((?P<round>\d{1,4})\)|(?P<dotted>\d{1,4})[.)]?)\s")
_KEY = regex(r"\[[^\]\[]{2,20}\]\s")
_LOOSE = 1.3
_HANGING = 0.5


def entries(rows: Sequence[Row], kind: Type) -> list[Group]:
    """The rows under a heading of references, cut where an entry begins."""
    starts = _numbered(rows) or _keyed(rows) or _hanging(rows) or _parted(rows, kind)
    edges = [*sorted(starts | {0}), len(rows)]
    return [Group(list(rows[first:last])) for first, last in pairwise(edges) if first < last]


def _numbered(rows: Sequence[Row]) -> set[int]:
    """Rows that begin with the next number; a number that does not follow is part of an entry."""
    found: set[int] = set()
    expected = 0
    for index, row in enumerate(rows):
        match = _LABEL.match(row.text)
        if match is None:
            continue
        number = int(next(filter(None, match.groups())))
        if (not found and (index == 0 or number == 1)) or (found and number == expected):
            found.add(index)
            expected = number + 1
    return found if len(found) > 1 else set()


def _keyed(rows: Sequence[Row]) -> set[int]:
    found = {index for index, row in enumerate(rows) if _KEY.match(row.text)}
    return found if len(found) > 1 and 0 in found else set()


def _hanging(rows: Sequence[Row]) -> set[int]:
    """Rows at the margin, where many others are indented."""
    lefts: dict[tuple[int, int], float] = {}
    for row in rows:
        key = row.page, row.column
        lefts[key] = min(lefts.get(key, row.x0), row.x0)
    flush = {
        index
        for index, row in enumerate(rows)
        if row.x0 - lefts[row.page, row.column] < _HANGING * row.size
    }
    indented = len(rows) - len(flush)
    return flush if 0 in flush and indented >= 0.15 * len(rows) and len(flush) > 1 else set()


def _parted(rows: Sequence[Row], kind: Type) -> set[int]:
    """Rows behind a gap, else behind a row that ends early."""
    pairs = list(enumerate(pairwise(rows), 1))
    gaps = {
        index
        for index, (before, row) in pairs
        if before.flow == row.flow
        and before.y - row.y > _LOOSE * kind.leading * max(before.size, row.size)
    }
    turns = {
        index
        for index, (before, row) in pairs
        if before.flow != row.flow and ENDED.search(before.text) and not row.text[0].islower()
    }
    if gaps:
        return gaps | turns
    return {
        index
        for index, (before, row) in pairs
        if ENDED.search(before.text) and not is_full(before, row) and not row.text[0].islower()
    }
