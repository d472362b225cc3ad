"""The article's own list of references, found by its heading or by its look, and its entries.

Shared by all formats. A list ends at the next heading, at boilerplate, or where prose begins again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exocite.frozen import dataclass
from exocite.model import BlockKind, ListedReference, Span
from exocite.patterns import regex
from exocite.readers.furniture import is_boilerplate, plain_heading
from exocite.readers.raw import RawBlock
from exocite.readers.vocabulary import phrases
from exocite.references.several import apart
from exocite.text import collapsed, source_span

# Headings under which nothing but references stands.
_SURE = phrases(
    """
    references | reference | reference list | list of references | references cited
    cited references | references and notes | notes and references
    references and further reading | references and footnotes | references and sources
    sources and references | selected references | key references | bibliography
    selected bibliography | references and bibliography | bibliography and references
    works cited | work cited | literature cited | cited literature | cited works
    works consulted | reference section | scientific references | medical references
    literaturverzeichnis | quellen | quellenverzeichnis | literatur | bibliographie
    referencias | bibliografia | referências | références | riferimenti
    references cited in this article
    """
)
# Headings that may as well open a section of prose: what follows must look like references.
_MAYBE = phrases(
    """
    sources | source | source list | literature | citations | citation | footnotes | endnotes
    notes | further reading | additional reading | suggested reading | recommended reading
    primary sources | secondary sources | resources | studies cited | scientific sources
    article sources | references used
    """
)
_SHARE_OF_REFERENCES = 0.6
_LONGEST_ENTRY = 2500
_HEADLESS = 3
_NOTES_AFTER = 3
_LOOKS, _LEAST_LOOKS = 4, 10_000
"""Blocks that are looked at in vain behind headings that head no list, for each block and at least:
"Notes" on every second line would cost the square of the lines."""

_LABEL = regex(
    r"(?:\[(?P<square>\d{1,4}|[A-Za-z][\w+.-]{0,20}\d{2,4}[a-z]?)\]|\((?P<round>\d{1,4})\)"
    r"|(?P<dotted>\d{1,4})[.)](?=\s)|(?P<caret>\^\d{1,4}\^?|[⁰¹²³⁴-⁹]{1,4})|(?P<bare>\d{1,3})(?=\s+[A-Z]))\s*"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d[a-z]?(?!\d)|\bn\.\s?d\.|\b(?:in|im) (?:press|Druck)\b")
_FEATURES: tuple[re.Pattern[str], ...] = (
    _YEAR,
    regex(
        r"\b10\.\d{4,9}/|https?://|www\.|\bdoi\b|\barxiv\b|\bPMID\b|\bPMC\d|\bISBN\b", re.IGNORECASE
    ),
    regex(r"\bet\.? al\b|\((?:eds?|Hrsg)\.?\)|\beds?\.[,\s]", re.IGNORECASE),
    regex(
        r"\b\d{1,4}\s?\(\w{1,7}(?:[-–]\w{1,7})?\)|\b\d{1,4}\.\d{1,3}\s?\(|\bvol(?:ume)?\.?\s?\d|\bno\.\s?\d"
        r"|\d{1,4}\s?:\s?[A-Za-z]?\d|\bpp?\.\s?[A-Za-z]?\d|\b[A-Za-z]?\d{1,6}\s?[-–—]\s?[A-Za-z]?\d{1,6}\b",
        re.IGNORECASE,
    ),
    regex(
        r"^[\"“]?(?:(?:[a-z]{1,4}\s){0,2}[^\W\d_a-z][\w'’`-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30})?,?\s"
        r"(?:[^\W\d_a-z]\.|[^\W\d_a-z]{1,3}[\s,.]|[^\W\d_a-z][\w’'-]+\s[^\W\d_a-z]\b)"
        r"|(?:[^\W\d_a-z]\.[\s-]?){1,3}\s?[^\W\d_a-z]\w)"
    ),
    regex(r"[\"“][^\"“”]{8,300}[.,?!]?[\"”]"),
    regex(r";\s?(?:1[5-9]|20)\d\d[a-z]?\b|\((?:1[5-9]|20)\d\d[a-z]?\)[.,:]"),
    regex(
        r"\b(?:retrieved|accessed|available (?:at|from|online)|published online)\b", re.IGNORECASE
    ),
    regex(
        r"\b(?:journal|proceedings|proc|conference|review|annals|university press|springer|elsevier"
        r"|wiley|thesis|report|lancet|nature|science|press|j|int|res|med|biol|sci|clin)\b\.?",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its block, the label that it bears ("" for none), where it begins."""

    block: RawBlock
    label: str
    start: int

    def listed(self, label: str) -> ListedReference:
        """The entry under the label that it is known by."""
        span = source_span(self.block.runs, self.start, len(self.block.text))
        return ListedReference(label, collapsed(self.block.text[self.start :]), span)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """Entries and the indices of the raw blocks that they fill, the heading not among them."""

    heading: int
    first: int
    end: int
    entries: tuple[Entry, ...]
    heading_part: RawBlock | None = None


def looks_like_reference(text: str) -> bool:
    """Whether a printed text has what references have: a year, names, pages, an address."""
    if not 8 <= len(text) <= _LONGEST_ENTRY or "[@" in text:
        return False
    found = [pattern.search(text) is not None for pattern in _FEATURES]
    if found[1] and len(text) < 400:
        return True
    return sum(found) >= (2 if found[0] else 3) and not _is_prose(text)


def _is_prose(text: str) -> bool:
    """Several sentences that begin with words of running text."""
    openers = re.findall(
        r"(?:^|[.!?]\s)(?:The|This|These|It|They|We|In|However|For|But)\s[a-z]", text
    )
    return len(openers) > 1


def find_lists(blocks: Sequence[RawBlock]) -> tuple[ReferenceList, ...]:
    """The lists of references in the article, in order; none overlaps another."""
    lists = []
    tail = _tail(blocks)
    at, looks = 0, _LOOKS * len(blocks) + _LEAST_LOOKS
    while at < len(blocks):
        sure = _heads_list(blocks[at]) if looks > 0 else None
        if sure is None:
            at += 1
            continue
        followers, end = _followers(blocks, at, explicit=blocks[at].kind is BlockKind.HEADING)
        found = _list_at(blocks, at, followers, end, sure=sure) if sure or end >= tail else None
        if found is None:
            looks -= end - at
            at += 1
        else:
            lists.append(found)
            at = found.end
    if not lists:
        headless = _headless(blocks)
        return (headless,) if headless else ()
    return tuple(lists)


def labelled(lists: Sequence[ReferenceList]) -> list[tuple[Entry, ListedReference]]:
    """Every entry with the label that it is known by: its own, or else its place from "1".

    No two share a label: where a second list counts anew, its entries are known by their place.
    """
    entries = [entry for found in lists for entry in found.entries]
    taken = {entry.label for entry in entries if entry.label}
    used: set[str] = set()
    out = []
    place = 0
    for entry in entries:
        place += 1
        label = entry.label
        if not label or label in used:
            while str(place) in used or (label and str(place) in taken):
                place += 1
            label = str(place)
        used.add(label)
        out.append((entry, entry.listed(label)))
    return out


def _heads_list(block: RawBlock) -> bool | None:
    """Whether the first line is surely the heading of a list, None where it is none."""
    if block.kind not in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.PARAGRAPH):
        return None
    name = plain_heading(block.text[slice(*block.lines()[0])])
    if name in _SURE:
        return True
    return False if name in _MAYBE else None


def _list_at(
    blocks: Sequence[RawBlock], at: int, followers: Sequence[RawBlock], end: int, *, sure: bool
) -> ReferenceList | None:
    """The list whose heading is this block: all of it, or the first of its lines."""
    block = blocks[at]
    lines = block.lines()
    first_part: list[RawBlock] = []
    heading_part = None
    if len(lines) > 1:
        first_part = [block.part(lines[1][0], len(block.text))]
        heading_part = block.part(*lines[0])
    entries = tuple(entry for raw in [*first_part, *followers] for entry in _entries(raw))
    if not entries:
        return None
    looking = sum(looks_like_reference(entry.block.text) for entry in entries)
    certain = sure and block.kind is not BlockKind.PARAGRAPH
    if looking < (1 if certain else max(1, _SHARE_OF_REFERENCES * len(entries))) and not (
        certain and all(entry.block.kind is BlockKind.LIST_ITEM for entry in entries)
    ):
        return None
    return ReferenceList(at, at + 1, end, entries, heading_part)


def _tail(blocks: Sequence[RawBlock]) -> int:
    """The index from which no more than a note or two of prose is left: the text is over."""
    notes = 0
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not block.kind.is_prose or is_boilerplate(block.text):
            continue
        notes += not looks_like_reference(block.text)
        if notes > _NOTES_AFTER:
            return index + 1
    return 0


def _followers(
    blocks: Sequence[RawBlock], heading: int, *, explicit: bool
) -> tuple[list[RawBlock], int]:
    """The blocks that can be entries after the heading, and the index at which they end."""
    level = blocks[heading].level
    taken: list[RawBlock] = []
    end = heading + 1
    for index in range(heading + 1, len(blocks)):
        block = blocks[index]
        if block.kind is BlockKind.METADATA or (
            block.kind is BlockKind.NAVIGATION and not block.label
        ):
            continue
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
            if block.by_shape and looks_like_reference(block.text):
                taken.append(block)
                end = index + 1
                continue
            if explicit and not block.by_shape and block.level > level > 0:
                continue
            break
        if block.kind in (BlockKind.CODE, BlockKind.REFERENCE) or is_boilerplate(block.text):
            break
        if block.kind is BlockKind.PARAGRAPH and plain_heading(block.text) in _SURE:
            break  # another list begins, under a heading without mark-up
        if not _may_be_entry(block) and not _more_to_come(blocks, index):
            break
        taken.append(block)
        end = index + 1
    return taken, end


def _may_be_entry(block: RawBlock) -> bool:
    if block.kind is BlockKind.LIST_ITEM or block.label:
        return True
    return _LABEL.match(block.text) is not None or any(
        looks_like_reference(block.text[start:end])
        for start, end in (*block.lines()[:3], (0, None))
    )


def _more_to_come(blocks: Sequence[RawBlock], index: int) -> bool:
    """Whether one of the next two blocks is plainly an entry: an odd one stands among others."""
    if len(blocks[index].text) > 300:
        return False
    ahead = blocks[index + 1 : index + 3]
    return any(
        block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and _may_be_entry(block)
        for block in ahead
    )


def _entries(block: RawBlock) -> Iterator[Entry]:
    """The entries of one block: one, one for each line that begins one, or several in a line."""
    starts = _line_starts(block)
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        part = block if len(starts) == 1 else _stripped(block, start, end)
        for span in _apart(part):
            yield _entry(part if span is None else part.part(span.start, span.end))


def _apart(block: RawBlock) -> Sequence[Span | None]:
    """Where several references stand in one paragraph; None for the block as it is.

    A numbered entry may name several works behind one number, which others cite: it stays whole.
    """
    if block.label or block.kind is not BlockKind.PARAGRAPH:
        return (None,)
    spans = apart(block.text)
    whole = len(spans) < 2 or not all(
        looks_like_reference(block.text[span.start : span.end]) for span in spans
    )
    first = _LABEL.match(block.text)
    if whole or (first and not all(_LABEL.match(block.text, span.start) for span in spans)):
        return (None,)
    return spans


def _stripped(block: RawBlock, start: int, end: int) -> RawBlock:
    while end > start and block.text[end - 1].isspace():
        end -= 1
    return block.part(start, end)


def _line_starts(block: RawBlock) -> list[int]:
    lines = block.lines()
    if len(lines) < 2 or block.label:
        return [0]
    labels = [_LABEL.match(block.text, start, end) for start, end in lines]
    if labels[0] is not None and sum(label is not None for label in labels) > 1:
        return [start for (start, _), label in zip(lines, labels, strict=True) if label]
    whole = [
        looks_like_reference(block.text[start:end]) and not block.text[start].islower()
        for start, end in lines
    ]
    return [start for start, _ in lines] if all(whole) else [0]


def _entry(block: RawBlock) -> Entry:
    match = _LABEL.match(block.text)
    if block.label and not (match and match["square"]):
        return Entry(block, block.label, 0)
    if match is None or match.end() == len(block.text):
        return Entry(block, block.label, 0)
    written = next(value for value in match.groupdict().values() if value)
    label = written.strip("^").translate(_SUPERSCRIPTS)
    return Entry(block, label.lstrip("0") or "0", match.end())


def _headless(blocks: Sequence[RawBlock]) -> ReferenceList | None:
    """Numbered references at the very end under no heading: 1, 2, 3, … and each looks like one."""
    end = len(blocks)
    while end and (
        blocks[end - 1].kind in (BlockKind.NAVIGATION, BlockKind.BOILERPLATE)
        or is_boilerplate(blocks[end - 1].text)
    ):
        end -= 1
    entries: list[Entry] = []
    first = end
    while first:
        block = blocks[first - 1]
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
            break
        found = list(_entries(block))
        if not all(e.label.isdigit() and looks_like_reference(e.block.text) for e in found):
            break
        entries[:0] = found
        first -= 1
    numbers = [int(entry.label) for entry in entries]
    if len(numbers) < _HEADLESS or numbers != list(range(1, len(numbers) + 1)):
        return None
    return ReferenceList(-1, first, end, tuple(entries))
