"""Where the story stands: in which paragraph, run and note, and whether what is met is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.readers.docx.draft import Draft, Line, Rise, Stretch
from exocite.readers.docx.items import Works
from exocite.readers.docx.styles import Numbering, Styles

Attributes = Mapping[str, str]

Starts = Mapping[str, Callable[[Attributes], None]]
"""What is done where an element begins, by its name."""

Ends = Mapping[str, Callable[[], None]]
"""What is done where an element ends."""


@dataclass(frozen=True, slots=True)
class Sequencing:
    """How notes are numbered: a format by Word's name for it, and the first number."""

    format: str = ""
    first: int = 1


@dataclass(slots=True)
class Book:
    """What all texts of a document share. `notes` maps kind and id of a note to its label.

    `codes` are the instructions of the fields that are kept as bookmarks, by the bookmark's name;
    `signs` tells how the notes of a kind are numbered.
    """

    draft: Draft
    works: Works
    styles: Styles
    numbering: Numbering
    codes: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Sequencing] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """A stretch of text with one look. `custom` is the note whose own sign the run holds."""

    hidden: bool = False
    raised: bool = False
    code: bool = False
    bold: bool = False
    custom: tuple[str, str] | None = None
    custom_at: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph and what its properties say; None leaves it to the style.

    `zone` is the kind of what it stands in (a list of references); `goes_on` says that its end is
    deleted, so that the next paragraph belongs to it.
    """

    line: Line
    style: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    zone: BlockKind | None = None
    goes_on: bool = False


@dataclass(slots=True)
class Cursor:
    """`concealed` counts what hides the text around, `anchors` the links into the file itself.

    `trims` says that white space is left out until a text begins.
    """

    book: Book
    paragraph: Paragraph | None = None
    run: Run | None = None
    concealed: int = 0
    anchors: int = 0
    zones: list[BlockKind] = field(default_factory=list)
    note: str = ""
    note_label: str = ""
    trims: bool = False

    @property
    def draft(self) -> Draft:
        """What the text is written to."""
        return self.book.draft

    @property
    def is_shown(self) -> bool:
        """Whether a reader would see a text here."""
        hidden = self.run is not None and self.run.hidden
        return self.paragraph is not None and not hidden and not self.concealed

    def write(self, text: str, *, whole: bool = False) -> None:
        """Write a text that is shown; `whole` is one in which nothing is looked for."""
        paragraph = self.paragraph
        if paragraph is None or not self.is_shown:
            return
        if self.trims:
            text = text.lstrip()
        if not text:
            return
        self.trims = False
        start = self.draft.length
        self.draft.write(text)
        run = self.run or Run()
        if whole or run.code:
            _extend(self.draft.opaque, start, self.draft.length)
        if run.raised:
            self._raise(paragraph.line.start, start)
        if run.bold:
            paragraph.line.bold += len(text)

    def _raise(self, paragraph: int, start: int) -> None:
        rises = self.draft.rises
        if rises and rises[-1].stretch[1] == start and rises[-1].paragraph == paragraph:
            start = rises.pop().stretch[0]
        rises.append(Rise((start, self.draft.length), paragraph, self.anchors > 0))


def _extend(stretches: list[Stretch], start: int, end: int) -> None:
    if stretches and stretches[-1][1] == start:
        stretches[-1] = (stretches[-1][0], end)
    else:
        stretches.append((start, end))
