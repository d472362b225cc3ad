"""The blocks of a reStructuredText by their indentation, in one pass with a stack of what is open.

Sources: the reStructuredText markup specification, the reference of its directives, and Sphinx's.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.article_draft import ArticleDraft, Piece
from exocite.readers.latex.text import display
from exocite.readers.rst.definitions import definitions
from exocite.readers.rst.directives import DOCINFO, PROSE_FIELDS, Body, Directive, directive
from exocite.readers.rst.inline import RstScanner
from exocite.readers.source_lines import Line, lines

_ADORNMENT = regex(r"([!-/:-@\[-`{-~])\1{2,}")
_GRID = regex(r"\+(?:[-=]+\+)+")
_SIMPLE_TABLE = regex(r"={2,}(?: +={2,})+")
_TABLE_RULE = regex(r"[=-]{2,}(?: +[=-]{2,})*")
_BULLET = regex(r"[*+\-•‣⁃](?:\s+|$)")
_NUMBER = regex(
    r"(?:\((?P<round>[0-9]{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,15}|#)\)"
    r"|(?P<plain>[0-9]{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,15}|#)[.)])(?:\s+|$)"
)
_FIELD = regex(r":(?P<name>[^:\s`][^:`]{0,98}):(?:\s+|$)")
_EXPLICIT = regex(r"\.\.(?:\s+|$)")
_NOTE = regex(r"\[(?P<label>\d{1,9}|#[\w.:+-]{0,100}|\*|[^\W_][\w.:+-]{0,100})\](?:\s+|$)")
_OPTION = regex(r":[\w-]{1,60}:(?:\s|$)")
_OPTION_ITEM = regex(
    r"(?:(?:-\w|--[A-Za-z][\w-]{0,60}|/[A-Za-z]{1,20})"
    r"(?:[ =](?:<[^<>]{1,60}>|[A-Za-z][\w-]{0,60}))?"
    r"(?:, (?=[-/]))?){1,6}(?:\s{2,}(?=\S)|$)"
)
"""An item of an option list: `-v`, `--file=NAME` and, two blanks on, what it does."""

_SHORTEST_UNDERLINE = 4


@dataclass(slots=True)
class _Container:
    """What is open: the column at which its content stands, and what paragraphs in it are.

    The column of a loose one is that of its first line beyond the one that opened it. `depth`
    counts the list items around; `label` is for the first paragraph alone. What is `fixed` decides
    for everything in it.
    """

    indent: int
    kind: BlockKind
    depth: int = 0
    label: str = ""
    loose: bool = False
    note: bool = False
    fixed: bool = False


class Document:
    """A reStructuredText; `draft` takes what is found."""

    def __init__(self, source: str) -> None:
        self._lines = lines(source)
        self.draft = ArticleDraft(source, partial(RstScanner, definitions=definitions(self._lines)))
        self._stack = [_Container(0, BlockKind.PARAGRAPH)]
        self._styles: list[tuple[str, bool]] = []
        self._notes: Counter[str] = Counter()
        self._literal = -1
        self._in_head = True

    def read(self) -> None:
        """Find everything."""
        at = 0
        while at < len(self._lines):
            at = self._block(at)

    # ---------------------------------------------------------------- one block

    def _block(self, at: int) -> int:
        """Read the block that begins at this line; the line after it."""
        line = self._lines[at]
        if line.blank:
            return at + 1
        while line.indent < self._top.indent:
            self._stack.pop()
        literal, self._literal = self._literal, -1
        if 0 <= literal < line.indent:
            return self._code(at, self._deeper(at, literal + 1))
        if literal == line.indent and not line.text[0].isalnum():
            return self._code(at, self._quoted(at))
        if line.indent > self._top.indent:
            if self._top.loose:
                self._top.indent = line.indent
            else:
                self._open(line.indent, BlockKind.QUOTATION)
        self._top.loose = False
        return self._begin(at)

    @property
    def _top(self) -> _Container:
        return self._stack[-1]

    def _open(
        self,
        indent: int,
        kind: BlockKind,
        label: str = "",
        *,
        item: bool = False,
        loose: bool = False,
        note: bool = False,
        fixed: bool = False,
    ) -> None:
        top = self._top
        if top.fixed:
            kind, fixed, note = top.kind, True, False
        self._stack.append(_Container(indent, kind, top.depth + item, label, loose, note, fixed))

    def _begin(self, at: int) -> int:
        """What begins at this line: items within items, then explicit markup or text."""
        line = self._lines[at]
        offset = 0
        while True:
            text = line.text
            if offset >= len(text):
                return at + 1
            explicit = _EXPLICIT.match(text, offset)
            if explicit:
                return self._explicit(at, offset, explicit.end())
            field = _FIELD.match(text, offset)
            if field and self._is_metadata(field["name"]):
                return self._metadata(at, field["name"], field.end())
            marker = self._marker(at, offset) or self._option(at, offset)
            if marker is None and field is None:
                return self._text(at, offset)
            if field is not None:
                self._open(line.indent + offset + 1, self._field_kind(field["name"]), loose=True)
                offset = field.end()
            elif marker is not None:
                label = (marker.groupdict().get("round") or marker.groupdict().get("plain")) or ""
                offset = marker.end()
                beyond = offset >= len(text) and _OPTION_ITEM.match(text) is not None
                column = line.indent + (1 if beyond else offset)
                self._open(column, BlockKind.LIST_ITEM, label.strip("#"), item=True, loose=beyond)

    def _option(self, at: int, offset: int) -> re.Match[str] | None:
        """The option that is described here, where the text below it is indented."""
        option = _OPTION_ITEM.match(self._lines[at].text, offset)
        described = option is not None and (
            option.end() < len(self._lines[at].text)
            or (not self._is_blank(at + 1) and self._lines[at + 1].indent > self._lines[at].indent)
        )
        return option if described else None

    def _marker(self, at: int, offset: int) -> re.Match[str] | None:
        """The bullet or number that stands here and is one: the next line must not disprove it."""
        text = self._lines[at].text
        bullet = _BULLET.match(text, offset)
        if bullet:
            return bullet
        number = _NUMBER.match(text, offset)
        if number is None or number.end() == len(text):
            return number
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if after is None or after.blank or after.indent >= self._lines[at].indent + number.end():
            return number
        if after.indent < self._lines[at].indent + offset:
            return number
        same = _NUMBER.match(after.text) or _BULLET.match(after.text)
        return number if same or _EXPLICIT.match(after.text) else None

    # ---------------------------------------------------------------- text

    def _text(self, at: int, offset: int) -> int:
        line = self._lines[at]
        if offset == 0:
            end = self._heading(at) or self._table(at)
            if end:
                return end
            if _ADORNMENT.fullmatch(line.text) and self._is_blank(at + 1):
                return at + 1
        if line.text.startswith(">>> ", offset):
            end = at + 1
            while not self._is_blank(end):
                end += 1
            return self._code(at, end)
        if line.text.startswith("| ", offset) or line.text[offset:] == "|":
            return self._line_block(at, offset)
        if line.text.startswith("__ ", offset):
            return at + 1
        return self._paragraph(at, offset)

    def _is_blank(self, at: int) -> bool:
        return at >= len(self._lines) or self._lines[at].blank

    def _heading(self, at: int) -> int:
        """The line after a section's title that begins here, 0 where none does."""
        if len(self._stack) > 1 or self._lines[at].indent or self._is_blank(at + 1):
            return 0
        line, after = self._lines[at], self._lines[at + 1]
        if _ADORNMENT.fullmatch(line.text):
            closing = self._lines[at + 2] if at + 2 < len(self._lines) else after
            if closing.text[:1] != line.text[0] or not _ADORNMENT.fullmatch(closing.text):
                return 0
            self._add_heading(after, (line.text[0], True))
            return at + 3
        if after.indent or not _ADORNMENT.fullmatch(after.text):
            return 0
        if len(after.text) < min(_SHORTEST_UNDERLINE, len(line.text)):
            return 0
        self._add_heading(line, (after.text[0], False))
        return at + 2

    def _add_heading(self, line: Line, style: tuple[str, bool]) -> None:
        if style not in self._styles:
            self._styles.append(style)
        level = self._styles.index(style) + 1
        self.draft.add(BlockKind.HEADING, [line.piece], level=level)

    def _table(self, at: int) -> int:
        line = self._lines[at]
        end = at + 1
        if _GRID.fullmatch(line.text):
            while not self._is_blank(end) and self._lines[end].text[0] in "+|":
                self._row(self._lines[end], "|")
                end += 1
            return end
        if not _SIMPLE_TABLE.fullmatch(line.text):
            return 0
        while end < len(self._lines) and self._lines[end].indent >= line.indent:
            row = self._lines[end]
            end += 1
            if not _TABLE_RULE.fullmatch(row.text):
                self._row(row, "")
            elif self._is_blank(end) and row.text[0] == "=":
                return end
        return end

    def _row(self, line: Line, separator: str) -> None:
        if line.text.startswith("+") or line.blank:
            return
        if not separator:
            self.draft.row([line.piece])
            return
        cells: list[Piece] = []
        at = line.first
        for written in line.text.split(separator):
            stripped = written.strip()
            if stripped:
                start = at + written.index(stripped)
                cells.append((start, start + len(stripped)))
            at += len(written) + len(separator)
        self.draft.row(cells)

    def _line_block(self, at: int, offset: int) -> int:
        pieces = [self._lines[at].rest(offset + 1)]
        end = at + 1
        indent = self._lines[at].indent
        while not self._is_blank(end) and self._lines[end].indent >= indent:
            line = self._lines[end]
            if line.text.startswith("|"):
                pieces.append(line.rest(1))
            elif line.indent > indent:
                pieces.append(line.piece)
            else:
                break
            end += 1
        self._prose([piece for piece in pieces if piece[0] < piece[1]])
        return end

    def _paragraph(self, at: int, offset: int) -> int:
        line = self._lines[at]
        pieces = [line.rest(offset)]
        base = line.indent + offset
        end = at + 1
        while not self._is_blank(end):
            after = self._lines[end]
            if self._top.kind is BlockKind.LIST_ITEM and _OPTION_ITEM.match(after.text):
                break
            if self._top.loose and after.indent >= self._top.indent:
                self._top.indent = base = after.indent
                self._top.loose = False
            if after.indent < base:
                break
            if after.indent > base and len(pieces) == 1 and self._is_term(at, offset):
                self._prose(pieces, kind=BlockKind.LIST_ITEM)
                self._open(after.indent, BlockKind.LIST_ITEM)
                return end
            pieces.append(after.piece)
            end += 1
        self._prose(self._without_colons(pieces))
        return end

    def _is_term(self, at: int, offset: int) -> bool:
        return not self._lines[at].text.endswith("::") and not (offset and self._top.note)

    def _without_colons(self, pieces: list[Piece]) -> list[Piece]:
        """The paragraph without the colons that announce a literal block."""
        first, last = pieces[-1]
        if not self.draft.source.endswith("::", first, last):
            return pieces
        self._literal = self._top.indent
        if last - first == 2 or self.draft.source[last - 3].isspace():
            return [*pieces[:-1], (first, last - 2)]
        return [*pieces[:-1], (first, last - 1)]

    def _prose(self, pieces: list[Piece], kind: BlockKind | None = None) -> None:
        top = self._top
        label, top.label = top.label, ""
        if top.note and label:
            self.draft.note(pieces, label)
            return
        kind = top.kind if kind is None or top.fixed else kind
        level = top.depth if kind is BlockKind.LIST_ITEM else 0
        self._in_head = not self.draft.add(kind, pieces, level=level, label=label) and self._in_head

    # ---------------------------------------------------------------- verbatim

    def _deeper(self, at: int, indent: int) -> int:
        """The line after those, from this one on, that are blank or indented so far."""
        end = last = at
        while end < len(self._lines):
            line = self._lines[end]
            if not line.blank:
                if line.indent < indent:
                    break
                last = end + 1
            end += 1
        return last

    def _quoted(self, at: int) -> int:
        end = at
        sign = self._lines[at].text[0]
        while not self._is_blank(end) and self._lines[end].text[0] == sign:
            end += 1
        return end

    def _code(self, at: int, end: int) -> int:
        if at < end:
            kind = BlockKind.TABLE if self._top.fixed else BlockKind.CODE
            self.draft.verbatim(kind, self._lines[at].start, self._lines[end - 1].end)
        return max(end, at + 1)

    def _formula(self, at: int, end: int, argument: int) -> int:
        tex = [self._lines[at].text[argument:]]
        tex += [line.text for line in self._lines[at + 1 : end] if not _OPTION.match(line.text)]
        if self._top.fixed:
            return self._code(at, end)
        last = self._lines[end - 1].end
        self.draft.formula(self._lines[at].start, last, display("\n".join(tex)))
        return max(end, at + 1)

    # ---------------------------------------------------------------- fields

    def _is_metadata(self, name: str) -> bool:
        folded = name.casefold()
        known = self._in_head or folded in DOCINFO
        return known and len(self._stack) == 1 and folded not in PROSE_FIELDS

    def _field_kind(self, name: str) -> BlockKind:
        if name.casefold() in PROSE_FIELDS:
            return BlockKind.PARAGRAPH
        return self._top.kind if self._top.kind is not BlockKind.PARAGRAPH else BlockKind.LIST_ITEM

    def _metadata(self, at: int, name: str, offset: int) -> int:
        line = self._lines[at]
        end = self._deeper(at + 1, line.indent + 1)
        pieces = [line.rest(offset), *(body.piece for body in self._lines[at + 1 : end])]
        byline = name.casefold() in ("author", "authors")
        kind = BlockKind.BYLINE if byline else BlockKind.METADATA
        self.draft.add(kind, [piece for piece in pieces if piece[0] < piece[1]])
        return max(end, at + 1)

    # ---------------------------------------------------------------- explicit markup

    def _explicit(self, at: int, offset: int, start: int) -> int:
        """Notes, references, targets, directives and comments."""
        line = self._lines[at]
        column = line.indent + offset
        note = _NOTE.match(line.text, start)
        if note:
            self._note(column, note["label"])
            return self._paragraph(at, note.end()) if note.end() < len(line.text) else at + 1
        found = directive(line.text, start)
        if found:
            return self._directive(at, column, found)
        if start == len(line.text) and self._is_blank(at + 1):
            return at + 1
        return max(self._deeper(at + 1, column + 1), at + 1)

    def _note(self, column: int, label: str) -> None:
        """A note's or reference's body is open; notes without a number are counted."""
        if label in ("#", "*"):
            self._notes[label] += 1
            label = f"{label}{self._notes[label]}"
        if label.isdecimal() or label.startswith(("#", "*")):
            self._open(column + 1, BlockKind.PARAGRAPH, "^" + label, loose=True, note=True)
        else:
            self._open(column + 1, BlockKind.REFERENCE, label, loose=True)

    def _directive(self, at: int, column: int, found: Directive) -> int:
        end = max(self._deeper(at + 1, column + 1), at + 1)
        line = self._lines[at]
        if found.body is Body.HIDDEN:
            return end
        if found.body is Body.CODE:
            return self._code(at, end)
        if found.body is Body.MATH:
            return self._formula(at, end, found.argument)
        has_argument = found.argument < len(line.text)
        if found.argument_kind is not None and has_argument:
            level = 6 if found.argument_kind is BlockKind.HEADING else 0
            self.draft.add(found.argument_kind, [line.rest(found.argument)], level=level)
        body = at + 1
        while body < end and _OPTION.match(self._lines[body].text):
            body += 1
        if found.body is Body.ROWS:
            for row in self._lines[body:end]:
                self._row(row, "")
            return end
        kind = found.kind or self._top.kind
        self._open(column + 1, kind, loose=True, fixed=found.body is Body.FIXED)
        if found.body is Body.TEXT and has_argument:
            return self._paragraph(at, found.argument)
        return body
