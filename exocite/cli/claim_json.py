"""Claims with their suggestions as JSON, the same for every command that prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from exocite.cli.words import STATES
from exocite.model import ClaimState
from exocite.text import Lines

if TYPE_CHECKING:
    from exocite.linking import relation
    from exocite.model import CitedItem, Claim, Evidence, Linking, Suggestion, Verdict
    from exocite.project import Project
    from exocite.project.reading import Reading

Readings = Mapping[tuple[str, str], "relation.Reading"]
"""What was read of each passage, by the claim's id and the work's citekey."""


def claims_json(
    reading: Reading, linkings: Sequence[Linking], readings: Readings | None = None
) -> dict[str, object]:
    """The article, the claims that `linkings` speak of, and how many stand where.

    With `readings` each suggestion tells who read its passage and how likely each relation is.
    """
    lines = reading.lines
    by_claim = {linking.claim: linking for linking in linkings}
    states = Counter(standing.state for standing in reading.standings.of.values())
    orphaned = [
        *(_gone(v) | {"verdict": v.judgement, "by": v.by} for v in reading.standings.orphaned),
        *(_gone(link) for link in reading.standings.orphaned_links),
    ]
    return {
        "article": reading.article.path,
        "claims": [
            _claim(claim, reading, by_claim[claim.id], lines, readings or {})
            for claim in reading.claims
            if claim.id in by_claim
        ],
        "counts": {
            "sentences": reading.sentences,
            "claims": len(reading.claims),
            **{state.value: states[state] for state in STATES},
            ClaimState.ORPHANED.value: len(orphaned),
        },
        "orphaned": orphaned,
    }


def _claim(
    claim: Claim, reading: Reading, linking: Linking, lines: Lines, readings: Readings
) -> dict[str, object]:
    standing = reading.standings.of[claim.id]
    line, column = lines.position(claim.span.start)
    place = lines.place(claim.span.start)
    return {
        "id": claim.id,
        "text": claim.text,
        "start": claim.span.start,
        "end": claim.span.end,
        "line": line,
        "column": column,
        **({"place": place} if place else {}),
        "section": claim.section,
        "kind": claim.kind,
        "score": round(claim.score, 4),
        "reason": claim.reason,
        "state": standing.state,
        "citations": [
            _item(item) | {"part": part}
            for citation, part in zip(claim.citations, cited_parts(claim), strict=True)
            for item in citation.items
        ],
        "covered_by": {
            "reach": claim.cover.reach,
            "citations": [
                _item(item) for citation in claim.cover.citations for item in citation.items
            ],
        }
        if claim.cover
        else None,
        "suggestions": [
            _suggestion(suggestion, readings.get((claim.id, suggestion.key)))
            for suggestion in linking.suggestions
        ],
        "none": linking.reason,
        "nearest": _suggestion(linking.nearest, readings.get((claim.id, linking.nearest.key)))
        if linking.nearest
        else None,
        "not_compared": list(linking.not_compared),
        "verdicts": [
            *(verdict_json(verdict) for verdict in standing.verdicts),
            *(verdict_json(old.verdict) | {"stale": old.reason} for old in standing.stale),
        ],
        "stale_links": [
            {"key": moved.link.key, "stale": moved.reason} for moved in standing.stale_links
        ],
    }


def cited_parts(claim: Claim) -> list[str]:
    """The part of the statement that each marker answers for, "" for the whole.

    In "A rises [1], B falls [2]" each stands behind its own words.
    """
    from exocite.linking.attribution import attributed

    if len(claim.citations) != len(claim.behind):
        return [""] * len(claim.citations)
    works = [len(citation.items) for citation in claim.citations]
    told = (
        attributed(claim.statement, claim.behind, works, number) for number in range(len(works))
    )
    return [one.stretch if one.others and one.stretch != claim.statement else "" for one in told]


def _item(item: CitedItem) -> dict[str, object]:
    """One work that a marker names, and where."""
    return {
        "key": item.keys[0] if len(item.keys) == 1 else item.label,
        "start": item.span.start,
        "end": item.span.end,
        "locator": item.locator,
        "keys": list(item.keys),
    }


def _gone(entry: Verdict | Evidence) -> dict[str, object]:
    """What a verdict or an accepted link spoke of whose sentence is gone."""
    return {"claim": entry.claim, "key": entry.key, "text": entry.anchor.exact}


def judge_json(project: Project) -> dict[str, object]:
    """Who says whether a passage supports its claim: why the rules alone, or which verifier."""
    verifier = project.verifier
    if verifier is None:
        return {"name": "rules", "why": project.unverified}
    least = verifier.calibration
    return {
        "name": "verifier",
        "model": verifier.hash,
        "supports_from": least.supports,
        "agrees_from": least.agrees,
        "refutes_from": least.refutes,
    }


def _suggestion(suggestion: Suggestion, read: relation.Reading | None) -> dict[str, object]:
    passage = suggestion.passage
    told: dict[str, object] = {} if read is None else {"reading": _reading(read)}
    return told | {
        "key": suggestion.key,
        "doi": suggestion.doi,
        "score": round(suggestion.score, 4),
        "confidence": round(suggestion.confidence, 4),
        "relation": suggestion.relation,
        "conflicts": list(suggestion.conflicts),
        "passage": {
            "text": passage.text,
            "field": passage.field,
            "start": passage.start,
            "end": passage.end,
            "locator": passage.locator,
        },
    }


def _reading(read: relation.Reading) -> dict[str, object]:
    """Who read the passage, and the shares of the three relations."""
    return {
        "judge": read.judge,
        "supports": round(read.supports, 4),
        "refutes": round(read.refutes, 4),
        "mentions": round(read.neither, 4),
    }


def verdict_json(verdict: Verdict) -> dict[str, object]:
    """Who judged what, when and why."""
    return {
        "claim": verdict.claim,
        "verdict": verdict.judgement,
        "by": verdict.by,
        "at": verdict.at,
        "key": verdict.key,
        "note": verdict.note,
    }
