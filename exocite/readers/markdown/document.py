"""The blocks of a Markdown text: markdown-it gives their lines, each is read where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from exocite.frozen import dataclass
from exocite.model import (
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    ListedReference,
    Span,
)
from exocite.patterns import regex
from exocite.readers.inline import Content, Inline
from exocite.readers.markdown.inline import normal_label, scan
from exocite.readers.markdown.rules import parser
from exocite.readers.markdown.syntax import HEADING_ATTRIBUTES
from exocite.readers.raised import Raised
from exocite.readers.raw import RawBlock, finished
from exocite.readers.reference_list import looks_like_reference
from exocite.readers.source_lines import lines
from exocite.readers.vocabulary import words
from exocite.text import VisibleText, collapsed

_FRONT_MATTER = (("---", ("---", "...")), ("+++", ("+++",)))
_YAML_TITLE = regex(r"title\s*[:=]\s*(?P<value>\S.*?)\s*$", re.IGNORECASE)
_BOLD_LINE = regex(r"(\*\*|__)(?P<text>[^*_\n]{1,100})\1:?$")
_CAPTION = regex(r"(?:Table:|:\s|Figure\s\d{1,3}[.:])")
_TARGET_LINE = regex(r"\([\w:. -]{1,100}\)=$")
_OPTION = regex(r"\s*:[\w-]{1,40}:")
_DIRECTIVE = regex(r"\{(?P<name>[\w:-]{1,60})\}")
_ROW_START = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?[ \t>]*\|?")
_DEEPEST_DIRECTIVE = 4
# MyST directives whose body is prose; the body of any other is code or an option.
_PROSE_DIRECTIVES = words(
    """
    note warning tip important caution attention admonition hint danger error seealso
    epigraph highlights pull-quote topic sidebar margin dropdown figure table card grid
    grid-item tab-item tab-set div aside exercise solution definition theorem lemma proof
    remark example proposition corollary algorithm observation assumption conjecture
    property axiom criterion
    """
)
_CONTAINERS = {
    "blockquote_open": BlockKind.QUOTATION,
    "list_item_open": BlockKind.LIST_ITEM,
}


@dataclass(slots=True)
class _Container:
    opened: str
    kind: BlockKind | None = None
    label: str = ""
    level: int = 0


@dataclass(slots=True)
class _Walk:
    """The walk over one parse: the first line of what was parsed, and what it stands within."""

    first: int
    links: Mapping[str, str]
    depth: int
    containers: list[_Container] = field(default_factory=list)


class Document:
    """A Markdown text and the blocks, citations and link definitions found in it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[RawBlock] = []
        self.citations: list[Citation] = []
        self.raised: list[Raised] = []
        self._lines = lines(source)
        self._parser: MarkdownIt = parser()
        self._defined: dict[str, tuple[int, int]] = {}

    def read(self) -> None:
        """Find everything."""
        first = self._front_matter()
        first = self._title_block(first)
        self._parse(first, len(self._lines), 0)
        self.blocks.sort(key=lambda block: block.span)

    def definitions(self, listed: Sequence[ListedReference]) -> Iterator[ListedReference]:
        """Link definitions labelled with a number, `[1]: https://…`, are references too."""
        known = {reference.label for reference in listed}
        for label, (first, last) in self._defined.items():
            if label.isdigit() and label not in known and first < len(self._lines):
                span = Span(self._lines[first].start, self._lines[last - 1].end)
                text = self.source[span.start : span.end]
                body = text.split("]:", 1)[-1]
                start = span.end - len(body.lstrip())
                yield ListedReference(label, collapsed(body), Span(start, span.end))

    # ---------------------------------------------------------------- before the text

    def _text(self, line: int) -> str:
        return self.source[self._lines[line].start : self._lines[line].end]

    def _front_matter(self) -> int:
        """The number of lines that front matter takes; its title is the article's."""
        if not self._lines:
            return 0
        opening = self._text(0).rstrip()
        closing = next((ends for mark, ends in _FRONT_MATTER if mark == opening), ())
        if not closing or len(self._lines) < 2 or not self._text(1).strip():
            return 0
        for line in range(1, len(self._lines)):
            if self._text(line).rstrip() in closing:
                self._metadata(0, line + 1)
                return line + 1
        return 0

    def _metadata(self, first: int, last: int) -> None:
        visible = VisibleText()
        visible.copy(self.source, self._lines[first].start, self._lines[last - 1].end)
        self._add(finished(BlockKind.METADATA, visible))
        for line in range(first, last):
            match = _YAML_TITLE.match(self._text(line))
            if match and not self._folded_title(line, match["value"], last):
                value = match["value"]
                quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
                start = self._lines[line].start + match.start("value") + quoted
                self._visible_title(start, start + len(value) - 2 * quoted)
            if match:
                return

    def _folded_title(self, line: int, value: str, last: int) -> bool:
        if value[0] not in "|>":
            return False
        if line + 1 < last:
            text = self._text(line + 1)
            start = self._lines[line + 1].start + len(text) - len(text.lstrip())
            self._visible_title(start, self._lines[line + 1].end)
        return True

    def _visible_title(self, start: int, end: int) -> None:
        visible = VisibleText()
        visible.copy(self.source, start, end)
        self._add(finished(BlockKind.TITLE, visible, level=1))

    def _title_block(self, first: int) -> int:
        """Pandoc's title block: up to three lines that begin with a per cent sign."""
        kinds = (BlockKind.TITLE, BlockKind.BYLINE, BlockKind.BYLINE)
        line = first
        for kind in kinds:
            if line >= len(self._lines) or not self._text(line).startswith("% "):
                break
            visible = VisibleText()
            visible.copy(self.source, self._lines[line].start + 2, self._lines[line].end)
            self._add(finished(kind, visible, level=int(kind is BlockKind.TITLE)))
            line += 1
        return line

    def _add(self, block: RawBlock | None) -> None:
        if block is not None:
            self.blocks.append(block)

    # ---------------------------------------------------------------- blocks

    def _parse(self, first: int, last: int, depth: int) -> None:
        text = "\n".join(self._text(line) for line in range(first, last)).replace("\0", "\ufffd")
        found: list[Token] = []
        environment: dict[str, dict[str, dict[str, str]]] = {}
        self._parser.block.parse(text, self._parser, environment, found)
        links = {}
        for label, definition in environment.get("references", {}).items():
            links[normal_label(label)] = definition["href"]
            begin, end = map(int, definition["map"])
            self._defined.setdefault(label, (first + begin, first + end))
        walk = _Walk(first, links, depth)
        rows: list[Token] = []
        for token in found:
            if token.type == "tr_open":
                rows = [token]
            elif token.type == "tr_close":
                self._row(walk, rows)
                rows = []
            elif rows:
                rows.append(token)
            else:
                self._token(walk, token, found)

    def _token(self, walk: _Walk, token: Token, _all: Sequence[Token]) -> None:
        if token.nesting > 0:
            walk.containers.append(self._container(walk, token))
        elif token.nesting < 0:
            walk.containers.pop()
        elif token.type == "inline":
            self._inline(walk, token)
        elif token.type == "fence":
            self._fence(walk, token)
        elif token.type == "code_block":
            self._code(walk, token)
        elif token.type == "alias":
            self._alias(walk, token)
        elif token.type == "html_block":
            self._html(walk, token)

    def _container(self, walk: _Walk, token: Token) -> _Container:
        kind = _CONTAINERS.get(token.type)
        level = 0
        label = ""
        if token.type == "list_item_open":
            level = 1 + sum(other.kind is BlockKind.LIST_ITEM for other in walk.containers)
            label = token.info
        elif token.type == "heading_open":
            kind, level = BlockKind.HEADING, int(token.tag[1])
        elif token.type == "note_open":
            label = "^" + token.info
        return _Container(token.type, kind, label, level)

    def _range(self, walk: _Walk, token: Token) -> tuple[int, int]:
        begin, end = token.map or [0, 0]
        return walk.first + begin, min(walk.first + end, len(self._lines))

    def _inline(self, walk: _Walk, token: Token) -> None:
        first, last = self._range(walk, token)
        text = token.content
        if _TARGET_LINE.match(text):
            return
        around = next((c for c in reversed(walk.containers) if c.kind is not None), None)
        kind = around.kind if around and around.kind else BlockKind.PARAGRAPH
        level = around.level if around else 0
        label = ""
        if around and kind is BlockKind.LIST_ITEM:
            label, around.label = around.label, ""
        if kind is BlockKind.HEADING:
            text = HEADING_ATTRIBUTES.sub("", text)
        content = self._content(text, token.content, first, last)
        inline = scan(content, walk.links)
        self._collect(inline)
        note = next((c for c in walk.containers if c.opened == "note_open"), None)
        if note:
            self._note(inline, note)
        elif not self._images(content, inline, walk):
            by_shape = kind is BlockKind.PARAGRAPH and _is_bold_line(text)
            if by_shape:
                kind, level = BlockKind.HEADING, 6
            elif kind is BlockKind.PARAGRAPH and _CAPTION.match(text):
                kind = BlockKind.CAPTION
            block = inline.block(kind, level=level, label=label)
            self._add(replace(block, by_shape=by_shape) if block else None)

    def _note(self, inline: Inline, note: _Container) -> None:
        """A note that prints a reference is one of the article's list; any other is a paragraph."""
        block = inline.block(BlockKind.PARAGRAPH)
        if block and note.label and looks_like_reference(block.text) and "@" not in block.text:
            block = replace(block, kind=BlockKind.REFERENCE, label=note.label)
            note.label = ""
        self._add(block)

    def _images(self, content: Content, inline: Inline, walk: _Walk) -> bool:
        """Where nothing but images stands, their descriptions are captions."""
        if not inline.images or inline.block(BlockKind.PARAGRAPH) is not None:
            return False
        for image in inline.images:
            caption = scan(content, walk.links, image.start, image.end)
            self._collect(caption)
            block = caption.block(BlockKind.CAPTION)
            if block and block.text.count(" ") < 2:
                block = replace(block, kind=BlockKind.METADATA)
            self._add(block)
        return True

    def _collect(self, inline: Inline) -> None:
        self.citations.extend(inline.citations)
        self.citations.extend(inline.notes)
        self.raised.extend(inline.raised)

    def _content(self, text: str, whole: str, first: int, last: int) -> Content:
        """The content with the place of each of its lines.

        markdown-it strips what stands before a line (indents, quotation marks, bullets) and blanks
        at the very end: what is left of a line is the tail of the line in the source.
        """
        starts, shifts = [], []
        at = 0
        for number, piece in enumerate(whole.split("\n")):
            line = min(first + number, last - 1)
            starts.append(at)
            shifts.append(self._tail(line, piece) - at)
            at += len(piece) + 1
        return Content(self.source, text, starts, shifts)

    def _tail(self, line: int, piece: str) -> int:
        """The offset in the source at which this last part of a line begins."""
        written = self._text(line).rstrip()
        wanted = piece.rstrip()
        unclosed = written.rstrip("#").rstrip()
        if (
            len(unclosed) < len(written)
            and unclosed.endswith(wanted)
            and not written.endswith(wanted)
        ):
            written = unclosed
        return self._lines[line].start + len(written) - len(wanted)

    def _row(self, walk: _Walk, row: Sequence[Token]) -> None:
        """A row of a table: its cells, each where it is written."""
        first, _ = self._range(walk, row[0])
        line = self._text(first)
        match = _ROW_START.match(line)
        at = match.end() if match else 0
        joined = VisibleText()
        for token in row:
            if token.type != "inline" or not token.content:
                continue
            written = token.content
            place = line.find(written, at)
            if place < 0:  # an escaped bar was unescaped
                written = written.replace("|", "\\|")
                place = line.find(written, at)
            if place < 0:
                continue
            start = self._lines[first].start + place
            inline = scan(Content(self.source, written, [0], [start]), walk.links)
            self._collect(inline)
            text, runs = inline.visible.build()
            if text and len(joined):
                joined.replace(" | ", start - 1, start)
            for run in runs:
                piece = text[run.text_start : run.text_start + run.text_length]
                joined.replace(piece, run.source_start, run.source_start + run.source_length)
            at = place + len(written)
        self._add(finished(BlockKind.TABLE, joined))

    def _fence(self, walk: _Walk, token: Token) -> None:
        first, last = self._range(walk, token)
        directive = _DIRECTIVE.match(token.info.strip())
        if directive and token.level == 0 and walk.depth < _DEEPEST_DIRECTIVE:
            name = directive["name"].removeprefix("prf:")
            if name in _PROSE_DIRECTIVES:
                begin, end = first + 1, last - 1
                while begin < end and _OPTION.match(self._text(begin)):
                    begin += 1
                self._parse(begin, end, walk.depth + 1)
                return
        self._code(walk, token)

    def _code(self, walk: _Walk, token: Token) -> None:
        first, last = self._range(walk, token)
        while last > first and not self._text(last - 1).strip():
            last -= 1
        if first < last:
            visible = VisibleText()
            visible.copy(self.source, self._lines[first].start, self._lines[last - 1].end)
            self._add(finished(BlockKind.CODE, visible))

    def _alias(self, walk: _Walk, token: Token) -> None:
        """A key and what it stands for: an entry of the list, cited by its key where it stands."""
        first, _ = self._range(walk, token)
        line = self._lines[first]
        start = line.end - len(self._text(first)) + self._text(first).index(token.content)
        visible = VisibleText()
        visible.copy(self.source, start, line.end)
        block = finished(BlockKind.REFERENCE, visible, label=token.info)
        self._add(block)
        key = self.source.index("[@", line.start) + 2
        item = CitedItem(token.info, Span(key, key + len(token.info)))
        span = Span(key - 2, key + len(token.info) + 1)
        self.citations.append(Citation(CitationKind.PANDOC, span, (item,)))

    def _html(self, walk: _Walk, token: Token) -> None:
        first, last = self._range(walk, token)
        if first >= last:
            return
        start, end = self._lines[first].start, self._lines[last - 1].end
        # Most articles hold no block of HTML, and its reader takes a while to import.
        from exocite.readers.html.page import read_page
        from exocite.readers.html.tokens import tokens

        page = read_page(tokens(self.source, start, end), self.source)
        self.blocks.extend(page.blocks)
        self.raised.extend(page.raised)
        self.citations.extend(page.links)


def _is_bold_line(text: str) -> bool:
    """A short paragraph wholly in bold type is a heading to its reader."""
    match = _BOLD_LINE.match(text)
    return match is not None and not match["text"].rstrip().endswith((".", "!", "?", ";", ","))
