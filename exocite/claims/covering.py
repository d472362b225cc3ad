"""Claims without a marker of their own that the article's style puts under one beside them.

A marker covers its own sentence, and more only where the style shows it. Where every paragraph that
cites does so at its very end alone, and most paragraphs do, the marker answers for the whole
paragraph. Where a sentence that cites leads into a list ("The signs are [3]:") and no item cites,
it answers for the list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exocite.model import Article, Block, BlockKind, Citation, Claim, Cover, Reach, Sentence
from exocite.patterns import regex
from exocite.text import visible_offset

_FEWEST_PARAGRAPHS = 3
_LEAST_SHARE = 0.5
_REACH = 40
_WORD = regex(r"\w")
_LEADS_IN = regex(r":[\s)\]”\"’]*$")


def covered(
    article: Article,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    claims: Sequence[Claim],
) -> tuple[Claim, ...]:
    """The claims, those covered by a marker beside them with that cover; linear in the text."""
    within = _by_block(article, citations)
    covers = dict(_lists(article, within))
    lengths = Counter(sentence.block for sentence in sentences)
    covers.update(_paragraphs(article, lengths, within))
    if not covers:
        return tuple(claims)
    blocks = {sentence.span: sentence.block for sentence in sentences}
    return tuple(
        claim
        if claim.citations or (cover := covers.get(blocks.get(claim.span, -1))) is None
        else replace(claim, cover=cover)
        for claim in claims
    )


def _by_block(article: Article, citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """The citations that stand in each block of the article."""
    pending = sorted(citations, key=lambda citation: citation.span)
    starts = [citation.span.start for citation in pending]
    return [
        tuple(pending[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)])
        if block.kind.is_prose or block.kind is BlockKind.HEADING
        else ()
        for block in article.blocks
    ]


def _paragraphs(
    article: Article, lengths: Counter[int], within: Sequence[tuple[Citation, ...]]
) -> Iterator[tuple[int, Cover]]:
    """The paragraphs of several sentences, with their cover, where all cite at their ends alone."""
    long = [
        number
        for number, block in enumerate(article.blocks)
        if block.kind is BlockKind.PARAGRAPH and lengths[number] > 1
    ]
    citing = [number for number in long if within[number]]
    if len(citing) < max(_FEWEST_PARAGRAPHS, _LEAST_SHARE * len(long)):
        return
    if all(_at_end(article.blocks[number], within[number]) for number in citing):
        for number in citing:
            yield number, Cover(Reach.PARAGRAPH, within[number])


def _at_end(block: Block, citations: Sequence[Citation]) -> bool:
    """Whether the block's citations stand together behind its last word, not in its sentence."""
    at = visible_offset(block.runs, citations[0].span.start)
    if not _WORD.search(block.text, 0, at):
        return False
    for citation in citations:
        if _WORD.search(block.text, at, visible_offset(block.runs, citation.span.start)):
            return False
        at = visible_offset(block.runs, citation.span.end)
    return _WORD.search(block.text, at) is None


def _lists(article: Article, within: Sequence[tuple[Citation, ...]]) -> Iterator[tuple[int, Cover]]:
    """The items of the lists that a citing sentence leads into, with their cover."""
    at = 0
    blocks = article.blocks
    while at < len(blocks):
        if blocks[at].kind is not BlockKind.LIST_ITEM:
            at += 1
            continue
        end = at
        while end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM:
            end += 1
        leading = _leading(blocks[at - 1], within[at - 1]) if at else ()
        if leading and not any(within[at:end]):
            cover = Cover(Reach.LIST, leading)
            yield from ((number, cover) for number in range(at, end))
        at = end


def _leading(block: Block, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations of the sentence that ends the block with a colon, behind its last word."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return ()
    found: list[Citation] = []
    stop = len(block.text)
    for citation in reversed(citations):
        end = visible_offset(block.runs, citation.span.end)
        between = block.text[end:stop]
        if _WORD.search(between):
            break
        found.append(citation)
        stop = visible_offset(block.runs, citation.span.start)
    if not found:
        return ()
    behind = block.text[visible_offset(block.runs, found[0].span.end) :]
    shown = block.text[max(0, stop - _REACH) : stop] + behind
    return tuple(reversed(found)) if _LEADS_IN.search(shown) else ()
