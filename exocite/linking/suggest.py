"""Suggestions for each claim: the best passages of the works that may hold its source, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from exocite.claims.segment import boundaries as sentence_boundaries
from exocite.linking.attribution import attribution
from exocite.linking.coefficients import CORE
from exocite.linking.collection import Collection
from exocite.linking.compare import Query, match, query
from exocite.linking.documents import Boundaries, Document, document
from exocite.linking.likeness import Similarity, liked
from exocite.linking.named import People, named, people
from exocite.linking.relation import Judge, Pair, Reading, judge
from exocite.linking.scoring import Ranked, quoted, ranked, told
from exocite.linking.subject import context, spoken_of, topic
from exocite.linking.terms import Analyser
from exocite.model import Claim, Linking, Passage, Reference, Relation, SourceText, Suggestion
from exocite.policy import Policy

OPERATING_POINT = CORE.operating_points["0.70"]
"""Confidence from which a work is suggested: seven in ten were right where it was fitted."""

_COMPARED = 12
_NEAR = 0.5
"""Share of the least confidence from which a passage that is not suggested is shown as nearest."""
_NAMED = 5
_ASKED = 5
_LIKELY = 0.5
"""What is more likely not the source is not said to support the claim, however it reads."""
_VERIFIED = 1
"""Further sentences that a verifier reads of a work that the claim names: each may be misread."""


@dataclass(frozen=True, slots=True)
class Library:
    """References with their texts, analysed once for many claims.

    `silent` are the citekeys, in order, of references without any text to compare with;
    `similarity` is the sentence embedder of the mode semantic; `judge` says what a passage says of
    a claim; where there is a `verifier`, it says so of the passages that are suggested.
    """

    collection: Collection
    documents: dict[str, Document]
    silent: tuple[str, ...]
    analyser: Analyser
    similarity: Similarity | None = None
    people: People = field(default_factory=dict)
    judge: Judge = judge
    verifier: Judge | None = None


def library(
    texts: Iterable[SourceText],
    references: Iterable[Reference],
    *,
    boundaries: Boundaries = sentence_boundaries,
    similarity: Similarity | None = None,
    judge: Judge = judge,
    verifier: Judge | None = None,
) -> Library:
    """The references with the texts that bear their keys; of equal keys the first counts."""
    by_key: dict[str, list[SourceText]] = {}
    for text in texts:
        by_key.setdefault(text.key, []).append(text)
    references = tuple(references)
    analyser = Analyser()
    documents: dict[str, Document] = {}
    for reference in references:
        if reference.key not in documents:
            own = by_key.get(reference.key, ())
            documents[reference.key] = document(reference, own, analyser, boundaries)
    silent = tuple(key for key, made in documents.items() if not made.units)
    collection = Collection(documents.values())
    return Library(
        collection,
        documents,
        silent,
        analyser,
        similarity,
        people(references),
        judge,
        verifier,
    )


def link(
    claims: Iterable[Claim],
    texts: Sequence[SourceText],
    references: Sequence[Reference],
    policy: Policy,
    *,
    least: float = OPERATING_POINT,
    among: Sequence[Claim] = (),
    similarity: Similarity | None = None,
    judge: Judge = judge,
    verifier: Judge | None = None,
    boundaries: Boundaries = sentence_boundaries,
) -> tuple[Linking, ...]:
    """Suggestions for each claim, in the order of the claims.

    A claim that cites works of the bibliography, or names them by author and year, is compared with
    these alone, and all of them are listed, however weak; any other claim is compared with every
    reference that has a text, and nothing is suggested where the best confidence is below `least`.
    `among` are all claims of the article, which tell its topic, where not all are asked for. A
    `similarity` is the mode semantic; another `judge` may stand in for the rules. A `verifier`
    reads what is suggested; what is only nearest is left to the judge, since reading costs.
    """
    if not among:
        claims = among = tuple(claims)
    known = library(
        texts,
        references,
        boundaries=boundaries,
        similarity=similarity,
        judge=judge,
        verifier=verifier,
    )
    usual = topic(among, known.analyser)
    return tuple(suggest(claim, known, policy, least=least, usual=usual) for claim in claims)


def suggest(
    claim: Claim,
    known: Library,
    policy: Policy,
    *,
    least: float = OPERATING_POINT,
    usual: tuple[str, ...] = (),
) -> Linking:
    """Suggestions for one claim; see `link`. `usual` is the article's topic (`subject.topic`)."""
    cited = _cited(claim, known)
    silent = (
        tuple(key for key in cited if not known.documents[key].units) if cited else known.silent
    )
    asked = _asked(claim, known, usual)
    if reason := _nothing_to_compare(known, cited, silent, asked):
        return Linking(claim.id, (), reason, silent)
    found = _ranked(claim, asked, known, cited)
    sure = bool(found) and max(one.confidence for one in found) >= least
    if cited:
        chosen = found
    else:
        chosen = [one for one in found if 2 * one.confidence >= least] if sure else []
        chosen = chosen[: policy.suggestions]
    reason = "" if sure else _nothing_close(known, cited, silent)
    if reason and claim.citations and not cited:
        reason = f"what it cites is not in the bibliography; {reason}"
    near = found[0] if found and not chosen and found[0].confidence >= _NEAR * least else None
    return Linking(
        claim.id,
        tuple(_suggestion(claim, asked, one, known, bool(cited)) for one in chosen),
        reason,
        silent,
        _suggestion(claim, asked, near, replace(known, verifier=None), False) if near else None,
    )


def _cited(claim: Claim, known: Library) -> tuple[str, ...]:
    keys = (key for mark in claim.citations for item in mark.items for key in item.keys)
    found = tuple(dict.fromkeys(key for key in keys if key in known.documents))
    return found or named(claim.statement, known.people)


def _asked(claim: Claim, known: Library, usual: tuple[str, ...]) -> Query:
    stems = known.analyser.stems(claim.statement)
    return query(known.collection, stems, context(claim, known.analyser, usual))


def _nothing_to_compare(
    known: Library, cited: Sequence[str], silent: Sequence[str], asked: Query
) -> str:
    candidates = cited or tuple(known.documents)
    if not candidates:
        return "there is no reference to compare with"
    if len(silent) == len(candidates):
        which = "cited works" if cited else f"{len(candidates)} works"
        if len(candidates) == 1:
            which = "cited work" if cited else "work"
            return f"the {which} has no text to compare with: {candidates[0]}"
        return f"none of the {which} has a text to compare with: {_listed(silent)}"
    if not asked.concepts:
        return "the claim has no words to look for"
    return ""


def _nothing_close(known: Library, cited: Sequence[str], silent: Sequence[str]) -> str:
    candidates = cited or tuple(known.documents)
    without = set(silent)
    compared = [key for key in candidates if key not in without]
    which = "the cited " if cited else ""
    said = f"no passage of {which}{_listed(compared)} is close enough to this claim"
    if silent:
        have = "has" if len(silent) == 1 else "have"
        said += f"; {_listed(silent)} {have} no text to compare with"
    return said


def _listed(keys: Sequence[str]) -> str:
    shown = ", ".join(keys[:_NAMED])
    more = len(keys) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _ranked(claim: Claim, asked: Query, known: Library, cited: Sequence[str]) -> list[Ranked]:
    if cited:
        concepts = asked.concepts.values()
        spoken = [key for key in cited if known.documents[key].units]
        candidates = [known.collection.part(key, concepts) for key in spoken]
    else:
        candidates = known.collection.nearest(asked.concepts.values(), _COMPARED)
    damping = known.collection.damping
    found = [match(asked, made, damping(made)) for made in candidates]
    if known.similarity:
        words = spoken_of(claim)
        found = [liked(asked, one, words, known.similarity) for one in found]
    return ranked(found)


def _suggestion(
    claim: Claim, asked: Query, found: Ranked, known: Library, cited: bool
) -> Suggestion:
    """The passage of one work, with what it says of the claim.

    Of a work that the claim cites the question is "does it say so?": where the best passage only
    mentions the matter, the next best sentences are asked as well.
    """
    made = found.match.document
    first, last = quoted(asked, found.match)
    stretches = [(first, last)]
    if cited:
        read_by_rules = known.verifier is None or attribution(claim, made.key) is not None
        further = [(number, number) for number in told(asked, found.match)]
        if not read_by_rules:
            further = [one for one in further if one != (first, last)]
        stretches += further[: _ASKED if read_by_rules else _VERIFIED]
    passages = (_passage(made, *stretch) for stretch in stretches)
    readings = ((one, _read(claim, one, known)) for one in passages)
    passage, reading = best = next(readings)
    if reading.relation is Relation.MENTIONS:
        passage, reading = next(
            (pair for pair in readings if pair[1].relation is not Relation.MENTIONS), best
        )
    relation = reading.relation
    if relation is Relation.SUPPORTS and not cited and found.confidence < _LIKELY:
        relation = Relation.MENTIONS
    return Suggestion(
        key=made.key,
        doi=made.doi,
        passage=passage,
        relation=relation,
        score=round(found.score, 6),
        confidence=round(found.confidence, 6),
        conflicts=reading.conflicts,
    )


def _read(claim: Claim, passage: Passage, known: Library) -> Reading:
    return read(
        pair_of(claim, passage),
        similarity=known.similarity,
        judge=known.judge,
        verifier=known.verifier,
    )


def pair_of(claim: Claim, passage: Passage) -> Pair:
    """What a judge is asked of a claim and a passage."""
    return Pair(claim.statement, passage.text, attribution=attribution(claim, passage.key))


def read(
    pair: Pair,
    *,
    similarity: Similarity | None = None,
    judge: Judge = judge,
    verifier: Judge | None = None,
) -> Reading:
    """What a passage says of a claim, as `link` has it: by the verifier where there is one.

    Of a work that the claim cites the judge says it: a verifier told well quoted works from
    misquoted ones no better than chance (training/README.md). Only the judge is told the cosine.
    """
    if verifier is not None and pair.attribution is None:
        (reading,) = verifier([pair])
        return reading
    like = similarity(pair.claim, [pair.passage])[0] if similarity else None
    (reading,) = judge([replace(pair, similarity=like)])
    return reading


def _passage(made: Document, first: int, last: int) -> Passage:
    """The stretch from the first to the last sentence, quoted."""
    units = made.units
    source = made.texts[units[first].text]
    start, end = units[first].start, units[last].end
    return Passage(
        key=made.key,
        field=source.field,
        text=source.text[start:end],
        start=start,
        end=end,
        locator=source.locator,
        source_hash=source.hash,
    )
