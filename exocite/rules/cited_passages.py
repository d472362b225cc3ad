"""What the rules on cited works ask of a claim: was it judged, and which passage came closest."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.model import Claim, Judgement, Suggestion
from exocite.rules.view import ArticleView


def closest(article: ArticleView) -> Iterator[tuple[Claim, Suggestion]]:
    """The claims that cite compared works, each with the passage of these that fits best.

    Left out is a claim of which a verdict that holds speaks already, on one of the works or as
    exempt, and one that cites a work without a text as well: what that work says was not checked.
    """
    for claim in article.claims if article.linkings else ():
        linking = article.linkings.get(claim.id)
        if linking is None or linking.not_compared or not linking.suggestions:
            continue
        cited = cited_keys(claim)
        judged = any(
            verdict.key in cited or verdict.judgement is Judgement.EXEMPT
            for verdict in article.standing(claim).verdicts
        )
        found = [one for one in linking.suggestions if one.key in cited]
        if found and not judged:
            yield claim, max(found, key=lambda one: (one.confidence, one.score))


def cited_keys(claim: Claim) -> frozenset[str]:
    """The citekeys that the markers in a claim can mean."""
    return frozenset(key for mark in claim.citations for item in mark.items for key in item.keys)
