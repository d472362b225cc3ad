"""A block of markup while it is read: visible text, its kind, and what is to become of it."""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.raised import lifted
from exocite.readers.raw import RawBlock, finished
from exocite.readers.structure import is_menu
from exocite.text import VisibleText, collapsed

_PIECE = regex(r"(?P<space>[ \t\r\n\f]+)|[^ \t\r\n\f]+")
_WORD = regex(r"[^\W\d_]{2,60}")
_REACH = 4000


class Fate(Enum):
    """What becomes of a draft: blocks of the article, a text for its reader, or nothing."""

    BLOCKS = "blocks"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(slots=True)
class BlockDraft:
    """Visible text in the making. `base` is the kind that each of its blocks begins with.

    `raised` are the stretches of the visible text that are raised and cite nothing.
    """

    source: str
    fate: Fate = Fate.BLOCKS
    base: BlockKind = BlockKind.PARAGRAPH
    kind: BlockKind = field(init=False)
    level: int = 0
    label: str = ""
    by_shape: bool = False
    line: bool = False
    linked: int = 0
    visible: VisibleText = field(default_factory=VisibleText)
    space: tuple[int, int] | None = None
    raised: list[tuple[int, int]] = field(default_factory=list)
    _reached: int = 0

    def __post_init__(self) -> None:
        self.kind = self.base

    def copy(self, start: int, end: int, *, linked: bool = False) -> None:
        """Append the source between two offsets, white space collapsed."""
        if self.fate is Fate.NOTHING:
            return
        before = len(self.visible)
        for match in _PIECE.finditer(self.source, start, end):
            if match["space"] is not None:
                self.gap(*match.span())
            else:
                self._emit_space()
                self.visible.copy(self.source, *match.span())
                self._reached = match.end()
        if linked:
            self.linked += len(self.visible) - before

    def verbatim(self, start: int, end: int) -> None:
        """Append the source as it is, line ends and all."""
        if self.fate is not Fate.NOTHING:
            self._emit_space()
            self.visible.copy(self.source, start, end)
            self._reached = end

    def put(self, text: str, start: int, end: int) -> None:
        """Append a text that stands for the source between two offsets."""
        if self.fate is Fate.NOTHING or not text:
            return
        self._emit_space()
        # What stands for something already shown in part begins behind that part.
        start = max(start, self._reached)
        end = max(start, end)
        if len(text) != end - start or text == self.source[start:end]:
            self.visible.replace(text, start, end)
        elif len(text) > 2:  # of equal length it would pass for a copy
            self.visible.replace(text[:1], start, start + 2)
            self.visible.replace(text[1:], start + 2, end)
        else:
            self.visible.replace(text, end, end)
        self._reached = end

    def put_work(self, text: str, start: int, end: int) -> None:
        """Append a printed work, its first word as a copy of where it is written.

        A block of nothing but texts that stand for source would pass for a formula.
        """
        word = _WORD.search(text)
        place = -1
        if word is not None and self.fate is Fate.BLOCKS:
            place = self.source.find(word[0], start, min(end, start + _REACH))
        if word is None or place < 0:
            self.put(text, start, end)
            return
        self.put(text[: word.start()], start, place)
        self._emit_space()
        self.visible.copy(self.source, place, place + len(word[0]))
        self._reached = place + len(word[0])
        self.put(text[word.end() :], place + len(word[0]), end)

    def gap(self, start: int, end: int) -> None:
        """White space: one space if more text follows."""
        if self.space is None:
            self.space = (start, end)

    def _emit_space(self) -> None:
        if self.space is not None and len(self.visible):
            start, end = self.space
            self._reached = end
            if self.source[start:end] == " ":
                self.visible.copy(self.source, start, end)
            else:
                self.visible.replace(" ", start, end)
        self.space = None

    @property
    def next(self) -> int:
        """Where in the visible text the next character will stand, white space before it apart."""
        return len(self.visible) + (self.space is not None and len(self.visible) > 0)

    def text(self) -> str:
        """What was appended so far, white space collapsed."""
        return collapsed(self._seen().build()[0])

    def _seen(self) -> VisibleText:
        """The visible text, what is raised in it at its height."""
        if not self.raised:
            return self.visible
        return lifted(self.visible, self.raised, may_cite=False)

    def take(self) -> RawBlock | None:
        """The block so far, None where nothing is visible; the draft begins anew."""
        block = None
        if self.fate is Fate.BLOCKS and len(self.visible):
            leveled = self.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM)
            block = finished(
                self.kind,
                self._seen(),
                level=self.level if leveled else 0,
                label=self.label if self.kind is BlockKind.LIST_ITEM else "",
                by_shape=self.by_shape,
            )
        if block is not None and is_menu(block, self.linked):
            block = replace(block, kind=BlockKind.NAVIGATION, level=0, by_shape=False)
        self.kind, self.level, self.label = self.base, 0, ""
        self.by_shape = self.line = False
        self.linked = 0
        self.visible, self.space = VisibleText(), None
        self.raised = []
        self._reached = 0
        return block
