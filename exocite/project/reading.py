"""Reading an article: its citations, its claims and where each claim stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from exocite import readers
from exocite.claims.exemptions import exemptions
from exocite.claims.keys import Known, resolve
from exocite.errors import ReadError, UsageError
from exocite.frozen import dataclass, replace
from exocite.model import Article, Citation, Claim, Exemption, NotChecked
from exocite.project.held import Claims, Held, Resolved, keys_of
from exocite.project.project import Project
from exocite.project.recorded import recorded
from exocite.project.remembered import Remembered
from exocite.readers.included import included
from exocite.states import Ground, Standings, exempting, standings
from exocite.text import Lines, where

if TYPE_CHECKING:
    from exocite.bibliography.document import Document
    from exocite.claims.detect import Assessment

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


class Articles:
    """The articles of one run, each read once; not even once where `.exocite/` remembers it."""

    def __init__(self, project: Project, encoding: str = "") -> None:
        self._project = project
        self._encoding = encoding
        self._memory = Remembered(project.cache / "articles" if project.cache else None)
        self._known: dict[str, _Known] = {}

    @cached_property
    def _bibliography(self) -> _Bibliography:
        return _Bibliography(self._project.document)

    def article(self, path: str) -> Article:
        """The article in this file. Raises ReadError for a file that cannot be an article."""
        return self._of(path).read.held.article

    def citations(self, path: str) -> tuple[Citation, ...]:
        """Its citations with the references that each can mean. Raises as `article` does."""
        return self._of(path).read.citations

    def reading(self, path: str) -> Reading:
        """Its claims and where each stands. Raises as `article` does."""
        known = self._of(path)
        held, marks = known.read.held, known.read.citations
        claims = held.claims
        if claims is None or claims.threshold != self._project.settings.policy.claim_threshold:
            assessed = self._memory.assessed(path, self._encoding)
            bibliography = self._bibliography.hash
            claims = _found(self._project, held.article, marks, bibliography, assessed)
            if assessed:
                self._memory.keep_assessed(path, self._encoding, assessed)
            known.read = Resolved(replace(held, claims=claims), marks)
            self._memory.put(known.key, known.read)
        return _standing(self._project, held.article, marks, claims)

    def close(self) -> None:
        """Remove what of the memory is too much."""
        self._memory.tidy()

    def _of(self, path: str) -> _Known:
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> _Known:
        data = _bytes(self._project, path)
        key = self._memory.key(path, self._encoding, data)
        read = self._memory.get(key, path, self._bibliography)
        if read is None:
            article = readers.read(path, data, encoding=self._encoding)
            found = _marks(article)
            read = Resolved(Held(article, found), self._bibliography.resolve(article, found))
        return _Known(key, read)


@dataclass(slots=True)
class _Known:
    """An article and what it is kept by."""

    key: str
    read: Resolved


class _Bibliography:
    """The references that citations are resolved in, as `held.Bibliography`."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def hash(self) -> str:
        """The hash of the file: the code that reads it is part of what articles are kept by."""
        return sha256(self._document.data).hexdigest()

    @cached_property
    def _known(self) -> Known:
        return Known(self._document.references)

    def resolve(self, article: Article, found: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """The article's citations with the references that each can mean."""
        return _resolved(self._known, article, found)


def article(project: Project, path: str, *, encoding: str = "") -> Article:
    """The article in this file. Raises ReadError for a file that cannot be an article."""
    return readers.read(path, _bytes(project, path), encoding=encoding)


def _bytes(project: Project, path: str) -> bytes:
    return project.store.read(Path(path), limit=MAX_ARTICLE)


def with_parts(
    project: Project, paths: Sequence[str], articles: Articles | None = None
) -> tuple[tuple[str, ...], tuple[NotChecked, ...]]:
    r"""The articles and the files that they take in (`\input`, `include::`), each once, in order.

    Each part is an article of its own. A part is looked for beside the article that is named, then
    beside the file that names it; one that is not there, lies outside the project's folder or
    cannot be read is not followed, and the reason says so.
    """
    articles = articles or Articles(project)
    root = project.settings.root.resolve()
    found: dict[Path, str] = {}
    missing: list[NotChecked] = []
    for path in paths:
        found.setdefault(_real(path), path)
        waiting = [path]
        while waiting:
            within = waiting.pop()
            try:
                text = articles.article(within)
            except ReadError as error:
                if within != path:
                    missing.append(NotChecked(within, error.message, within, kind="part"))
                continue
            parts = included(text)
            lines = Lines(text.source if parts else "")
            new = []
            for part in parts:
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


def _real(path: str) -> Path:
    """The file behind all links; of a loop of them the name, which is told when it is read."""
    return Path(os.path.realpath(path))


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
    return _resolved(Known(project.document.references), article, _marks(article))


def _marks(article: Article) -> tuple[Citation, ...]:
    # Imported when an article is read anew: hundreds of patterns come with it.
    from exocite.claims.citations import find

    return find(article)


def _resolved(known: Known, article: Article, found: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Citations of the article with the references that each can mean."""
    if not found:
        return ()
    listed: Mapping[str, tuple[str, ...]] = {}
    if article.references:
        from exocite.claims.listed import match_listed

        listed = match_listed(article.references, known.references)
    return resolve(found, known, article.references, listed)


def read(project: Project, article: Article) -> Reading:
    """Find the article's citations and claims, and where each claim stands."""
    marks = citations(project, article)
    return _standing(project, article, marks, _found(project, article, marks, ""))


def _found(
    project: Project,
    article: Article,
    marks: tuple[Citation, ...],
    bibliography: str,
    assessed: dict[str, Assessment] | None = None,
) -> Claims:
    """The article's claims and its author's exemptions; `assessed` is that of `detect.assess`."""
    from exocite.claims import covering, detect, segment

    threshold = project.settings.policy.claim_threshold
    sentences = segment.sentences(article)
    claims = detect.claims(article, sentences, marks, project.detector, threshold, assessed)
    claims = covering.covered(article, sentences, marks, claims)
    exempt = exemptions(article, sentences)
    return Claims(keys_of(marks), bibliography, threshold, len(sentences), claims, exempt)


def _standing(
    project: Project, article: Article, marks: tuple[Citation, ...], found: Claims
) -> Reading:
    """Where each of the claims stands today."""
    written = recorded(project, article, found.claims)
    standing = standings(
        article,
        found.claims,
        written.evidence,
        written.verdicts,
        Ground(project.texts, project.records, frozenset(key for key, _ in project.unread)),
    )
    standing = exempting(standing, found.claims, found.exemptions, project.today)
    return Reading(article, found.sentences, marks, found.claims, standing, found.exemptions)
