"""The source line of a finding with its span underlined, aligned as a terminal shows it.

Widths follow Unicode Standard Annex 11: wide and fullwidth characters take two columns, combining
and format characters none. Tabs become spaces, control characters visible escapes, and only a
window around the span is laid out, however long the line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.text import Lines, printable

WIDTH = 96
_TAB = 4
_LEAD = 24
_ELLIPSIS = "…"
_ZERO = frozenset({"Mn", "Me", "Cf"})

# Characters that are shown as they are, in one column: most lines hold no others.
_PLAIN = regex(r"[ -~\xa1-\xac\xae-\u024f\u2010-\u2027]*")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line as shown, and the columns of it, from 0, that are underlined."""

    text: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class _Cell:
    shown: str
    width: int


class Source:
    """A file's text by lines, made once for all findings in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._last = 0, 0, 0, False  # Most findings follow others on the same line.

    def excerpt(self, line: int, column: int, end_line: int, end_column: int) -> Excerpt:
        """The line with the part of the span that stands on it; an empty span is one column."""
        if self._last[0] != line:
            start, stop = self._ends(line)
            self._last = line, start, stop, _is_plain(self._text[start:stop])
        _, start, stop, plain = self._last
        place = min(start + column - 1, stop)
        end = min(start + end_column - 1, stop) if end_line == line else stop
        lay_out = _plain if plain else _window
        return lay_out(self._text, start, stop, place, max(end, place))

    def _ends(self, line: int) -> tuple[int, int]:
        """Where the line's own text begins and ends."""
        start, following = self._lines.offset(line), self._lines.offset(line + 1)
        for mark in "\n\r":
            if following > start and self._text[following - 1] == mark:
                following -= 1
        return start, following


def width(text: str) -> int:
    """The columns that a terminal gives a printable text."""
    return sum(_character_width(character) for character in text)


def _window(text: str, start: int, stop: int, place: int, end: int) -> Excerpt:
    """Lay out as much of the line as fits, the span's beginning always inside."""
    lead = max(start, place - WIDTH)
    last = min(stop, end + WIDTH + 1)
    if _is_plain(text[lead:last]):
        return _plain(text, start, stop, place, end)
    before = _cells(text[lead:place])
    span = _cells(text[place : min(end, place + WIDTH + 1)], _total(before))
    after = _cells(text[end:last], _total(before) + _total(span))
    if lead > start or _total(before) + _total(span) + _total(after) > WIDTH:
        keep = max(_LEAD, WIDTH - _total(span) - _LEAD)
        before, cut = _last(before, min(keep, WIDTH - _LEAD))
        if cut or lead > start:
            before = [_Cell(_ELLIPSIS, 1), *before]
    room = WIDTH - _total(before)
    span, cut_span = _first(span, room)
    if cut_span:
        span = [*span, _Cell(_ELLIPSIS, 1)]
        after = []
    else:
        after, cut_after = _first(after, room - _total(span))
        after += [_Cell(_ELLIPSIS, 1)] if cut_after else []
    shown = "".join(cell.shown for cell in (*before, *span, *after))
    return Excerpt(shown.rstrip(), _total(before), max(_total(span), 1))


def _plain(text: str, start: int, stop: int, place: int, end: int) -> Excerpt:
    """The same where every character around takes one column: a slice of the text."""
    lead = max(start, place - WIDTH)
    last = min(stop, end + WIDTH + 1)
    begin, cut, more, width = lead, "", "", end - place
    if lead > start or last - lead > WIDTH:
        keep = min(max(_LEAD, WIDTH - width - _LEAD), WIDTH - _LEAD)
        if lead > start or place - lead > keep:
            begin, cut = max(lead, place - keep), _ELLIPSIS
    before = len(cut) + place - begin
    room = WIDTH - before
    if width > room:
        last, more, width = place + room, _ELLIPSIS, room + 1
    elif last - place > room:
        last, more = place + room, _ELLIPSIS
    return Excerpt(f"{cut}{text[begin:last]}{more}".rstrip(), before, max(width, 1))


def _is_plain(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text) is not None


def _cells(text: str, column: int = 0) -> list[_Cell]:
    cells = []
    for character in text:
        shown = " " * (_TAB - column % _TAB) if character == "\t" else _safe(character)
        cell = _Cell(shown, width(shown))
        cells.append(cell)
        column += cell.width
    return cells


def _safe(character: str) -> str:
    if unicodedata.category(character) == "Cs":
        return f"\\u{ord(character):04x}"
    return printable(character)


def _character_width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _total(cells: Iterable[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _first(cells: list[_Cell], room: int) -> tuple[list[_Cell], bool]:
    """The cells from the left that fit into `room` columns, and whether any was left out."""
    kept: list[_Cell] = []
    used = 0
    for cell in cells:
        used += cell.width
        if used > room:
            return kept, True
        kept.append(cell)
    return kept, False


def _last(cells: list[_Cell], room: int) -> tuple[list[_Cell], bool]:
    kept, cut = _first(cells[::-1], room)
    return kept[::-1], cut
