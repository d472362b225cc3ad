"""Which sentences of an article are claims: a score in 0..1, a kind, and a reason in words.

The score is that of a logistic model over the named features of `exocite.claims.features`, trained
by training/claims.py under the guideline of docs/claims.md. Lines that are no prose by their look
(`exocite.claims.appearance`) score 0.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from exocite.claims.appearance import appearance
from exocite.claims.cues import BY_NAME, cues
from exocite.claims.features import body, features, folded_case, words
from exocite.model import Article, Block, Citation, CitationKind, Claim, Sentence
from exocite.text import digest, folded, visible_offset, without_spans

_LONGEST_QUOTE = 40
_EMPTY_BRACKETS = re.compile(r" ?[(\[]\s*[)\]]")
_NARRATIVE_LATEX = re.compile(
    r"\\(?:[Cc]itet|[Tt]extcite|[Cc]ite(?:author|fullauthor|year(?!par)|alt|asnoun)|[Nn]ewcite)"
)
_NARRATIVE_MARKUP = re.compile(
    r":(?:foot)?cite:?(?:t|ts|ct|cts|authors?|titles?):|`[^`]*`:cite:(?:t|ts|authors?):"
    r"|(?:\[\[)?(?:[Cc]ite(?:np|t|alt|author|year|title)|fullcite|[Tt]extcite)\*?:"
    r"|\[cite/(?:t|text|a|author)\b"
)
"""Roles of reStructuredText, macros of AsciiDoc, styles of Org that print the authors."""


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """A logistic model: the weight of each feature, the bias, and the score that makes a claim."""

    weights: Mapping[str, float]
    bias: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """How far a sentence needs a source: score in 0..1, kind of sentence, reason for a person.

    `is_claim` is whether the score reached the threshold in force.
    """

    score: float
    kind: str
    reason: str
    is_claim: bool


def score(
    text: str,
    *,
    before: str = "",
    after: str = "",
    section: str = "",
    model: ClaimModel,
    threshold: float | None = None,
) -> Assessment:
    """Assess one sentence, given without its citation markers.

    `before` and `after` are its neighbours in the paragraph, "" at an edge; `section` is the
    heading above. `threshold` replaces the model's own. The same input gives the same score on
    every platform: weights and score are rounded, the sum is exact.
    """
    look = appearance(text)
    if look:
        return Assessment(0.0, "boilerplate", f"no claim: this is {look}", is_claim=False)
    names = features(text, _prose(before), _prose(after), section)
    total = model.bias + math.fsum(model.weights.get(name, 0.0) for name in names)
    value = round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)
    is_claim = value >= (model.threshold if threshold is None else threshold)
    kind, reason = _reason(text, is_claim=is_claim)
    return Assessment(value, kind, reason, is_claim)


def claims(
    article: Article,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    model: ClaimModel,
    threshold: float | None = None,
) -> tuple[Claim, ...]:
    """The claims among the article's sentences, in order.

    A sentence of a prose block is a claim when its score reaches the threshold, or when its author
    cites a reference for it. `Claim.citations` are those that stand in the sentence's span, which
    includes markers after the full stop. An id is "c" and ten hexadecimal digits of the
    statement's hash; a statement that occurs again gets "-2", "-3".
    """
    found: list[Claim] = []
    seen: dict[str, int] = {}
    pending = sorted(citations, key=lambda citation: citation.span)
    starts = [citation.span.start for citation in pending]
    for number, members in groupby(sentences, key=lambda sentence: sentence.block):
        block = article.blocks[number]
        if not block.kind.is_prose:
            continue
        group = list(members)
        cited = [_within(sentence, pending, starts) for sentence in group]
        statements = [
            _statement(article, block, sentence, marks)
            for sentence, marks in zip(group, cited, strict=True)
        ]
        for index, sentence in enumerate(group):
            before = statements[index - 1] if index else ""
            after = statements[index + 1] if index + 1 < len(group) else ""
            assessed = score(
                statements[index],
                before=before,
                after=after,
                section=block.section,
                model=model,
                threshold=threshold,
            )
            reason = assessed.reason
            if not assessed.is_claim:
                if appearance(statements[index]) or not _names_reference(cited[index]):
                    continue
                reason = "its author cites a source for it"
            found.append(
                Claim(
                    id=_identifier(statements[index], seen),
                    span=sentence.span,
                    text=sentence.text,
                    statement=statements[index],
                    score=assessed.score,
                    reason=reason,
                    kind=assessed.kind,
                    section=block.section,
                    before=before,
                    citations=cited[index],
                    behind=_behind(article, block, sentence, cited[index], statements[index]),
                )
            )
    return tuple(found)


def _prose(neighbour: str) -> str:
    return "" if not neighbour or appearance(neighbour) else neighbour


def _reason(text: str, *, is_claim: bool) -> tuple[str, str]:
    """Kind and reason, by the first cue of the table that speaks for the outcome."""
    kept = body(text)
    for name, shown in cues(folded_case(kept), words(kept)).items():
        cue = BY_NAME[name]
        if cue.claims == is_claim:
            quoted = f": '{_shortened(shown)}'" if any(map(str.isalnum, shown)) else ""
            return cue.kind, f"{'' if is_claim else 'no claim: '}{cue.says}{quoted}"
    if is_claim:
        return "existence or property", "states something that a source could settle"
    return "vague", "no claim: says too little that a source could settle"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _within(
    sentence: Sentence, citations: Sequence[Citation], starts: Sequence[int]
) -> tuple[Citation, ...]:
    """The citations of the sentence; both are in the order of the text.

    What a reader sees of a marker counts: a sentence that ends in raised digits ends before the
    tag that closes them.
    """
    first = bisect_left(starts, sentence.span.start)
    last = bisect_left(starts, sentence.span.end)
    return tuple(
        one
        for one in citations[first:last]
        if sentence.span.contains(one.span)
        or (one.items and all(sentence.span.contains(item.span) for item in one.items))
    )


def _names_reference(citations: Iterable[Citation]) -> bool:
    return any(item.keys for citation in citations for item in citation.items)


def _statement(
    article: Article, block: Block, sentence: Sentence, citations: Iterable[Citation]
) -> str:
    """The sentence as it reads without its markers; markers that the grammar needs stay."""
    text, marks = _marked(article, block, sentence, citations)
    return _bare(text, marks) or sentence.text


def _behind(
    article: Article,
    block: Block,
    sentence: Sentence,
    citations: Sequence[Citation],
    statement: str,
) -> tuple[int, ...]:
    """How much of the statement stands before each marker."""
    text, marks = _marked(article, block, sentence, citations)
    places = [visible_offset(block.runs, one.span.start) for one in citations]
    start = visible_offset(block.runs, sentence.span.start)
    return tuple(min(len(_bare(text[: at - start], marks)), len(statement)) for at in places)


def _marked(
    article: Article, block: Block, sentence: Sentence, citations: Iterable[Citation]
) -> tuple[str, list[tuple[int, int]]]:
    """The sentence's visible text, and where in it the markers stand that can be left out."""
    start = visible_offset(block.runs, sentence.span.start)
    end = visible_offset(block.runs, sentence.span.end)
    marks = [
        (
            visible_offset(block.runs, citation.span.start) - start,
            visible_offset(block.runs, citation.span.end) - start,
        )
        for citation in citations
        if not _is_narrative(citation, article.source)
    ]
    return block.text[start:end], marks


def _bare(text: str, marks: Iterable[tuple[int, int]]) -> str:
    within = [(start, end) for start, end in marks if start < len(text)]
    return _EMPTY_BRACKETS.sub("", without_spans(text, within)).strip()


def _is_narrative(citation: Citation, source: str) -> bool:
    """Whether the marker is a part of the sentence: "Ku et al. (2023) found", "@ku2023 found"."""
    written = source[citation.span.start : citation.span.end]
    if citation.kind in (CitationKind.AUTHOR_YEAR, CitationKind.PANDOC):
        return not written.startswith(("(", "[", "{{harv|", "{{harvnb|"))
    if citation.kind is CitationKind.LATEX:
        return bool(_NARRATIVE_LATEX.match(written))
    if citation.kind is CitationKind.MARKUP:
        return bool(_NARRATIVE_MARKUP.match(written))
    return citation.kind is CitationKind.LINK and not written.startswith(("(", "http", "doi", "<"))


def _identifier(statement: str, seen: dict[str, int]) -> str:
    name = f"c{digest(folded(statement))[:10]}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"
