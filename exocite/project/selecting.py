"""The references that a query of `list` means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exocite.bibliography.query import Query, query
from exocite.errors import UsageError
from exocite.frozen import dataclass
from exocite.model import Reference
from exocite.project.exporting import Listed
from exocite.project.project import Project
from exocite.project.reading import article, read


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query means: which of the references of a project it holds for."""

    project: Project
    asked: Query
    cited: frozenset[str]

    def among(self, references: Iterable[Reference]) -> Iterator[Listed]:
        """Those of the references that are meant, in their order."""
        for reference in references:
            one = Listed(self.project, reference)
            if self.asked.holds(_Entry(one, reference.key in self.cited)):
                yield one


def selection(
    project: Project, text: str, *, articles: Sequence[str] = (), encoding: str = ""
) -> Selection:
    """What the query means; everything without one.

    What `cited` and `uncited` ask is answered of the articles: their markers and accepted links.
    Raises UsageError for a query that cannot be understood, or that asks it of no article.
    """
    # Names are asked for where the query may name one: reading them all takes a while.
    named = (name for reference in project.document.references for name in reference.fields)
    names = frozenset(named) if ":" in text else frozenset()
    asked = query(text, names)
    if asked.of_articles and not articles:
        raise UsageError(
            "cited and uncited are asked of articles, and none is named",
            hint="exocite list uncited --article ARTICLE",
        )
    cited = {key for path in articles for key in _cited(project, path, encoding)}
    return Selection(project, asked, frozenset(cited))


def _cited(project: Project, path: str, encoding: str) -> set[str]:
    reading = read(project, article(project, path, encoding=encoding))
    marked = {key for mark in reading.citations for key in mark.keys}
    links = (reading.standings.of[claim.id].accepted for claim in reading.claims)
    return marked | {link.key for accepted in links for link in accepted}


class _Entry:
    """A listed reference as a query sees it: nothing is worked out that it does not ask."""

    def __init__(self, listed: Listed, cited: bool) -> None:
        self._listed = listed
        self.key = listed.reference.key
        self.type = listed.reference.type
        known = listed.record.outcome.value if listed.record else ""
        self.outcome = known if listed.is_work else "no_work"
        self.cited = cited

    @property
    def fields(self) -> Mapping[str, str]:
        reference = self._listed.reference
        if not reference.inherited:
            return reference.fields
        return {**reference.inherited, **reference.fields}

    @property
    def year(self) -> str:
        return self._listed.year

    @property
    def texts(self) -> tuple[str, ...]:
        return self._listed.texts
