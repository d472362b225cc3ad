"""An article as it reads: its blocks cut where claims and citations begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from exocite.model import Article, Block, BlockKind, Citation, Claim, Span
from exocite.report.data import Group, Line, Part, Pin, Stretch
from exocite.text import visible_offset

_HIDDEN = frozenset({BlockKind.NAVIGATION, BlockKind.BOILERPLATE, BlockKind.METADATA})
_TOGETHER = frozenset(
    {BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.QUOTATION, BlockKind.REFERENCE}
)
_CELLS = " | "
_DEEPEST = 50

_Cut = tuple[int, int, str]
"""Start and end in a block's visible text, and the anchor of the work that is cited there."""


def layout(
    article: Article,
    claims: Sequence[tuple[Claim, Pin]],
    citations: Sequence[Citation],
    works: Mapping[str, str],
) -> tuple[Group, ...]:
    """The blocks that a reader sees, in order, those that belong together as one group.

    `claims` come with their pins; `works` are the anchors of works by citekey. A claim is marked in
    the block that holds it; of two that overlap the second is not marked.
    """
    shown = [block for block in article.blocks if block.kind not in _HIDDEN]
    holding = _Holding(shown)
    pinned: dict[int, list[tuple[Span, Pin]]] = {}
    for claim, pin in claims:
        at = holding.index(claim.span)
        if at is not None:
            pinned.setdefault(at, []).append((claim.span, pin))
    cited: dict[int, list[tuple[Span, str]]] = {}
    for citation in citations:
        for item in citation.items:
            if len(item.keys) == 1 and item.keys[0] in works:
                at = holding.index(item.span)
                if at is not None:
                    cited.setdefault(at, []).append((item.span, works[item.keys[0]]))
    lines = [
        (block.kind, _line(block, pinned.get(at, ()), cited.get(at, ())))
        for at, block in enumerate(shown)
    ]
    return tuple(_groups(_deepened(lines)))


def left_out(article: Article) -> str:
    """What of the file is not shown, "" where all of it is."""
    counts = Counter(block.kind for block in article.blocks if block.kind in _HIDDEN)
    return ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items()))


def title(article: Article) -> str:
    """The article's title, else its first heading, else its path."""
    for wanted in (BlockKind.TITLE, BlockKind.HEADING):
        for block in article.blocks:
            if block.kind is wanted and block.text.strip():
                return block.text.strip()
    return article.path


class _Holding:
    """Finds the block that holds a span."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._order = sorted(range(len(blocks)), key=lambda index: blocks[index].span)
        self._blocks = blocks
        self._at = 0

    def index(self, span: Span) -> int | None:
        """The block whose span holds this one. Of nested blocks the innermost.

        Quick where spans are asked for in their order.
        """
        order, blocks = self._order, self._blocks
        while self._at and blocks[order[self._at]].span.start > span.start:
            self._at -= 1
        found = None
        for place in range(self._at, len(order)):
            if blocks[order[place]].span.start > span.start:
                break
            if blocks[order[place]].span.contains(span):
                found = place
        if found is not None:
            self._at = found
            return order[found]
        # A block within another one may end before it: the outer one goes on behind it.
        for place in range(self._at, max(-1, self._at - _DEEPEST), -1):
            if blocks[order[place]].span.contains(span):
                return order[place]
        return None


def _deepened(lines: Sequence[tuple[BlockKind, Line]]) -> list[tuple[BlockKind, Line]]:
    """The same with the levels of headings counted from 1, none left out on the way down."""
    above: list[int] = []
    found: list[tuple[BlockKind, Line]] = []
    for kind, line in lines:
        if kind is BlockKind.HEADING:
            while above and above[-1] >= line.level:
                above.pop()
            above.append(line.level)
            found.append((kind, replace(line, level=len(above))))
        else:
            found.append((kind, line))
    return found


def _line(
    block: Block, pinned: Sequence[tuple[Span, Pin]], cited: Sequence[tuple[Span, str]]
) -> Line:
    cuts = [(*_visible(block, span), work) for span, work in sorted(cited)]
    stretches: list[Stretch] = []
    at = 0
    for span, pin in sorted(pinned, key=lambda pair: pair[0]):
        start, end = _visible(block, span)
        if start < at or start >= end:
            continue
        if at < start:
            stretches.append(Stretch(_parts(block.text, at, start, cuts)))
        stretches.append(Stretch(_parts(block.text, start, end, cuts), pin))
        at = end
    if at < len(block.text):
        stretches.append(Stretch(_parts(block.text, at, len(block.text), cuts)))
    cells = tuple(block.text.split(_CELLS)) if block.kind is BlockKind.TABLE else ()
    return Line(block.level, tuple(stretches), cells)


def _visible(block: Block, span: Span) -> tuple[int, int]:
    return visible_offset(block.runs, span.start), visible_offset(block.runs, span.end)


def _parts(text: str, start: int, end: int, cuts: Sequence[_Cut]) -> tuple[Part, ...]:
    """The text from start to end, cut where works are cited."""
    parts = []
    at = start
    for first, last, work in cuts[bisect_left(cuts, (start, 0, "")) :]:
        if first >= end:
            break
        if at <= first < last <= end:
            if at < first:
                parts.append(Part(text[at:first]))
            parts.append(Part(text[first:last], work))
            at = last
    if at < end:
        parts.append(Part(text[at:end]))
    return tuple(parts)


def _groups(lines: Sequence[tuple[BlockKind, Line]]) -> Iterator[Group]:
    for kind, together in groupby(lines, key=lambda pair: pair[0]):
        found = tuple(line for _, line in together)
        if kind in _TOGETHER:
            yield Group(kind, found)
        else:
            yield from (Group(kind, (line,)) for line in found)
