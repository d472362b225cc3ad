"""What the content that a Typst function is given is for: a heading, a caption, a note, nothing."""

from __future__ import annotations

from enum import Enum

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.readers.vocabulary import words


class Place(Enum):
    """Where content goes: into the text around it, a block of its own, a note, or nowhere."""

    INLINE = "inline"
    BLOCK = "block"
    NOTE = "note"
    TEXT = "text"
    CELL = "cell"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Use:
    """Where content goes and the kind of the block that it makes."""

    place: Place
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


STATEMENTS = frozenset({"let", "set", "show", "import", "include", "return"})
CHOICES = frozenset({"if", "for", "while", "context"})
CITING = frozenset({"cite", "ref"})
NARRATIVE_FORMS = frozenset({"prose", "author", "full"})
"""Forms of `cite` that print a part of the sentence: "Ku (2023) found"."""

QUOTE = "quote"
SILENT_FORM = "none"
SHOWN_STRINGS = words(
    "text emph strong super sub underline highlight upper lower smallcaps strike overline"
)
"""Functions whose text can be a string: `#emph("so")`."""

_BLOCKS = words(
    """
    abstract theorem proof lemma definition corollary proposition remark example align block columns
    page pad rect stack box place body note conjecture exercise solution problem claim
    """
)
_TABLES = words("table table.cell table.header table.footer grid grid.cell tablex cell header")
_HIDDEN = words(
    "bibliography outline lorem metadata state counter numbering image import pagebreak colbreak"
)
_TITLED = frozenset({"title", "caption", "abstract"})


def use_of(function: str, argument: str, *, declared: bool) -> Use:
    """Where the content of this argument goes, "" for one without a name.

    `declared` is content inside a `let`, `set` or `show`, of which only a title, an abstract and
    captions are read.
    """
    name = function.removesuffix(".with")
    if argument == "title":
        return Use(Place.BLOCK, BlockKind.TITLE, 1)
    if argument == "caption":
        return Use(Place.BLOCK, BlockKind.CAPTION)
    if argument == "abstract":
        return Use(Place.BLOCK)
    if argument == "supplement" and name in CITING:
        return Use(Place.TEXT)
    if declared or name in _HIDDEN or (argument and argument != "body"):
        return Use(Place.HIDDEN)
    if name in _TABLES:
        return Use(Place.CELL, BlockKind.TABLE)
    known = {
        "quote": Use(Place.BLOCK, BlockKind.QUOTATION),
        "blockquote": Use(Place.BLOCK, BlockKind.QUOTATION),
        "footnote": Use(Place.NOTE),
        "sidenote": Use(Place.NOTE),
        "title": Use(Place.BLOCK, BlockKind.TITLE, 1),
        "heading": Use(Place.BLOCK, BlockKind.HEADING, 1),
        "list.item": Use(Place.BLOCK, BlockKind.LIST_ITEM, 1),
        "enum.item": Use(Place.BLOCK, BlockKind.LIST_ITEM, 1),
        "list": Use(Place.BLOCK, BlockKind.LIST_ITEM, 1),
        "enum": Use(Place.BLOCK, BlockKind.LIST_ITEM, 1),
        "raw": Use(Place.HIDDEN),
        "figure": Use(Place.BLOCK),
    }
    if name in known:
        return known[name]
    return Use(Place.BLOCK if name in _BLOCKS else Place.INLINE)
