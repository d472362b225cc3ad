"""Linking and judging: the machine suggests passages, a person gives the verdict."""

from __future__ import annotations

import re
from dataclasses import replace

from exocite import anchors
from exocite.errors import UsageError
from exocite.identifiers import normalise_doi
from exocite.linking import link
from exocite.linking.relation import conflicts
from exocite.model import (
    Anchor,
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
from exocite.states import claim_hash, passage_hash, standing

# What editors and typesetters change in a quotation without changing its words.
_ALIKE = {
    **dict.fromkeys("'’‘ʼ", "['’‘ʼ]"),
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("-‐‑–—−", "[-‐‑–—−]"),
}


def suggestions(project: Project, reading: Reading) -> tuple[Linking, ...]:
    """Suggestions for every claim, in the order of the claims."""
    texts = [text for texts in project.texts.values() for text in texts]
    return link(reading.claims, texts, project.document.references, project.settings.policy)


def suggestion(project: Project, reading: Reading, claim: Claim, key: str) -> Suggestion | None:
    """The passage of this work that `link` shows for the claim, if it shows one."""
    project.references([key])
    linking = next(one for one in suggestions(project, reading) if one.claim == claim.id)
    shown = [*linking.suggestions, *([linking.nearest] if linking.nearest else [])]
    return next((one for one in shown if one.key == key), None)


def quotation(project: Project, claim: Claim, key: str, quote: str) -> Suggestion:
    """The passage that a person chose by quoting it; line breaks, quotes and dashes may differ.

    Raises UsageError where no text of the work holds it.
    """
    (reference,) = project.references([key])
    words = quote.split()
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words)
    for text in project.texts[key]:
        found = re.search(pattern, text.text) if words else None
        if found:
            passage = Passage(
                key, text.field, found[0], found.start(), found.end(), text.locator, text.hash
            )
            differing = conflicts(claim.statement, passage.text)
            doi = normalise_doi(reference.get("doi"))
            return Suggestion(key, doi, passage, Relation.MENTIONS, 0.0, 0.0, differing)
    raise UsageError(
        f"{key}: no text of this work holds the quotation",
        hint=f"it must stand in the abstract, in a note, or in bib/sources/{key}.txt",
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
    """Record a person's verdict, and the passage that it rests on as evidence.

    Raises UsageError for a verdict of supported or partial that rests on no passage, and for a
    withdrawal of nothing.
    """
    if judgement in {Judgement.SUPPORTED, Judgement.PARTIAL} and suggestion is None:
        raise UsageError(
            f"{claim.id}: a verdict of {judgement} needs the passage that it rests on",
            hint=f"`exocite link` shows none of {key} for this claim; quote one with --quote"
            if key
            else "name the reference with --key, and the passage with --quote",
        )
    name = project.named(reading.article.path)
    if judgement is Judgement.WITHDRAWN:
        return _append(project, _withdrawal(project, name, claim.id, by, key, note))
    anchor = anchors.make(reading.article.source, claim.span)
    if suggestion is not None:
        _remember(project, name, claim, anchor, suggestion, by)
    record = project.records.get(key)
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
        passage_hash=passage_hash(suggestion.passage.text) if suggestion else "",
        work_hash=record.hash if record else "",
    )
    return _append(project, verdict)


def withdraw_orphan(
    project: Project, reading: Reading, claim_id: str, *, by: str, note: str = ""
) -> Verdict:
    """Take back a verdict whose sentence is gone. Raises UsageError where there is none."""
    name = project.named(reading.article.path)
    return _append(project, _withdrawal(project, name, claim_id, by, "", note))


def _withdrawal(
    project: Project, article: str, claim_id: str, by: str, key: str, note: str
) -> Verdict:
    about = [v for v in project.verdicts.items if (v.article, v.claim) == (article, claim_id)]
    held = [v for v in standing(about) if v.by == by and key in {"", v.key}]
    if not held:
        raise UsageError(
            f"{claim_id}: there is no verdict by {by} to take back",
            hint="`exocite claims ARTICLE` shows the verdicts and whose they are",
        )
    last = held[-1]
    return replace(
        last, judgement=Judgement.WITHDRAWN, at=project.now(), note=note, key=key or last.key
    )


def _remember(
    project: Project, article: str, claim: Claim, anchor: Anchor, suggestion: Suggestion, by: str
) -> None:
    """Keep the passage as evidence; another one that somebody chose for the claim stays."""
    passage = suggestion.passage
    place = (article, claim.id, passage.key, passage.text)
    others = [
        link
        for link in project.evidence.items
        if (link.article, link.claim, link.key, link.passage.text) != place
    ]
    chosen = Evidence(
        article=article,
        claim=claim.id,
        anchor=anchor,
        key=passage.key,
        doi=suggestion.doi,
        passage=passage,
        relation=suggestion.relation,
        score=suggestion.score,
        origin=f"chosen by {by}",
    )
    project.store.write_evidence([*others, chosen])
    project.forget("evidence")


def _append(project: Project, verdict: Verdict) -> Verdict:
    project.store.append_verdict(verdict)
    project.forget("verdicts")
    return verdict
