"""Footnotes and endnotes: their signs in the text, and their own texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exocite.model import CitationKind
from exocite.patterns import regex
from exocite.readers.docx.cursor import Attributes, Cursor, Ends, Sequencing, Starts
from exocite.readers.docx.draft import GAP, Cited
from exocite.readers.docx.styles import is_on

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_CHICAGO = "*†‡§"
_MOST = 4000
_PROPERTIES = regex(rb"<w:(footnote|endnote)Pr>(.{0,1000}?)</w:(?:footnote|endnote)Pr>", re.DOTALL)
_FORMAT = regex(rb'<w:numFmt w:val="([A-Za-z]{1,40})"')
_FIRST = regex(rb'<w:numStart w:val="(\d{1,4})"')

_Name = tuple[str, str]


def is_shown(cursor: Cursor, kind: str, attributes: Attributes) -> bool:
    """Whether a note's text is one that the document refers to, not a line that Word draws."""
    known = (kind, attributes.get("w:id", "")) in cursor.book.notes
    return known and attributes.get("w:type") not in _SEPARATORS


def numbering(parts: Iterable[bytes]) -> dict[str, Sequencing]:
    """How the notes of each kind are numbered, by the settings and the document's sections.

    What stands in a later part counts more; of several sections the first decides.
    """
    found: dict[str, Sequencing] = {}
    for part in parts:
        own: dict[str, Sequencing] = {}
        for match in _PROPERTIES.finditer(part):
            kind = match[1].decode("ascii")
            sign, first = _FORMAT.search(match[2]), _FIRST.search(match[2])
            if (sign or first) and kind not in own:
                before = found.get(kind, Sequencing())
                own[kind] = Sequencing(
                    sign[1].decode("ascii") if sign else before.format,
                    int(first[1]) if first else before.first,
                )
        found |= own
    return found


class Notes:
    """Numbers the notes as the document says, else 1, 2, 3, and i, ii, iii for endnotes."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        signs = cursor.book.signs
        self._signs = {kind: signs.get(kind, Sequencing()) for kind in ("footnote", "endnote")}
        self._counts = {kind: sign.first - 1 for kind, sign in self._signs.items()}
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
        cursor.write(self._mark(kind))
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
            sign = self._mark(kind)
            label = f"^{sign if sign.isalnum() else self._counts[kind]}"
            number = sum(other == kind for other, _ in known) + 1
            known[name] = label if label not in known.values() else f"^{kind}-{number}"
        stretch = start, draft.length
        draft.cited.append(Cited(CitationKind.FOOTNOTE, stretch, ((known[name], ""),)))

    def _mark(self, kind: str) -> str:
        style = self._signs[kind].format or ("lowerRoman" if kind == "endnote" else "decimal")
        return _mark(style, min(max(self._counts[kind], 1), _MOST))

    def _begin(self, kind: str, attributes: Attributes) -> None:
        """A note's own text, behind its label."""
        cursor = self._cursor
        label = cursor.book.notes[kind, attributes.get("w:id", "")]
        cursor.draft.write(f"{GAP}[{label}]: ")
        cursor.draft.place(f"{kind} {label.removeprefix('^').removeprefix(kind + '-')}")
        cursor.note, cursor.note_label = kind, label
        cursor.trims = True


def _mark(style: str, count: int) -> str:
    """The sign of the note of this number in one of Word's formats; others count 1, 2, 3."""
    if style.endswith("Roman"):
        made, left = "", count
        for value, letters in _ROMAN:
            made += letters * (left // value)
            left %= value
    elif style.endswith("Letter"):
        made = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif style == "chicago":
        made = _CHICAGO[(count - 1) % 4] * ((count - 1) // 4 + 1)
    else:
        made = str(count)
    return made.upper() if style.startswith("upper") else made
