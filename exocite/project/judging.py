"""Linking and judging: the machine suggests passages, a person gives the verdict."""

from __future__ import annotations

from exocite import anchors
from exocite.errors import UsageError
from exocite.identifiers import normalise_doi
from exocite.linking import link
from exocite.linking.relation import conflicts
from exocite.model import (
    Claim,
    Evidence,
    Judgement,
    Linking,
    Passage,
    Relation,
    Suggestion,
    Verdict,
)
from exocite.project.project import Project
from exocite.project.reading import Reading
from exocite.states import claim_hash, passage_hash


def suggestions(project: Project, reading: Reading) -> tuple[Linking, ...]:
    """Suggestions for every claim, in the order of the claims."""
    texts = [text for texts in project.texts.values() for text in texts]
    return link(reading.claims, texts, project.document.references, project.settings.policy)


def suggestion(project: Project, claim: Claim, key: str) -> Suggestion | None:
    """The passage of this work that is suggested for the claim, if there is one."""
    (reference,) = project.references([key])
    linkings = link([claim], project.texts[key], [reference], project.settings.policy, least=0.0)
    return next((s for s in linkings[0].suggestions if s.key == key), None)


def quotation(project: Project, claim: Claim, key: str, quote: str) -> Suggestion:
    """The passage that a person chose by quoting it. Raises UsageError where no text holds it."""
    (reference,) = project.references([key])
    for text in project.texts[key]:
        start = text.text.find(quote)
        if start >= 0 and quote.strip():
            end = start + len(quote)
            passage = Passage(key, text.field, quote, start, end, text.locator, text.hash)
            found = conflicts(claim.statement, quote)
            doi = normalise_doi(reference.get("doi"))
            return Suggestion(key, doi, passage, Relation.MENTIONS, 0.0, 0.0, found)
    raise UsageError(
        f"{key}: no text of this work holds the quotation",
        hint=f"quote it letter by letter, or put the text into bib/sources/{key}.txt",
    )


def judge(
    project: Project,
    reading: Reading,
    claim: Claim,
    judgement: Judgement,
    *,
    by: str,
    note: str = "",
    key: str = "",
    suggestion: Suggestion | None = None,
) -> Verdict:
    """Record a person's verdict, and the passage that it rests on as accepted evidence.

    Raises UsageError for a verdict of supported that names no passage.
    """
    if judgement is Judgement.SUPPORTED and suggestion is None:
        raise UsageError(
            f"{claim.id}: a verdict of supported needs the passage that supports the claim",
            hint=f"no passage of {key} was found; add a note or attach its text"
            if key
            else "name the reference with --key",
        )
    name = project.named(reading.article.path)
    anchor = anchors.make(reading.article.source, claim.span)
    passage = suggestion.passage if suggestion else None
    record = project.records.get(key)
    if suggestion is not None and passage is not None:
        accepted = Evidence(
            article=name,
            claim=claim.id,
            anchor=anchor,
            key=key,
            doi=suggestion.doi,
            passage=passage,
            relation=suggestion.relation,
            score=suggestion.score,
            origin=f"accepted by {by}",
        )
        others = [
            e
            for e in project.evidence.items
            if (e.article, e.claim, e.key) != (name, claim.id, key)
        ]
        project.store.write_evidence([*others, accepted])
        project.forget("evidence")
    verdict = Verdict(
        article=name,
        claim=claim.id,
        anchor=anchor,
        judgement=judgement,
        by=by,
        at=project.now(),
        key=key,
        note=note,
        claim_hash=claim_hash(claim.statement),
        passage_hash=passage_hash(passage.text) if passage else "",
        work_hash=record.hash if record else "",
    )
    project.store.append_verdict(verdict)
    project.forget("verdicts")
    return verdict
