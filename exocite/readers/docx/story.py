"""A text of a Word document, the body or the notes, followed from its first tag to its last.

What Word shows when all tracked changes are accepted and nothing hidden is shown is the text.
Source: ECMA-376, part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Mapping

from exocite.readers.docx import notes
from exocite.readers.docx.cursor import Attributes, Book, Cursor, Ends, Starts
from exocite.readers.docx.enclosures import Enclosures
from exocite.readers.docx.package import Relationship
from exocite.readers.docx.paragraphs import Paragraphs
from exocite.readers.docx.runs import Runs

_REMOVED = frozenset({"w:del", "w:moveFrom"})
_SKIPPED = _REMOVED | frozenset(
    {
        "w:drawing", "w:pict", "w:object", "mc:Fallback", "w:rPrChange", "w:pPrChange",
        "w:sectPrChange", "w:tblPrChange", "w:tcPrChange", "w:trPrChange", "w:tblPrExChange",
        "w:numberingChange", "w:rt", "w:sectPr", "w:tblPr", "w:tblGrid",
    }
)  # fmt: skip
_NOTES = {"w:footnote": "footnote", "w:endnote": "endnote"}


class Story:
    """Follows one part and writes to the draft of its book."""

    def __init__(self, book: Book, links: Mapping[str, Relationship]) -> None:
        self._cursor = Cursor(book)
        around = Enclosures(self._cursor, links)
        self._paragraphs = Paragraphs(self._cursor, around.end_instructions)
        self._runs = Runs(self._cursor, around.instruct, around.hold)
        signs = notes.Notes(self._cursor)
        rooms = (self._paragraphs, self._runs, around, signs)
        self._starts: Starts = {name: do for room in rooms for name, do in room.starts.items()}
        self._ends: Ends = {name: do for room in rooms for name, do in room.ends.items()}
        self._skip = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skip:
            self._skip += 1
        elif name in _SKIPPED:
            self._skip = 1
            if name in _REMOVED:
                self._paragraphs.removed()
        elif name in _NOTES and not notes.is_shown(self._cursor, _NOTES[name], attributes):
            self._skip = 1
        elif (begin := self._starts.get(name)) is not None:
            begin(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
        elif (finish := self._ends.get(name)) is not None:
            finish()

    def text(self, data: str) -> None:
        """A text."""
        if not self._skip:
            self._runs.text(data)

    def close(self) -> None:
        """The part is over: what it left open ends here."""
        self._paragraphs.finish()
