"""The references that a query of `list` means."""

from __future__ import annotations

from collections.abc import Sequence

from exocite.bibliography.query import Candidate, query
from exocite.errors import UsageError
from exocite.project.exporting import Listed, listing
from exocite.project.project import Project
from exocite.project.reading import article, read


def selected(
    project: Project, text: str, *, articles: Sequence[str] = (), encoding: str = ""
) -> tuple[Listed, ...]:
    """The references that the query means, in the order of the file; all without a query.

    What `cited` and `uncited` ask is answered of the articles: their markers and accepted links.
    Raises UsageError for a query that cannot be understood, or that asks it of no article.
    """
    names = {name for reference in project.document.references for name in reference.fields}
    asked = query(text, names)
    if asked.of_articles and not articles:
        raise UsageError(
            "cited and uncited are asked of articles, and none is named",
            hint="exocite list uncited --article ARTICLE",
        )
    cited = {key for path in articles for key in _cited(project, path, encoding)}
    return tuple(one for one in listing(project) if asked.holds(_candidate(one, cited)))


def _cited(project: Project, path: str, encoding: str) -> set[str]:
    reading = read(project, article(project, path, encoding=encoding))
    marked = {key for mark in reading.citations for key in mark.keys}
    links = (reading.standings.of[claim.id].accepted for claim in reading.claims)
    return marked | {link.key for accepted in links for link in accepted}


def _candidate(one: Listed, cited: set[str]) -> Candidate:
    return Candidate(
        one.reference.key,
        one.reference.type,
        one.reference.fields,
        one.year,
        one.record.outcome.value if one.record else "",
        one.reference.key in cited,
        one.texts,
    )
