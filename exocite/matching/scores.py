"""How much of the printed evidence a work accounts for: the order of candidates, no decision."""

from __future__ import annotations

from exocite.matching.evidence import Evidence
from exocite.matching.fields import Field, Seen
from exocite.matching.titles import Fit

# What each field weighs when candidates are put in order.
_WEIGHTS = {
    "title": 6.0,
    "author": 3.0,
    "page": 3.0,
    "volume": 2.0,
    "year": 2.0,
    "container": 2.0,
    "issue": 1.0,
}
_TITLE_SCORE = {
    Fit.SAME: 1.0,
    Fit.CLOSE: 0.9,
    Fit.CUT: 0.6,
    Fit.LONGER: 0.5,
    Fit.MISSING: 0.0,
    Fit.OTHER: -1.0,
}
_FIELD_SCORE = {
    Field.AGREE: 1.0,
    Field.NEAR: 0.2,
    Field.CONFLICT: -1.0,
    Field.UNPRINTED: 0.0,
    Field.UNRECORDED: -0.2,
}


def compared_fields(evidence: Evidence) -> tuple[tuple[str, Seen], ...]:
    """The results field by field, the title aside, in the order in which they are told."""
    return tuple(
        (name, getattr(evidence, name))
        for name in ("author", "year", "container", "volume", "issue", "page")
    )


def score(evidence: Evidence) -> float:
    """Share of the printed evidence that agrees, less what conflicts, in 0..1."""
    gained = _WEIGHTS["title"] * _TITLE_SCORE[evidence.title.fit]
    total = _WEIGHTS["title"] if evidence.title.fit is not Fit.MISSING else 0.0
    for name, seen in compared_fields(evidence):
        gained += _WEIGHTS[name] * _FIELD_SCORE[seen.result]
        total += _WEIGHTS[name] if seen.result is not Field.UNPRINTED else 0.0
    if evidence.kind:
        gained -= _WEIGHTS["title"]
    return round(max(0.0, gained / total), 4) if total else 0.0
