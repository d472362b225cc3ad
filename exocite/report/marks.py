"""The marks of claims: for each state and verdict a look, a glyph and a word."""

from __future__ import annotations

from exocite.model import ClaimState, Judgement
from exocite.report.data import Mark
from exocite.states import Standing

STATES = {
    ClaimState.UNCITED: Mark("uncited", "?", "uncited"),
    ClaimState.CITED: Mark("cited", "◇", "cited"),
    ClaimState.REVIEWED: Mark("reviewed", "✓", "reviewed"),
    ClaimState.EXEMPT: Mark("exempt", "–", "exempt"),
    ClaimState.STALE: Mark("stale", "↻", "stale"),
    ClaimState.ORPHANED: Mark("orphaned", "✂", "orphaned"),
}
JUDGEMENTS = {
    Judgement.SUPPORTED: Mark("supported", "✓", "supported"),
    Judgement.PARTIAL: Mark("partial", "◐", "partial"),
    Judgement.CONTRADICTED: Mark("contradicted", "✗", "contradicted"),
    Judgement.UNSUPPORTED: Mark("unsupported", "○", "unsupported"),
    Judgement.DISPUTED: Mark("disputed", "⇄", "disputed"),
    Judgement.EXEMPT: STATES[ClaimState.EXEMPT],
    Judgement.WITHDRAWN: Mark("withdrawn", "↶", "withdrawn"),
}
DIFFERING = Mark("differing", "≠", "verdicts differ")

ORDER = (
    *(mark for judgement, mark in JUDGEMENTS.items() if judgement is not Judgement.WITHDRAWN),
    DIFFERING,
    *STATES.values(),
)
"""In this order the marks are listed, those of verdicts first."""


def mark(standing: Standing) -> Mark:
    """The mark of a claim: that of its verdict where verdicts hold and agree, else its state's."""
    if standing.state is not ClaimState.REVIEWED:
        return STATES[standing.state]
    said = {verdict.judgement for verdict in standing.verdicts}
    return JUDGEMENTS[said.pop()] if len(said) == 1 else DIFFERING


def initials(name: str) -> str:
    """The first letters of a name's words, at most four: "Ada Example" signs as AE."""
    letters = [next((c for c in word if c.isalnum()), "") for word in name.split()]
    return "".join(letters).upper()[:4]
