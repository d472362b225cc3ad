"""What is said of a decision: which evidence agrees and what differs, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence

from exocite.matching.evidence import Evidence
from exocite.matching.fields import Field
from exocite.matching.scores import compared_fields, score
from exocite.matching.titles import Fit
from exocite.model import Candidate, Comparison

_WORDS = {
    "title": "title",
    "author": "first author",
    "year": "year",
    "container": "journal or book",
    "volume": "volume",
    "issue": "issue",
    "page": "first page",
}


def candidate(evidence: Evidence, registry: str) -> Candidate:
    """The work as it is shown to the user: score, comparisons, and what differs or agrees."""
    comparisons = [
        Comparison("title", _title_result(evidence), evidence.printed_title, evidence.work.title)
    ]
    comparisons += [
        Comparison(name, _RESULTS[seen.result], seen.ours, seen.theirs)
        for name, seen in compared_fields(evidence)
    ]
    return Candidate(
        evidence.work,
        score(evidence),
        tuple(comparisons),
        difference(evidence, registry) or agreement(evidence, registry),
    )


_RESULTS = {
    Field.AGREE: "agree",
    Field.NEAR: "conflict",
    Field.CONFLICT: "conflict",
    Field.UNPRINTED: "missing",
    Field.UNRECORDED: "missing",
}


def _title_result(evidence: Evidence) -> str:
    if evidence.title.fit is Fit.MISSING:
        return "missing"
    return "conflict" if evidence.title.fit is Fit.OTHER else "agree"


def agreement(evidence: Evidence, registry: str) -> str:
    """What agrees, then what differs all the same: "title, year and volume agree"."""
    names = [] if evidence.title.fit in {Fit.MISSING, Fit.OTHER} else ["title"]
    names += [
        _WORDS[name] for name, seen in compared_fields(evidence) if seen.result is Field.AGREE
    ]
    if not names:
        return "nothing could be compared"
    said = f"{_listed(names)} {'agrees' if len(names) == 1 else 'agree'}"
    return "; ".join([said, *_differing(evidence, registry)])


def _differing(evidence: Evidence, registry: str) -> list[str]:
    parts = [
        f"≠ {_WORDS[name]}: {seen.ours} in the text, {seen.theirs} at {registry}"
        for name, seen in compared_fields(evidence)
        if seen.result in {Field.CONFLICT, Field.NEAR}
    ]
    if evidence.title.fit is Fit.OTHER:
        parts.insert(0, f"≠ title: “{evidence.work.title}” at {registry}")
    if evidence.kind:
        parts.insert(0, f"at {registry} it is {evidence.kind}")
    return parts


def difference(evidence: Evidence, registry: str) -> str:
    """What differs, then what agrees; "" when nothing differs."""
    parts = _differing(evidence, registry)
    if not parts:
        return ""
    same = [] if evidence.title.fit in {Fit.MISSING, Fit.OTHER} else ["title"]
    same += [_WORDS[name] for name, seen in compared_fields(evidence) if seen.result is Field.AGREE]
    agreeing = [f"{_listed(same)} {'agrees' if len(same) == 1 else 'agree'}"] if same else []
    return "; ".join([*parts, *agreeing])


def ambiguous_reason(best: Evidence, rivals: Sequence[Evidence]) -> str:
    """Which works fit equally well."""
    dois = [best.work.doi, *(rival.work.doi for rival in rivals)][:3]
    return f"{_listed(dois)} fit equally well"


def nothing(ranked: Sequence[Evidence], registry: str) -> str:
    """Why no candidate was taken: how many were compared, and which came nearest."""
    said = f"no record at {registry} fits ({len(ranked)} compared)"
    near = ranked[0] if ranked else None
    if near is None or near.title.fit is Fit.OTHER:
        return f"{said}; books, web pages and reports are often not registered there"
    why = difference(near, registry) or "too little is printed to tell"
    return f"{said}; nearest {near.work.doi}: {why}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
