"""What the inline syntaxes of markup languages share: one pass, pairs of marks, citations, notes.

A format subclasses `MarkupScanner`, names the places worth a look (`special`) and says what stands
at each (`rules`). Everything else is text. Citations read as they do in Markdown: `[@key]`,
`@key` where they are a part of the sentence, `[^1]` for the sign of a note.
"""

from __future__ import annotations

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from exocite.frozen import dataclass
from exocite.identifiers import find_dois
from exocite.model import Citation, CitationKind, CitedItem
from exocite.patterns import regex
from exocite.readers.inline import Content, Inline, Kind, Mark, Node, build
from exocite.text import collapsed

ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BRACKETS = regex(r"\\.|[\[\]]", re.DOTALL)
_LONGEST_TARGET = 2000
MOST_PER_CHARACTER, LEAST_ROOM = 2, 20_000
"""What stands for names is at most twice the text and a little, as in LaTeX's macros: a long value
that is used at every third character would be memory without end."""

Rule = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class InnerNote:
    """A note written inside a paragraph: where its text stands in the content, and its label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A key of a citation: where it stands in the content, and the place in the work."""

    start: int
    end: int
    locator: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the notes of an article that bear no name, whatever block they stand in.

    `room` is how many characters the names of an article may still be replaced by.
    """

    counts: dict[str, int] = field(default_factory=dict)
    room: int = LEAST_ROOM

    def label(self, sign: str) -> str:
        """The label of the next note with this sign: "^#1", "^*2"."""
        self.counts[sign] = self.counts.get(sign, 0) + 1
        return f"^{sign}{self.counts[sign]}"


class MarkupScanner(ABC):
    """Reads one stretch of inline content; `inline` and `notes` hold what was found.

    `rules` maps the name of a group of `special`, or the one character that it matched outside any
    group, to what reads that place. A rule moves on and says so, or declines: then the character is
    text.
    """

    special: re.Pattern[str]

    def __init__(self, content: Content, start: int, end: int, numbering: Numbering) -> None:
        self.inline = Inline()
        self.notes: list[InnerNote] = []
        self.numbering = numbering
        self._content = content
        self._text = content.text
        self._at = start
        self._begin = start
        self._end = end
        self._nodes: list[Node] = []
        self._marks: list[Mark] = []
        self._opened: dict[str, int] = {}
        self._closers: set[int] = set()
        self._found: dict[re.Pattern[str], re.Match[str] | None] = {}
        self._pairs: dict[int, int] | None = None
        self._rules: Mapping[str, Rule] = {"\n": self._line_end, "&": self._entity, **self.rules()}

    @abstractmethod
    def rules(self) -> Mapping[str, Rule]:
        """What reads each special place of the format."""

    def run(self) -> Inline:
        """Read the content to its end."""
        while self._at < self._end:
            match = self.special.search(self._text, self._at, self._end)
            if match is None:
                self._copy(self._at, self._end)
                break
            if match.start() > self._at:
                self._copy(self._at, match.start())
            if not self._rules[match.lastgroup or match[0]](match):
                self._copy(self._at, self._at + 1)
        build(self._content, self._nodes, self._marks, self.inline)
        return self.inline

    # ---------------------------------------------------------------- what becomes of a stretch

    def _node(self, kind: Kind, start: int, end: int, text: str = "") -> bool:
        self._nodes.append(Node(kind, start, end, text))
        self._at = end
        return True

    def _copy(self, start: int, end: int) -> bool:
        return self._node(Kind.COPY, start, end)

    def _hide(self, start: int, end: int) -> bool:
        return self._node(Kind.HIDE, start, end)

    def _opaque(self, text: str, start: int, end: int) -> bool:
        """Text taken whole.

        One as long as its source is told from a copy by a first part that stands for no source.
        """
        text = collapsed(text)
        if len(text) == end - start > 1:
            self._node(Kind.REPLACE, start, start, text[:1])
            text = text[1:]
        return self._node(Kind.REPLACE, start, end, text)

    def _shown(self, start: int, first: int, last: int, end: int) -> bool:
        """Of the stretch from `start` to `end` only what stands from `first` to `last`."""
        self._hide(start, first)
        self._copy(first, last)
        return self._hide(last, end)

    def _raised(self, start: int, first: int, last: int, end: int) -> bool:
        """The same for raised text, which may be the number of a reference."""
        node = len(self._nodes) + 1
        self._marks.append(Mark(node, node + 1, start, end, linked=False))
        return self._shown(start, first, last, end)

    def _line_end(self, match: re.Match[str]) -> bool:
        return self._node(Kind.BREAK, match.start(), match.end())

    def _entity(self, match: re.Match[str]) -> bool:
        entity = ENTITY.match(self._text, match.start(), self._end)
        text = html.unescape(entity[0]) if entity else ""
        if entity is None or not text or text == entity[0]:
            return False
        return self._node(Kind.REPLACE, entity.start(), entity.end(), text)

    # ---------------------------------------------------------------- looking ahead

    def _next(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """`pattern.search` that never reads the same text twice."""
        if pattern in self._found:
            known = self._found[pattern]
            if known is None or known.start() >= at:
                return known
        found = pattern.search(self._text, at, self._end)
        self._found[pattern] = found
        return found

    def _closing(self, opening: int) -> int:
        """Where the square bracket that opens here closes, -1 where it does not."""
        if self._pairs is None:
            self._pairs = {}
            stack: list[int] = []
            for match in _BRACKETS.finditer(self._text, self._begin, self._end):
                if match[0] == "[":
                    stack.append(match.start())
                elif match[0] == "]" and stack:
                    self._pairs[stack.pop()] = match.start()
        return self._pairs.get(opening, -1)

    def _unwrap(self, start: int, opening: int) -> bool:
        """Hide what stands before the text in a bracket, which is read on, and its end."""
        closing = self._closing(opening)
        if closing < 0:
            return False
        self._closers.add(closing)
        return self._hide(start, opening + 1)

    def _bracket_end(self, match: re.Match[str]) -> bool:
        """A bracket that closes the text of a link shows nothing."""
        if match.start() not in self._closers:
            return False
        return self._hide(match.start(), match.end())

    def _before(self) -> str:
        """The character before this place, a line end at the very beginning."""
        return self._text[self._at - 1] if self._at > self._begin else "\n"

    def _after(self, offset: int) -> str:
        """The character at an offset, a line end behind the last."""
        return self._text[offset] if offset < self._end else "\n"

    def _toggle(self, mark: str, *, opens: bool, closes: bool) -> bool:
        """A mark of emphasis: it closes the one that is open, or is text until one closes it."""
        start, end = self._at, self._at + len(mark)
        opening = self._opened.get(mark) if closes else None
        if opening is not None:
            self._opened = {other: at for other, at in self._opened.items() if at < opening}
            self._nodes[opening].kind = Kind.HIDE
            return self._hide(start, end)
        if opens:
            self._opened[mark] = len(self._nodes)
        return self._copy(start, end)

    # ---------------------------------------------------------------- citations and notes

    def _cite(
        self,
        start: int,
        end: int,
        cited: Iterable[Cited],
        *,
        narrative: bool,
        kind: CitationKind = CitationKind.MARKUP,
    ) -> bool:
        """A citation by key from `start` to `end`; no citation where it names no key."""
        place = self._content.span
        items = tuple(
            CitedItem(self._text[key.start : key.end], place(key.start, key.end), key.locator)
            for key in cited
        )
        if not items:
            return False
        self.inline.citations.append(Citation(kind, place(start, end), items))
        keys = "; ".join(f"@{item.label}" for item in items)
        return self._opaque(keys if narrative else f"[{keys}]", start, end)

    def _put_in(self, found: re.Match[str], text: str, keys: Iterable[str]) -> bool:
        """What a macro, substitution or attribute stands for, in its place, with what it cites.

        Where nothing more may be put in, the name stands as it is written.
        """
        if len(text) > self.numbering.room:
            return self._opaque(found[0], found.start(), found.end())
        self.numbering.room -= len(text)
        place = self._content.span(found.start(), found.end())
        for key in keys:
            item = CitedItem(key, place)
            self.inline.citations.append(Citation(CitationKind.MARKUP, place, (item,)))
        if not text:
            return self._hide(found.start(), found.end())
        return self._opaque(text, found.start(), found.end())

    def _note_sign(self, start: int, end: int, label: str, name: tuple[int, int]) -> bool:
        """The sign of a note: its label is "^" and the name or number that it is known by.

        `name` is where that is written, or what stands in its place.
        """
        item = CitedItem(label, self._content.span(*name))
        span = self._content.span(start, end)
        self.inline.notes.append(Citation(CitationKind.FOOTNOTE, span, (item,)))
        return self._opaque(f"[^{label.lstrip('^#*')}]", start, end)

    def _note_inside(self, start: int, first: int, last: int, end: int, label: str) -> bool:
        """A note whose text stands at its sign: the sign reaches to where the text begins.

        Inside a note there is no other: its text is a part of the first.
        """
        if self._begin > 0:
            return self._hide(start, first)
        self._note_sign(start, first, label, (start, first))
        self.notes.append(InnerNote(first, last, label))
        return self._hide(first, end)

    def _doi(self, first: int, last: int, start: int, end: int) -> None:
        """The DOI in an address from `first` to `last` as a citation by the link around it."""
        self._doi_of(self._text[first : min(last, first + _LONGEST_TARGET)], first, start, end)

    def _doi_of(self, target: str, written: int, start: int, end: int) -> None:
        """The same for an address that stands at `written`, or elsewhere where that is below 0."""
        lower = target.lower()
        if "doi.org/" not in lower and not lower.startswith("doi:"):
            return
        found = find_dois(target)
        if not found:
            return
        inner, doi = found[0]
        span = item = self._content.span(start, end)
        if written >= 0:
            item = self._content.span(written + inner.start, written + inner.end)
        self.inline.citations.append(Citation(CitationKind.LINK, span, (CitedItem(doi, item),)))


def printed(
    markup: str, scanner: Callable[[Content], MarkupScanner]
) -> tuple[str, tuple[str, ...]]:
    """What markup shows that stands for a name, and the keys that it cites.

    Names within it are not followed, since they could hold each other: `scanner` knows none.
    """
    inner = scanner(Content(markup, markup, [0], [0])).run()
    keys = [item.label for one in inner.citations for item in one.items]
    return collapsed(inner.visible.build()[0]), tuple(keys)
