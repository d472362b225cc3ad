"""What a reader sees before anything is classified: stretches of visible text with their shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from exocite.frozen import dataclass
from exocite.model import BlockKind, Run, Span
from exocite.text import VisibleText, source_span, trimmed


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block as the format draws it; `structure` decides what it is for.

    `label` is the number or key that the format gives it (a list item's number, "^1" of a note),
    "" for none. `breaks` are offsets in `text` at which a line begins that a reader of the printed
    page would see begin. `by_shape` marks a heading that only its shape tells from prose.
    """

    kind: BlockKind
    span: Span
    text: str
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""
    breaks: tuple[int, ...] = ()
    by_shape: bool = False

    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each printed line in `text`, white space at the ends left out."""
        edges = [0, *self.breaks, len(self.text)]
        spans = (trimmed(self.text, a, b) for a, b in pairwise(edges))
        return [(start, end) for start, end in spans if start < end]

    def part(self, start: int, end: int) -> RawBlock:
        """The stretch of this block from `start` to `end` of its text, as a block of its own."""
        runs = tuple(_cut(self.runs, start, end))
        breaks = tuple(at - start for at in self.breaks if start < at < end)
        span = source_span(self.runs, start, end)
        return replace(self, span=span, text=self.text[start:end], runs=runs, breaks=breaks)


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterable[Run]:
    for run in runs:
        first = max(run.text_start, start)
        last = min(run.text_start + run.text_length, end)
        if first >= last:
            continue
        if run.text_length == run.source_length:
            source = run.source_start + first - run.text_start
            yield Run(first - start, last - first, source, last - first)
        else:
            yield Run(first - start, last - first, run.source_start, run.source_length)


def finished(
    kind: BlockKind,
    visible: VisibleText,
    *,
    level: int = 0,
    label: str = "",
    breaks: Sequence[int] = (),
    by_shape: bool = False,
) -> RawBlock | None:
    """The block of this visible text without white space at its ends; None where nothing is left.

    Its span reaches from the first visible character to the last.
    """
    text, runs = visible.build()
    start, end = trimmed(text, 0, len(text))
    if start == end:
        return None
    span = source_span(runs, start, end)
    whole = RawBlock(kind, span, text, runs, level, label, tuple(breaks), by_shape)
    return whole if (start, end) == (0, len(text)) else whole.part(start, end)
