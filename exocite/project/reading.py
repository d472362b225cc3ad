"""Reading an article: its citations, its claims and where each claim stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exocite import readers
from exocite.claims import citations as markers
from exocite.claims import detect, segment
from exocite.errors import UsageError
from exocite.model import Article, Citation, Claim
from exocite.project.project import Project
from exocite.states import Ground, Standings, standings
from exocite.text import Lines

MAX_ARTICLE = 20_000_000
"""Bytes of the largest article that is read."""


@dataclass(frozen=True)
class Reading:
    """An article with its citations, its claims and where each claim stands."""

    article: Article
    sentences: int
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    standings: Standings

    @cached_property
    def lines(self) -> Lines:
        """The lines of the article's source."""
        return Lines(self.article.source)

    @cached_property
    def _by_id(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    def claim(self, name: str) -> Claim:
        """The claim of this id, or of the only id that begins so. Raises UsageError."""
        if name in self._by_id:
            return self._by_id[name]
        found = [claim for claim in self.claims if name and claim.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        what = "several claims have ids that begin with" if found else "no claim has the id"
        raise UsageError(
            f"{self.article.path}: {what} {name}",
            hint="`exocite claims ARTICLE` lists the claims with their ids",
        )


def article(project: Project, path: str, *, encoding: str = "") -> Article:
    """The article in this file. Raises ReadError for a file that cannot be an article."""
    data = project.store.read(Path(path), limit=MAX_ARTICLE)
    return readers.read(path, data, encoding=encoding)


def citations(project: Project, article: Article) -> tuple[Citation, ...]:
    """The article's citations with the references that each can mean."""
    references = project.document.references
    listed = markers.match_listed(article.references, references)
    return markers.resolve(markers.find(article), references, article.references, listed)


def read(project: Project, article: Article) -> Reading:
    """Find the article's citations and claims, and where each claim stands."""
    found = citations(project, article)
    sentences = segment.sentences(article)
    claims = detect.claims(
        article, sentences, found, project.detector, project.settings.policy.claim_threshold
    )
    name = project.named(article.path)
    standing = standings(
        article,
        claims,
        [link for link in project.evidence.items if link.article == name],
        [verdict for verdict in project.verdicts.items if verdict.article == name],
        Ground(project.texts, project.records, frozenset(key for key, _ in project.unread)),
    )
    return Reading(article, len(sentences), found, claims, standing)
