"""What each group of a page is for: heading, caption, table, formula, note, item, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.furniture import is_boilerplate_heading, plain_heading
from exocite.readers.pdf.columns import Row
from exocite.readers.pdf.groups import BULLET, ENDED, NUMBER, Group, Type, cells, sign

_CAPTION = regex(
    r"(?:(?:supplementary|extended data|online|appendix)\s+)?"
    r"(?:fig(?:ure|s|\.)?|table|tab\.|scheme|box|chart|plate|exhibit|graph|map|panel|abb(?:ildung|\.)"
    r"|tabelle|figura|tableau|tabla)\s*[SA-H]?\d{0,3}[a-z]?(?:\.\d{1,2})?\s*",
    re.IGNORECASE,
)
_NUMBERED = regex(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_a-z]")
_NUMERAL = regex(r"(?:[IVX]{1,5}|[A-H])\.\s+[^\W\d_a-z]")
_MATHS = regex(r"[=<>≤≥≈∑∫∏√±×∈→∂∼≡∝]|\S[+−]\S")
_WORDS = regex(r"[^\W\d_]{4,}")
_LEADERS = regex(r"(?:\. ?){5,}\s*(?:\d{1,4}|[ivxl]{1,6})(?!\w)")
_LETTERS = regex(r"[^\W\d_]")
_NAMED = frozenset(
    (
        "abstract", "summary", "introduction", "background", "methods", "materials and methods",
        "method", "results", "discussion", "results and discussion", "conclusion", "conclusions",
        "references", "bibliography", "literature cited", "works cited", "reference list",
        "acknowledgements", "acknowledgments", "literatur", "literaturverzeichnis", "références",
        "referencias", "references and notes", "notes and references", "appendix", "limitations",
        "related work", "sources", "endnotes",
    )
)  # fmt: skip
LISTS = frozenset(
    (
        "references", "bibliography", "literature cited", "works cited", "reference list",
        "literatur", "literaturverzeichnis", "références", "referencias", "references and notes",
        "notes and references", "sources", "literature", "cited references",
    )
)  # fmt: skip
_LARGER = 1.08
_SMALLER = 0.94
_TINY = 0.82
_LONGEST_HEADING = 160
_MOST_ROWS = 4


def classified(groups: Sequence[Group], kind: Type) -> Iterator[Group]:
    """The groups of a page, each told for what it is; table rows that stand together as one."""
    waiting: list[Group] = []
    for group in groups:
        told = _told(group, kind)
        if told.kind is BlockKind.TABLE and waiting:
            last = waiting[-1]
            if last.kind is BlockKind.TABLE and last.rows[0].flow == told.rows[0].flow:
                last.rows.extend(told.rows)
                continue
        waiting.append(told)
    yield from waiting


def _told(group: Group, kind: Type) -> Group:
    text = group.text
    rows = group.rows
    if _is_caption(group, kind):
        return replace(group, kind=BlockKind.CAPTION)
    if all(segment.deep for row in rows for segment in row.segments):
        return replace(group, kind=BlockKind.METADATA)
    if not kind.fixed and all(row.is_fixed for row in rows):
        return replace(group, kind=BlockKind.CODE)
    if _LEADERS.search(text):
        return replace(group, kind=BlockKind.NAVIGATION)
    if sum(cells(row) > 1 for row in rows) > len(rows) / 2:
        return replace(group, kind=BlockKind.TABLE)
    if _is_formula(group, text):
        return replace(group, kind=BlockKind.CODE)
    if not any(map(str.isalpha, text)):
        return replace(group, kind=BlockKind.METADATA)
    heading = _heading(group, kind, text)
    if heading is not None:
        return heading
    if _is_figure_text(group, kind, text):
        return replace(group, kind=BlockKind.METADATA)
    return _item(group, text)


def _is_caption(group: Group, kind: Type) -> bool:
    match = _CAPTION.match(group.text)
    if match is None or not any(map(str.isdigit, match[0])):
        return False
    rest = group.text[match.end() :]
    first = group.rows[0].segments[0]
    looks = first.pieces[0].bold or group.size < _SMALLER * kind.size
    if not rest or rest[0] in ".:|–—":
        return True
    return bool(looks) and not rest[0].islower()


def _is_formula(group: Group, text: str) -> bool:
    row = group.rows[0]
    if len(group.rows) > _MOST_ROWS or row.x0 - row.left < row.size:
        return False
    return _MATHS.search(text) is not None and len(_WORDS.findall(text)) <= len(group.rows)


def _is_figure_text(group: Group, kind: Type, text: str) -> bool:
    """Small words here and there: labels of axes, legends inside a picture."""
    if group.size >= _TINY * kind.size or sign(group.rows[0]):
        return False
    widest = max(row.x1 - row.x0 for row in group.rows)
    row = group.rows[0]
    return widest < 0.6 * (row.right - row.left) and not ENDED.search(text)


def _heading(group: Group, kind: Type, text: str) -> Group | None:
    if len(group.rows) > _MOST_ROWS or len(text) > _LONGEST_HEADING or text[0] in "*†‡§¶•":
        return None
    name = plain_heading(text)
    level = _level(text)
    if name in _NAMED or is_boilerplate_heading(text):
        return replace(group, kind=BlockKind.HEADING, level=level or 2)
    ends = text[-1] in ".,;:" and not _NUMERAL.match(text)
    larger = group.size >= _LARGER * kind.size
    if (larger or group.is_bold) and not (ends and len(text) > 60) and not text[0].islower():
        if len(_LETTERS.findall(text)) < 3 or (group.size < _TINY * kind.size):
            return None
        return replace(group, kind=BlockKind.HEADING, level=level or (2 if larger else 3))
    if ends or len(group.rows) > 2 or text[-1] in "?!" or group.size < _SMALLER * kind.size:
        return None
    capital = text.isupper() and len(_LETTERS.findall(text)) > 3
    if capital or (_NUMBERED.match(text) and len(text) < 90) or _NUMERAL.match(text):
        return replace(group, kind=BlockKind.HEADING, level=level or 2, by_shape=True)
    return None


def is_named(text: str) -> bool:
    """Whether a heading has a number or a name that headings of sections have."""
    return plain_heading(text) in _NAMED or _NUMBERED.match(text) is not None


def _level(text: str) -> int:
    match = _NUMBERED.match(text)
    return 2 + match["number"].count(".") if match else 0


def _item(group: Group, text: str) -> Group:
    match = BULLET.match(text)
    if match and match.end() < len(text):
        return replace(group, kind=BlockKind.LIST_ITEM, level=1, skip=match.end())
    number = NUMBER.match(text)
    if number and number.end() < len(text):
        label = number["number"] or ""
        return replace(group, kind=BlockKind.LIST_ITEM, level=1, label=label, skip=number.end())
    return group


# --------------------------------------------------------------------------- notes


def without_notes(rows: Sequence[Row], kind: Type) -> tuple[list[Row], list[Group]]:
    """The rows of a page, and the notes at the foot of its columns apart.

    Notes are set smaller than the text above them, and the first bears a sign; on any page small
    print without one at the foot is a remark of the publisher.
    """
    kept: list[Row] = []
    notes: list[Group] = []
    columns: dict[int, list[Row]] = {}
    for row in rows:
        columns.setdefault(row.column, []).append(row)
    away: set[int] = set()
    for column in columns.values():
        column.sort(key=lambda row: -row.y)
        at = len(column)
        while at and column[at - 1].size < _SMALLER * kind.size:
            at -= 1
        small = column[at:]
        body = any(abs(row.size - kind.size) < 0.06 * kind.size for row in column[:at])
        if not small or not body:
            continue
        first = next((n for n, row in enumerate(small) if sign(row)), None)
        if first is None or not _looks_like_note(small[first]):
            continue
        notes.extend(_notes(small[first:]))
        away.update(id(row) for row in small[first:])
    kept = [row for row in rows if id(row) not in away]
    return kept, notes


def _looks_like_note(row: Row) -> bool:
    return _CAPTION.match(row.text) is None and len(row.text) > len(sign(row)) + 1


def _notes(rows: Sequence[Row]) -> Iterator[Group]:
    """Each note with its sign."""
    now: list[Row] = []
    for row in rows:
        if now and sign(row):
            yield _note(now)
            now = []
        now.append(row)
    if now:
        yield _note(now)


def _note(rows: list[Row]) -> Group:
    mark = sign(rows[0])
    return Group(rows, skip=len(mark), note=mark)
