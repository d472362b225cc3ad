"""The tags of a JATS article to blocks and cross-references, by an explicit stack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers.block_draft import BlockDraft, Fate
from exocite.readers.jats import elements
from exocite.readers.latex.text import formula as tex_formula
from exocite.readers.mathml import linear
from exocite.readers.raw import RawBlock
from exocite.readers.xml_tokens import ENTITY, Part, Token, character

_TEX = regex(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_LABEL = regex(r"[\[(]?\s*(.*?)\s*[\])]?[.:]?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Xref:
    """A cross-reference to entries of the list: where it stands, what it names and prints."""

    span: Span
    rids: tuple[str, ...]
    inside: Span


@dataclass(slots=True)
class Page:
    """What an article holds.

    `labels` gives the label of each entry's `id`, `order` all labels, `places` where each is in it.
    """

    blocks: list[RawBlock] = field(default_factory=list)
    xrefs: list[Xref] = field(default_factory=list)
    links: list[Citation] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    first: Token | None = None
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds inside an element: inherited from the one around it and changed by its tag."""

    name: str = ""
    start: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    hidden: bool = True
    sections: int = 0
    lists: int = 0
    reference: bool = False
    elements: bool = False


@dataclass(slots=True)
class _Formula:
    depth: int
    start: int
    end: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)


def read_page(found: Iterable[Token], source: str) -> Page:
    """The blocks and cross-references of an article given as its tags and texts."""
    builder = _Builder(source)
    for token in found:
        builder.take(token)
    return builder.finish()


class _Builder:
    def __init__(self, source: str) -> None:
        self._source = source
        self._page = Page()
        self._stack = [_Context()]
        self._open: Counter[str] = Counter()
        self._draft = BlockDraft(source)
        self._saved: BlockDraft | None = None
        self._label = ""
        self._prefix = False
        self._formula: _Formula | None = None
        self._reference = ""
        self._used: set[str] = set()
        self._xref: Token | None = None
        self._raised: tuple[BlockDraft, int] | None = None

    def take(self, token: Token) -> None:
        if token.part is Part.OPEN:
            self._opening(token)
            if token.empty:
                self._pop(len(self._stack) - 1, token.end)
        elif token.part is Part.CLOSE:
            self._closing(token)
        else:
            self._text(token)

    def finish(self) -> Page:
        while len(self._stack) > 1:
            self._pop(len(self._stack) - 1, len(self._source))
        self._flush()
        return self._page

    # ---------------------------------------------------------------- text

    def _text(self, token: Token) -> None:
        context = self._stack[-1]
        if context.hidden:
            return
        if self._formula is not None:
            text = self._source[token.start : token.end]
            name = next((n for n in ("tex-math", "math") if self._open[n]), "")
            self._formula.texts.setdefault(name, []).append(text)
            return
        verbatim = context.kind is BlockKind.CODE
        if token.part is Part.DATA:
            self._piece(token.start, token.end, verbatim=verbatim)
        else:
            self._pieces(token, verbatim=verbatim)
        if self._source[token.start : token.end].strip():
            self._prefix = False

    def _pieces(self, token: Token, *, verbatim: bool) -> None:
        """Text with its entities replaced."""
        at = token.start
        for match in ENTITY.finditer(self._source, token.start, token.end):
            self._piece(at, match.start(), verbatim=verbatim)
            self._draft.put(character(match[0]), *match.span())
            at = match.end()
        self._piece(at, token.end, verbatim=verbatim)

    def _piece(self, start: int, end: int, *, verbatim: bool) -> None:
        if start >= end:
            return
        if verbatim:
            self._draft.verbatim(start, end)
        else:
            self._draft.copy(start, end)

    # ---------------------------------------------------------------- opening tags

    def _opening(self, tag: Token) -> None:
        name = tag.name
        page, around = self._page, self._stack[-1]
        page.first = page.first or tag
        if around.name == "article" and name in ("front", "body", "front-stub"):
            page.is_article = True
        context = self._context(tag, around)
        self._stack.append(context)
        self._open[name] += 1
        if context.hidden:
            return
        if self._formula is not None:
            return
        if name in elements.FORMULAE:
            self._formula = _Formula(len(self._stack), tag.start)
        elif name == "label":
            self._begin_label(around)
        elif name in elements.BLOCKS and not (around.reference or around.name in ("td", "th")):
            self._begin_block(tag, context)
        elif context.elements:
            self._separator(tag, around)
        else:
            self._inline(tag)

    def _context(self, tag: Token, around: _Context) -> _Context:
        name = tag.name
        if name == "article" and not self._open["article"]:
            return _Context(name, tag.start, hidden=False)
        hidden = around.hidden or self._is_hidden(tag, around)
        kind = around.kind
        if name in elements.BLOCKS and not around.reference:
            kind = self._kind(tag, around)
        return _Context(
            name,
            tag.start,
            kind,
            hidden,
            around.sections + (name in ("sec", "app", "abstract", "ref-list", "ack", "fn-group")),
            around.lists + (name in ("list", "def-list")),
            around.reference or name == "ref",
            around.elements or (name == "element-citation"),
        )

    def _is_hidden(self, tag: Token, around: _Context) -> bool:
        name = tag.name
        if around.reference:
            return name in elements.HIDDEN and name not in elements.SEEN_IN_REFERENCE
        if name in ("abstract", "trans-abstract"):
            return tag.get("abstract-type") in elements.ASIDE_ABSTRACTS
        if name == "xref":
            return tag.get("ref-type") in elements.UNSEEN_XREFS
        if name == "fn" and self._open["back"]:
            return tag.get("fn-type") in elements.NOTES_APART
        return name in elements.HIDDEN

    def _kind(self, tag: Token, around: _Context) -> BlockKind:
        own = elements.BLOCKS[tag.name]
        if tag.name in ("title", "article-title"):
            in_caption = around.name == "caption"
            return BlockKind.CAPTION if in_caption else (own or BlockKind.HEADING)
        if tag.name == "sec" and around.kind is BlockKind.BOILERPLATE:
            return around.kind
        if own is BlockKind.CAPTION and around.kind is BlockKind.TABLE:
            return around.kind
        return own or around.kind

    def _begin_block(self, tag: Token, context: _Context) -> None:
        if not self._prefix:
            self._flush()
        self._draft.kind = context.kind
        if context.kind is BlockKind.HEADING:
            self._draft.level = min(context.sections + 1, 6)
        elif context.kind is BlockKind.LIST_ITEM:
            self._draft.level, self._draft.label = max(1, context.lists), self._label
            self._label = ""
        elif tag.name == "ref":
            self._reference = tag.get("id")
            self._label = ""

    def _inline(self, tag: Token) -> None:
        name = tag.name
        if name in ("td", "th"):
            if len(self._draft.visible):
                self._draft.space = None
                self._draft.put(" |", tag.start, tag.end)
                self._draft.gap(tag.end, tag.end)
        elif name in ("break", "verse-line"):
            self._draft.gap(tag.start, tag.end)
        elif name == "xref" and tag.get("ref-type") == "bibr":
            self._xref = tag
            self._raised = None  # what is raised is a marker
        elif name == "sup" and self._xref is None:
            self._raised = self._draft, self._draft.next
        elif name in ("ext-link", "uri"):
            self._link(tag)
        elif name in ("surname", "given-names", "suffix", "prefix"):
            self._draft.gap(tag.start, tag.end)

    def _link(self, tag: Token) -> None:
        """The address of a link as a citation where it is that of a DOI that the text hides."""
        address = tag.get("xlink:href")
        if "doi" not in address[:60].lower() or self._stack[-1].reference:
            return
        found = find_dois(address)
        if found and "10." not in self._source[tag.end : tag.end + 60].partition("<")[0]:
            item = CitedItem(found[0][1], Span(tag.start, tag.end))
            self._page.links.append(Citation(CitationKind.LINK, item.span, (item,)))

    def _separator(self, tag: Token, around: _Context) -> None:
        """Punctuation that an entry given as elements leaves to its style."""
        text = elements.SEPARATORS.get(tag.name, "")
        if tag.name == "pub-id":
            text = {"doi": ". doi:", "pmid": ". PMID "}.get(tag.get("pub-id-type"), ". ")
        if tag.name == "surname" or (text == ", " and around.name not in elements.LISTED_PEOPLE):
            text = text if text != " " else ""
        if text and len(self._draft.visible):
            self._draft.space = None
            self._draft.put(text.rstrip(), tag.start, tag.start)
            if text.endswith(" "):
                self._draft.gap(tag.start, tag.start)

    # ---------------------------------------------------------------- labels

    def _begin_label(self, around: _Context) -> None:
        """The label of a figure opens its caption; any other is kept apart."""
        if around.name in elements.CAPTIONED:
            self._flush()
            self._draft.kind = BlockKind.CAPTION
        else:
            self._saved, self._draft = self._draft, BlockDraft(self._source, Fate.TEXT)

    def _end_label(self, end: int) -> None:
        if self._saved is None:
            self._prefix = True
            if self._draft.text()[-1:].isalnum():
                self._draft.put(".", end, end)  # a caption is a sentence of its own
            self._draft.gap(end, end)
            return
        match = _LABEL.fullmatch(self._draft.text()[:60])
        self._label = match[1] if match else ""
        self._draft, self._saved = self._saved, None

    # ---------------------------------------------------------------- closing tags

    def _closing(self, tag: Token) -> None:
        if not self._open[tag.name]:
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].name == tag.name:
                while len(self._stack) > depth:
                    self._pop(len(self._stack) - 1, tag.end)
                return

    def _pop(self, depth: int, end: int) -> None:
        context = self._stack.pop()
        name = context.name
        self._open[name] -= 1
        if context.hidden:
            return
        if self._formula is not None:
            if len(self._stack) < self._formula.depth:
                self._end_formula(end)
            return
        around = self._stack[depth - 1]
        if name == "label":
            self._end_label(end)
        elif name == "xref":
            self._end_xref(end)
        elif name == "sup":
            self._end_raised()
        elif name == "issue" and context.elements:
            self._draft.put(")", end, end)
        elif name == "ref":
            self._end_reference()
        elif name in elements.BLOCKS and not (around.reference or around.name in ("td", "th")):
            self._prefix = False
            self._flush()

    def _end_formula(self, end: int) -> None:
        formula, self._formula = self._formula, None
        if formula is None:
            return
        texts = formula.texts
        tex = "".join(texts.get("tex-math", ()))
        inner = _TEX.search(tex)
        tex = (inner[1] if inner else tex).strip().strip("$")
        markup = self._source[formula.start : end]
        text = linear(markup) if texts.get("math") or texts.get("") else ""
        text = text or tex_formula(tex)
        self._draft.put(text, formula.start, end)

    def _end_xref(self, end: int) -> None:
        tag, self._xref = self._xref, None
        if tag is not None:
            rids = tuple(tag.get("rid").split())
            closing = self._source.rfind("<", tag.end, end)
            inside = Span(tag.end, max(tag.end, closing))
            self._page.xrefs.append(Xref(Span(tag.start, end), rids, inside))

    def _end_raised(self) -> None:
        raised, self._raised = self._raised, None
        if raised is not None and raised[0] is self._draft:
            self._draft.raised.append((raised[1], len(self._draft.visible)))

    def _end_reference(self) -> None:
        """An entry ends: it is known by its printed label if no other has it, else by its place."""
        page = self._page
        block = self._draft.take()
        if block is None:
            return
        label = self._label
        place = len(page.order) + 1
        if not label or label in self._used:
            label = str(place)
            while label in self._used:
                label += "'"
        self._used.add(label)
        page.places[label] = len(page.order)
        page.order.append(label)
        if self._reference:
            page.labels.setdefault(self._reference, label)
        page.blocks.append(replace(block, kind=BlockKind.REFERENCE, label=label))
        self._label = self._reference = ""

    def _flush(self) -> None:
        """The visible text so far becomes a block of the innermost element."""
        kind = self._stack[-1].kind
        block = self._draft.take()
        if block is not None:
            self._page.blocks.append(block)
        self._draft.kind = kind
        self._prefix = False
