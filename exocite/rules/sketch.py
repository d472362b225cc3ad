"""Short examples for the rules: a few words of article and bibliography made into a View.

Markers are pandoc's, `[@key]`, and every sentence given is a claim. This is no reader: it serves
the examples that the rules carry, which their pages show and their tests run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ParamSpec

from exocite.model import (
    Anchor,
    Article,
    Block,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    Claim,
    ClaimState,
    Evidence,
    Exemption,
    Judgement,
    Linking,
    Outcome,
    Passage,
    Reference,
    Relation,
    Run,
    SourceText,
    Span,
    Suggestion,
    Verdict,
    WorkRecord,
)
from exocite.patterns import regex
from exocite.policy import Policy
from exocite.rules.view import ArticleView, LostArticle, Problem, View
from exocite.states import StaleVerdict, Standing, Standings
from exocite.text import collapsed, digest

ARTICLE = "article.md"
BIBLIOGRAPHY = "references.bib"

TODAY = "2026-02-01"
"""The day on which the examples are checked."""

LEAST = 0.5
"""Confidence from which a passage of an example counts as close."""

_MARKER = regex(r"\[@([^\]\n]{1,80})\]")


def reference(key: str, type_: str = "article", /, **fields: str) -> Reference:
    """An entry on the first line of the example's bibliography."""
    return Reference(key, type_, fields, BIBLIOGRAPHY, 1)


def record(key: str, outcome: Outcome, reason: str, **more: Any) -> WorkRecord:
    """What the registry said of a reference."""
    return WorkRecord(key, outcome, reason, "2026-01-31T12:00:00Z", "crossref", **more)


def verdict(judgement: Judgement, words: str, key: str = "", *, by: str = "ada") -> Verdict:
    """A verdict on a sentence of the example."""
    anchor = Anchor(words, "", "", 0, len(words))
    return Verdict(ARTICLE, words, anchor, judgement, by, "2026-01-31T12:00:00Z", key)


def exempted(words: str, *, reason: str = "", until: str = "") -> Exemption:
    """A comment that exempts a sentence of the example; the comment itself is not shown."""
    covers = Span(0, len(words))
    return Exemption(Span(0, 1), covers, ("EXO101",), reason, until=until)


def full_text(key: str, text: str) -> SourceText:
    """The text of a work as an attached file."""
    return SourceText(key, "file", text, hash=digest(text))


def accepted(words: str, key: str, field: str = "abstract", locator: str = "") -> Evidence:
    """A passage of the work that was accepted for a sentence of the example."""
    anchor = Anchor(words, "", "", 0, len(words))
    passage = Passage(key, field, words, 0, len(words), locator)
    return Evidence(ARTICLE, words, anchor, key, "", passage, Relation.MENTIONS, 1.0, "ada")


def compared(
    words: str, key: str, passage: str, confidence: float, conflicts: Sequence[str] = ()
) -> Linking:
    """The passage of the cited work that comes closest to a sentence of the example."""
    quoted = Passage(key, "abstract", passage, 0, len(passage))
    found = Suggestion(key, "", quoted, Relation.MENTIONS, confidence, confidence, tuple(conflicts))
    return Linking(words, (found,))


def sketch(
    *sentences: str,
    references: Sequence[Reference] = (),
    records: Sequence[WorkRecord] = (),
    states: Mapping[str, ClaimState] | None = None,
    verdicts: Sequence[Verdict] = (),
    stale: Sequence[StaleVerdict] = (),
    orphaned: Sequence[Verdict] = (),
    meant: Mapping[str, Sequence[str]] | None = None,
    problems: Sequence[Problem] = (),
    orphaned_links: Sequence[Evidence] = (),
    linkings: Sequence[Linking] = (),
    links: Sequence[Evidence] = (),
    exemptions: Sequence[Exemption] = (),
    used: Sequence[tuple[str, int]] = (),
    texts: Mapping[str, Sequence[SourceText]] | None = None,
    byline: str = "",
    policy: Policy | None = None,
    lost: Sequence[LostArticle] = (),
) -> View:
    """A view of one article that consists of the given sentences.

    A claim's id is its sentence. `states` overrides what follows from markers and verdicts, `meant`
    the citekeys that a label can mean.
    """
    begin = len(byline) + 2 if byline else 0
    source = (f"{byline}\n\n" if byline else "") + " ".join(sentences) + "\n"
    known: dict[str, tuple[str, ...]] = {entry.key: (entry.key,) for entry in references}
    known |= {label: tuple(keys) for label, keys in (meant or {}).items()}
    citations = tuple(_citation(match, known) for match in _MARKER.finditer(source))
    claims = []
    start = begin
    for sentence in sentences:
        claims.append(_claim(sentence, Span(start, start + len(sentence)), citations))
        start += len(sentence) + 1
    standings = Standings(
        {claim.id: _standing(claim, states or {}, verdicts, stale, links) for claim in claims},
        tuple(orphaned),
        tuple(orphaned_links),
    )
    linked = {linking.claim: linking for linking in linkings}
    return View(
        articles=(
            ArticleView(
                _article(source, byline),
                tuple(claims),
                citations,
                standings,
                linked,
                tuple(exemptions),
            ),
        ),
        references=tuple(references),
        records={record.key: record for record in records},
        problems=tuple(problems),
        least=LEAST,
        texts={key: tuple(found) for key, found in (texts or {}).items()},
        policy=policy or Policy(),
        today=TODAY,
        used=frozenset(used),
        lost=tuple(lost),
    )


class Example:
    """A view that is made when somebody first looks at it: a check looks at none."""

    def __init__(self, make: Callable[[], View]) -> None:
        self._make = make
        self._view: View | None = None

    def __get__(self, _rule: object, _kind: type | None = None) -> View:
        if self._view is None:
            self._view = self._make()
        return self._view


_Asked = ParamSpec("_Asked")


def _later(make: Callable[_Asked, View]) -> Callable[_Asked, Example]:
    def example(*sentences: _Asked.args, **more: _Asked.kwargs) -> Example:
        return Example(partial(make, *sentences, **more))

    return example


example = _later(sketch)
"""An example that a rule carries, from the same arguments as `sketch`."""


def _article(source: str, byline: str) -> Article:
    blocks = [_block(BlockKind.BYLINE, source, 0, len(byline))] if byline else []
    begin = len(byline) + 2 if byline else 0
    blocks.append(_block(BlockKind.PARAGRAPH, source, begin, len(source.rstrip("\n"))))
    return Article(ARTICLE, "markdown", "utf-8", source, tuple(blocks))


def _block(kind: BlockKind, source: str, start: int, end: int) -> Block:
    run = Run(0, end - start, start, end - start)
    return Block(kind, Span(start, end), source[start:end], (run,))


def _citation(match: re.Match[str], known: Mapping[str, tuple[str, ...]]) -> Citation:
    key, _, locator = match[1].partition(", ")
    span = Span(match.start() + 1, match.end() - 1)
    item = CitedItem("@" + key, span, locator, known.get(key, ()))
    return Citation(CitationKind.PANDOC, Span(*match.span()), (item,))


def _claim(sentence: str, span: Span, citations: Sequence[Citation]) -> Claim:
    inside = tuple(citation for citation in citations if span.contains(citation.span))
    statement = collapsed(_MARKER.sub("", sentence)).replace(" .", ".")
    return Claim(sentence, span, sentence, statement, 0.9, "an example", citations=inside)


def _standing(
    claim: Claim,
    states: Mapping[str, ClaimState],
    verdicts: Sequence[Verdict],
    stale: Sequence[StaleVerdict],
    links: Sequence[Evidence],
) -> Standing:
    holding = tuple(verdict for verdict in verdicts if verdict.claim == claim.id)
    moved = tuple(old for old in stale if old.verdict.claim == claim.id)
    state = ClaimState.CITED if claim.citations else ClaimState.UNCITED
    if holding or moved:
        state = ClaimState.STALE if moved else ClaimState.REVIEWED
    held = tuple(link for link in links if link.claim == claim.id)
    return Standing(states.get(claim.id, state), holding, moved, held)
