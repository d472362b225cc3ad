"""Raw blocks to an article: title, byline, navigation, boilerplate, sections, list of references.

Shared by all formats, so that the same page reads the same as Markdown, HTML or plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exocite.model import Article, Block, BlockKind, Citation, ListedReference
from exocite.readers.furniture import (
    is_boilerplate,
    is_boilerplate_heading,
    is_byline,
    is_navigation,
    plain_heading,
)
from exocite.readers.raw import RawBlock
from exocite.readers.reference_list import (
    ReferenceList,
    find_lists,
    labelled,
    looks_like_reference,
)
from exocite.text import folded

_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.TITLE})
# A level-one heading is the title unless so many others stand beside it.
_RIVALS = 1
_LINKED_SHARE = 0.9
_LONGEST_MENU = 15


def article(
    path: str,
    format_name: str,
    encoding: str,
    source: str,
    raw: Sequence[RawBlock],
    citations: Sequence[Citation] = (),
) -> Article:
    """The article that these raw blocks make; blocks and references in the order of the source."""
    blocks = _classified(raw)
    lists = find_lists(blocks)
    entries = labelled(lists)
    out = _titled(_with_lists(blocks, lists))
    notes = [
        ListedReference(block.label, " ".join(block.text.split()), block.span)
        for block in blocks
        if block.kind is BlockKind.REFERENCE and block.label
    ]
    listed: dict[str, ListedReference] = {}
    for reference in [*(reference for _, reference in entries), *notes]:
        listed.setdefault(reference.label, reference)  # of a note defined twice the first holds
    return Article(
        path,
        format_name,
        encoding,
        source,
        tuple(_sectioned(out)),
        tuple(sorted(listed.values(), key=lambda reference: reference.span)),
        tuple(sorted(citations, key=lambda citation: citation.span)),
    )


def is_menu(block: RawBlock, linked: int) -> bool:
    """Whether nothing but links, `linked` characters of them, stands in the block: "Read more"."""
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        and linked >= _LINKED_SHARE * len(block.text)
        and block.text.count(" ") < _LONGEST_MENU
        and not block.text.endswith((".", "?", "!"))
        and not looks_like_reference(block.text)
    )


def _classified(raw: Sequence[RawBlock]) -> list[RawBlock]:
    """Furniture named for what it is; headings by shape alone are prose where there is no prose."""
    has_prose = any(block.kind.is_prose for block in raw)
    out = []
    for block in raw:
        if block.by_shape and not has_prose and not _is_furniture(block.text):
            out.append(replace(block, kind=BlockKind.PARAGRAPH, level=0))
        else:
            out.append(_furniture(block))
    return out


def _is_formula(block: RawBlock) -> bool:
    """Whether nothing but code or mathematics stands in a paragraph: no letter outside it."""
    if not any(run.text_length > 1 and run.text_length != run.source_length for run in block.runs):
        return False
    return not any(
        any(map(str.isalpha, block.text[run.text_start : run.text_start + run.text_length]))
        for run in block.runs
        if run.text_length == run.source_length
    )


def _is_furniture(text: str) -> bool:
    return is_navigation(text) or is_boilerplate_heading(text) or is_byline(text)


def _furniture(block: RawBlock) -> RawBlock:
    heading = block.kind is BlockKind.HEADING
    if not heading and not block.kind.is_prose:
        return block
    if is_navigation(block.text) and (block.by_shape or not heading):
        return replace(block, kind=BlockKind.NAVIGATION, level=0)
    if (block.by_shape or not heading) and is_byline(block.text):
        return replace(block, kind=BlockKind.BYLINE, level=0)
    if not heading and _is_formula(block):
        return replace(block, kind=BlockKind.CODE, level=0)
    if not heading and is_boilerplate(block.text):
        return replace(block, kind=BlockKind.BOILERPLATE)
    return block


def _with_lists(blocks: Sequence[RawBlock], lists: Sequence[ReferenceList]) -> list[RawBlock]:
    """The blocks with each list's blocks replaced by one block for each entry."""
    out: list[RawBlock] = []
    at = 0
    for found in lists:
        if found.heading >= 0:
            out.extend(blocks[at : found.heading])
            heading = found.heading_part or blocks[found.heading]
            out.append(replace(heading, kind=BlockKind.HEADING, level=heading.level or 2))
        else:
            out.extend(blocks[at : found.first])
        kept = [
            block
            for block in blocks[found.first : found.end]
            if block.kind in (BlockKind.METADATA, BlockKind.NAVIGATION, BlockKind.HEADING)
            and not any(entry.block is block for entry in found.entries)
        ]
        entries = [replace(entry.block, kind=BlockKind.REFERENCE) for entry in found.entries]
        out.extend(sorted([*kept, *entries], key=lambda block: block.span))
        at = found.end
    out.extend(blocks[at:])
    return out


def _titled(blocks: list[RawBlock]) -> list[RawBlock]:
    """The title made a title, together with its repetitions before the text begins."""
    if any(block.kind is BlockKind.TITLE for block in blocks):
        title = next(folded(block.text) for block in blocks if block.kind is BlockKind.TITLE)
        return [_as_title(block) if _repeats(block, title) else block for block in blocks]
    first = next(
        (
            index
            for index, block in enumerate(blocks)
            if block.kind is BlockKind.HEADING or block.kind.is_prose
        ),
        None,
    )
    if first is None or blocks[first].kind is not BlockKind.HEADING:
        return blocks
    candidate = blocks[first]
    if plain_heading(candidate.text) in ("abstract", "summary", "introduction", "references"):
        return blocks
    title = folded(candidate.text)
    rivals = {
        folded(block.text)
        for block in blocks
        if block.kind is BlockKind.HEADING and block.level <= candidate.level
    } - {title}
    if len(rivals) > _RIVALS and not candidate.by_shape:
        return blocks
    return [_as_title(block) if _repeats(block, title) else block for block in blocks]


def _repeats(block: RawBlock, title: str) -> bool:
    return block.kind in _HEADINGS and folded(block.text) == title


def _as_title(block: RawBlock) -> RawBlock:
    return replace(block, kind=BlockKind.TITLE, level=1)


def _sectioned(blocks: Sequence[RawBlock]) -> list[Block]:
    """Blocks with the heading that they stand under; a disclaimer's section is boilerplate."""
    out = []
    section, boilerplate = "", False
    for block in blocks:
        kind = block.kind
        if kind is BlockKind.HEADING:
            boilerplate = is_boilerplate_heading(block.text)
            if boilerplate:
                kind = BlockKind.BOILERPLATE
        elif boilerplate and kind.is_prose:
            kind = BlockKind.BOILERPLATE
        out.append(Block(kind, block.span, block.text, block.runs, block.level, section))
        if block.kind is BlockKind.HEADING:
            section = " ".join(block.text.split())
    return out
