"""Findings put right: one field after the other, each entry read again before it is believed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from exocite.bibliography.blocks import Block, BlockKind
from exocite.bibliography.doctor.entry import Library, entry_of
from exocite.bibliography.doctor.examine import entries_of, of_entry
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.document import Document
from exocite.bibliography.edits import Splice, spliced
from exocite.bibliography.encodings import decode
from exocite.bibliography.located import Located, parts
from exocite.bibliography.scan import EntryScan
from exocite.errors import BibliographyError
from exocite.model import Reference

_MOST_ROUNDS = 12
"""How often one entry is looked at again: a remedy may uncover something."""


@dataclass(frozen=True, slots=True)
class Cure:
    """The document with the wanted fixes, and the findings that they came from.

    A finding that only another's fix uncovered has the place that it had in the entry by then.
    """

    document: Document
    fixed: tuple[Finding, ...]


def cure(document: Document, library: Library, wanted: Callable[[Finding], bool]) -> Cure:
    """Make the fixes of all wanted findings; nothing else changes by a byte.

    Each entry must read afterwards as before but for the values that were fixed, else its fix is
    left out. Raises BibliographyError where the whole does not.
    """
    splices: list[Splice] = []
    expected: dict[int, Block] = {}
    fixed: list[Finding] = []
    for item, reference in entries_of(document):
        cured, made = _entry(item, reference, library, wanted)
        if made:
            splices.append(Splice(item.start, item.end, cured.source))
            expected[item.start] = cured.block
            fixed += made
    blocks = [expected.get(item.start, item.block) for item in document.blocks]
    return Cure(rewritten(document, splices, blocks), tuple(fixed))


def rewritten(document: Document, splices: Sequence[Splice], expected: Sequence[Block]) -> Document:
    """The document after the splices, once it reads as expected.

    Raises BibliographyError where a block means something else, or the encoding lacks a character.
    """
    if not splices:
        return document
    encoding = decode(document.data).encoding
    text = spliced(document.text, splices)
    edited = None
    if encoding.fits(text):
        edited = Document.parse(encoding.encoded(text), document.path)
    if edited is None or edited.text != text or not _same(edited, expected):
        raise BibliographyError(
            f"{document.path}: the changes would change more than they should; nothing was changed",
            hint="look for an unclosed brace, or choose fewer changes",
        )
    return edited


def _same(document: Document, expected: Sequence[Block]) -> bool:
    return [content(item.block) for item in document.blocks] == [*map(content, expected)]


def content(block: Block) -> tuple[object, ...]:
    """What a block holds, wherever it stands."""
    return (block.kind, block.type, block.key, block.names, block.values, block.reason)


def _entry(
    item: Located, reference: Reference, library: Library, wanted: Callable[[Finding], bool]
) -> tuple[Located, list[Finding]]:
    """The entry with the fixes that hold, and their findings."""
    made: list[Finding] = []
    refused: set[tuple[str, str, str]] = set()
    for _ in range(_MOST_ROUNDS):
        found = [
            one
            for one in of_entry(entry_of(item, reference.fields), library)
            if one.fix and wanted(one) and _name(one) not in refused
        ]
        chosen = _apart(found)
        if not chosen:
            break
        after = _after(item, chosen)
        if after is None:
            # One of them does not hold: the first is tried by itself, the rest in the next round.
            chosen = chosen[:1]
            after = _after(item, chosen)
            if after is None:
                refused.add(_name(chosen[0]))
                continue
        item, reference = after
        made += chosen
    return item, made


def _name(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.field, finding.fix.after if finding.fix else "")


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes do not touch one another, the first of each clash."""
    chosen: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for one in findings:
        if one.fix is None:
            continue
        start, end = one.fix.splices[0].start, one.fix.splices[-1].end
        place = bisect_left(taken, (start, end))
        # They stand in order and apart, so only its neighbours can touch it.
        before, behind = taken[max(0, place - 1) : place], taken[place : place + 1]
        if all(last < start for _, last in before) and all(end < begin for begin, _ in behind):
            taken.insert(place, (start, end))
            chosen.append(one)
    return chosen


def _after(item: Located, chosen: Sequence[Finding]) -> tuple[Located, Reference] | None:
    """The entry after the fixes, at its offset; None where more would change than was meant."""
    splices = [splice for one in chosen if one.fix for splice in one.fix.splices]
    expected = _expected(item, splices)
    shifted = [Splice(s.start - item.start, s.end - item.start, s.text) for s in splices]
    source = spliced(item.source, shifted)
    document = Document.parse(source.encode("utf-8", "surrogatepass"))
    blocks = document.blocks
    if expected is None or len(blocks) != 1 or blocks[0].block.kind is not BlockKind.ENTRY:
        return None
    if content(blocks[0].block) != content(expected) or document.text != source:
        return None
    found = replace(blocks[0], offset=item.start - blocks[0].block.start, line=item.line)
    return found, document.entries[0]


def _expected(item: Located, splices: Sequence[Splice]) -> Block | None:
    """The block with each splice made in the value that it stands in."""
    scan = parts(item)
    if not isinstance(scan, EntryScan):
        return None
    values = list(item.block.values)
    rest = sorted(splices)
    at = 0
    for index, span in enumerate(scan.fields):
        start, end = item.offset + span.value_start, item.offset + span.value_end
        begun = at
        while at < len(rest) and start <= rest[at].start and rest[at].end <= end:
            at += 1
        own = [Splice(s.start - start, s.end - start, s.text) for s in rest[begun:at]]
        values[index] = spliced(values[index], own)
    return replace(item.block, values=tuple(values)) if at == len(rest) else None
