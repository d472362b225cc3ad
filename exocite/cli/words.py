"""The words in which the command line speaks of outcomes, states and numbers."""

from __future__ import annotations

from exocite.model import ClaimState, Outcome

# The role in which a terminal paints the word, and the word.
OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.MATCHED: ("good", "matched"),
    Outcome.AMBIGUOUS: ("warning", "ambiguous"),
    Outcome.NOT_FOUND: ("warning", "not found"),
    Outcome.METADATA_MISMATCH: ("warning", "details differ"),
    Outcome.RETRACTED: ("error", "retracted"),
    Outcome.NOT_CHECKED: ("dim", "not checked"),
}

STATES: dict[ClaimState, tuple[str, str]] = {
    ClaimState.UNCITED: ("error", "uncited"),
    ClaimState.CITED: ("good", "cited"),
    ClaimState.REVIEWED: ("good", "reviewed"),
    ClaimState.EXEMPT: ("dim", "exempt"),
    ClaimState.STALE: ("warning", "stale"),
    ClaimState.ORPHANED: ("warning", "orphaned"),
}

# What a work can be compared with, and the role of the word.
BASES: dict[str, str] = {
    "full text": "good",
    "abstract only": "warning",
    "notes only": "warning",
    "not read": "warning",
    "no text": "dim",
}

FIELDS: dict[str, str] = {
    "abstract": "abstract",
    "annote": "a note of yours",
    "annotation": "a note of yours",
    "note": "a note of yours",
    "file": "attached text",
}


def count(number: int, noun: str) -> str:
    """The number with its noun: "1 claim", "2 claims"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
