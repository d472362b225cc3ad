"""What TeX has set so far: blocks, each in its place, and citations.

Contexts stand in each other as groups and environments do. A note or a float has a text of its own
while the paragraph around it waits.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from exocite.frozen import dataclass
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.readers.latex.input import Frame
from exocite.readers.raised import lifted
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText

Token = tuple[int, int]
"""A closing brace: the frame's number and the offset in it."""


class Ink:
    """The visible text of one block under way; its places never go back.

    `raised` are the stretches of the visible text that are set higher, `last` is the last character
    that is no space.
    """

    def __init__(self, source: str) -> None:
        self.visible = VisibleText()
        self.breaks: list[int] = []
        self.raised: list[tuple[int, int]] = []
        self._source = source
        self._where = 0
        self._spaced = True
        self._formula = -1
        self.last = ""

    @property
    def ends_in_formula(self) -> bool:
        """Whether nothing was shown since the last displayed formula."""
        return self._formula == len(self.visible) > 0

    def copy(self, start: int, end: int) -> None:
        """Text of the file as it is; what stands before the last place has none of its own."""
        if start < self._where:
            self.show(self._source[start:end], self._where, self._where)
            return
        if self._spaced:
            while start < end and self._source[start] == " ":
                start += 1
        if start < end:
            self.visible.copy(self._source, start, end)
            self._spaced = self._source[end - 1] == " "
            self._where = end
            self._seen(self._source[max(start, end - 20) : end])

    def _seen(self, tail: str) -> None:
        self.last = tail.rstrip()[-1:] or self.last

    def display(self, text: str, start: int, end: int) -> None:
        """A displayed formula that stands for a stretch of the file."""
        self.show(f" {text} ", start, end)
        self._formula = len(self.visible)

    def show(self, text: str, start: int, end: int) -> None:
        """Text that stands for a stretch of the file."""
        if self._spaced:
            text = text.lstrip(" ")
        if not text:
            return
        start = max(start, self._where)
        end = max(end, start)
        self._spaced = text[-1] == " "
        self._where = end
        self._seen(text)
        if len(text) == end - start and text not in (" ", self._source[start:end]):
            # A run of equal lengths would pass for a copy.
            self.visible.replace(text[:-1], start, end)
            start, text = end, text[-1:]
        self.visible.replace(text, start, end)

    def line(self, start: int, end: int) -> None:
        """A line ends in the middle of the text."""
        if len(self.visible):
            self.show(" ", start, end)
            self.breaks.append(len(self.visible))


@dataclass(slots=True)
class Context:
    """A group or an environment, and what blocks in it are.

    `token` is the brace that closes it, `name` the environment's. `waiting` is the text around it
    that goes on when it closes, `closing` is shown then. `raised_at` is where the text of a raised
    one begins.
    """

    kind: BlockKind
    name: str = ""
    token: Token | None = None
    level: int = 0
    hidden: bool = False
    preamble: bool = False
    is_block: bool = False
    count: int = -1
    closing: str = ""
    raised_at: int = -1
    waiting: Ink | None = None


class Page:
    """Blocks and citations as they are found, and the contexts that are open."""

    def __init__(self, source: str, *, preamble: bool) -> None:
        self.source = source
        self.blocks: list[RawBlock] = []
        self.ink = Ink(source)
        self.label = ""
        self._citations: list[Citation] = []
        self._contexts = [Context(BlockKind.PARAGRAPH, hidden=preamble, preamble=preamble)]
        self._tokens: set[Token] = set()
        self._names: Counter[str] = Counter()

    @property
    def context(self) -> Context:
        """The innermost group or environment."""
        return self._contexts[-1]

    def begin_document(self) -> None:
        """End the preamble."""
        self.flush()
        self._contexts = [Context(BlockKind.PARAGRAPH)]
        self._tokens.clear()
        self._names.clear()

    # ---------------------------------------------------------------- contexts

    def open_group(self, token: Token, closing: str = "") -> None:
        """A group in which nothing changes but what it shows when it closes."""
        self._push(replace(self._inherited(), token=token, closing=closing))

    def open_raised(self, token: Token) -> None:
        """A group whose text is set higher."""
        self._push(replace(self._inherited(), token=token, raised_at=len(self.ink.visible)))

    def open_environment(
        self, name: str, kind: BlockKind | None = None, *, aside: bool = False, level: int = 0
    ) -> Context:
        """An environment; without a kind it sets what stands around it."""
        self._begin_block(aside=aside)
        context = self._inherited()
        context.name, context.is_block = name, True
        if kind is not None:
            context.kind, context.level = kind, level
        if aside:
            context.waiting, self.ink = self.ink, Ink(self.source)
        self._push(context)
        return context

    def open_block(
        self, token: Token, kind: BlockKind, *, level: int = 0, aside: bool = False
    ) -> None:
        """An argument that is a block of its own, or beside the paragraph."""
        self._begin_block(aside=aside)
        waiting = self.ink if aside else None
        if aside:
            self.ink = Ink(self.source)
        self._push(Context(kind, token=token, level=level, is_block=True, waiting=waiting))

    def _begin_block(self, *, aside: bool) -> None:
        if not aside:
            self.flush()

    def _inherited(self) -> Context:
        return replace(
            self.context,
            name="",
            token=None,
            waiting=None,
            is_block=False,
            closing="",
            raised_at=-1,
            count=-1,
        )

    def _push(self, context: Context) -> None:
        self._contexts.append(context)
        if context.token:
            self._tokens.add(context.token)
        if context.name:
            self._names[context.name] += 1

    def close_group(self, token: Token, span: Span) -> None:
        """The brace that closes a group; whatever was left open in the group closes too."""
        if token not in self._tokens:
            return
        while self._pop(span).token != token:
            pass

    def close_environment(self, name: str, span: Span) -> None:
        """The end of an environment; one that is not open ends none."""
        if not self._names[name]:
            return
        while self._pop(span).name != name:
            pass

    def _pop(self, span: Span) -> Context:
        context = self.context
        if context.closing:
            self.ink.show(context.closing, span.start, span.end)
        if context.raised_at >= 0:
            self.ink.raised.append((context.raised_at, len(self.ink.visible)))
        if context.is_block:
            self.flush()
        self._contexts.pop()
        if context.token:
            self._tokens.discard(context.token)
        if context.name:
            self._names[context.name] -= 1
        if context.waiting is not None:
            self.ink = context.waiting
        return context

    def finish(self) -> None:
        """Close whatever is open."""
        end = Span(len(self.source), len(self.source))
        while len(self._contexts) > 1:
            self._pop(end)
        self.flush()
        self.blocks.sort(key=lambda block: block.span)

    def item(self, label: str = "") -> None:
        """The next entry of the innermost list."""
        self.flush()
        self.label = label
        for context in reversed(self._contexts[-4:]):
            if context.count >= 0:
                context.count += 1
                self.label = self.label or str(context.count)
            if context.kind is BlockKind.LIST_ITEM:
                return

    # ---------------------------------------------------------------- text

    def flush(self) -> None:
        """The text so far is a block of the innermost kind."""
        context = self.context
        if not context.hidden and len(self.ink.visible):
            level = context.level if context.kind in _LEVELS else 0
            labelled = context.kind in (BlockKind.LIST_ITEM, BlockKind.REFERENCE)
            block = finished(
                context.kind,
                lifted(self.ink.visible, self.ink.raised, may_cite=False),
                level=level,
                label=self.label if labelled else "",
                breaks=self.ink.breaks,
            )
            if block is not None:
                self.blocks.append(block)
                self.label = ""
        self.ink = Ink(self.source)

    def heading(self, text: str, span: Span, level: int = 2) -> None:
        """A heading that a command prints by itself."""
        self.flush()
        self.ink.show(text, span.start, span.end)
        block = finished(BlockKind.HEADING, self.ink.visible, level=level)
        if block is not None and not self.context.hidden:
            self.blocks.append(block)
        self.ink = Ink(self.source)

    def code(self, start: int, end: int) -> None:
        """A block of code, copied from the file."""
        self.flush()
        visible = VisibleText()
        visible.copy(self.source, start, end)
        block = finished(BlockKind.CODE, visible)
        if block is not None and not self.context.hidden:
            self.blocks.append(block)

    def copy(self, frame: Frame, start: int, end: int) -> None:
        """Text of a frame as it is."""
        if self.context.hidden:
            return
        for first, last, span, copied in frame.stretches(start, end):
            if copied:
                self.ink.copy(span.start, span.end)
            else:
                self.ink.show(frame.text[first:last], span.start, span.end)

    def show(self, text: str, frame: Frame, start: int, end: int) -> None:
        """Text that stands for a stretch of a frame."""
        if not self.context.hidden:
            span = frame.range(start, end)
            self.ink.show(text, span.start, span.end)

    # ---------------------------------------------------------------- citations

    def cite(self, kind: CitationKind, span: Span, items: tuple[CitedItem, ...]) -> None:
        """A citation; the preamble cites nothing."""
        if self.context.preamble:
            return
        self._citations.append(Citation(kind, span, items))

    def citations(self) -> list[Citation]:
        """The citations in order; those of one use of a macro are one, a key beats an address."""
        merged: list[Citation] = []
        for citation in sorted(self._citations, key=lambda one: (one.span.start, -one.span.end)):
            last = merged[-1] if merged else None
            if last is None or last.span.end <= citation.span.start:
                merged.append(citation)
                continue
            if citation.kind is last.kind:
                span = Span(last.span.start, max(last.span.end, citation.span.end))
                merged[-1] = Citation(last.kind, span, (*last.items, *citation.items))
            elif last.kind is CitationKind.LINK:
                merged[-1] = citation
        return merged


_LEVELS = (BlockKind.HEADING, BlockKind.LIST_ITEM)
