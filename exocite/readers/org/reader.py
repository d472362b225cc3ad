"""Org: its elements line by line, with a stack of the blocks, list items and notes that are open.

Source: the Org syntax specification ("Headings", "Elements", "Lesser elements").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import partial

from exocite.frozen import dataclass
from exocite.model import Article, BlockKind
from exocite.patterns import regex
from exocite.readers.article_draft import ArticleDraft, Piece
from exocite.readers.latex.text import display
from exocite.readers.org.definitions import definitions
from exocite.readers.org.inline import OrgScanner
from exocite.readers.source_lines import Line, lines
from exocite.readers.vocabulary import words

_HEADING = regex(r"(?P<stars>\*+)\s+")
_TASK = regex(r"(?P<word>\S{1,60})\s+")
_PRIORITY = regex(r"\[#\w{1,2}\]\s+")
_COMMENTED = regex(r"COMMENT(?:\s+|$)")
_TAGS = regex(r"\s:(?P<tags>[\w@#%:]{1,200}):$")
_KEYWORD = regex(r"#\+(?P<name>[\w-]{1,60})(?:\[[^\]]{0,300}\])?:(?:\s+|$)")
_BEGIN = regex(r"#\+begin_(?P<type>\S{1,60})", re.IGNORECASE)
_END = regex(r"#\+end_(?P<type>\S{1,60})$", re.IGNORECASE)
_DRAWER = regex(r":(?P<name>[\w-]{1,60}):$")
_PLANNING = regex(r"(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):\s")
_ITEM = regex(r"(?:[-+]|(?P<number>\d{1,9}|[A-Za-z])[.)])(?:\s+|$)")
_STARRED_ITEM = regex(r"\*\s+")
_ITEM_HEAD = regex(r"(?:\[@\w{1,9}\]\s*)?(?:\[[ X-]\]\s+)?")
_TERM = regex(r"(?P<term>\S(?:.*?\S)?)\s+::(?:\s+|$)")
_NOTE = regex(r"\[fn:(?P<label>[-\w]{1,100})\]\s*")
_RULE = regex(r"-{5,}")
_TABLE_RULE = regex(r"\|[-+|]*$")
_FIXED = regex(r":(?:\s|$)")
_ENVIRONMENT = regex(r"\\begin\{(?P<name>[A-Za-z*]{1,40})\}")
_ENVIRONMENT_END = regex(r"\\end\{(?P<name>[A-Za-z*]{1,40})\}$")
_COMMENT = regex(r"#(?:\s|$)")
_CODE_BLOCKS = words("src example export comment verbatim html")
_QUOTE_BLOCKS = words("quote verse")
_DRAWER_END = ":end:"
_DISPLAYS = {"\\[": "\\]", "$$": "$$"}
_MATHEMATICS = words(
    """
    equation equation* align align* gather gather* multline multline* eqnarray eqnarray* math
    displaymath alignat alignat* flalign flalign*
    """
)
_AFFILIATED = words("name label header headers plot results tblname tblfm srcname")
_LONGEST_DISPLAY = 200
_DIARY = "%%("
_BLANKS_END_LISTS = 2


class OrgReader:
    """Org as Emacs exports it."""

    name = "org"
    suffixes: tuple[str, ...] = (".org",)

    def declared_encoding(self, _data: bytes, /) -> str:
        """What a file says of its coding system is for Emacs alone."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in an Org text."""
        document = _Document(source)
        document.read()
        return document.draft.article(path, self.name, encoding)


@dataclass(slots=True)
class _Container:
    """A block up to its last line, a list item with the column of its bullet, or a note.

    `depth` counts the list items around; `label` is for the first paragraph alone.
    """

    kind: BlockKind
    end: int = -1
    indent: int = -1
    depth: int = 0
    label: str = ""
    note: bool = False

    @property
    def is_block(self) -> bool:
        return self.end >= 0


class _Document:
    def __init__(self, source: str) -> None:
        self._lines = lines(source)
        self._definitions = definitions(self._lines)
        self.draft = ArticleDraft(source, partial(OrgScanner, definitions=self._definitions))
        self._stack = [_Container(BlockKind.PARAGRAPH, end=len(self._lines))]
        self._headings: list[int] = []
        self._ends: dict[str, list[int]] = defaultdict(list)
        self._blanks = 0
        self._index()

    def _index(self) -> None:
        """Where headings stand and where anything ends."""
        for number, line in enumerate(self._lines):
            if _is_heading(line):
                self._headings.append(number)
            elif line.text.lower() == _DRAWER_END:
                self._ends[_DRAWER_END].append(number)
            else:
                block = _END.match(line.text)
                environment = _ENVIRONMENT_END.search(line.text)
                if block:
                    self._ends[block["type"].lower()].append(number)
                elif environment:
                    self._ends["\\" + environment["name"]].append(number)

    def read(self) -> None:
        at = 0
        while at < len(self._lines):
            at = self._line(at)

    def _end_of(self, name: str, at: int) -> int:
        """The line at which what begins here ends, -1 where a heading or nothing comes first."""
        ends = self._ends.get(name, [])
        index = bisect_left(ends, at)
        if index == len(ends):
            return -1
        heading = bisect_left(self._headings, at)
        if heading < len(self._headings) and self._headings[heading] < ends[index]:
            return -1
        return ends[index] if ends[index] < self._block_end() else -1

    # ---------------------------------------------------------------- the stack

    @property
    def _top(self) -> _Container:
        return self._stack[-1]

    def _block_end(self) -> int:
        return next(c.end for c in reversed(self._stack) if c.is_block)

    def _pop_items(self, indent: int = -1) -> None:
        """Close the list items whose text would stand further right than this column."""
        while not self._top.is_block and self._top.indent >= indent:
            self._stack.pop()

    # ---------------------------------------------------------------- one line

    def _line(self, at: int) -> int:
        """Read what begins at this line; the line after it."""
        line = self._lines[at]
        if line.blank:
            self._blanks += 1
            if self._blanks == _BLANKS_END_LISTS:
                self._pop_items()
            return at + 1
        self._blanks = 0
        if _is_heading(line):
            del self._stack[1:]
            return self._heading(at)
        if self._closes(at):
            return at + 1
        if line.text.startswith("#"):
            return self._hash(at)
        note = _NOTE.match(line.text) if line.indent == 0 else None
        if note:
            self._pop_items()
            label = "^" + note["label"]
            self._stack.append(_Container(BlockKind.PARAGRAPH, label=label, note=True))
            return self._paragraph(at, note.end()) if note.end() < len(line.text) else at + 1
        item = _item(line)
        if item:
            self._pop_items(line.indent)
            return self._item(at, item)
        self._pop_items(line.indent)
        return self._element(at) or self._paragraph(at, 0)

    def _closes(self, at: int) -> bool:
        """Whether this line ends the innermost open block, with the items open inside it."""
        if at != self._block_end():
            return False
        while not self._stack.pop().is_block:
            pass
        return True

    def _element(self, at: int) -> int:
        """The line after an element that is no paragraph and begins here, 0 where none does."""
        line = self._lines[at]
        drawer = _DRAWER.match(line.text)
        if drawer:
            return self._drawer(at, drawer["name"])
        if line.text.startswith(_DIARY):
            return at + 1
        if line.text.startswith("|"):
            if not _TABLE_RULE.match(line.text):
                self._row(line)
            return at + 1
        if _FIXED.match(line.text):
            end = at + 1
            while end < len(self._lines) and _FIXED.match(self._lines[end].text):
                end += 1
            return self._code(at, end)
        if _RULE.fullmatch(line.text) or _PLANNING.match(line.text):
            return at + 1
        environment = _ENVIRONMENT.match(line.text)
        if environment:
            end = self._end_of("\\" + environment["name"], at)
            if end < 0:
                return 0
            is_formula = environment["name"] in _MATHEMATICS
            return self._formula(at, end + 1) if is_formula else self._code(at, end + 1)
        return self._display(at)

    def _drawer(self, at: int, name: str) -> int:
        """The line after a drawer that is not exported, or after the first line of one that is."""
        end = self._end_of(_DRAWER_END, at)
        if end < 0:
            return 0
        if self._definitions.hides_drawer(name):
            return end + 1
        self._stack.append(_Container(self._top.kind, end=end, depth=self._top.depth))
        return at + 1

    def _display(self, at: int) -> int:
        """The line after mathematics that fills its lines from this one on, 0 for none."""
        closing = _DISPLAYS.get(self._lines[at].text[:2])
        if closing is None:
            return 0
        end = at
        while end < min(len(self._lines), at + _LONGEST_DISPLAY) and not self._lines[end].blank:
            text = self._lines[end].text
            found = text.find(closing, 2 if end == at else 0)
            if found >= 0:
                alone = not text[found + 2 :].strip(".,; ")
                return self._formula(at, end + 1) if alone else 0
            end += 1
        return 0

    def _formula(self, at: int, end: int) -> int:
        start, last = self._lines[at].start, self._lines[end - 1].end
        text = self.draft.source[start:last].strip()
        for opening, closing in _DISPLAYS.items():
            if text.startswith(opening):
                body, _, stop = text[2:].rpartition(closing)
                text = body + stop
        self.draft.formula(start, last, display(text))
        return end

    def _heading_start(self, text: str) -> tuple[int, bool]:
        """Where a heading's text begins, and whether its tree is commented out."""
        at = len(text) - len(text.lstrip("*").lstrip())
        task = _TASK.match(text, at)
        if task and task["word"] in self._definitions.tasks:
            at = task.end()
        priority = _PRIORITY.match(text, at)
        at = priority.end() if priority else at
        comment = _COMMENTED.match(text, at)
        return (comment.end(), True) if comment else (at, False)

    def _heading(self, at: int) -> int:
        line = self._lines[at]
        start, hidden = self._heading_start(line.text)
        level = len(line.text) - len(line.text.lstrip("*"))
        tags = _TAGS.search(line.text, start - 1)
        end = line.first + (tags.start() if tags else len(line.text))
        if hidden or (tags and self._definitions.excludes(tags["tags"].split(":"))):
            return self._next_heading(at, level)
        piece = (line.first + start, max(end, line.first + start))
        self.draft.add(BlockKind.HEADING, [piece], level=level)
        return at + 1

    def _next_heading(self, at: int, level: int) -> int:
        """The next heading of this level or above it."""
        for index in range(bisect_left(self._headings, at + 1), len(self._headings)):
            number = self._headings[index]
            if len(self._lines[number].text.split(maxsplit=1)[0]) <= level:
                return number
        return len(self._lines)

    # ---------------------------------------------------------------- what begins with #

    def _hash(self, at: int) -> int:
        """Keywords, blocks and comments."""
        line = self._lines[at]
        begin = _BEGIN.match(line.text)
        if begin:
            return self._block(at, begin["type"].lower())
        keyword = _KEYWORD.match(line.text)
        if keyword:
            return self._keyword(at, keyword["name"].lower(), keyword.end())
        if _COMMENT.match(line.text) or line.text.startswith("#+"):
            return at + 1
        return self._paragraph(at, 0)

    def _block(self, at: int, name: str) -> int:
        end = self._end_of(name, at)
        if end < 0:
            return at + 1
        if name == "comment":
            return end + 1
        if name in _CODE_BLOCKS:
            return self._code(at, end + 1)
        kind = self._top.kind
        if name in _QUOTE_BLOCKS:
            kind = BlockKind.QUOTATION
        elif kind is BlockKind.LIST_ITEM:
            kind = BlockKind.PARAGRAPH
        self._stack.append(_Container(kind, end=end, depth=self._top.depth))
        return at + 1

    def _keyword(self, at: int, name: str, offset: int) -> int:
        """The line after a keyword; a caption of several lines is one."""
        line = self._lines[at]
        value = line.rest(offset)
        if value[0] == value[1] or name in _AFFILIATED or name.startswith("attr_"):
            return at + 1
        if name == "title":
            self.draft.add(BlockKind.TITLE, [value], level=1)
        elif name == "caption":
            return self._caption(at, value)
        elif name == "author":
            self.draft.verbatim(BlockKind.BYLINE, *value)
        else:
            self.draft.verbatim(BlockKind.METADATA, *line.piece)
        return at + 1

    def _caption(self, at: int, first: Piece) -> int:
        pieces = [first]
        end = at + 1
        while end < len(self._lines):
            line = self._lines[end]
            keyword = _KEYWORD.match(line.text)
            if keyword is None or keyword["name"].lower() != "caption":
                break
            pieces.append(line.rest(keyword.end()))
            end += 1
        self.draft.add(BlockKind.CAPTION, [piece for piece in pieces if piece[0] < piece[1]])
        return end

    def _code(self, at: int, end: int) -> int:
        self.draft.verbatim(BlockKind.CODE, self._lines[at].start, self._lines[end - 1].end)
        return end

    def _row(self, line: Line) -> None:
        cells: list[Piece] = []
        at = line.first
        for written in line.text.split("|"):
            stripped = written.strip()
            if stripped:
                start = at + written.index(stripped)
                cells.append((start, start + len(stripped)))
            at += len(written) + 1
        self.draft.row(cells)

    # ---------------------------------------------------------------- text

    def _item(self, at: int, item: re.Match[str]) -> int:
        line = self._lines[at]
        label = item.groupdict().get("number") or ""
        depth = self._top.depth + 1
        self._stack.append(
            _Container(BlockKind.LIST_ITEM, indent=line.indent, depth=depth, label=label)
        )
        head = _ITEM_HEAD.match(line.text, item.end())
        offset = head.end() if head else item.end()
        term = _TERM.match(line.text, offset)
        if term:
            piece = (line.first + term.start("term"), line.first + term.end("term"))
            self.draft.add(BlockKind.LIST_ITEM, [piece], level=depth)
            offset = term.end()
        return self._paragraph(at, offset) if offset < len(line.text) else at + 1

    def _paragraph(self, at: int, offset: int) -> int:
        pieces = [self._lines[at].rest(offset)]
        end = at + 1
        while end < len(self._lines) and self._continues(end):
            pieces.append(self._lines[end].piece)
            end += 1
        top = self._top
        label, top.label = top.label, ""
        if top.note and label:
            self.draft.note(pieces, label)
        else:
            level = top.depth if top.kind is BlockKind.LIST_ITEM else 0
            self.draft.add(top.kind, pieces, level=level, label=label)
        return end

    def _continues(self, at: int) -> bool:
        """Whether this line goes on with the paragraph above it."""
        line = self._lines[at]
        text = line.text
        if line.blank or _is_heading(line) or at == self._block_end() or _item(line):
            return False
        if text.startswith("|") or (line.indent == 0 and _NOTE.match(text)):
            return False
        if text.startswith("#") and (_COMMENT.match(text) or text.startswith("#+")):
            return False
        if _FIXED.match(text) or _RULE.fullmatch(text) or _ENVIRONMENT.match(text):
            return False
        if _DRAWER.match(text) and self._end_of(_DRAWER_END, at) >= 0:
            return False
        return self._top.is_block or self._top.note or line.indent > self._top.indent


def _is_heading(line: Line) -> bool:
    return line.indent == 0 and line.text.startswith("*") and _HEADING.match(line.text) is not None


def _item(line: Line) -> re.Match[str] | None:
    """The bullet or number of a list item; an asterisk is one where it is indented."""
    if line.text.startswith("*"):
        return _STARRED_ITEM.match(line.text) if line.indent else None
    return _ITEM.match(line.text)
