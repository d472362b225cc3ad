"""Pieces of text to segments: what stands on one line without a wide gap, raised digits told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from exocite.frozen import dataclass
from exocite.readers.pdf.direction import logical
from exocite.readers.pdf.drawing import Piece

_GAP = 0.16
_FAR = 1.1
_SMALL = 0.86
"""A text below this share of its line's size may be raised or lowered."""
_REACH = 0.68
_LEVEL = 0.22
_OFF = 0.12
_NEAR = 8
_OVERLAP = 0.6
_CELL = 4.0


@dataclass(slots=True)
class Stretch:
    """A part of a segment's text with one look: `rise` is 1 where raised, -1 where lowered."""

    start: int
    end: int
    rise: int = 0
    bold: bool = False
    x0: float = 0.0
    x1: float = 0.0


@dataclass(slots=True)
class Segment:
    """Pieces beside each other on one baseline `y`; `size` is that of most characters."""

    pieces: list[Piece]
    x0: float
    x1: float
    y: float
    size: float
    deep: bool = False
    text: str = ""
    bold: float = 0.0
    stretches: list[Stretch] = field(default_factory=list)


def segments(pieces: Sequence[Piece]) -> list[Segment]:
    """The segments of a page, in no order of reading; text that stands on its side is left out."""
    upright = _upright(pieces)
    found: list[Segment] = []
    now: Segment | None = None
    for piece in upright:
        if now is not None and _repeats(now.pieces[-1], piece):
            continue
        if now is not None and now.deep == piece.deep and _fits(now, piece):
            _add(now, [piece])
        else:
            now = Segment([piece], piece.x0, piece.x1, piece.y, piece.size, piece.deep)
            found.append(now)
    joined = _joined(found)
    for segment in joined:
        _finish(segment)
    return [segment for segment in joined if segment.text]


def _upright(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of the direction in which most of the page is written."""
    counts = [0] * 5
    for piece in pieces:
        counts[piece.turn] += len(piece.text)
    turn = counts.index(max(counts[:4]))
    return [piece for piece in pieces if piece.turn == turn]


def _repeats(before: Piece, piece: Piece) -> bool:
    """Whether a text is drawn a second time at its place, to look bolder."""
    near = 0.15 * piece.size
    return (
        before.text == piece.text
        and abs(before.x0 - piece.x0) < near
        and abs(before.y - piece.y) < near
    )


def _fits(segment: Segment, piece: Piece) -> bool:
    size = max(segment.size, piece.size)
    gap = piece.x0 - segment.x1
    if not -_OVERLAP * size <= gap <= _FAR * size:
        return False
    return _on_line(segment.y, segment.size, piece.y, piece.size)


def _on_line(y: float, size: float, other: float, other_size: float) -> bool:
    """Whether two texts stand on one line, one of them perhaps raised or lowered."""
    away = other - y
    if other_size > size:
        size, other_size, away = other_size, size, -away
    if other_size < _SMALL * size:
        return -0.4 * size < away < _REACH * size
    return abs(away) < _LEVEL * size


def _add(segment: Segment, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        segment.pieces.append(piece)
        segment.x0 = min(segment.x0, piece.x0)
        segment.x1 = max(segment.x1, piece.x1)
        if piece.size > segment.size * 1.05:
            segment.size, segment.y = piece.size, piece.y


def _joined(found: Sequence[Segment]) -> list[Segment]:
    """Segments that stand beside each other though they were not drawn one after the other."""
    rows: dict[int, list[Segment]] = {}
    kept: list[Segment] = []
    for segment in sorted(found, key=lambda one: (one.x0, -one.y)):
        cell = int(segment.y // _CELL)
        near = [
            other
            for row in (cell, cell - 1, cell + 1, cell - 2, cell + 2)
            for other in rows.get(row, ())[-_NEAR:]
            if other.deep == segment.deep and _beside(other, segment)
        ]
        if near:
            best = min(near, key=lambda other: abs(other.y - segment.y))
            _add(best, segment.pieces)
            continue
        kept.append(segment)
        row = rows.setdefault(cell, [])
        row.append(segment)
        if len(row) > 2 * _NEAR:
            del row[:_NEAR]
    return kept


def _beside(one: Segment, other: Segment) -> bool:
    gap = other.x0 - one.x1
    size = max(one.size, other.size)
    return -0.3 * size <= gap <= _FAR * size and _on_line(one.y, one.size, other.y, other.size)


# --------------------------------------------------------------------------- text


def _finish(segment: Segment) -> None:
    pieces = segment.pieces
    if any(one.x0 > other.x0 for one, other in pairwise(pieces)):
        pieces.sort(key=lambda piece: piece.x0)
    _measure(segment)
    text = ""
    bold = 0
    end = pieces[0].x0
    for number, piece in enumerate(pieces):
        gap = piece.x0 - end
        body = " ".join(piece.text.split())
        if number and (gap > _GAP * piece.size or piece.spaced) and not text.endswith(" "):
            text += " "
        start = len(text)
        text += body
        rise = _rise(segment, piece)
        segment.stretches.append(Stretch(start, len(text), rise, piece.bold, piece.x0, piece.x1))
        bold += piece.bold * len(body)
        end = piece.x1
    segment.text = logical(text)
    segment.bold = bold / max(1, len(text.replace(" ", "")))
    if segment.text is not text and segment.text != text:
        segment.stretches = []


def _measure(segment: Segment) -> None:
    """Size and baseline are those of most characters."""
    counts: dict[tuple[float, float], int] = {}
    for piece in segment.pieces:
        key = round(piece.size, 1), piece.y
        counts[key] = counts.get(key, 0) + len(piece.text)
    largest = max(size for size, _ in counts)
    plain = {key: count for key, count in counts.items() if key[0] >= _SMALL * largest}
    # A first letter set large is not the line.
    if sum(plain.values()) < 3 < sum(counts.values()):
        plain = counts
    segment.size, segment.y = max(plain, key=lambda key: (plain[key], key))


def _rise(segment: Segment, piece: Piece) -> int:
    if piece.size >= _SMALL * segment.size and abs(piece.y - segment.y) < 0.2 * segment.size:
        return 0
    away = (piece.y - segment.y) / segment.size
    if away > _OFF:
        return 1
    return -1 if away < -_OFF / 2 else 0


def raised(segment: Segment) -> Iterator[tuple[int, int]]:
    """The raised stretches of the text, those that touch as one."""
    at: tuple[int, int] | None = None
    for one in segment.stretches:
        if one.rise != 1:
            continue
        if (
            at is not None
            and segment.text[at[1] : one.start].strip() == ""
            and (one.start - at[1] <= 1)
        ):
            at = at[0], one.end
            continue
        if at is not None:
            yield at
        at = one.start, one.end
    if at is not None:
        yield at
