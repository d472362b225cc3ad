"""Rows that belong together: what a reader sees as one block of a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.pdf.columns import Row
from exocite.readers.pdf.segments import raised

BULLET = regex(r"[•‣⁃◦▪▫●○■□►▸▹➤✓✔·∙–—]\s*(?=\S)")
NUMBER = regex(r"\(?(?P<number>\d{1,3})[.)]\s+(?=\S)|\((?:[a-z]|[ivx]{1,5})\)\s+(?=\S)")
_CELL_LABEL = regex(
    r"[•‣◦▪●○■□►–—*†‡§¶]|\[?\(?(?:\d{1,4}|[A-Za-z]|[ivxIVX]{1,5})[\])]?[.)]?|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
)
_EQUATION_NUMBER = regex(r"\(?[A-Z]?\d{1,3}(?:\.\d{1,3})?[a-z]?\)")
ENDED = regex(r"[.!?:;][\"”’')\]]*(?:\[?\d[\d,–-]*\]?)?\Z")
_SIZE = 0.07
_LOOSE = 1.35
_INDENT = 0.7


@dataclass(frozen=True, slots=True)
class Type:
    """How the document sets its text: the size of most of it, and lines' distance by the size.

    `indents` says whether paragraphs begin with an indent, `fixed` whether most of it is set like
    a typewriter's.
    """

    size: float
    leading: float
    indents: bool
    fixed: bool


@dataclass(slots=True)
class Group:
    """Rows of one column that make a block. `skip` counts characters of its label or bullet.

    `note` is the sign of a note. `page` and `flow` are those of the first row.
    """

    rows: list[Row]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    skip: int = 0
    note: str = ""
    by_shape: bool = False

    @property
    def text(self) -> str:
        """All rows, a space between them."""
        return " ".join(row.text for row in self.rows)

    @property
    def size(self) -> float:
        """The size of its first row's text."""
        return self.rows[0].size

    @property
    def is_bold(self) -> bool:
        """Whether all its rows are."""
        return all(row.is_bold for row in self.rows)


def type_of(rows: Sequence[Row]) -> Type:
    """How most of the text is set."""
    sizes: Counter[float] = Counter()
    for row in rows:
        for segment in row.segments:
            sizes[round(segment.size, 1)] += len(segment.text)
    size = max(sizes, key=lambda one: (sizes[one], one)) if sizes else 10.0
    body = [
        (before, row)
        for before, row in pairwise(rows)
        if before.flow == row.flow and abs(row.size - size) < 0.5
    ]
    steps = [(before.y - row.y) / size for before, row in body]
    plain = [step for step in steps if 0.8 < step < 3]
    indented = sum(_is_indented(row) and not _is_indented(before) for before, row in body)
    indents = indented >= max(3, len(body) / 60)
    fixed = sum(row.is_fixed for row in rows) > len(rows) / 2
    return Type(size, median(plain) if plain else 1.2, indents, fixed)


def grouped(rows: Sequence[Row], kind: Type) -> Iterator[Group]:
    """The groups of a page."""
    group: list[Row] = []
    for row in rows:
        if group and _begins(group, row, kind):
            yield Group(group)
            group = []
        group.append(row)
    if group:
        yield Group(group)


def cells(row: Row) -> int:
    """How many cells the row has, its label and the number of an equation left out."""
    texts = [one.text for one in row.segments]
    count = len(texts)
    if count > 1 and _CELL_LABEL.fullmatch(texts[0]):
        count -= 1
    if count > 1 and _EQUATION_NUMBER.fullmatch(texts[-1]):
        count -= 1
    return count


def sign(row: Row) -> str:
    """The raised number or sign with which a note begins, "" for none."""
    first = row.segments[0]
    for start, end in raised(first):
        text = first.text[start:end].strip()
        return text if start == 0 and len(text) <= 3 else ""
    return first.text[0] if first.text[0] in "*†‡§¶" else ""


def is_full(row: Row, following: Row) -> bool:
    """Whether the first word of the next row would not have fitted behind this one."""
    first = following.segments[0]
    word = first.text.split(" ", 1)[0]
    width = (first.x1 - first.x0) * len(word) / max(1, len(first.text))
    return row.x1 + width + 0.2 * row.size > row.right


def _begins(group: Sequence[Row], row: Row, kind: Type) -> bool:
    """Whether a block begins with this row."""
    before = group[-1]
    if row.flow != before.flow:
        return True
    size = before.size
    if abs(row.size - size) > _SIZE * size and not _is_mixed(before, row):
        return True
    if before.is_fixed != row.is_fixed and not kind.fixed:
        return True
    step = before.y - row.y
    if step > _LOOSE * kind.leading * max(size, row.size) or step < 0:
        return True
    if before.is_bold != row.is_bold and (group[0].is_bold == before.is_bold):
        if all(one.is_bold for one in group) and not is_full(before, row):
            return True
        if row.is_bold and not is_full(before, row):
            return True
    if (cells(row) > 1) != (cells(before) > 1):
        return not (cells(row) == 2 and is_full(before, row) and row.x0 - row.left < 3)
    return _by_shape(group, before, row)


def _by_shape(group: Sequence[Row], before: Row, row: Row) -> bool:
    text = row.text
    if BULLET.match(text) and not text[0].isdigit() and text[0] not in "–—":
        return True
    ended = ENDED.search(before.text) is not None
    numbered = NUMBER.match(text)
    if numbered and (ended or not is_full(before, row)) and _is_item(group[0].text, text):
        return True
    if sign(row) and sign(group[0]):
        return True
    hanging = _is_item(group[0].text, "") or bool(sign(group[0]))
    if not hanging and _is_indented(row) and not _is_indented(before):
        return ended or not row.text[0].islower()
    if hanging and row.x0 < group[0].x0 - _INDENT * row.size:
        return True
    if is_full(before, row):
        return False
    if ended:
        return not text[0].islower()
    return before.x1 < before.left + 0.6 * (before.right - before.left) and text[0].isupper()


def _is_item(first: str, text: str) -> bool:
    """Whether a block that begins so is a list's item, and the text may be the next one."""
    begins = NUMBER.match(first)
    if not text:
        return begins is not None or BULLET.match(first) is not None
    following = NUMBER.match(text)
    if following is None:
        return False
    if begins is None or begins["number"] is None or following["number"] is None:
        return True
    return int(following["number"]) == int(begins["number"]) + 1


def _is_mixed(before: Row, row: Row) -> bool:
    """Whether a difference of sizes lies inside the rows: a word set smaller, small capitals."""
    sizes = {round(one.size, 1) for one in (*before.segments, *row.segments)}
    pieces = {
        round(piece.size, 1)
        for one in (before, row)
        for segment in one.segments
        for piece in segment.pieces
    }
    return len(pieces) > len(sizes) and max(before.size, row.size) < 1.3 * min(
        before.size, row.size
    )


def _is_indented(row: Row) -> bool:
    return _INDENT * row.size < row.x0 - row.left < 4 * row.size
