"""What paragraphs and runs are for, by their styles; what numbers the items of lists bear.

Built-in styles keep their English names in `styles.xml` in every language of the program; ids are
translated. Source: ECMA-376, part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import BlockKind
from exocite.patterns import regex
from exocite.readers.vocabulary import phrases

_HEADING = regex(r"heading (\d)$")
_CONTENTS = regex(r"(?:toc|index) (?:\d|heading)$|table of (?:figures|authorities)$")
_CODE_WORD = regex(r"\b(?:source ?code|code|verbatim|preformatted|listing)\b|\bcode(?=char)")
_KINDS = (
    dict.fromkeys(phrases("quote | intense quote | block text | quotations"), BlockKind.QUOTATION)
    | dict.fromkeys(
        phrases("caption | image caption | table caption | captioned figure"), BlockKind.CAPTION
    )
    | dict.fromkeys(phrases("author | date | signature | affiliation"), BlockKind.BYLINE)
    | dict.fromkeys(phrases("subtitle | header | footer"), BlockKind.METADATA)
)
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST = 40
LAST_OUTLINE = 8
"""The deepest level of an outline, from 0; what is beyond is body text."""

_COUNTED = frozenset({"decimal", "decimalZero", "ordinal", "numberInDash"})

ListPlace = tuple[str, int]
"""The id of a list and the level in it, from 0."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None and "" leave the matter to the style that it is based on.

    `outline` is the level of a heading from 0, beyond 8 for none.
    """

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    raised: bool | None = None
    hidden: bool | None = None
    bold: bool | None = None

    @property
    def is_code(self) -> bool:
        """Whether its name says that it shows code."""
        return _CODE_WORD.search(self.name) is not None

    def kind(self) -> tuple[BlockKind | None, int]:
        """The kind of block that the style's name or outline level says, and a heading's level."""
        heading = _HEADING.match(self.name)
        if self.name == "title":
            return BlockKind.TITLE, 1
        if heading:
            return BlockKind.HEADING, int(heading[1])
        if _CONTENTS.match(self.name):
            return BlockKind.NAVIGATION, 0
        if self.is_code:
            return BlockKind.CODE, 0
        return _KINDS.get(self.name), 0


def is_on(value: str | None) -> bool:
    """Whether a switch is on: there without a value, or with one that does not turn it off."""
    return value is None or value not in _OFF


def number(text: str | None, default: int) -> int:
    """A small whole number, the default for anything else."""
    return int(text) if text and len(text) < 7 and text.isascii() and text.isdigit() else default


class Styles:
    """Reads `styles.xml`; each style then knows what those that it is based on say."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        self._id = ""
        self._now: Style | None = None

    def style(self, name: str) -> Style:
        """The style of an id with all that it inherits; the default one for no id."""
        return self._inherited(name or self._default)

    def chain(self, name: str) -> tuple[Style, ...]:
        """The style and those that it is based on, nearest first."""
        found: list[Style] = []
        seen = set()
        name = name or self._default
        while name in self._styles and name not in seen and len(found) < _DEEPEST:
            seen.add(name)
            found.append(self._styles[name])
            name = found[-1].based_on
        return tuple(found)

    def _inherited(self, name: str) -> Style:
        chain = self.chain(name)
        if not chain:
            return Style()
        whole = chain[0]
        for base in chain[1:]:
            whole = replace(
                whole,
                outline=base.outline if whole.outline is None else whole.outline,
                list_id=whole.list_id or base.list_id,
                list_level=whole.list_level if whole.list_id else base.list_level,
                raised=base.raised if whole.raised is None else whole.raised,
                hidden=base.hidden if whole.hidden is None else whole.hidden,
                bold=base.bold if whole.bold is None else whole.bold,
            )
        return whole

    # ---------------------------------------------------------------- reading

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style begins, or says something."""
        value = attributes.get("w:val")
        if name == "w:style":
            self._id = attributes.get("w:styleId", "")
            self._now = Style()
            paragraph = attributes.get("w:type") == "paragraph"
            if paragraph and is_on(attributes.get("w:default", "0")):
                self._default = self._id
        elif self._now is not None:
            self._now = _told(self._now, name, value)

    def end(self, name: str) -> None:
        """A style is complete."""
        if name == "w:style" and self._now is not None:
            self._styles[self._id] = self._now
            self._now = None

    def text(self, data: str) -> None:
        """Styles hold no text."""


def _told(style: Style, name: str, value: str | None) -> Style:
    if name == "w:name":
        return replace(style, name=(value or "").lower()[:100])
    if name == "w:basedOn":
        return replace(style, based_on=value or "")
    if name == "w:outlineLvl":
        return replace(style, outline=number(value, LAST_OUTLINE + 1))
    if name == "w:numId":
        return replace(style, list_id=value or "")
    if name == "w:ilvl":
        return replace(style, list_level=number(value, 0))
    if name == "w:vertAlign":
        return replace(style, raised=value == "superscript")
    if name == "w:vanish":
        return replace(style, hidden=is_on(value))
    if name == "w:b":
        return replace(style, bold=is_on(value))
    return style


# --------------------------------------------------------------------------- lists


@dataclass(slots=True)
class _List:
    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Reads `numbering.xml` and counts the items of each list in the order of the text."""

    def __init__(self) -> None:
        self._formats: dict[tuple[str, int], str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract = ""
        self._list: _List | None = None
        self._level = 0

    def label(self, place: ListPlace) -> str:
        """The number of the next item here, "" where its list is not numbered in digits."""
        list_id, level = place
        found = self._lists.get(list_id)
        if found is None:
            return ""
        key = found.abstract, level
        # Lists of one kind count on, unless one says where it starts anew.
        counts = self._counts.setdefault(list_id if found.starts else found.abstract, {})
        first = found.starts.get(level, self._starts.get(key, 1))
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return str(counts[level]) if self._formats.get(key) in _COUNTED else ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A list or a level begins, or says something."""
        value = attributes.get("w:val", "")
        if name == "w:abstractNum":
            self._abstract, self._list = attributes.get("w:abstractNumId", ""), None
        elif name == "w:num":
            self._list = _List()
            self._lists[attributes.get("w:numId", "")] = self._list
        elif name in ("w:lvl", "w:lvlOverride"):
            self._level = number(attributes.get("w:ilvl"), 0)
        elif name == "w:abstractNumId" and self._list is not None:
            self._list.abstract = value
        elif name == "w:startOverride" and self._list is not None:
            self._list.starts[self._level] = number(value, 1)
        elif name == "w:numFmt" and self._list is None:
            self._formats[self._abstract, self._level] = value
        elif name == "w:start" and self._list is None:
            self._starts[self._abstract, self._level] = number(value, 1)

    def end(self, _name: str) -> None:
        """Nothing ends here that matters."""

    def text(self, data: str) -> None:
        """Lists hold no text."""
