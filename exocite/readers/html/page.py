"""The tags of a page to its blocks, by an explicit stack: no nesting is too deep."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers.html import elements
from exocite.readers.html.tokens import Part, Token
from exocite.readers.labels import located
from exocite.readers.mathml import linear
from exocite.readers.raised import Raised, digits, lifted
from exocite.readers.raw import RawBlock, finished
from exocite.readers.structure import is_menu
from exocite.text import VisibleText, collapsed

_PIECE = regex(
    r"(?P<space>[ \t\n\r\f]+)"
    r"|(?P<entity>&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
    r"|(?P<text>[^ \t\n\r\f&]+|&)"
)
_RAISED_LOCATOR = regex(r":\s?(\S.{0,60})")
_DOI_HOST = regex(r"(?:https?:)?//(?:dx\.|www\.)?doi\.org/|^doi:", re.IGNORECASE)
_COUNT = regex(r"\d{1,6}")
_LOOK_BACK = 200
_BLOCK_NAMES = frozenset(elements.BLOCKS)
_HTML_HEADING = regex(r"h[1-6]")


@dataclass(slots=True)
class Page:
    """What a page holds: blocks, the main or article element of each (0 for none), citations."""

    blocks: list[RawBlock] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    mains: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    raised: list[Raised] = field(default_factory=list)
    links: list[Citation] = field(default_factory=list)


@dataclass(slots=True)
class _Opaque:
    """An element that is taken whole, code or mathematics, while it is open."""

    name: str
    start: int
    end: int
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds inside an element: inherited from the one around it and changed by its tag."""

    name: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    place: int = 0
    in_main: bool = False
    hidden: bool = False
    furniture: bool = False
    preformatted: bool = False


def read_page(page: Iterable[Token], source: str) -> Page:
    """The blocks and citations of a page given as its tags and texts."""
    builder = _Builder(source)
    for token in page:
        builder.take(token)
    return builder.finish()


class _Builder:
    def __init__(self, source: str) -> None:
        self._source = source
        self._page = Page()
        self._stack = [_Context()]
        self._open: Counter[str] = Counter()
        self._counters: list[int] = []
        self._label = ""
        self._place = 0
        self._begin()

    def _begin(self) -> None:
        self._visible = VisibleText()
        self._breaks: list[int] = []
        self._space: tuple[int, int] | None = None
        self._tail = ""
        self._linked = 0
        self._in_link = 0
        self._sup: tuple[int, int, str] | None = None
        self._sup_links = False
        self._opaque: _Opaque | None = None
        self._raised: list[tuple[tuple[int, int], str, Span, bool]] = []

    # ---------------------------------------------------------------- tokens

    def take(self, token: Token) -> None:
        if token.part is Part.TEXT:
            self._text(token)
        elif token.part is Part.OPEN:
            self._opening(token)
        else:
            self._closing(token)

    def finish(self) -> Page:
        self._flush()
        return self._page

    def _text(self, token: Token) -> None:
        context = self._stack[-1]
        if context.hidden and context.name != "title":
            return
        if self._opaque is not None:
            self._opaque.texts.append(self._source[token.start : token.end])
            self._opaque.end = token.end
        elif context.preformatted:
            self._emit_space()
            self._visible.copy(self._source, token.start, token.end)
            self._tail = "x"
        else:
            self._prose(token.start, token.end)

    def _prose(self, start: int, end: int) -> None:
        before = len(self._visible)
        for match in _PIECE.finditer(self._source, start, end):
            if match["space"] is not None:
                if self._space is None:
                    self._space = match.span()
                continue
            self._emit_space()
            if match["entity"] is not None:
                self._replace(html.unescape(match[0]), match.start(), match.end())
            else:
                self._visible.copy(self._source, match.start(), match.end())
                self._tail = match[0]
        if self._in_link:
            self._linked += len(self._visible) - before

    def _replace(self, text: str, start: int, end: int) -> None:
        if len(text) == end - start:
            self._visible.copy(self._source, start, end)
        else:
            self._visible.replace(text, start, end)
        self._tail = text

    def _emit_space(self) -> None:
        if self._space is not None and len(self._visible):
            start, end = self._space
            if self._source[start:end] == " ":
                self._visible.copy(self._source, start, end)
            else:
                self._visible.replace(" ", start, end)
            self._tail = " "
        self._space = None

    # ---------------------------------------------------------------- opening tags

    def _opening(self, tag: Token) -> None:
        name = tag.name
        if name in elements.VOID:
            self._void(tag)
            return
        self._imply_ends(name, tag.start)
        context = self._context(tag)
        if name in elements.BLOCKS and not context.hidden:
            if name in elements.CELLS:
                self._cell(tag)
            else:
                self._flush()
            self._list_label(tag)
        self._stack.append(context)
        self._open[name] += 1
        if context.hidden:
            return
        if name in elements.OPAQUE and self._opaque is None and not context.preformatted:
            self._opaque = _Opaque(name, tag.start, tag.end)
        elif name == "sup" and self._sup is None:
            self._sup = (len(self._visible), tag.start, self._tail if self._space is None else " ")
            self._sup_links = False
        elif name == "a":
            self._anchor(tag)

    def _context(self, tag: Token) -> _Context:
        around = self._stack[-1]
        kind = elements.BLOCKS.get(tag.name) or around.kind
        level = around.level
        if kind is BlockKind.PARAGRAPH and around.kind in elements.KEEPS:
            within = tag.name == "p" and around.kind in (BlockKind.TABLE, BlockKind.HEADING)
            kind = BlockKind.PARAGRAPH if within else around.kind
        if _HTML_HEADING.fullmatch(tag.name):
            level = int(tag.name[1])
        elif tag.name in ("ul", "ol"):
            level = around.level + 1 if around.kind is BlockKind.LIST_ITEM else 1
        place = around.place
        if not around.furniture:
            if elements.is_main(tag):
                place = self._new_place(self._page.mains)
            elif tag.name == "article" and not around.in_main:
                place = self._new_place(self._page.articles)
        in_main = around.in_main or place != around.place
        return _Context(
            tag.name,
            kind,
            level,
            place,
            in_main,
            around.hidden or elements.is_hidden(tag),
            around.furniture or elements.is_furniture(tag, in_main=in_main),
            around.preformatted or tag.name == "pre",
        )

    def _new_place(self, places: set[int]) -> int:
        self._place += 1
        places.add(self._place)
        return self._place

    def _imply_ends(self, name: str, at: int) -> None:
        if name in elements.BLOCKS and self._open["p"]:
            depth = self._nearest(_BLOCK_NAMES, frozenset())
            if depth and self._stack[depth].name == "p":
                self._pop(depth, at)
        ended = elements.IMPLIED_END.get(name)
        if ended and any(self._open[other] for other in ended):
            depth = self._nearest(ended, elements.BARRIERS.get(name, frozenset()))
            if depth:
                self._pop(depth, at)

    def _nearest(self, wanted: frozenset[str], barrier: frozenset[str]) -> int:
        """Depth of the innermost open element of these names, 0 for none before the barrier."""
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - _LOOK_BACK), -1):
            if self._stack[depth].name in barrier:
                return 0
            if self._stack[depth].name in wanted:
                return depth
        return 0

    def _void(self, tag: Token) -> None:
        if self._stack[-1].hidden:
            return
        if self._opaque is not None and tag.name != "hr":
            self._opaque.texts.append(" ")
        elif tag.name == "br":
            if self._breaks and self._breaks[-1] == len(self._visible) + (self._space is not None):
                self._flush()
                return
            self._space = self._space or (tag.start, tag.end)
            self._space = (self._space[0], tag.end)
            if len(self._visible):
                self._breaks.append(len(self._visible) + 1)
        elif tag.name == "hr":
            self._flush()
        elif tag.name == "img" and "math" in tag.get("class") and tag.get("alt"):
            self._emit_space()
            self._visible.replace(collapsed(html.unescape(tag.get("alt"))), tag.start, tag.end)

    def _cell(self, tag: Token) -> None:
        if self._opaque is not None:
            self._close_opaque(self._opaque.end)
        if len(self._visible):
            self._visible.replace(" | ", tag.start, tag.end)
            self._tail = " "
        self._space = None

    def _list_label(self, tag: Token) -> None:
        if tag.name == "ol":
            start = tag.get("start")
            self._counters.append(int(start) - 1 if _COUNT.fullmatch(start) else 0)
        elif tag.name in ("ul", "dl", "menu"):
            self._counters.append(-1)
        elif tag.name == "li":
            self._label = ""
            if self._counters and self._counters[-1] >= 0:
                value = tag.get("value")
                count = int(value) if _COUNT.fullmatch(value) else self._counters[-1] + 1
                self._counters[-1] = count
                self._label = str(count)

    def _anchor(self, tag: Token) -> None:
        self._in_link += 1
        target = tag.get("href")
        if target.startswith("#"):
            self._sup_links = True
        elif _DOI_HOST.match(target) and not self._stack[-1].furniture:
            start = tag.attributes["href"][1]
            found = find_dois(target)
            if found:
                place, doi = found[0]
                item = CitedItem(doi, Span(start + place.start, start + place.end))
                citation = Citation(CitationKind.LINK, Span(tag.start, tag.end), (item,))
                self._page.links.append(citation)

    # ---------------------------------------------------------------- closing tags

    def _closing(self, tag: Token) -> None:
        if not self._open[tag.name]:
            if tag.name == "p":
                self._flush()
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].name == tag.name:
                self._pop(depth, tag.end)
                return

    def _pop(self, depth: int, end: int) -> None:
        """Close every element from this depth inward; the last tag of them ends at `end`."""
        while len(self._stack) > depth:
            context = self._stack[-1]
            name = context.name
            if not context.hidden:
                self._leave(name, end)
            self._open[name] -= 1
            self._stack.pop()

    def _leave(self, name: str, end: int) -> None:
        if self._opaque is not None and self._opaque.name == name:
            self._close_opaque(end)
        elif name == "a":
            self._in_link = max(0, self._in_link - 1)
        elif name == "sup" and self._sup is not None:
            first, start, before = self._sup
            self._sup = None
            span = Span(start, end)
            place = (first, len(self._visible))
            self._raised.append((place, before, span, self._sup_links))
        if name == "title" or (name in elements.BLOCKS and name not in elements.CELLS):
            self._flush()
        if name in ("ol", "ul", "dl", "menu") and self._counters:
            self._counters.pop()

    def _close_opaque(self, end: int) -> None:
        opaque = self._opaque
        self._opaque = None
        text = collapsed(html.unescape("".join(opaque.texts))) if opaque else ""
        if opaque and text and opaque.name == "math":
            text = linear(self._source[opaque.start : end])
        if opaque and text:
            self._emit_space()
            self._visible.replace(text, opaque.start, end)
            self._tail = text

    # ---------------------------------------------------------------- blocks

    def _flush(self) -> None:
        """The visible text so far becomes a block of the innermost element."""
        if self._opaque is not None:
            self._close_opaque(self._opaque.end)
        if len(self._visible):
            self._add_block()
        in_link = self._in_link
        self._begin()
        self._in_link = in_link

    def _add_block(self) -> None:
        context = self._stack[-1]
        kind = context.kind
        if context.name == "title":
            kind = BlockKind.METADATA
        elif context.furniture:
            kind = BlockKind.NAVIGATION
        unlinked = (place for place, _, _, linked in self._raised if not linked)
        self._visible = lifted(self._visible, unlinked)
        text, runs = self._visible.build()
        level = context.level if kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0
        breaks = [at for at in self._breaks if at < len(text)]
        label = self._label if kind is BlockKind.LIST_ITEM else ""
        self._label = ""
        block = finished(kind, self._visible, level=level, label=label, breaks=breaks)
        if block is None:
            return
        if is_menu(block, self._linked):
            block = replace(block, kind=BlockKind.NAVIGATION, level=0)
        self._page.blocks.append(block)
        self._page.places.append(context.place)
        if not context.furniture:
            for place, before, span, linked in self._raised:
                if not self._raised_locator(text, place, span):
                    raised = digits(text, runs, place, span, before, linked=linked)
                    self._page.raised.extend([raised] if raised else [])

    def _raised_locator(self, text: str, place: tuple[int, int], span: Span) -> bool:
        """Whether raised text is the locator of the marker before it: ": p. 7"."""
        locator = _RAISED_LOCATOR.fullmatch(text[slice(*place)].strip())
        previous = self._page.raised[-1] if self._page.raised else None
        if locator is None or previous is None or previous.citation.span.end != span.start:
            return False
        items = located(previous.citation.items, locator[1])
        whole = Span(previous.citation.span.start, span.end)
        citation = Citation(CitationKind.SUPERSCRIPT, whole, items)
        self._page.raised[-1] = replace(previous, citation=citation)
        return True
