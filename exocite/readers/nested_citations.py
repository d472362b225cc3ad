"""Citations that stand inside others: only the outermost is a marker of the text."""

from __future__ import annotations

from collections.abc import Iterable

from exocite.model import Citation


def outermost(citations: Iterable[Citation]) -> list[Citation]:
    """The citations in the order of the source without those that another one holds."""
    kept: list[Citation] = []
    ordered = sorted(citations, key=lambda one: (one.span.start, -one.span.end))
    for citation in ordered:
        if not kept or citation.span.end > kept[-1].span.end:
            kept.append(citation)
    return kept
