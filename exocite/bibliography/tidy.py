"""Another layout for a .bib file, asked for step by step; no value means anything else after it.

sort     entries by citekey, within each stretch that no comment or string interrupts; an entry that
         others name by crossref or xdata comes after them, as BibTeX wants it
align    the equals signs of each entry in one column
order    the fields of each entry: who, what, where, when, the rest as it stood
wrap     long values in lines of at most 80 columns
drop:F   without the field F
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from exocite.bibliography.blocks import Block, BlockKind
from exocite.bibliography.doctor.cure import rewritten
from exocite.bibliography.document import Document
from exocite.bibliography.edits import Splice, index_of, remove_field, spliced
from exocite.bibliography.inherit import PARENTS
from exocite.bibliography.latex import VERBATIM_FIELDS
from exocite.bibliography.located import Located, parts
from exocite.bibliography.scan import EntryScan, Failure, pieces
from exocite.errors import UsageError

STEPS = ("sort", "align", "order", "wrap", "drop:FIELD")
_ORDER = {
    name: rank
    for rank, name in enumerate(
        """
        author editor title subtitle booktitle journal journaltitle series edition volume number
        issue chapter pages eid school institution organization publisher address location month
        year date doi isbn issn url urldate eprint eprinttype archiveprefix primaryclass
        howpublished note
        """.split()
    )
}
_WIDTH = 80
_NARROWEST = 24
_KEPT_AS_IT_IS = VERBATIM_FIELDS | {"abstract", "annote", "annotation", "comment", "review", "note"}
"""Fields in which the ends of lines may matter to somebody."""

Step = Callable[[Located, EntryScan], list[Splice]]


def tidied(document: Document, steps: Sequence[str]) -> Document:
    """The document after the steps, in an order of their own: drop, order, align, wrap, sort.

    Raises UsageError for a step that does not exist. An entry whose parts cannot be told apart
    stays as it is.
    """
    for step in steps:
        if step not in STEPS and not re.fullmatch(r"drop:[^\s:]+", step):
            raise UsageError(f"--tidy knows no step {step!r}", hint=f"steps are {', '.join(STEPS)}")
    dropped = frozenset(s.partition(":")[2].lower() for s in steps if s.startswith("drop:"))
    inside: list[Step] = [made for name, made in _INSIDE if name in steps]
    splices, blocks = [], []
    for item in document.blocks:
        after = _entry(item, dropped, inside) if item.block.kind is BlockKind.ENTRY else item
        if after.source != item.source:
            splices.append(Splice(item.start, item.end, after.source))
        blocks.append(after.block)
    document = rewritten(document, splices, blocks)
    return _sorted(document) if "sort" in steps else document


# --------------------------------------------------------------------------- inside an entry


def _entry(item: Located, dropped: frozenset[str], steps: Sequence[Step]) -> Located:
    for name in sorted(dropped):
        while (index := index_of(item, name)) >= 0:
            scan = parts(item)
            if not isinstance(scan, EntryScan):
                return item
            after = _again(item, [remove_field(item, scan, name)])
            if after is None or _meant(after.block) != _meant(_without(item.block, index)):
                return item
            item = after
    for step in steps:
        scan = parts(item)
        if not isinstance(scan, EntryScan) or scan.note:
            return item
        after = _again(item, step(item, scan))
        if after is not None and _meant(after.block) == _meant(item.block):
            item = after
    return item


def _again(item: Located, splices: Sequence[Splice]) -> Located | None:
    """The entry after splices, read again by itself at the same offset."""
    if not splices:
        return item
    shifted = [Splice(s.start - item.start, s.end - item.start, s.text) for s in splices]
    # What stands before the entry on its line decides how it is read: wrapping counts columns.
    lead = item.chunk[: item.block.start].rpartition("\n")[2]
    source = (lead if not lead.strip() else "") + spliced(item.source, shifted)
    blocks = Document.parse(source.encode("utf-8", "surrogatepass")).blocks
    if len(blocks) != 1 or blocks[0].block.kind is not BlockKind.ENTRY or blocks[0].block.reason:
        return None
    return replace(blocks[0], offset=item.start - blocks[0].block.start, line=item.line)


def _without(block: Block, index: int) -> Block:
    names, values = list(block.names), list(block.values)
    del names[index], values[index]
    return replace(block, names=tuple(names), values=tuple(values))


def _meant(block: Block) -> tuple[object, ...]:
    """What an entry holds, whatever the order of its fields and the ends of its lines.

    Of two fields of one name the first counts: their order among themselves matters.
    """
    pairs = zip(block.names, block.values, strict=True)
    values = [(name.lower(), _collapsed(value)) for name, value in pairs]
    return (block.type, block.key, sorted(values, key=lambda pair: pair[0]))


def _collapsed(value: str) -> str:
    inner = _BLANKS.sub(" ", value[1:-1]).strip() if value[:1] in ("{", '"') else ""
    return value[:1] + inner + value[-1:] if inner else _BLANKS.sub(" ", value)


_BLANKS = re.compile(r"[ \t\r\n]+")


def _order(item: Located, scan: EntryScan) -> list[Splice]:
    fields = scan.fields
    ends = [scan.key_end, *(field.value_end for field in fields)]
    between = [item.chunk[end : f.name_start] for end, f in zip(ends, fields, strict=False)]
    if any(text.replace(",", "", 1).strip() for text in between):
        return []  # A comment between fields: whose it is cannot be told.
    places = sorted(range(len(fields)), key=lambda i: (_rank(item.block.names[i]), i))
    return [
        Splice(
            item.offset + fields[slot].name_start,
            item.offset + fields[slot].value_end,
            item.chunk[fields[place].name_start : fields[place].value_end],
        )
        for slot, place in enumerate(places)
        if slot != place
    ]


def _rank(name: str) -> int:
    return _ORDER.get(name.lower(), len(_ORDER))


def _align(item: Located, scan: EntryScan) -> list[Splice]:
    lines = {item.chunk.count("\n", 0, field.name_start) for field in scan.fields}
    if len(lines) < len(scan.fields):
        return []  # Fields that share a line have no column.
    widest = max((field.name_end - field.name_start for field in scan.fields), default=0)
    splices = []
    for field in scan.fields:
        old = item.chunk[field.name_end : field.value_start]
        new = " " * (widest - (field.name_end - field.name_start) + 1) + "= "
        if old.strip() != "=":
            return []
        if old != new:
            start, end = item.offset + field.name_end, item.offset + field.value_start
            splices.append(Splice(start, end, new))
    return splices


def _wrap(item: Located, scan: EntryScan) -> list[Splice]:
    newline = "\r\n" if "\r\n" in item.chunk else "\n"
    splices = []
    for name, span in zip(item.block.names, scan.fields, strict=True):
        value = item.chunk[span.value_start : span.value_end]
        line = item.chunk.rfind("\n", 0, span.name_start) + 1
        if name.lower() in _KEPT_AS_IT_IS or item.chunk[line : span.name_start].strip():
            continue
        operands = pieces(value)
        if isinstance(operands, Failure) or len(operands) != 1 or value[:1] not in ("{", '"'):
            continue
        inner = value[1:-1]
        if "%" in inner.replace("\\%", "") or re.search(r"\\verb|\n[ \t\r]*\n|\t", inner):
            continue
        lead = len(item.chunk[line : span.value_start].expandtabs()) + 1
        text = " ".join(filter(None, _BLANKS.split(inner)))
        width = max(_WIDTH - lead - 2, _NARROWEST)
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        new = value[0] + (newline + " " * lead).join(lines) + value[-1]
        if new != value:
            start, end = item.offset + span.value_start, item.offset + span.value_end
            splices.append(Splice(start, end, new))
    return splices


_INSIDE: tuple[tuple[str, Step], ...] = (("order", _order), ("align", _align), ("wrap", _wrap))


# --------------------------------------------------------------------------- entries


def _sorted(document: Document) -> Document:
    splices: list[Splice] = []
    blocks: list[Block] = []
    for run in _runs(document):
        after = sorted(run, key=_place_of(run)) if len(run) > 1 else run
        blocks += [item.block for item in after]
        splices += [
            Splice(slot.start, slot.end, item.source)
            for slot, item in zip(run, after, strict=True)
            if slot is not item
        ]
    return rewritten(document, splices, blocks)


def _runs(document: Document) -> Iterator[list[Located]]:
    """Stretches of whole entries with nothing but ends of lines between; all else by itself."""
    run: list[Located] = []
    for item in document.blocks:
        whole = item.block.kind is BlockKind.ENTRY and not item.block.reason and item.block.key
        gap = document.text[run[-1].end : item.start] if run else ""
        if run and not (whole and gap and not gap.strip() and "\n" in gap):
            yield run
            run = []
        run.append(item)
        if not whole:
            yield run
            run = []
    if run:
        yield run


def _place_of(run: Sequence[Located]) -> Callable[[Located], tuple[int, str, str]]:
    named: dict[str, set[str]] = {}
    for item in run:
        for name, value in zip(item.block.names, item.block.values, strict=True):
            if name.lower() in PARENTS:
                for key in re.split(r"[\s,{}\"#]+", value):
                    named.setdefault(key.lower(), set()).add(item.block.key.lower())
    depth = dict.fromkeys((item.block.key.lower() for item in run), 0)
    for _ in range(_DEEPEST):
        for key in depth:
            children = [depth[child] + 1 for child in named.get(key, ()) if child in depth]
            depth[key] = min(max([depth[key], *children]), _DEEPEST)
    return lambda item: (depth[item.block.key.lower()], item.block.key.lower(), item.block.key)


_DEEPEST = 4
"""Generations of crossref that are told apart; BibTeX itself knows one."""
