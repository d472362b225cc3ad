"""The blocks of an AsciiDoc text in one pass, with a stack of the blocks and items that are open.

Source: the AsciiDoc language documentation, as Asciidoctor reads it.
"""

from __future__ import annotations

import re
from functools import partial

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.article_draft import ArticleDraft, Piece
from exocite.readers.asciidoc.conditions import active
from exocite.readers.asciidoc.inline import AsciidocScanner
from exocite.readers.asciidoc.names import ENTRY, LISTED, MARKER, names, set_attribute
from exocite.readers.latex.text import display
from exocite.readers.source_lines import Line, lines
from exocite.readers.vocabulary import words
from exocite.text import collapsed

_SECTION = regex(r"(?P<mark>={1,6}|#{1,6})\s+(?=\S)(?P<title>.*?)(?:\s+(?P=mark))?$")
_UNDERLINE = regex(r"([=~^+-])\1{2,}")
_UNDERLINES = "=-~^+"
_ATTRIBUTES = regex(r"\[(?:[\w.#\"'%,{].*|\[[^\[\]]{0,200}\]|)\]$")
_STYLE = regex(r"[\w-]{0,60}")
_TITLE = regex(r"\.(?![\s.])(?=\S)")
_BREAK = regex(r"'{3,}|<{3,}|-{3}|- - -|\*{3}|\* \* \*")
_BLOCK_MACRO = regex(r"[A-Za-z][\w-]{0,60}::\S*\[.*\]$|[A-Za-z][\w-]{0,60}::[^\s\[]\S*\[.*\]$")
_DELIMITER = regex(
    r"(?P<code>-{4,}|\.{4,}|\+{4,}|`{3,}\w{0,30})|(?P<comment>/{4,})|(?P<table>[|,:!]={3,})"
    r"|(?P<text>={4,}|\*{4,}|_{4,}|--|~{4,}|\"\")"
)
_TERM = regex(r"(?P<term>\S.*?)(?P<mark>:{2,4}|;;)(?:\s+|$)")
_CHECKBOX = regex(r"\[[ x*]\]\s+")
_ADMONITION = regex(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
_CELL_FORMAT = regex(
    r"(?:^|\s)(?=\S)(?:\d{1,3}(?:\.\d{1,3})?[*+]|\.\d{1,3}\+)?(?:[<^>]?(?:\.[<^>])?)[aehlmdsv]?$"
)
_CODE_STYLES = words("source listing literal stem latexmath asciimath pass comment ditaa plantuml")
_QUOTE_STYLES = words("quote verse")
_MATHEMATICS = words("stem latexmath asciimath")
_CALLOUT = "<"
_HARD_BREAK = " +"
_FRONT_MATTER = "---"


@dataclass(frozen=True, slots=True)
class _Container:
    """A delimited block, known by its delimiter, or a list item, known by its marker."""

    kind: BlockKind
    delimiter: str = ""
    marker: str = ""
    depth: int = 0


class Document:
    """An AsciiDoc text; `draft` takes what is found."""

    def __init__(self, source: str) -> None:
        self._lines = active(lines(source))
        self._names = names(self._lines)
        self.draft = ArticleDraft(source, partial(AsciidocScanner, names=self._names))
        self._stack = [_Container(BlockKind.PARAGRAPH)]
        self._delimiters: set[str] = set()
        self._style = ""
        self._attached = False
        self._blanks = 0

    def read(self) -> None:
        """Find everything."""
        at = self._head()
        while at < len(self._lines):
            at = self._line(at)

    # ---------------------------------------------------------------- the head

    def _head(self) -> int:
        """Front matter, the title, the line of its authors and the attributes below it."""
        at = self._front_matter()
        while at < len(self._lines):
            line = self._lines[at]
            entry = ENTRY.match(line.text)
            if not (line.blank or entry or _is_comment(line)):
                break
            at = self._entry(at) if entry else at + 1
        section = _SECTION.match(self._lines[at].text) if at < len(self._lines) else None
        if section is None or len(section["mark"]) > 1:
            return at
        self._heading(self._lines[at], section)
        set_attribute(self._names.attributes, "doctitle", section["title"])
        at += 1
        bylines = 0
        while at < len(self._lines) and not self._lines[at].blank:
            line = self._lines[at]
            if ENTRY.match(line.text):
                at = self._entry(at)
                continue
            if not _is_comment(line):
                if bylines > 1 or not (line.text[0].isalnum() or line.text[0] == "{"):
                    break
                kind = BlockKind.METADATA if bylines else BlockKind.BYLINE
                if not bylines:
                    author = line.text.partition("<")[0].partition(";")[0]
                    set_attribute(self._names.attributes, "author", author.strip())
                self.draft.verbatim(kind, *line.piece)
                bylines += 1
            at += 1
        return at

    def _front_matter(self) -> int:
        if not self._lines or self._lines[0].text != _FRONT_MATTER:
            return 0
        for at in range(1, len(self._lines)):
            if self._lines[at].text == _FRONT_MATTER:
                self.draft.verbatim(BlockKind.METADATA, 0, self._lines[at].end)
                return at + 1
        return 0

    def _entry(self, at: int) -> int:
        """An attribute; a backslash at a line's end carries its value on."""
        first = at
        while at + 1 < len(self._lines) and self._lines[at].text.endswith(" \\"):
            at += 1
        entry = ENTRY.match(self._lines[first].text)
        if entry is not None:
            value = [entry["value"] or "", *(line.text for line in self._lines[first + 1 : at + 1])]
            value = [part.removesuffix(" \\").removesuffix(_HARD_BREAK) for part in value]
            set_attribute(self._names.attributes, entry["name"], " ".join(value))
        if entry is not None and entry["value"]:
            author = entry["name"].lower() in ("author", "authors")
            kind = BlockKind.BYLINE if author else BlockKind.METADATA
            start = self._lines[first].first + (entry.start("value") if author else 0)
            self.draft.verbatim(kind, start, self._lines[at].last)
        return at + 1

    # ---------------------------------------------------------------- one line

    def _line(self, at: int) -> int:
        """Read what begins at this line; the line after it."""
        line = self._lines[at]
        if line.blank:
            self._blanks += 1
            return at + 1
        blanks, self._blanks = self._blanks, 0
        if line.text == "+" and self._top.marker:
            for _ in range(blanks):
                if self._top.marker:
                    self._stack.pop()
            self._attached = True
            return at + 1
        if self._closes(line.text):
            return at + 1
        if _is_comment(line):
            return at + 1
        marked = self._item(at)
        if marked:
            return marked
        attached, self._attached = self._attached, False
        if not attached and self._top.marker and (blanks or not line.indent):
            literal = blanks and line.indent and not _ATTRIBUTES.match(line.text)
            if literal:
                return self._code(at, self._paragraph_end(at))
            if blanks or not self._is_attachable(line):
                self._end_lists()
        end = self._syntax(at)
        if end:
            self._attached = attached and not self._style_was_used(end)
            return end
        style, self._style = self._style, ""
        return self._paragraph(at, style)

    def _style_was_used(self, _end: int) -> bool:
        return not self._style

    def _is_attachable(self, line: Line) -> bool:
        """Whether a line right under a list item's text can belong to the item."""
        return _DELIMITER.fullmatch(line.text) is None

    @property
    def _top(self) -> _Container:
        return self._stack[-1]

    def _end_lists(self) -> None:
        while self._top.marker:
            self._stack.pop()

    def _closes(self, text: str) -> bool:
        """Whether the line closes an open block, with everything that is open inside it."""
        if text not in self._delimiters:
            return False
        while True:
            closed = self._stack.pop()
            self._delimiters.discard(closed.delimiter)
            if closed.delimiter == text:
                return True

    def _syntax(self, at: int) -> int:
        """The line after whatever is no text and begins here, 0 where text begins."""
        line = self._lines[at]
        text = line.text
        if ENTRY.match(text):
            return self._entry(at)
        if _ATTRIBUTES.match(text):
            style = _STYLE.match(text, 1)
            if not text.startswith("[["):
                self._style = style[0].lower() if style else ""
            return at + 1
        if _TITLE.match(text):
            self.draft.add(BlockKind.CAPTION, [line.rest(1)])
            return at + 1
        section = _SECTION.match(text)
        if section:
            self._end_lists()
            self._style = ""
            self._heading(line, section)
            return at + 1
        if self._is_underlined(at):
            self._end_lists()
            level = _UNDERLINES.index(self._lines[at + 1].text[0]) + 1
            self.draft.add(BlockKind.HEADING, [line.piece], level=level)
            return at + 2
        if _BREAK.fullmatch(text) or _BLOCK_MACRO.match(text):
            return at + 1
        delimiter = _DELIMITER.fullmatch(text)
        return self._delimited(at, delimiter) if delimiter else 0

    def _heading(self, line: Line, section: re.Match[str]) -> None:
        piece = (line.first + section.start("title"), line.first + section.end("title"))
        self.draft.add(BlockKind.HEADING, [piece], level=len(section["mark"]))

    def _is_underlined(self, at: int) -> bool:
        """A title of two lines: the second as long as the first, one more or less."""
        line = self._lines[at]
        after = self._lines[at + 1] if at + 1 < len(self._lines) else line
        return (
            line.indent == after.indent == 0
            and _UNDERLINE.fullmatch(after.text) is not None
            and abs(len(after.text) - len(line.text)) < 2
            and any(map(str.isalnum, line.text))
        )

    # ---------------------------------------------------------------- delimited blocks

    def _delimited(self, at: int, delimiter: re.Match[str]) -> int:
        style, self._style = self._style, ""
        text = delimiter[0]
        if delimiter["text"] and style not in _CODE_STYLES:
            kind = self._top.kind
            if text.startswith(("_", '"')) or style in _QUOTE_STYLES:
                kind = BlockKind.QUOTATION
            elif kind is BlockKind.LIST_ITEM:
                kind = BlockKind.PARAGRAPH
            self._stack.append(_Container(kind, text, depth=self._top.depth))
            self._delimiters.add(text)
            return at + 1
        closing = "```" if text.startswith("`") else text
        end = at + 1
        while end < len(self._lines) and self._lines[end].text != closing:
            end += 1
        if delimiter["table"]:
            for row in self._lines[at + 1 : end]:
                self._row(row, text[0])
        elif style in _MATHEMATICS:
            self._formula(at, end, style)
        elif not delimiter["comment"] and style != "comment":
            self._code(at, min(end + 1, len(self._lines)))
        return end + 1

    def _formula(self, at: int, end: int, style: str) -> None:
        """Displayed mathematics between two delimiters."""
        text = " ".join(line.text for line in self._lines[at + 1 : end])
        written = self._names.attributes.get("stem") if style == "stem" else style
        shown = display(text) if written in ("latexmath", "tex") else collapsed(text)
        last = self._lines[min(end, len(self._lines) - 1)].end
        self.draft.formula(self._lines[at].start, last, shown)

    def _row(self, line: Line, sign: str) -> None:
        """The cells of one line of a table; what stands before a bar can be a cell's format."""
        if line.blank:
            return
        separator = "," if sign == "," else ":" if sign == ":" else sign
        cells: list[Piece] = []
        written = line.text.split(separator)
        at = line.first
        for number, part in enumerate(written):
            stripped = part.rstrip()
            if number + 1 < len(written) and separator in "|!":
                stripped = _CELL_FORMAT.sub("", stripped)
            start = at + len(part) - len(part.lstrip())
            end = at + len(stripped.rstrip())
            if start < end:
                cells.append((start, end))
            at += len(part) + 1
        self.draft.row(cells)

    def _code(self, at: int, end: int) -> int:
        self.draft.verbatim(BlockKind.CODE, self._lines[at].start, self._lines[end - 1].end)
        return end

    # ---------------------------------------------------------------- lists

    def _item(self, at: int) -> int:
        """The line after the list item that begins here, 0 where none does."""
        line = self._lines[at]
        marker = MARKER.match(line.text)
        if marker:
            sign = marker["bullet"] or ("1." if marker["digits"] else marker["number"][-1])
            if sign.startswith(_CALLOUT):
                return self._callout(at, marker.end())
            self._open_item(sign)
            return self._item_text(at, marker.end(), marker["digits"] or "")
        term = _TERM.match(line.text) if "::" in line.text or ";;" in line.text else None
        if term is None or _BLOCK_MACRO.match(line.text):
            return 0
        self._open_item(term["mark"])
        start, end = line.first + term.start("term"), line.first + term.end("term")
        self.draft.add(BlockKind.LIST_ITEM, [(start, end)], level=self._top.depth)
        if term.end() == len(line.text):
            return self._term_text(at + 1)
        return self._item_text(at, term.end(), "")

    def _callout(self, at: int, offset: int) -> int:
        """What is said of a line of code belongs to the code."""
        self._open_item(_CALLOUT)
        pieces, end = self._text(at, offset)
        if pieces:
            self.draft.verbatim(BlockKind.CODE, pieces[0][0], pieces[-1][1])
        return end

    def _term_text(self, at: int) -> int:
        """The text of a term that stands alone on its line."""
        while at < len(self._lines) and self._lines[at].blank:
            at += 1
        if at == len(self._lines) or self._ends_text(self._lines[at]):
            return at
        return self._item_text(at, 0, "") if not self._syntax_ahead(at) else at

    def _syntax_ahead(self, at: int) -> bool:
        text = self._lines[at].text
        return any(
            pattern.match(text) for pattern in (_SECTION, _TITLE, ENTRY, MARKER, _TERM)
        ) or bool(_BLOCK_MACRO.match(text))

    def _open_item(self, sign: str) -> None:
        """An item: beside the open one with the same marker, else inside the innermost."""
        self._attached = False
        depth = len(self._stack)
        while self._stack[depth - 1].marker not in ("", sign):
            depth -= 1
        if self._stack[depth - 1].marker == sign:
            del self._stack[depth - 1 :]
        self._stack.append(_Container(BlockKind.LIST_ITEM, marker=sign, depth=self._top.depth + 1))

    def _item_text(self, at: int, offset: int, label: str) -> int:
        line = self._lines[at]
        box = _CHECKBOX.match(line.text, offset)
        offset = box.end() if box else offset
        listed = LISTED.match(line.text, offset)
        pieces, end = self._text(at, listed.end() if listed else offset)
        if listed:
            self.draft.add(BlockKind.REFERENCE, pieces, label=listed["key"].strip())
        else:
            self.draft.add(BlockKind.LIST_ITEM, pieces, level=self._top.depth, label=label)
        return end

    # ---------------------------------------------------------------- text

    def _paragraph(self, at: int, style: str) -> int:
        line = self._lines[at]
        if style in _CODE_STYLES or (line.indent and not style and not self._top.marker):
            return self._code(at, self._paragraph_end(at))
        admonition = _ADMONITION.match(line.text)
        pieces, end = self._text(at, admonition.end() if admonition else 0)
        kind = BlockKind.QUOTATION if style in _QUOTE_STYLES else self._top.kind
        if len(pieces) > 1 and self._is_attributed(pieces):
            kind, pieces = BlockKind.QUOTATION, pieces[:-1]
        level = self._top.depth if kind is BlockKind.LIST_ITEM else 0
        self.draft.add(kind, pieces, level=level)
        return end

    def _is_attributed(self, pieces: list[Piece]) -> bool:
        """Whether a paragraph is a quotation in quotation marks above the line of its author."""
        source = self.draft.source
        (first, _), (last, end) = pieces[0], pieces[-1]
        quoted = source.startswith('"', first) and source[pieces[-2][1] - 1] == '"'
        return quoted and source.startswith("-- ", last, end)

    def _paragraph_end(self, at: int) -> int:
        while (
            at < len(self._lines)
            and not self._lines[at].blank
            and (self._lines[at].text not in self._delimiters)
        ):
            at += 1
        return at

    def _text(self, at: int, offset: int) -> tuple[list[Piece], int]:
        """The pieces of a paragraph from an offset in its first line, and the line after it."""
        pieces = [self._softened(self._lines[at].rest(offset))]
        end = at + 1
        in_list = bool(self._top.marker)
        while end < len(self._lines):
            line = self._lines[end]
            if self._ends_text(line) or (in_list and self._is_item(line)):
                break
            if not _is_comment(line):
                pieces.append(self._softened(line.piece))
            end += 1
        return [piece for piece in pieces if piece[0] < piece[1]], end

    def _ends_text(self, line: Line) -> bool:
        text = line.text
        if line.blank or text in self._delimiters or (text == "+" and self._top.marker):
            return True
        return bool(_DELIMITER.fullmatch(text) or _ATTRIBUTES.match(text))

    def _is_item(self, line: Line) -> bool:
        if MARKER.match(line.text):
            return True
        return "::" in line.text and _TERM.match(line.text) is not None

    def _softened(self, piece: Piece) -> Piece:
        """The piece without the sign of a line that is broken by hand."""
        start, end = piece
        if self.draft.source.endswith(_HARD_BREAK, start, end):
            return start, end - len(_HARD_BREAK)
        return piece


def _is_comment(line: Line) -> bool:
    return line.text.startswith("//") and not line.text.startswith("///")
