"""Footnotes and endnotes: their signs in the text, and their own texts."""

from __future__ import annotations

from exocite.model import CitationKind
from exocite.readers.docx.cursor import Attributes, Cursor, Ends, Starts
from exocite.readers.docx.draft import GAP, Cited
from exocite.readers.docx.styles import is_on

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_Name = tuple[str, str]


def is_shown(cursor: Cursor, kind: str, attributes: Attributes) -> bool:
    """Whether a note's text is one that the document refers to, not a line that Word draws."""
    known = (kind, attributes.get("w:id", "")) in cursor.book.notes
    return known and attributes.get("w:type") not in _SEPARATORS


class Notes:
    """Numbers the notes as Word does by default: 1, 2, 3, and i, ii, iii for endnotes."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._counts = {"footnote": 0, "endnote": 0}
        self.starts: Starts = {
            "w:footnoteReference": lambda attributes: self._sign("footnote", attributes),
            "w:endnoteReference": lambda attributes: self._sign("endnote", attributes),
            "w:footnote": lambda attributes: self._begin("footnote", attributes),
            "w:endnote": lambda attributes: self._begin("endnote", attributes),
        }
        self.ends: Ends = {"w:r": self._end_run}

    def _sign(self, kind: str, attributes: Attributes) -> None:
        """The sign of a note: a number, unless the note's own sign follows in the run."""
        cursor = self._cursor
        if not cursor.is_shown:
            return
        name = kind, attributes.get("w:id", "")
        if is_on(attributes.get("w:customMarkFollows", "0")) and cursor.run is not None:
            cursor.run.custom, cursor.run.custom_at = name, cursor.draft.length
            return
        if name not in cursor.book.notes:
            self._counts[kind] += 1
        start = cursor.draft.length
        run, cursor.run = cursor.run, None  # The number is no raised number of a reference.
        cursor.write(_mark(kind, self._counts[kind]))
        cursor.run = run
        self._cite(name, start)

    def _end_run(self) -> None:
        run, self._cursor.run = self._cursor.run, None
        if run is not None and run.custom is not None:
            self._cite(run.custom, run.custom_at)

    def _cite(self, name: _Name, start: int) -> None:
        draft, known = self._cursor.draft, self._cursor.book.notes
        if start >= draft.length:
            return
        if name not in known:
            kind = name[0]
            label = f"^{_mark(kind, self._counts[kind])}"
            number = sum(other == kind for other, _ in known) + 1
            known[name] = label if label not in known.values() else f"^{kind}-{number}"
        stretch = start, draft.length
        draft.cited.append(Cited(CitationKind.FOOTNOTE, stretch, ((known[name], ""),)))

    def _begin(self, kind: str, attributes: Attributes) -> None:
        """A note's own text, behind its label."""
        cursor = self._cursor
        label = cursor.book.notes[kind, attributes.get("w:id", "")]
        cursor.draft.write(f"{GAP}[{label}]: ")
        cursor.draft.place(f"{kind} {label.removeprefix('^').removeprefix(kind + '-')}")
        cursor.note, cursor.note_label = kind, label
        cursor.trims = True


def _mark(kind: str, count: int) -> str:
    if kind != "endnote":
        return str(count)
    sign = ""
    for value, letters in _ROMAN:
        sign += letters * (count // value)
        count %= value
    return sign
