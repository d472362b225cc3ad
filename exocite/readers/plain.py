"""Plain text: paragraphs by blank lines, bullets of any kind, headings told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exocite.frozen import dataclass
from exocite.model import Article, BlockKind
from exocite.patterns import regex
from exocite.readers import structure
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText

_LINE = regex(r"[^\r\n]*")
_LINE_END = regex(r"\r\n|\r|\n")
_BULLET = regex(
    r"[^\S\r\n]*(?:[•‣⁃◦▪▫●○■□►▸▹➤✓✔·∙–—*+-]|(?P<number>\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]))[^\S\r\n]+(?=\S)"
)
_QUOTED = regex(r"[^\S\r\n]*>[^\S\r\n]?")
_UNDERLINE = regex(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")
_NUMBERED_HEADING = regex(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_a-z]")
_NUMBERING = regex(r"\s*(?:\d{1,2}|[IVX]{1,5})[.)]\s+(?=\S)")
_RULE = regex(r"\s*[-=_*~#.·•]{3,}\s*")
_LABEL_LINE = regex(r"\[\d{1,4}\]\s")

_WRAPPED_AT_MOST = 160
"""A paragraph with a longer line than this is not wrapped: each of its lines is a paragraph."""
_LONGEST_HEADING = 90
_MOST_HEADING_WORDS = 14
_END_MARKS = ".!?;,…"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


class PlainReader:
    """Plain text, wrapped or one line a paragraph."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def declared_encoding(self, _data: bytes, /) -> str:
        """Plain text declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a plain text."""
        raw = list(_blocks(source))
        return structure.article(path, self.name, encoding, source, raw)


def _blocks(source: str) -> Iterator[RawBlock]:
    chunks = list(_chunks(source))
    for before, chunk, after in zip([[], *chunks], chunks, [*chunks[1:], []], strict=False):
        if _numbered_heading(chunk) and not (_is_item(before) or _is_item(after)):
            level = _level(chunk[0].text)
            yield from _made(source, BlockKind.HEADING, chunk, level=level, by_shape=True)
        else:
            yield from _read_chunk(source, chunk)


def _numbered_heading(chunk: Sequence[_Line]) -> bool:
    """Whether a line alone has a number and the shape of a heading; among others it is an item."""
    numbered = _NUMBERING.match(chunk[0].text) if len(chunk) == 1 else None
    return numbered is not None and _heading_shape(chunk[0].text[numbered.end() :])


def _is_item(chunk: Sequence[_Line]) -> bool:
    return bool(chunk) and _NUMBERING.match(chunk[0].text) is not None


def _chunks(source: str) -> Iterator[list[_Line]]:
    """Lines that stand together between blank lines."""
    chunk: list[_Line] = []
    at = 0
    while at < len(source):
        match = _LINE.match(source, at)
        end = match.end() if match else at
        line = _Line(at, end, source[at:end])
        if line.blank:
            if chunk:
                yield chunk
            chunk = []
        else:
            chunk.append(line)
        line_end = _LINE_END.match(source, end)
        at = line_end.end() if line_end else len(source)
    if chunk:
        yield chunk


def _read_chunk(source: str, chunk: Sequence[_Line]) -> Iterator[RawBlock]:
    if all(_QUOTED.match(line.text) for line in chunk):
        yield from _made(source, BlockKind.QUOTATION, chunk, _quote_starts(chunk))
        return
    if len(chunk) == 2 and _UNDERLINE.fullmatch(chunk[1].text) and _short(chunk[0].text):
        level = 1 if "=" in chunk[1].text else 2
        yield from _made(source, BlockKind.HEADING, chunk[:1], level=level)
        return
    if len(chunk) == 1 and _heading_shape(chunk[0].text):
        level = _level(chunk[0].text)
        yield from _made(source, BlockKind.HEADING, chunk, level=level, by_shape=True)
        return
    if len(chunk) > 2 and _UNDERLINE.fullmatch(chunk[1].text) and _short(chunk[0].text):
        yield from _read_chunk(source, chunk[:2])
        chunk = chunk[2:]
    lines = [line for line in chunk if not _RULE.fullmatch(line.text)]
    unwrapped = any(len(line.text) > _WRAPPED_AT_MOST for line in lines)
    for group in _groups(lines, unwrapped=unwrapped):
        bullet = _bullet(group[0])
        if bullet:
            number = bullet["number"] or ""
            label = re.sub(r"\D", "", number)
            starts = [bullet.end(), *[0] * (len(group) - 1)]
            yield from _made(source, BlockKind.LIST_ITEM, group, starts, level=1, label=label)
        elif unwrapped and _heading_shape(group[0].text) and len(lines) > 1:
            yield from _made(source, BlockKind.HEADING, group, level=2, by_shape=True)
        else:
            yield from _made(source, BlockKind.PARAGRAPH, group)


def _groups(lines: Sequence[_Line], *, unwrapped: bool) -> Iterator[list[_Line]]:
    """Lines that make one block: an item with its continuation lines, a wrapped paragraph."""
    group: list[_Line] = []
    in_item = False
    several = sum(_bullet(line) is not None for line in lines) > 1
    for index, line in enumerate(lines):
        bullet = _bullet(line) is not None and (several or _begins_item(lines, index))
        after_item = in_item and not line.text[:1].isspace() and _ended(group) and not bullet
        if group and (unwrapped or bullet or after_item):
            yield group
            group = []
        group.append(line)
        in_item = bullet or (in_item and len(group) > 1)
    if group:
        yield group


def _begins_item(lines: Sequence[_Line], index: int) -> bool:
    """Whether a lone sign begins an item: inside a sentence ("values of 3 / - 4") it does not."""
    if index == 0:
        return True
    before = lines[index - 1].text.rstrip()
    return before.endswith((".", ":", ";", "!", "?", "…", ",", '"', "”", ")"))


def _ended(group: Sequence[_Line]) -> bool:
    return group[-1].text.rstrip().endswith((".", "!", "?"))


def _bullet(line: _Line) -> re.Match[str] | None:
    match = _BULLET.match(line.text)
    if match is None or not match["number"]:
        return match
    # "A. Smith" is a name, "I. Introduction" a heading; letters count only in lower case.
    label = match["number"].strip("().")
    return match if label.isdigit() or label.islower() else None


def _quote_starts(chunk: Sequence[_Line]) -> list[int]:
    starts = []
    for line in chunk:
        at = 0
        while (mark := _QUOTED.match(line.text, at)) and len(mark[0]) > 0:
            at = mark.end()
        starts.append(at)
    return starts


def _made(
    source: str,
    kind: BlockKind,
    lines: Sequence[_Line],
    starts: Sequence[int] = (),
    *,
    level: int = 0,
    label: str = "",
    by_shape: bool = False,
) -> Iterator[RawBlock]:
    """One block of these lines, a space between them; `starts` skips what is before the text."""
    visible = VisibleText()
    breaks = []
    end = -1
    for index, line in enumerate(lines):
        skip = starts[index] if starts else 0
        stripped = line.text[skip:].strip()
        if not stripped:
            continue
        start = line.start + line.text.index(stripped, skip)
        if end >= 0:
            visible.replace(" ", end, start)
            breaks.append(len(visible))
        end = start + len(stripped)
        visible.copy(source, start, end)
    block = finished(kind, visible, level=level, label=label, breaks=breaks, by_shape=by_shape)
    if block is not None:
        yield block


def _short(text: str) -> bool:
    stripped = text.strip()
    return 0 < len(stripped) <= _LONGEST_HEADING and stripped.count(" ") < _MOST_HEADING_WORDS


def _heading_shape(text: str) -> bool:
    """Short, without a full stop at its end, and begun like a heading, not in lower case."""
    stripped = text.strip()
    if not _short(text) or stripped[-1] in _END_MARKS or _BULLET.match(text):
        return False
    if _LABEL_LINE.match(stripped) or not any(map(str.isalpha, stripped)):
        return False
    first = stripped.lstrip("\"'“‘«¿¡([#")[:1]
    return bool(first) and not first.islower()


def _level(text: str) -> int:
    numbered = _NUMBERED_HEADING.match(text.strip())
    return 2 + numbered["number"].count(".") if numbered else 2
