"""The citations of an article: the format's own and those of its prose, and what they name.

`find` sees markers, `match_listed` finds the article's printed references in the bibliography, and
`resolve` puts the two together. None of them guesses: an unknown key stays unknown, and what can
mean two references means both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from exocite.claims.keys import resolve
from exocite.claims.listed import match_listed
from exocite.claims.markers import (
    author_year,
    authors,
    flattened,
    links,
    numeric,
    pandoc,
    repeats,
    superscript,
    unbracketed,
)
from exocite.claims.markers.prose import Prose, prose
from exocite.model import Article, Block, BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.text import visible_offset

__all__ = ["find", "match_listed", "resolve"]

_SILENT = frozenset(
    {
        BlockKind.CODE,
        BlockKind.METADATA,
        BlockKind.NAVIGATION,
        BlockKind.REFERENCE,
        BlockKind.BYLINE,
    }
)
# Formats in which markup writes the numbers that a reader sees: a number of prose is no marker.
_MARKED_UP = frozenset({"mediawiki", "jats", "typst", "latex"})
# Formats in which people also number by hand (":cite:`ku`" in one section, "[1]" above a list of
# their own in another): beside markup a number in square brackets counts if that list holds it.
_PARTLY_MARKED_UP = frozenset({"restructuredtext", "asciidoc", "org"})
_BY_KEY = frozenset({CitationKind.MARKUP, CitationKind.LATEX, CitationKind.FOOTNOTE})
_NOTE = regex(
    r"(?:\[\^(?P<markdown>[^\]\[\s]{1,100})\]:|\.\.\s{1,9}\[(?P<rst>[\w#*.:+-]{1,100})\]"
    r"|\[fn:(?P<org>[\w-]{1,100})\])\s*$"
)
_OPENS_NOTE = frozenset("[:,")
_UNNUMBERED = frozenset({"#", "*"})
_NOTE_MARK = regex(r"\[\^(?P<label>[^\]\[\s]{1,100})\](?!:)")
_NOTE_REACH = 130


def find(article: Article) -> tuple[Citation, ...]:
    """Every citation of the article in the order of its source, with exact spans, unresolved.

    The format's own markers win over markers of prose at the same place. Markers in code,
    mathematics, addresses, navigation and in the list of references itself are none.
    """
    blocks = [block for block in article.blocks if block.kind not in _SILENT]
    texts = [prose(block) for block in blocks]
    listed = [reference.span for reference in article.references]
    own = [
        citation
        for citation in article.citations
        if citation.kind is CitationKind.PANDOC or not _inside(listed, citation.span)
    ]
    labels = {reference.label for reference in article.references}
    in_prose = _in_prose(article, texts, labels)
    found = _notes(article, blocks, texts, _without_overlaps(own, in_prose))
    return tuple(sorted(found, key=lambda citation: citation.span))


def _inside(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of the spans, which are in order, holds this one."""
    at = bisect_right(spans, span.start, key=lambda other: other.start) - 1
    return at >= 0 and spans[at].contains(span)


def _in_prose(article: Article, texts: Sequence[Prose], labels: set[str]) -> list[Citation]:
    """The markers of running text, surest kind first."""
    native = article.format in ("markdown", "jupyter")
    marked_up = article.format in _MARKED_UP and bool(article.citations)
    by_list = article.format in _PARTLY_MARKED_UP and any(
        citation.kind in _BY_KEY for citation in article.citations
    )
    known = authors.known_works([reference.text for reference in article.references])
    shared = numeric.brackets_are_shared(texts)
    found: list[Citation] = []
    for text in texts:
        found.extend(pandoc.find(text, native=native))
        if not native:
            found.extend(_note_marks(text))
        found.extend(links.find(text))
        if not marked_up:
            numbers = numeric.find(text, labels, shared=shared)
            found.extend(_listed_only(numbers, labels) if by_list else numbers)
        found.extend(author_year.find(text, known))
    if marked_up or by_list:
        return found
    found.extend(superscript.find(texts, labels))
    found.extend(unbracketed.find(texts, found, labels))
    numbered = any(c.kind is CitationKind.NUMERIC for c in found)
    raised = any(c.kind is CitationKind.SUPERSCRIPT for c in (*found, *article.citations))
    if not numbered and not raised:
        listed = {label for label in labels if label.isdigit()}
        if listed:
            found.extend(numeric.find_round(texts, listed))
        if not any(c.kind is CitationKind.NUMERIC for c in found):
            found.extend(flattened.find(texts, listed))
    return found


def _listed_only(found: Iterable[Citation], labels: set[str]) -> list[Citation]:
    """The citations whose numbers the list of references or the notes hold, every one."""
    return [
        citation
        for citation in found
        if all(item.label in labels or f"^{item.label}" in labels for item in citation.items)
    ]


def _without_overlaps(first: Iterable[Citation], second: Iterable[Citation]) -> list[Citation]:
    """All citations, of two that overlap the one that comes first here."""
    kept: list[Citation] = []
    occupied: dict[int, list[Citation]] = {}
    for citation in (*first, *second):
        cells = range(citation.span.start // _CELL, citation.span.end // _CELL + 1)
        near = [other for cell in cells for other in occupied.get(cell, ())]
        if any(_overlap(citation, other) for other in near):
            continue
        kept.append(citation)
        for cell in cells:
            occupied.setdefault(cell, []).append(citation)
    return kept


_CELL = 512


def _overlap(one: Citation, other: Citation) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


# --------------------------------------------------------------------------- notes


def _note_marks(text: Prose) -> list[Citation]:
    """`[^n]` in a format that has no notes of its own."""
    return [
        text.citation(
            CitationKind.FOOTNOTE,
            *match.span(),
            (CitedItem("^" + match["label"], text.place(match.start() + 1, match.end() - 1)),),
        )
        for match in _NOTE_MARK.finditer(text.view)
    ]


def _notes(
    article: Article,
    blocks: Sequence[Block],
    texts: Sequence[Prose],
    found: Sequence[Citation],
) -> list[Citation]:
    """The citations, those of notes told from remarks.

    A note that prints a reference is known by its label in the list; one that cites by key or DOI
    stands for the works that it cites; one that is not defined stays; a mere remark is no citation.
    """
    printed = {reference.label: reference.text for reference in article.references}
    defined = _definitions(article, found)
    starts = [block.span.start for block in blocks]
    works = sorted(
        (citation for citation in found if citation.kind is not CitationKind.FOOTNOTE),
        key=lambda citation: citation.span,
    )
    kept = []
    for citation in found:
        if citation.kind is not CitationKind.FOOTNOTE:
            kept.append(citation)
            continue
        label = citation.items[0].label
        block = defined.get(label)
        text = printed.get(label) or (block.text if block else "")
        items = _named_in(text, citation.items[0])
        if not items and block is not None and label not in printed:
            items = _cited_in(block, citation.items[0], works)
        elif not items:
            items = citation.items
        if items:
            at = bisect_right(starts, citation.span.start) - 1
            span = _with_names(blocks, texts, at, citation.span, text) if at >= 0 else None
            kept.append(Citation(citation.kind, span or citation.span, items))
    return kept


def _named_in(text: str, sign: CitedItem) -> tuple[CitedItem, ...]:
    """The works of a note that names them in short: "Ibid., 4", "See Ku 2023, p. 5"."""
    title = repeats.short_title(text)
    if title is not None:
        return (CitedItem(title[0], sign.span, title[1]),)
    return author_year.items_of_note(text, sign.span)


def _cited_in(block: Block, sign: CitedItem, works: Sequence[Citation]) -> tuple[CitedItem, ...]:
    """The works that a note's text cites, all at the place of its sign.

    `works` are the citations of the article that are no notes, in the order of the source.
    """
    first = bisect_left(works, block.span.start, key=lambda citation: citation.span.start)
    last = bisect_left(works, block.span.end, key=lambda citation: citation.span.start)
    return tuple(
        CitedItem(inner.label, sign.span, inner.locator)
        for other in works[first:last]
        if block.span.contains(other.span)
        for inner in other.items
    )


def _with_names(
    blocks: Sequence[Block], texts: Sequence[Prose], at: int, span: Span, note: str
) -> Span:
    """The span of a note's sign together with the authors whom the sentence names before it."""
    if not blocks[at].span.contains(span):
        return span
    place = visible_offset(blocks[at].runs, span.start)
    begin = authors.named_before(texts[at].view, place, note)
    return Span(texts[at].place(begin, place).start, span.end) if begin < place else span


def _definitions(article: Article, found: Sequence[Citation]) -> dict[str, Block]:
    """The block that each note's definition begins with.

    It stands behind the note's label, or behind its sign where the sign opens the note's own text
    ("footnote:[", "[fn::"). The notes that reStructuredText numbers by itself are counted.
    """
    defined: dict[str, Block] = {}
    counts: Counter[str] = Counter()
    ordered = sorted(article.blocks, key=lambda block: block.span)
    for block in ordered:
        start = block.span.start
        match = _NOTE.search(article.source, max(0, start - _NOTE_REACH), start)
        if match is None:
            continue
        label = next(filter(None, match.groups()))
        if label in _UNNUMBERED:
            counts[label] += 1
            label += str(counts[label])
        defined.setdefault("^" + label, block)
    for citation in found:
        end = citation.span.end
        if citation.kind is CitationKind.FOOTNOTE and article.source[end - 1] in _OPENS_NOTE:
            at = bisect_left(ordered, end, key=lambda block: block.span.start)
            if at < len(ordered):
                defined.setdefault(citation.items[0].label, ordered[at])
    return defined
