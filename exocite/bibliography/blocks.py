"""A .bib text as chunks and blocks: where entries, strings and comments begin and end.

The text is cut at every line that begins with `@type{`; there bibtexparser takes up again after an
error as well, so each chunk can be parsed alone. What a chunk means depends on its text only: an
edit, or a cache, parses the chunks that are new and no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from exocite.bibliography.plain import plain_entry
from exocite.bibliography.scan import (
    EntryScan,
    Failure,
    closing_brace,
    pieces,
    scan_entry,
    scan_string,
)
from exocite.frozen import dataclass
from exocite.patterns import regex

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry


class BlockKind(StrEnum):
    """What a block is. Text between blocks belongs to none."""

    ENTRY = "entry"
    STRING = "string"
    PREAMBLE = "preamble"
    COMMENT = "comment"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a chunk: offsets in the chunk's text, and its parts as they are written.

    `names` and `values` are those of an entry's fields, values with their delimiters; a string
    has its name as `key` and one value. `reason` says what is wrong at `reason_at`, "" if nothing.
    """

    kind: BlockKind
    start: int
    end: int
    type: str
    key: str = ""
    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    reason: str = ""
    reason_at: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the file and the blocks in it."""

    text: str
    blocks: tuple[Block, ...]


_NATIVE_HEAD = regex(r"@(\w*+)[ \t]*+[{(]")
_NATIVE_AT_LINE_START = regex(r"[^\S\r\n]*+@(\w*+)[ \t]*+[{(]")
_LINE_START = r"(?:\A|(?<=[\r\n]))[^\S\r\n]*+"
_WORD = r"[^\W\d][^\s\"#%'(),={}@\\]*+"
_LINE_HEAD = regex(rf"{_LINE_START}@\s*+{_WORD}\s*+[{{(]")
_GAP = regex(
    r"(?P<comment>%[^\r\n]*+)"
    rf"|{_LINE_START}(?P<line>@\s*+)(?P<word>{_WORD})(?:\s*+(?P<open>[{{(]))?"
    r"|(?P<inner>@)(?:(?P<type>\w++)(?:[ \t]*+[{(]|\s*+\{)|[{(])"
)
_KEY_OF_BROKEN = regex(r"\s*+([^\s,={}\"#%()]++)")
_PLAIN_NAME = regex(r"[^\s\"#%'(),={}\\@]+")
_ODD_IN_KEY = regex(r"[\"%{}=\r\n]")
_SPECIAL_TYPES = {
    "comment": BlockKind.COMMENT,
    "preamble": BlockKind.PREAMBLE,
    "string": BlockKind.STRING,
}


# --------------------------------------------------------------------------- cutting


def cut(text: str) -> Iterator[str]:
    """The text in chunks; each but the first begins with a line that begins with `@type{`."""
    starts = list(_starts(text))
    if not starts or starts[0]:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end]


def _starts(text: str) -> Iterator[int]:
    heads = [
        (start, match)
        for match in _NATIVE_HEAD.finditer(text)
        if (start := _line_start(text, match.start())) >= 0
    ]
    inside = 0
    partners: Mapping[int, int] | None = None
    for number, (start, match) in enumerate(heads):
        if start < inside:
            continue
        yield start
        if match[1].lower() == "comment" and text[match.end() - 1] == "{":
            limit = heads[number + 1][0] if number + 1 < len(heads) else len(text)
            if closing_brace(text, match.end() - 1, limit, escapes=True) < 0:
                # A comment may hold whole entries. One that is never closed holds none.
                partners = _partners(text) if partners is None else partners
                inside = partners.get(match.end() - 1, 0)


def ends_by_itself(piece: str) -> bool:
    """Whether the piece ends where it does whatever stands further on in the file.

    All do but a comment that is not closed before the next line that begins with `@type{`.
    """
    head = _NATIVE_AT_LINE_START.match(piece)
    if head is None or head[1].lower() != "comment" or piece[head.end() - 1] != "{":
        return True
    heads = (m.start() for m in _NATIVE_HEAD.finditer(piece, head.end()))
    limit = next((at for at in heads if _line_start(piece, at) >= 0), len(piece))
    return closing_brace(piece, head.end() - 1, limit, escapes=True) >= 0


def _line_start(text: str, at: int) -> int:
    """Offset of the line that begins with white space and the character at `at`, else -1."""
    while at > 0 and text[at - 1] not in "\r\n":
        if not text[at - 1].isspace():
            return -1
        at -= 1
    return at


def _partners(text: str) -> dict[int, int]:
    """The offset of the closing brace of every brace that has one."""
    found: dict[int, int] = {}
    unclosed: list[int] = []
    for match in re.finditer(r"(?<!\\)[{}]", text):
        if match[0] == "{":
            unclosed.append(match.start())
        elif unclosed:
            found[unclosed.pop()] = match.start()
    return found


# --------------------------------------------------------------------------- reading


Shared = dict[tuple[str, ...], tuple[str, ...]]
"""Field names of entries already read, so that entries of one layout hold them but once."""


def read_chunk(text: str, shared: Shared) -> Chunk:
    """The chunk with its blocks."""
    first = _read_plainly(text, shared) or _read_by_bibtexparser(text, shared)
    blocks = [first] if first is not None else []
    end = first.end if first is not None else 0
    if text.find("@", end) >= 0:
        blocks.extend(_read_gap(text, end))
    return Chunk(text, tuple(blocks))


def _read_plainly(text: str, shared: Shared) -> Block | None:
    """What bibtexparser would read at the beginning of a chunk, where that is in no doubt."""
    entry = plain_entry(text)
    if entry is None:
        return None
    start, end, type_, key, names, values = entry
    return Block(BlockKind.ENTRY, start, end, type_, key, shared.setdefault(names, names), values)


@cache
def _bibtexparser() -> Callable[..., Library]:
    """Bibtexparser's reading of a text."""
    import logging

    from bibtexparser.entrypoint import parse_string

    # What it logs of broken blocks is reported as problems; it is not printed twice.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    return parse_string


def _read_by_bibtexparser(text: str, shared: Shared) -> Block | None:
    """The block at the beginning of a chunk, None where it needs a closer look."""
    head = _NATIVE_AT_LINE_START.match(text)
    if head is None:
        return None
    # Most entries are plain and never come here; it takes longer to load than they to read.
    from bibtexparser.model import (
        DuplicateFieldKeyBlock,
        Entry,
        ExplicitComment,
        Preamble,
        String,
    )

    found = _bibtexparser()(text, parse_stack=()).blocks
    block = found[0] if found else None
    if isinstance(block, DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    if block is None or block.raw is None:
        return None
    start = text.index("@")
    end = start + len(block.raw)
    special = _SPECIAL_TYPES.get(head[1].lower())
    if isinstance(block, Entry):
        return _entry(text, block, head.end(), shared)
    if isinstance(block, String) and special is BlockKind.STRING:
        if not _PLAIN_NAME.fullmatch(block.key) or isinstance(pieces(block.value), Failure):
            return None
        return Block(special, start, end, head[1], block.key, (), (block.value,))
    if isinstance(block, ExplicitComment) and special is BlockKind.COMMENT:
        return Block(special, start, end, head[1])
    if isinstance(block, Preamble) and special is BlockKind.PREAMBLE:
        return Block(special, start, end, head[1])
    return None


def _entry(text: str, entry: Entry, head_end: int, shared: Shared) -> Block:
    start = text.index("@")
    written = tuple([field.key for field in entry.fields])
    values = tuple([field.value for field in entry.fields])
    names = shared.get(written)
    if names is None and all(map(_PLAIN_NAME.fullmatch, written)):
        names = shared[written] = written
    block = Block(
        kind=BlockKind.ENTRY,
        start=start,
        end=start + len(entry.raw or ""),
        type=entry.entry_type,
        key=entry.key,
        names=names or written,
        values=values,
    )
    plain = (
        names is not None
        and entry.key
        and entry.entry_type
        and not _ODD_IN_KEY.search(entry.key)
        and all(values)
        and not any("=" in value and isinstance(pieces(value), Failure) for value in values)
    )
    if plain:
        return block
    closer = _read_entry(text, _Head(start, entry.entry_type, head_end - 1), len(text))
    if closer.kind is BlockKind.BROKEN and entry.entry_type:
        return replace(block, reason=closer.reason, reason_at=closer.reason_at)
    return closer


# --------------------------------------------------------------------------- the closer look


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a block begins: its `@`, the word after it, and its delimiter, -1 without one."""

    at: int
    word: str
    opener: int


def _read_gap(text: str, at: int) -> Iterator[Block]:
    """The blocks of text in which bibtexparser finds none, or not the right ones."""
    limit, comments_close = -1, True
    while (head := _next_head(text, at)) is not None:
        past = max(head.at + 1, head.opener)
        if limit < past:
            following = _LINE_HEAD.search(text, past)
            limit = following.start() if following else len(text)
        kind = _SPECIAL_TYPES.get(head.word.lower(), BlockKind.ENTRY)
        if kind is BlockKind.COMMENT and comments_close:
            block = _read_verbatim(text, head, len(text), kind)
            comments_close = block.kind is not BlockKind.BROKEN
            if not comments_close:
                block = _broken(text, head, limit, Failure(head.at, block.reason))
        else:
            block = _READERS[kind](text, head, limit)
        yield block
        at = block.end


def _next_head(text: str, at: int) -> _Head | None:
    """The next place where a block begins, or at least an `@word` at the start of a line."""
    for match in _GAP.finditer(text, at):
        if match["inner"]:
            return _Head(match.start("inner"), match["type"] or "", match.end() - 1)
        if match["line"] and (match["open"] or match["word"].lower() != "comment"):
            return _Head(match.start("line"), match["word"], match.start("open"))
    return None


def _broken(text: str, head: _Head, limit: int, failure: Failure) -> Block:
    """What cannot be read: up to its closing brace, else up to the next block."""
    closing = -1
    if head.opener >= 0 and text[head.opener] == "{":
        closing = closing_brace(text, head.opener, limit, escapes=True)
    end = closing + 1 if closing >= 0 else head.at + len(text[head.at : limit].rstrip())
    key = _KEY_OF_BROKEN.match(text, head.opener + 1, end) if head.opener >= 0 else None
    name = key[1] if key else ""
    return Block(
        BlockKind.BROKEN, head.at, end, head.word, name, (), (), failure.reason, failure.at
    )


def _read_entry(text: str, head: _Head, limit: int) -> Block:
    if not head.word:
        return _broken(text, head, limit, Failure(head.at, "the entry has no type"))
    if head.opener < 0:
        reason = f"no brace opens after @{head.word[:60]}"
        return _broken(text, head, limit, Failure(head.at, reason))
    scan = scan_entry(text, head.opener, limit, escapes=True)
    if isinstance(scan, Failure):
        again = scan_entry(text, head.opener, limit, escapes=False)
        if isinstance(again, Failure):
            return _broken(text, head, limit, scan)
        scan = again
    names = tuple([text[field.name_start : field.name_end] for field in scan.fields])
    values = tuple([text[field.value_start : field.value_end] for field in scan.fields])
    key = text[scan.key_start : scan.key_end]
    type_ = head.word.lower()
    return Block(
        BlockKind.ENTRY, head.at, scan.end, type_, key, names, values, scan.note, scan.note_at
    )


def _read_string(text: str, head: _Head, limit: int) -> Block:
    scan: EntryScan | Failure = Failure(head.at, f"no brace opens after @{head.word[:60]}")
    if head.opener >= 0:
        scan = scan_string(text, head.opener, limit)
    if isinstance(scan, Failure):
        return _broken(text, head, limit, scan)
    (field,) = scan.fields
    key = text[field.name_start : field.name_end]
    value = text[field.value_start : field.value_end]
    return Block(BlockKind.STRING, head.at, scan.end, head.word, key, (), (value,))


def _read_verbatim(
    text: str, head: _Head, limit: int, kind: BlockKind = BlockKind.PREAMBLE
) -> Block:
    end = -1
    if head.opener >= 0 and text[head.opener] == "{":
        end = closing_brace(text, head.opener, limit, escapes=True)
    elif head.opener >= 0:
        end = text.find(")", head.opener, limit)
    if end < 0:
        reason = f"@{head.word} is never closed"
        return _broken(text, head, limit, Failure(head.at, reason))
    return Block(kind, head.at, end + 1, head.word)


def _read_comment(text: str, head: _Head, limit: int) -> Block:
    return _read_verbatim(text, head, limit, BlockKind.COMMENT)


_READERS: Mapping[BlockKind, Callable[[str, _Head, int], Block]] = {
    BlockKind.ENTRY: _read_entry,
    BlockKind.STRING: _read_string,
    BlockKind.PREAMBLE: _read_verbatim,
    BlockKind.COMMENT: _read_comment,
}
