"""Paragraphs and the cells of tables: the places of a document, and what each is for."""

from __future__ import annotations

from collections.abc import Callable

from exocite.model import BlockKind
from exocite.readers.docx.cursor import Attributes, Cursor, Ends, Paragraph, Starts
from exocite.readers.docx.draft import GAP, Line, Row, Stretch
from exocite.readers.docx.styles import LAST_OUTLINE, number


class Paragraphs:
    """Opens and ends paragraphs; `ended` is called before one ends.

    Paragraphs of the body count from 1, tables too, with their rows and cells; a paragraph within
    a cell or a note is a line of it.
    """

    def __init__(self, cursor: Cursor, ended: Callable[[], None]) -> None:
        self._cursor = cursor
        self._ended = ended
        self._count = 0
        self._in_properties = 0
        self._tables = 0
        self._depth = 0
        self._rows = 0
        self._in_row_properties = False
        self._row_gone = False
        self._cells: list[Stretch] = []
        self._cell = -1
        self.starts: Starts = {
            "w:p": self._begin,
            "w:pPr": self._begin_properties,
            "w:pStyle": self._style,
            "w:outlineLvl": self._outline,
            "w:numId": self._list,
            "w:ilvl": self._list_level,
            "w:tbl": self._begin_table,
            "w:tr": self._begin_row,
            "w:trPr": self._begin_row_properties,
            "w:tc": self._begin_cell,
        }
        self.ends: Ends = {
            "w:p": self._end,
            "w:pPr": self._end_properties,
            "w:tbl": self._end_table,
            "w:tr": self._end_row,
            "w:trPr": self._end_row_properties,
            "w:tc": self._end_cell,
            "w:footnote": self._end_note,
            "w:endnote": self._end_note,
        }

    def removed(self) -> None:
        """A deletion that holds no text marks what it stands in: a paragraph's end, a row."""
        if self._in_row_properties:
            self._hide_row()
        elif self._in_properties and self._cursor.paragraph is not None:
            self._cursor.paragraph.goes_on = True

    def finish(self) -> None:
        """End the paragraph that is open, if any."""
        cursor = self._cursor
        paragraph, cursor.paragraph = cursor.paragraph, None
        if paragraph is None:
            return
        line = paragraph.line
        line.end = cursor.draft.length
        self._classify(paragraph)
        if line.end > line.start and (cursor.note or not self._depth):
            cursor.draft.lines.append(line)

    # ---------------------------------------------------------------- paragraphs

    def _begin(self, _attributes: Attributes) -> None:
        cursor = self._cursor
        if cursor.paragraph is not None and cursor.paragraph.goes_on:
            cursor.paragraph.goes_on = False
            return
        self.finish()
        draft, note = cursor.draft, ""
        if cursor.note:
            if draft.length > draft.places[-1].start:
                draft.write("\n")
            note, cursor.note_label = cursor.note_label, ""
        elif self._depth:
            if draft.length > self._cell >= 0:
                draft.write("\n")
        else:
            self._count += 1
            self._place(f"paragraph {self._count}")
        cursor.paragraph = Paragraph(Line(draft.length, note=note))
        cursor.paragraph.zone = cursor.zones[-1] if cursor.zones else None

    def _place(self, name: str) -> None:
        draft = self._cursor.draft
        if draft.places:
            draft.write(GAP)
        draft.place(name)

    def _end(self) -> None:
        self._ended()
        if self._cursor.paragraph is not None and not self._cursor.paragraph.goes_on:
            self.finish()

    def _end_note(self) -> None:
        self.finish()
        self._cursor.note = ""
        self._cursor.trims = False

    def _classify(self, paragraph: Paragraph) -> None:
        line, styles = paragraph.line, self._cursor.book.styles
        style = styles.style(paragraph.style)
        kind, level = next(
            (found for s in styles.chain(paragraph.style) if (found := s.kind())[0]), (None, 0)
        )
        outline = style.outline if paragraph.outline is None else paragraph.outline
        list_id = style.list_id if paragraph.list_id is None else paragraph.list_id
        depth = style.list_level if paragraph.list_level is None else paragraph.list_level
        is_item = bool(list_id) and list_id != "0"
        if is_item:
            line.label = self._cursor.book.numbering.label((list_id, depth))
        if outline is not None and outline <= LAST_OUTLINE and kind is not BlockKind.TITLE:
            line.kind, line.level = BlockKind.HEADING, outline + 1
        elif kind is not None:
            line.kind, line.level = kind, level
        elif is_item:
            line.kind, line.level = BlockKind.LIST_ITEM, depth + 1
        if paragraph.zone is not None and line.kind.is_prose:
            line.kind, line.level = paragraph.zone, 0

    def _begin_properties(self, _attributes: Attributes) -> None:
        self._in_properties += 1

    def _end_properties(self) -> None:
        self._in_properties -= 1

    def _style(self, attributes: Attributes) -> None:
        if self._cursor.paragraph is not None:
            self._cursor.paragraph.style = attributes.get("w:val", "")

    def _outline(self, attributes: Attributes) -> None:
        if self._cursor.paragraph is not None:
            self._cursor.paragraph.outline = number(attributes.get("w:val"), LAST_OUTLINE + 1)

    def _list(self, attributes: Attributes) -> None:
        if self._cursor.paragraph is not None:
            self._cursor.paragraph.list_id = attributes.get("w:val", "0")

    def _list_level(self, attributes: Attributes) -> None:
        if self._cursor.paragraph is not None:
            self._cursor.paragraph.list_level = number(attributes.get("w:val"), 0)

    # ---------------------------------------------------------------- tables

    @property
    def _in_row(self) -> bool:
        """Whether it is a table of the body itself: one in a cell or a note is text of that."""
        return self._depth == 1 and not self._cursor.note

    def _begin_table(self, _attributes: Attributes) -> None:
        self.finish()
        self._depth += 1
        if self._in_row:
            self._tables += 1
            self._rows = 0

    def _end_table(self) -> None:
        self.finish()
        self._depth -= 1

    def _begin_row(self, _attributes: Attributes) -> None:
        if self._in_row:
            self._rows += 1
            self._cells = []

    def _end_row(self) -> None:
        if self._in_row:
            self._cursor.draft.lines.append(Row(tuple(self._cells)))
            self._cursor.concealed -= self._row_gone
            self._row_gone = False

    def _begin_row_properties(self, _attributes: Attributes) -> None:
        self._in_row_properties = self._in_row

    def _end_row_properties(self) -> None:
        self._in_row_properties = False

    def _hide_row(self) -> None:
        if not self._row_gone:
            self._row_gone = True
            self._cursor.concealed += 1

    def _begin_cell(self, _attributes: Attributes) -> None:
        if self._in_row:
            row = f"table {self._tables} row {self._rows}"
            self._place(f"{row} cell {len(self._cells) + 1}")
            self._cell = self._cursor.draft.length

    def _end_cell(self) -> None:
        if self._in_row:
            self.finish()
            self._cells.append((self._cell, self._cursor.draft.length))
