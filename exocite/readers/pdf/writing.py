"""Sheets to source text and raw blocks: each row a line, each page a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Place, Span
from exocite.patterns import regex
from exocite.readers.labels import numbered_items
from exocite.readers.pdf.cleaning import joint, whole_words
from exocite.readers.pdf.columns import Row
from exocite.readers.pdf.groups import Group
from exocite.readers.pdf.outline import Sheet
from exocite.readers.pdf.segments import raised
from exocite.readers.raised import DIGITS, Raised
from exocite.readers.raw import RawBlock, finished
from exocite.readers.reference_list import looks_like_reference
from exocite.text import VisibleText

_GAP = "\n"
_POWERS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_POWER = regex(r"[-+−–]?\d{1,3}[-+−–]?|n")
_BASE = regex(
    r"(?:(?<![^\W\d_])[^\W\d_]|(?<![^\W_])(?:[cdkmnµμp]m|[km]g|ms|ft|in|mL|Ca|Na|Mg|Fe|Zn|Cu|Mn)"
    r"|\d[)\]]?|[=×])\Z"
)
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d\Z")
_REACH = 40
_WORD = regex(r"[^\W\d_]")


@dataclass(slots=True)
class Written:
    """The source so far, where each row stands in it, and what was found."""

    places: list[Place] = field(default_factory=list)
    blocks: list[RawBlock] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    notes: list[Citation] = field(default_factory=list)
    signs: dict[tuple[int, str], list[Raised]] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    rises: tuple[tuple[int, int], ...]
    page: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Writer:
    """Writes the sheets of a file, then makes the blocks of what was written."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._pieces: list[str] = []
        self._length = 0
        self._lines: dict[int, _Line] = {}
        self._labels: dict[tuple[int, str], str] = {}
        self._words: Counter[str] = Counter()
        self._out = Written()

    def written(self, wholes: Sequence[Sequence[Group]]) -> Written:
        """What the sheets hold; each of `wholes` is one block of the text."""
        for number, sheet in enumerate(self._sheets):
            self._page(number, sheet)
        out = self._out
        out.source = "".join(self._pieces)
        self._words.update(
            word.casefold() for line in self._lines.values() for word in whole_words(line.text)
        )
        for whole in wholes:
            self._block(whole)
        for sheet in self._sheets:
            for group in sheet.beside:
                self._block([group])
        self._signs()
        out.blocks.sort(key=lambda block: block.span)
        out.spans = {key: Span(line.start, line.end) for key, line in self._lines.items()}
        return out

    # ---------------------------------------------------------------- the source

    def _page(self, number: int, sheet: Sheet) -> None:
        ahead = len(sheet.rows) if sheet.ahead < 0 else sheet.ahead
        if number:
            self._write(_GAP)
        self._out.places.append(Place(self._length, f"page {number + 1}"))
        for row in sheet.rows[:ahead]:
            self._row(row, " ")
        for group in sheet.beside:
            between = "\t" if group.kind is BlockKind.TABLE else " "
            for index, row in enumerate(group.rows):
                self._row(row, between, "" if index else self._mark(group, number))
        for row in sheet.rows[ahead:]:
            self._row(row, " ")

    def _mark(self, group: Group, page: int) -> str:
        """The label of a note as it is written before it; no two notes bear the same."""
        if not group.note.isdigit():
            return ""
        taken = set(self._labels.values())
        label = f"^{group.note}"
        if label in taken:
            label = f"^{group.note} (page {page + 1})"
        if (page, group.note) in self._labels:
            return ""
        self._labels[page, group.note] = label
        return label

    def _row(self, row: Row, between: str, note: str = "") -> None:
        text, rises = _printed(row, between)
        if note:
            cut = len(note.split(" ", maxsplit=1)[0]) - 1
            mark = f"[{note}]: "
            shift = len(mark) - cut
            text = mark + text[cut:]
            rises = tuple((a + shift, b + shift) for a, b in rises if a >= cut)
        self._lines[id(row)] = _Line(self._length, text, rises, row.page)
        self._write(text + "\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    # ---------------------------------------------------------------- blocks

    def _block(self, whole: Sequence[Group]) -> None:
        first = whole[0]
        label = self._labels.get((first.rows[0].page, first.note), "") if first.note else ""
        skip = len(f"[{label}]: ") if label else first.skip
        lines = [self._lines[id(row)] for group in whole for row in group.rows]
        visible = VisibleText()
        if first.kind is BlockKind.TABLE:
            self._table(visible, lines)
        else:
            self._prose(visible, lines, skip, first.kind)
        kind = first.kind
        block = finished(
            kind, visible, level=first.level, label=first.label, by_shape=first.by_shape
        )
        if block is None:
            return
        if first.note and not label:
            block = replace(block, kind=BlockKind.METADATA)
        elif label and looks_like_reference(block.text):
            block = replace(block, kind=BlockKind.REFERENCE, label=label)
        self._out.blocks.append(block)

    def _table(self, visible: VisibleText, lines: Sequence[_Line]) -> None:
        source = self._out.source
        end = -1
        for line in lines:
            at = line.start
            for cell in line.text.split("\t"):
                if end >= 0:
                    visible.replace(" | ", end, at)
                visible.copy(source, at, at + len(cell))
                end = at + len(cell)
                at = end + 1

    def _prose(
        self, visible: VisibleText, lines: Sequence[_Line], skip: int, kind: BlockKind
    ) -> None:
        source = self._out.source
        before = ""
        for index, line in enumerate(lines):
            start = line.start + (0 if index else min(skip, len(line.text)))
            following = lines[index + 1] if index + 1 < len(lines) else None
            between = joint(line.text, following.text, self._words) if following else ""
            end = line.end - (between is None)
            visible.copy(source, start, end)
            if between and following is not None:
                visible.replace(between, end, following.start)
            if kind.is_prose:
                self._find_raised(line, start, before)
            before = (before + source[start:end])[-_REACH:] + (between or "")

    def _signs(self) -> None:
        """Of the same raised numbers on a page the last is the sign of the note there.

        Notes are mostly numbered in articles that cite in other ways, so that it is the only one.
        """
        for key, found in self._out.signs.items():
            *others, sign = sorted(found, key=lambda one: one.citation.span)
            self._out.raised.extend(others)
            span = sign.citation.span
            item = CitedItem(self._labels[key], span)
            self._out.notes.append(Citation(CitationKind.FOOTNOTE, span, (item,)))
        self._out.raised.sort(key=lambda one: one.citation.span)

    def _find_raised(self, line: _Line, start: int, before: str) -> None:
        for first, last in line.rises:
            if line.start + first < start:
                continue
            text = line.text[first:last].strip()
            at = line.start + first
            span = Span(at, at + len(text))
            ahead = (before + line.text[start - line.start : first])[-_REACH:]
            if DIGITS.fullmatch(text):
                items = numbered_items(self._out.source, span.start, span.end, Span)
                citation = Citation(CitationKind.SUPERSCRIPT, span, items)
                found = Raised(citation, ahead)
                key = line.page, text
                if key in self._labels:
                    self._out.signs.setdefault(key, []).append(found)
                else:
                    self._out.raised.append(found)


def _printed(row: Row, between: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The row's text, powers in raised digits, and where other raised text stands in it."""
    text = ""
    rises: list[tuple[int, int]] = []
    for number, segment in enumerate(row.segments):
        if number:
            text += between
        at = len(text)
        own = segment.text
        for first, last in raised(segment):
            part = own[first:last]
            if _POWER.fullmatch(part) and _is_power(own[:first], part):
                own = own[:first] + part.translate(_POWERS) + own[last:]
            else:
                rises.append((at + first, at + last))
        text += own
    return text, tuple(rises)


def _is_power(before: str, raised_text: str) -> bool:
    if before[-1:].isspace() or not before:
        return False
    if not raised_text.isdigit():
        return _WORD.search(raised_text) is None or before[-1].isalnum()
    return _BASE.search(before[-4:]) is not None and _YEAR.search(before[-5:]) is None
