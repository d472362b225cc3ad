"""The groups of all pages in the order of the article: title, by-line, prose made whole, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.furniture import plain_heading
from exocite.readers.pdf.columns import Row
from exocite.readers.pdf.entries import entries
from exocite.readers.pdf.groups import ENDED, Group, Type, grouped, type_of
from exocite.readers.pdf.kinds import LISTS, classified, is_named, without_notes
from exocite.readers.pdf.segments import raised

_TITLE = 1.15
_SHORTEST_TITLE = 5
_AFFILIATION = regex(
    r"@|\b(?:universit|institut|department|faculty|school of|hospital|college|laborator|centre\b"
    r"|center\b|correspond|orcid|received|accepted|edited by|reviewed by|keywords?\b)",
    re.IGNORECASE,
)
_WORD = regex(r"[^\W\d_]+")
_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.TITLE})
_BESIDE = frozenset({BlockKind.CAPTION, BlockKind.TABLE, BlockKind.METADATA})


@dataclass(slots=True)
class Sheet:
    """What is written for a page: the rows of its text in order, and what stands beside it.

    What stands beside is written before the row of the index `ahead`, behind all for -1. `flow`
    holds the groups that begin on the page.
    """

    flow: list[Group] = field(default_factory=list)
    beside: list[Group] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ahead: int = -1


def outlined(pages: Sequence[Sequence[Row]]) -> tuple[list[Sheet], list[list[Group]]]:
    """The sheets of all pages, and which groups of them make one paragraph."""
    kind = type_of([row for page in pages for row in page])
    sheets: list[Sheet] = []
    listing = False
    for number, page in enumerate(pages):
        notes: list[Group] = []
        if listing:
            rows = list(page)
        else:
            rows, notes = without_notes(page, kind)
        groups = list(classified(list(grouped(rows, kind)), kind))
        if number == 0:
            groups = _fronted(groups, kind)
        sheet = Sheet(beside=notes)
        listing = _sort(groups, sheet, listing=listing)
        sheets.append(sheet)
    _listed(sheets, kind)
    return sheets, list(_whole(sheets, kind))


def _sort(groups: Sequence[Group], sheet: Sheet, *, listing: bool) -> bool:
    """Put what interrupts the text beside it; whether the page ends inside a list of references."""
    for group in groups:
        if group.kind in _HEADINGS and not (listing and group.by_shape):
            listing = plain_heading(group.text) in LISTS
            if listing and sheet.ahead < 0:
                sheet.ahead = len(sheet.rows)
        if group.kind in _BESIDE:
            inside = listing and sheet.ahead < 0
            sheet.beside.append(replace(group, kind=BlockKind.METADATA) if inside else group)
        else:
            sheet.flow.append(group)
            sheet.rows.extend(group.rows)
    if listing and sheet.ahead < 0:
        sheet.ahead = 0
    return listing


# --------------------------------------------------------------------------- the first page


def _fronted(groups: list[Group], kind: Type) -> list[Group]:
    """The first page with its title named, what stands above it, and who wrote it."""
    title = _title(groups, kind)
    if title is None:
        return groups
    first, last = title
    whole = [row for group in groups[first:last] for row in group.rows]
    above = [replace(group, kind=BlockKind.METADATA) for group in groups[:first]]
    front = Group(whole, BlockKind.TITLE, 1)
    out = [*above, front]
    at = last
    while at < len(groups) and not _opens(groups[at]):
        out.append(_byline(groups[at]))
        at += 1
    if at == len(groups):  # No text begins on this page: nothing here is known to be a by-line.
        return [*above, front, *groups[last:]]
    return [*out, *groups[at:]]


def _title(groups: Sequence[Group], kind: Type) -> tuple[int, int] | None:
    large = [
        (round(group.size, 1), -index)
        for index, group in enumerate(groups)
        if group.kind is BlockKind.HEADING
        and group.size >= _TITLE * kind.size
        and len(group.text) > _SHORTEST_TITLE
    ]
    if not large:
        return None
    size, index = max(large)
    first = -index
    last = first + 1
    while (
        last < len(groups)
        and groups[last].kind is BlockKind.HEADING
        and abs(groups[last].size - size) < 0.3
        and plain_heading(groups[last].text) not in LISTS
    ):
        last += 1
    if any(_opens(group) for group in groups[:first]):
        return None
    return first, last


def _opens(group: Group) -> bool:
    """Whether the text begins here: a heading, or sentences."""
    if group.kind is BlockKind.HEADING:
        if is_named(group.text):
            return True
        names = any(True for row in group.rows for one in row.segments for _ in raised(one))
        return group.is_bold and not names and "," not in group.text
    text = group.text
    words = _WORD.findall(text)
    lower = sum(word[0].islower() for word in words)
    if group.kind is BlockKind.LIST_ITEM or group.kind is not BlockKind.PARAGRAPH:
        return False
    return len(words) >= 8 and lower >= 0.6 * len(words) and not _AFFILIATION.search(text[:200])


def _byline(group: Group) -> Group:
    if group.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.HEADING):
        return replace(group, kind=BlockKind.BYLINE, skip=0, label="", level=0)
    return group


# --------------------------------------------------------------------------- lists of references


def _listed(sheets: Sequence[Sheet], kind: Type) -> None:
    """Cut what stands under a heading of references into its entries.

    They are put behind the other groups of their pages: the source tells the order in the end.
    """
    section: list[tuple[Sheet, Group]] = []
    listing = False
    for sheet in sheets:
        for group in sheet.flow:
            if group.kind in _HEADINGS and not (listing and group.by_shape):
                if section:
                    _recut(section, kind)
                section = []
                listing = plain_heading(group.text) in LISTS
            elif listing:
                section.append((sheet, group))
    if section:
        _recut(section, kind)


def _recut(section: Sequence[tuple[Sheet, Group]], kind: Type) -> None:
    found = entries([row for _, group in section for row in group.rows], kind)
    away = {id(group) for _, group in section}
    sheets = {group.rows[0].page: sheet for sheet, group in section}
    for sheet in sheets.values():
        sheet.flow = [group for group in sheet.flow if id(group) not in away]
    for entry in found:
        sheets[entry.rows[0].page].flow.append(entry)


# --------------------------------------------------------------------------- paragraphs


def _whole(sheets: Sequence[Sheet], kind: Type) -> Iterator[list[Group]]:
    """The groups of the text, those that go on from one column or page to the next as one."""
    now: list[Group] = []
    for sheet in sheets:
        for group in sheet.flow:
            if now and _goes_on(now[-1], group, kind):
                now.append(group)
                continue
            if now and group.kind is BlockKind.CODE:
                yield [group]  # A formula stands within its sentence.
                continue
            if now:
                yield now
            now = [group]
    if now:
        yield now


def _goes_on(before: Group, group: Group, kind: Type) -> bool:
    if group.kind is not BlockKind.PARAGRAPH or before.kind not in (
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
    ):
        return False
    if abs(before.size - group.size) > 0.05 * kind.size or before.note or group.note:
        return False
    last, first = before.rows[-1], group.rows[0]
    text = last.text
    if last.flow == first.flow and 0 < last.y - first.y <= 1.35 * kind.leading * first.size:
        return False  # They were parted for a reason.
    if text[-1] in "-‐\xad" or group.text[0].islower():
        return True
    indented = first.x0 - first.left > 0.7 * first.size
    if ENDED.search(text):
        full = len(before.rows) > 1 and last.x1 > last.right - 2 * last.size
        return full and not indented and last.flow != first.flow
    return not indented and last.flow != first.flow
