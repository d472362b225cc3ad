"""Reading an article: its citations, its claims and where each claim stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exocite import readers
from exocite.claims import citations as markers
from exocite.claims import covering, detect, segment
from exocite.claims.exemptions import exemptions
from exocite.errors import ReadError, UsageError
from exocite.model import Article, Citation, Claim, Exemption, NotChecked
from exocite.project.project import Project
from exocite.readers.included import included
from exocite.states import Ground, Standings, exempting, standings
from exocite.text import Lines, where

MAX_ARTICLE = 20_000_000
"""Bytes of the largest article that is read."""

_MOST_PARTS = 500


@dataclass(frozen=True)
class Reading:
    """An article with its citations, its claims and where each claim stands."""

    article: Article
    sentences: int
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    standings: Standings
    exemptions: tuple[Exemption, ...] = ()

    @cached_property
    def lines(self) -> Lines:
        """The lines of the article's source."""
        return Lines(self.article.source, self.article.places)

    def where(self, offset: int) -> str:
        """The place of an offset as it is shown: file, place in it, line and column."""
        line, column = self.lines.position(offset)
        return f"{where(self.article.path, self.lines.place(offset))}:{line}:{column}"

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


def with_parts(
    project: Project, paths: Sequence[str], *, encoding: str = ""
) -> tuple[tuple[str, ...], tuple[NotChecked, ...]]:
    r"""The articles and the files that they take in (`\input`, `include::`), each once, in order.

    Each part is an article of its own. A part is looked for beside the article that is named, then
    beside the file that names it; one that is not there, lies outside the project's folder or
    cannot be read is not followed, and the reason says so.
    """
    root = project.settings.root.resolve()
    found: dict[Path, str] = {}
    missing: list[NotChecked] = []
    for path in paths:
        found.setdefault(Path(path).resolve(), path)
        waiting = [path]
        while waiting:
            within = waiting.pop()
            try:
                text = article(project, within, encoding=encoding)
            except ReadError as error:
                if within != path:
                    missing.append(NotChecked(within, error.message, within, kind="part"))
                continue
            lines = Lines(text.source)
            new = []
            for part in included(text):
                line = lines.position(part.span.start)[0]
                place, why = _part(root, (Path(path).parent, Path(within).parent), part.name)
                if place is None or len(found) >= _MOST_PARTS:
                    reason = why or f"more than {_MOST_PARTS} files take each other in"
                    missing.append(NotChecked(part.name, reason, within, line, "part"))
                elif place not in found:
                    found[place] = project.shown(place)
                    new.append(found[place])
            waiting.extend(reversed(new))
    return tuple(found.values()), tuple(missing)


def _part(root: Path, folders: Sequence[Path], name: str) -> tuple[Path | None, str]:
    """The file of this name in one of the folders, or why there is none that may be read."""
    why = "there is no such file"
    for folder in folders:
        try:
            place = (folder / name).resolve()
            inside = place.is_relative_to(root)
            if inside and place.is_file():
                return place, ""
        except (OSError, ValueError, RuntimeError):  # A name too long, a loop of links.
            continue
        if not inside:
            why = "it lies outside the project's folder"
    return None, why


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
    claims = covering.covered(article, sentences, found, claims)
    name = project.named(article.path)
    standing = standings(
        article,
        claims,
        [link for link in project.evidence.items if link.article == name],
        [verdict for verdict in project.verdicts.items if verdict.article == name],
        Ground(project.texts, project.records, frozenset(key for key, _ in project.unread)),
    )
    exempt = exemptions(article, claims)
    standing = exempting(standing, claims, exempt, project.today)
    return Reading(article, len(sentences), found, claims, standing, exempt)
