"""Sets of words and phrases written as running text, so that their tables stay readable."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of the text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of the text, one a line or between bars, white space collapsed."""
    pieces = (" ".join(piece.split()) for line in text.splitlines() for piece in line.split("|"))
    return frozenset(filter(None, pieces))
