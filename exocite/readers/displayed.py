"""Displayed mathematics within a sentence: the paragraphs around a formula are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exocite.frozen import dataclass
from exocite.model import BlockKind, Span
from exocite.patterns import regex
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText

_STOPPED = regex(r"[.!?…][\"'”’»)\]]{0,4}(?:\s?\[[^\[\]]{1,300}\]){0,8}$")
_BETWEEN = regex(
    r"\+|\[\[[^\[\]]*\]\]|\[(?:stem|latexmath|asciimath)?[#%.]?[^\[\]]*\]|\.\. _[^`].*:|#\+\w.*"
    r"|<[\w:.-]{1,200}>|"
)
_REACH = 2000
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION})


def woven(source: str, blocks: Sequence[RawBlock], formulas: Mapping[Span, str]) -> list[RawBlock]:
    """The blocks in order, each formula a part of the sentence that it stands in.

    `formulas` gives what is shown of the block at a span, never "". A formula belongs to a
    paragraph above it that no full stop ends; a paragraph below it that goes on in lower case
    belongs to both. Nothing but white space, labels and marks of attachment may stand between them.
    A formula that stands alone stays what it is.
    """
    out: list[_Sentence] = []
    host: _Sentence | None = None  # Not a note: that stands inside the paragraph of its sign.
    for block in sorted(blocks, key=lambda block: block.span):
        shown = formulas.get(block.span)
        if host is not None and block.span.end <= host.end:
            out.append(_Sentence([block], block))
        elif (
            host is not None
            and _is_near(source, host.end, block.span.start)
            and (host.takes(block, shown))
        ):
            continue
        else:
            host = _Sentence([block], block, shown or "")
            out.append(host)
    return sorted((sentence.block() for sentence in out), key=lambda block: block.span)


@dataclass(slots=True)
class _Sentence:
    """Blocks that are one; `kept` gives it its kind, `formula` is the last part if one is shown."""

    parts: list[RawBlock]
    kept: RawBlock
    formula: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the source so far."""
        return self.parts[-1].span.end

    def takes(self, block: RawBlock, shown: str | None) -> bool:
        """Whether a block is a part of it, which it then is; `shown` is given for a formula."""
        if shown is not None:
            if self.kept.kind not in _PROSE or _STOPPED.search(self.parts[-1].text[-_REACH:]):
                return False
            self.parts.append(_shown(block, shown))
        elif self.formula and _goes_on(self.kept, self.formula, block):
            if self.kept.kind is BlockKind.CODE:
                self.parts[-1] = _shown(self.kept, self.formula)
                self.kept = block
            self.parts.append(block)
        else:
            return False
        self.formula = shown or ""
        return True

    def block(self) -> RawBlock:
        """The parts as one block, a space between them."""
        if len(self.parts) == 1:
            return self.parts[0]
        visible, breaks, end = VisibleText(), list[int](), -1
        for part in self.parts:
            if end >= 0:
                visible.replace(" ", end, part.span.start)
                breaks.append(len(visible))
            breaks.extend(len(visible) + at for at in part.breaks)
            for run in part.runs:
                text = part.text[run.text_start : run.text_start + run.text_length]
                visible.replace(text, run.source_start, run.source_start + run.source_length)
            end = part.span.end
        kept = self.kept
        joined = finished(kept.kind, visible, level=kept.level, label=kept.label, breaks=breaks)
        return joined or kept


def _is_near(source: str, start: int, end: int) -> bool:
    if end - start > _REACH:
        return False
    return all(_BETWEEN.fullmatch(line.strip()) for line in source[start:end].splitlines())


def _goes_on(above: RawBlock, formula: str, block: RawBlock) -> bool:
    """Whether the sentence that the formula stands in goes on in this block."""
    if block.kind not in _PROSE or block.label or formula.endswith((".", "!", "?")):
        return False
    alike = above.kind is BlockKind.CODE or (above.kind, above.level) == (block.kind, block.level)
    return alike and (block.text[0].islower() or block.text[0] in ",;)")


def _shown(block: RawBlock, text: str) -> RawBlock:
    """The formula as it stands in a sentence: one text for the whole of its source."""
    visible = VisibleText()
    start, end = block.span.start, block.span.end
    if len(text) == end - start > 1:  # Of equal length it would pass for a copy.
        visible.replace(text[:1], start, start)
        text = text[1:]
    visible.replace(text, start, end)
    return finished(block.kind, visible) or block
