"""Which sentences of an article are claims: a score in 0..1, a kind, and a reason in words.

The score is that of `exocite.claims.scoring`. Lines that are no prose by their look
(`exocite.claims.appearance`) score 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby

from exocite.claims.appearance import appearance
from exocite.claims.cues import BY_NAME
from exocite.claims.features import body, cues_of
from exocite.claims.genre import Genre, genre
from exocite.claims.naming import names_only
from exocite.claims.scoring import ClaimModel, Scorer
from exocite.claims.surroundings import Surrounded
from exocite.frozen import dataclass
from exocite.model import Article, Block, Citation, CitationKind, Claim, Sentence
from exocite.patterns import regex
from exocite.text import digest, folded, visible_offset, without_spans

_LONGEST_QUOTE = 40
_NAMED = "no claim: names something and says nothing of it"
_OPENED = (
    r" ?[(\[]\s*(?:(?:(?:but )?(?:also )?see(?: also)?|e\.g\.,?|cf\.|(?:as )?reviewed (?:in|by)"
    r"|refs?\.?|for (?:a )?reviews?,? see)[\s,]*)?"
)
_EMPTY_BRACKETS = regex(_OPENED + r"[)\]]")
"""Brackets that held nothing but citations, with the words that lead to them."""
_OPEN_BRACKET = regex(_OPENED + r"\Z")
_NARRATIVE_LATEX = regex(
    r"\\(?:[Cc]itet|[Tt]extcite|[Cc]ite(?:author|fullauthor|year(?!par)|alt|asnoun)|[Nn]ewcite)"
)
_NARRATIVE_MARKUP = regex(
    r":(?:foot)?cite:?(?:t|ts|ct|cts|authors?|titles?):|`[^`]*`:cite:(?:t|ts|authors?):"
    r"|(?:\[\[)?(?:[Cc]ite(?:np|t|alt|author|year|title)|fullcite|[Tt]extcite)\*?:"
    r"|\[cite/(?:t|text|a|author)\b|#cite\([^()]{0,200}\bform:\s*\"(?:prose|author|full)\""
)
"""Roles, macros, styles and forms (reStructuredText, AsciiDoc, Org, Typst) that print authors."""


_look = lru_cache(maxsize=4096)(appearance)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How far a sentence needs a source: score in 0..1, kind of sentence, reason for a person.

    `is_claim` is whether the score reached the threshold in force.
    """

    score: float
    kind: str
    reason: str
    is_claim: bool


Known = MutableMapping[str, Assessment]
"""Assessments of sentences of other prose, by what each depends on."""


def assess(
    sentences: Sequence[Surrounded],
    model: ClaimModel,
    threshold: float | str | None = None,
    known: Known | None = None,
) -> list[Assessment]:
    """Assess the sentences of one article, given in order and without their citation markers.

    `threshold` replaces the model's own: a score, or the name of one of its profiles. The same
    input gives the same scores on every platform. `known` holds assessments that this model made
    before: those that fit are taken, and those of this article are left in it. In a research
    article each sentence depends on all others; there `known` is emptied.
    """
    assessor = _Assessor(sentences, model, model.least(threshold))
    if known is None or assessor.research:
        if known is not None:
            known.clear()
        return [*map(assessor.assess, range(len(sentences)))]
    names = [_depends_on(one, assessor.least) for one in sentences]
    found = [known.get(name) or assessor.assess(index) for index, name in enumerate(names)]
    known.clear()
    known.update(zip(names, found, strict=True))
    return found


def _depends_on(sentence: Surrounded, least: float) -> str:
    """A hash of all that the assessment of a sentence depends on, beside the model."""
    about = (sentence.text, sentence.before, sentence.after, sentence.section, least)
    return digest(repr(about))


class _Assessor:
    """Assesses the sentences of one article, in any order."""

    def __init__(self, sentences: Sequence[Surrounded], model: ClaimModel, least: float) -> None:
        self.least = least
        self.research = genre(sentences).research
        self._sentences = sentences
        self._model = model

    @cached_property
    def _research_scorer(self) -> Scorer:
        return Scorer(self._model, [*map(_among_prose, self._sentences)], research=True)

    def _score(self, index: int) -> float:
        if self.research:
            return self._research_scorer.score(index)
        alone = [_among_prose(self._sentences[index])]
        return Scorer(self._model, alone, research=False).score(0)

    def assess(self, index: int) -> Assessment:
        """The assessment of one of them."""
        text = self._sentences[index].text
        look = _look(text)
        if look:
            return Assessment(0.0, "boilerplate", f"no claim: this is {look}", is_claim=False)
        if names_only(text):
            return Assessment(0.0, "vague", _NAMED, is_claim=False)
        value = self._score(index)
        kind, reason = _reason(text, is_claim=value >= self.least)
        return Assessment(value, kind, reason, is_claim=value >= self.least)


def score(
    text: str,
    *,
    before: str = "",
    after: str = "",
    section: str = "",
    model: ClaimModel,
    threshold: float | str | None = None,
) -> Assessment:
    """Assess one sentence alone, as `assess` does for an article of this one sentence."""
    return assess([Surrounded(text, before, after, section)], model, threshold)[0]


def claims(
    article: Article,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    model: ClaimModel,
    threshold: float | str | None = None,
    known: Known | None = None,
) -> tuple[Claim, ...]:
    """The claims among the article's sentences, in order.

    A sentence of a prose block is a claim when its score reaches the threshold, or when its author
    cites a reference for it. `Claim.citations` are those that stand in the sentence's span, which
    includes markers after the full stop. An id is "c" and ten hexadecimal digits of the
    statement's hash; a statement that occurs again gets "-2", "-3". `known` is that of `assess`.
    """
    found: list[Claim] = []
    seen: dict[str, int] = {}
    read = list(_read(article, sentences, citations))
    assessments = assess([one.surrounded for one in read], model, threshold, known)
    for one, assessed in zip(read, assessments, strict=True):
        statement, reason = one.surrounded.text, assessed.reason
        if not assessed.is_claim:
            if not _names_reference(one.cited) or _look(statement):
                continue
            reason = "its author cites a source for it"
        block = article.blocks[one.sentence.block]
        found.append(
            Claim(
                id=_identifier(statement, seen),
                span=one.sentence.span,
                text=one.sentence.text,
                statement=statement,
                score=assessed.score,
                reason=reason,
                kind=assessed.kind,
                section=block.section,
                before=one.surrounded.before,
                citations=one.cited,
                behind=_behind(block, one),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence of prose, how it was assessed, and whether a citation makes it a claim."""

    sentence: Sentence
    assessment: Assessment
    by_citation: bool

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim, for either reason."""
        return self.assessment.is_claim or self.by_citation


def explained(
    article: Article,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    model: ClaimModel,
    threshold: float | str | None = None,
) -> tuple[Explained, ...]:
    """Every sentence of prose as `claims` assesses it, whether it is a claim or not."""
    read = list(_read(article, sentences, citations))
    assessments = assess([one.surrounded for one in read], model, threshold)
    return tuple(
        Explained(
            one.sentence,
            assessed,
            not assessed.is_claim
            and not _look(one.surrounded.text)
            and _names_reference(one.cited),
        )
        for one, assessed in zip(read, assessments, strict=True)
    )


def genre_of(
    article: Article, sentences: Sequence[Sentence], citations: Sequence[Citation]
) -> Genre:
    """Whether `claims` reads the article as research, and why, as a sentence for a person."""
    read = [one.surrounded for one in _read(article, sentences, citations)]
    return genre(read)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sentence with its citations: its visible text, and which stretches can be left out."""

    sentence: Sentence
    cited: tuple[Citation, ...]
    start: int
    text: str
    marks: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of prose, and what it says among its neighbours."""

    marked: _Marked
    surrounded: Surrounded

    @property
    def sentence(self) -> Sentence:
        return self.marked.sentence

    @property
    def cited(self) -> tuple[Citation, ...]:
        return self.marked.cited


def _read(
    article: Article, sentences: Sequence[Sentence], citations: Sequence[Citation]
) -> Iterator[_Read]:
    """The sentences of the article's prose blocks."""
    pending = sorted(citations, key=lambda citation: citation.span)
    starts = [citation.span.start for citation in pending]
    for number, members in groupby(sentences, key=lambda sentence: sentence.block):
        block = article.blocks[number]
        if not block.kind.is_prose:
            continue
        group = [_marked(article, block, one, _within(one, pending, starts)) for one in members]
        # Markers that the grammar needs stay.
        statements = [_bare(one.text, one.marks) or one.sentence.text for one in group]
        for index, one in enumerate(group):
            before = statements[index - 1] if index else ""
            after = statements[index + 1] if index + 1 < len(group) else ""
            yield _Read(one, Surrounded(statements[index], before, after, block.section))


def _among_prose(sentence: Surrounded) -> Surrounded:
    """The sentence without those neighbours that are no prose."""
    before, after = (
        "" if not one or _look(one) else one for one in (sentence.before, sentence.after)
    )
    return Surrounded(sentence.text, before, after, sentence.section)


def _reason(text: str, *, is_claim: bool) -> tuple[str, str]:
    """Kind and reason, by the first cue of the table that speaks for the outcome."""
    for name, shown in cues_of(body(text)).items():
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


def _marked(
    article: Article, block: Block, sentence: Sentence, citations: tuple[Citation, ...]
) -> _Marked:
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
    return _Marked(sentence, citations, start, block.text[start:end], marks)


def _behind(block: Block, read: _Read) -> tuple[int, ...]:
    """How much of the statement stands before each marker."""
    marked, longest = read.marked, len(read.surrounded.text)
    lengths = []
    for citation in marked.cited:
        at = visible_offset(block.runs, citation.span.start) - marked.start
        before = _bare(marked.text[:at], marked.marks)
        if _has_bracket(before):
            before = _OPEN_BRACKET.sub("", before)
        lengths.append(min(len(before), longest))
    return tuple(lengths)


def _bare(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """The text as it reads without these stretches."""
    within = [(start, end) for start, end in marks if start < len(text)]
    kept = without_spans(text, within)
    return (_EMPTY_BRACKETS.sub("", kept) if _has_bracket(kept) else kept).strip()


def _has_bracket(text: str) -> bool:
    return "(" in text or "[" in text


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
