"""The running text of a wiki page: its lines, what begins them, and the cells of its tables."""

from __future__ import annotations

import html
import re
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.block_draft import BlockDraft, Fate
from exocite.readers.latex.text import chemistry, formula
from exocite.readers.mediawiki.lines import line_of
from exocite.readers.mediawiki.notes import Key
from exocite.readers.mediawiki.targets import is_file
from exocite.readers.mediawiki.templates import Role, Short, Template
from exocite.readers.mediawiki.tokens import Kind, Token, tokens
from exocite.readers.raw import RawBlock
from exocite.text import collapsed

_TITLE_PIECE = regex(r"''+|<[^<>]{0,100}>|(?P<text>[^'<]+|.)", re.DOTALL)
_CELL_ATTRIBUTES = regex(r"[^|\[\]{}<\r\n]{0,300}\|(?!\|)")
_CODE = frozenset({"pre", "syntaxhighlight", "source", "score", "timeline"})
_MADE = {"math": formula, "chem": chemistry, "ce": chemistry}
_SEEN_WHOLE = frozenset({"math", "chem", "ce", "code", "tt", "kbd", "samp", *_CODE})


@dataclass(slots=True)
class Frame:
    """A construct that is open: where it began and ends, and the draft to go back to."""

    opener: int
    end: int
    saved: BlockDraft
    template: Template = field(default_factory=Template)
    inner: BlockDraft | None = None
    shown: frozenset[int] = frozenset()
    position: int = 0
    begun: bool = False
    texts: list[BlockDraft] = field(default_factory=list)
    key: Key | None = None
    shorts: list[Short] = field(default_factory=list)
    is_table: bool = False


class PageText:
    """What of a page is text; `PageReader` knows the constructs that stand in it."""

    def __init__(self, source: str) -> None:
        self.blocks: list[RawBlock] = []
        self._source = source
        self._tokens = tokens(source)
        self._frames: list[Frame] = []
        self._draft = BlockDraft(source)
        self._line_start = True
        self._skip = 0
        self._stop = -1
        self._in_link = 0
        self._quoted = 0
        self._gallery = False
        self._counters: dict[str, int] = {}

    # ---------------------------------------------------------------- text and lines

    def _in_blocks(self) -> bool:
        """Whether line ends and what begins a line count here."""
        if self._draft.fate is not Fate.BLOCKS or self._in_link:
            return False
        if not self._frames:
            return True
        frame = self._frames[-1]
        return frame.is_table or frame.template.role in (Role.QUOTATION, Role.WRAPPER)

    def _in_table(self) -> bool:
        return bool(self._frames) and self._frames[-1].is_table

    def _flush(self) -> None:
        block = self._draft.take()
        if block is not None:
            self.blocks.append(block)
        if self._quoted and not self._frames:
            self._draft.kind = BlockKind.QUOTATION

    def _copy(self, token: Token) -> None:
        """Show the token as it is written, but nothing outside the part of the line that counts."""
        start = max(token.start, self._skip)
        end = token.end if self._stop < 0 else min(token.end, self._stop)
        if start < end:
            self._draft.copy(start, end, linked=self._in_link > 0)

    def _text(self, index: int, token: Token) -> int:
        if self._line_start and self._in_blocks():
            if not self._source[token.start : token.end].strip():
                following = self._tokens[index + 1].kind if index + 1 < len(self._tokens) else None
                if following in (None, Kind.LINE_END, Kind.TABLE, Kind.BAR, Kind.TABLE_END):
                    return index + 1
            self._begin_line(token)
        if self._in_table() and "!!" in self._source[token.start : token.end]:
            self._header_cells(token)
        else:
            self._copy(token)
        return index + 1

    def _header_cells(self, token: Token) -> None:
        """Cells of a header stand on one line between double marks."""
        at = token.start
        while (mark := self._source.find("!!", at, token.end)) >= 0:
            self._copy(replace(token, start=at, end=mark))
            at = mark + 2
            self._cell(at)
        self._copy(replace(token, start=at))

    def _begin_line(self, token: Token) -> None:
        self._line_start = False
        if self._gallery:
            if is_file(self._source, token.start):
                self._flush()
                self._draft.kind, self._draft.line = BlockKind.CAPTION, True
                self._stop = token.start  # until the bar
            return
        line = line_of(self._source, token.start, bare=bool(self._frames or self._quoted))
        if self._in_table():
            self._skip = line.start if line.kind is BlockKind.LIST_ITEM else self._skip
            if self._source.startswith("!", token.start):
                self._cell(token.start + 1)
            return
        if line.kind is None:
            self._counters.clear()
            return
        self._flush()
        draft = self._draft
        draft.kind, draft.level, draft.by_shape = line.kind, line.level, line.by_shape
        draft.line = True
        self._skip, self._stop = line.start, line.end
        if line.kind is BlockKind.LIST_ITEM:
            draft.label = self._numbered(line.marks)
        else:
            self._counters.clear()

    def _numbered(self, marks: str) -> str:
        """The number of a list item, "" for one that bears none."""
        for other in [known for known in self._counters if len(known) > len(marks)]:
            del self._counters[other]
        if not marks.endswith("#"):
            return ""
        self._counters[marks] = self._counters.get(marks, 0) + 1
        return str(self._counters[marks])

    def _line_end(self, index: int, token: Token) -> int:
        self._stop = -1
        if not self._in_blocks():
            self._draft.gap(token.start, token.end)
            return index + 1
        if self._draft.line or (self._line_start and not self._in_table()):
            self._flush()
        else:
            self._draft.gap(token.start, token.end)
        self._line_start = True
        return index + 1

    def _entity(self, index: int, token: Token) -> int:
        self._line_start = False
        self._show(html.unescape(self._source[token.start : token.end]), token.start, token.end)
        return index + 1

    def _show(self, text: str, start: int, end: int) -> None:
        if start >= self._skip and (self._stop < 0 or end <= self._stop):
            self._draft.put(text, start, end)

    def _quotes(self, index: int, token: Token) -> int:
        """Two, three or five signs are emphasis; what is left over is apostrophes."""
        self._line_start = False
        length = token.end - token.start
        extra = 1 if length == 4 else max(0, length - 5)
        self._copy(replace(token, end=token.start + extra))
        return index + 1

    def _raw(self, index: int, token: Token) -> int:
        start, end = token.inner
        if token.name in _CODE and self._in_blocks() and self._line_start:
            self._flush()
            self._draft.kind = BlockKind.CODE
            self._draft.verbatim(start, end)
            self._flush()
        elif token.name == "nowiki":
            self._copy(replace(token, start=start, end=end))
        elif token.name in _SEEN_WHOLE:
            text = html.unescape(self._source[start:end])
            made = _MADE.get(token.name, collapsed)
            self._show(made(text), token.start, token.end)
        self._line_start = False
        return index + 1

    # ---------------------------------------------------------------- blocks of their own

    def _open_element(self, name: str) -> None:
        self._flush()
        if name in ("blockquote", "poem"):
            self._quoted += 1
            self._draft.kind = BlockKind.QUOTATION
        elif name == "gallery":
            self._gallery = True
        elif name in ("li", "dt", "dd"):
            self._draft.kind, self._draft.level = BlockKind.LIST_ITEM, 1
        elif name in ("tr", "table"):
            self._draft.kind = BlockKind.TABLE
        elif name == "caption":
            self._draft.kind = BlockKind.CAPTION
        elif name[0] == "h" and name[1].isdigit():
            self._draft.kind, self._draft.level = BlockKind.HEADING, int(name[1])

    def _close_element(self, name: str) -> None:
        if name in ("blockquote", "poem"):
            self._quoted = max(0, self._quoted - 1)
        elif name == "gallery":
            self._gallery = False
        self._flush()

    def _title(self, start: int, end: int) -> None:
        draft = BlockDraft(self._source, base=BlockKind.TITLE)
        for match in _TITLE_PIECE.finditer(self._source, start, min(end, start + 300)):
            if match["text"]:
                draft.copy(*match.span())
        block = draft.take()
        if block is not None:
            self.blocks.append(replace(block, level=1))

    def _category(self, start: int, end: int) -> None:
        if self._draft.fate is Fate.BLOCKS:
            draft = BlockDraft(self._source, base=BlockKind.NAVIGATION)
            draft.copy(start, end)
            block = draft.take()
            if block is not None:
                self.blocks.append(block)

    # ---------------------------------------------------------------- tables

    def _table(self, index: int, token: Token) -> int:
        if token.partner < 0:
            self._copy(token)
            return index + 1
        frame = Frame(index, token.partner, self._draft, is_table=True)
        if self._draft.fate is Fate.BLOCKS:
            self._flush()
            self._draft = BlockDraft(self._source, base=BlockKind.TABLE)
        self._frames.append(frame)
        self._stop = token.start
        return index + 1

    def _cell_bar(self, index: int, token: Token) -> int:
        """A bar of the innermost table: a cell, a row or the caption begins."""
        following = self._source[token.end : token.end + 1]
        if self._line_start and following in ("-", "+"):
            self._flush()
            self._line_start = False
            if following == "-":
                self._stop = token.start
            else:
                self._draft.kind, self._draft.line = BlockKind.CAPTION, True
                self._skip = token.end + 1
        elif self._line_start:
            self._cell(token.end)
        elif following == "|":
            self._cell(token.end + 1)
            return index + 2
        else:
            self._copy(token)
        return index + 1

    def _cell(self, end: int) -> None:
        """A cell begins; its attributes are not seen."""
        self._line_start = False
        self._stop = -1
        if len(self._draft.visible):
            self._draft.space = None
            self._draft.put(" |", end, end)
            self._draft.gap(end, end)
        found = _CELL_ATTRIBUTES.match(self._source, end)
        self._skip = found.end() if found else end
