"""Checking: the rules over articles and bibliography as they are on disk, and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exocite import check
from exocite.errors import ConfigurationError, ReadError, UsageError
from exocite.model import Article, Linking, NotChecked
from exocite.project.judging import suggestions
from exocite.project.project import Project
from exocite.project.reading import Reading, article, citations, read, with_parts
from exocite.project.resolving import identity
from exocite.rules import RULES, ArticleView, Problem, View
from exocite.rules.differing_passage import DifferingPassage
from exocite.rules.no_passage import NoPassage
from exocite.text import where

_ABOUT_PASSAGES = (NoPassage.code, DifferingPassage.code)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, the texts that its findings point into, and the files left unread."""

    report: check.Report
    sources: Mapping[str, str]
    unread: tuple[ReadError, ...]
    exit_code: int


def run(project: Project, paths: Sequence[str], *, encoding: str = "") -> Checked:
    """Check these articles, or those of the settings, together with the bibliography.

    A file that cannot be read is named in the result and does not hide the others' findings.
    """
    _known_codes(project)
    chosen = tuple(paths) or tuple(_configured(project))
    if not chosen:
        raise UsageError(
            "no article to check",
            hint='name one, or set articles = ["*.md"] in exocite.toml',
        )
    chosen, missing = with_parts(project, chosen, encoding=encoding)
    readings, unread = [], []
    for path in chosen:
        try:
            readings.append(read(project, article(project, path, encoding=encoding)))
        except ReadError as error:
            unread.append(error)
    document = project.document
    view = View(
        articles=tuple(
            ArticleView(r.article, r.claims, r.citations, r.standings, _compared(project, r))
            for r in readings
        ),
        references=document.references,
        records=project.records,
        changed=frozenset(
            r.key
            for r in document.references
            if r.key in project.records and project.records[r.key].reference_hash != identity(r)
        ),
        problems=_problems(project),
        cited_elsewhere=_cited_elsewhere(project, chosen, unread),
        least=project.least,
        unread=(
            *(NotChecked(key, f"{error.message} ({error.hint})") for key, error in project.unread),
            *missing,
        ),
    )
    texts = {name: text for reading in readings for name, text in _texts(reading.article)}
    texts[document.path] = document.text
    report = check.check(view, project.settings.policy)
    code = 2 if unread else check.exit_code(report)
    return Checked(report, texts, tuple(unread), code)


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    """The texts that lines count in: the article's, or that of each of its places."""
    if not article.places:
        yield article.path, article.source
    end = len(article.source)
    for place in reversed(article.places):
        yield where(article.path, place.name), article.source[place.start : end]
        end = place.start


def _compared(project: Project, reading: Reading) -> Mapping[str, Linking]:
    """What the cited works say of each claim that cites one with a text, where a rule asks."""
    if not any(map(project.settings.policy.wants, _ABOUT_PASSAGES)):
        return {}
    texts = project.texts
    citing = [
        claim
        for claim in reading.claims
        if any(texts.get(key) for mark in claim.citations for i in mark.items for key in i.keys)
    ]
    if not citing:
        return {}
    return {one.claim: one for one in suggestions(project, reading, claims=citing)}


def _known_codes(project: Project) -> None:
    """Refuse a selection that names no rule: it would switch the gate off without a word."""
    for name in ("select", "ignore"):
        value = project.settings.values[name]
        unknown = [c for c in value.value if not any(r.code.startswith(c) for r in RULES if c)]
        if name == "select" and not value.value:
            unknown = [""]
        if unknown:
            raise ConfigurationError(
                f"{value.origin}: {name}: no rule has a code that begins with {unknown[0]!r}",
                hint="`exocite explain` lists the codes; they are written in capitals",
            )


def _cited_elsewhere(
    project: Project, chosen: Sequence[str], unread: Sequence[ReadError]
) -> frozenset[str]:
    """What other articles cite. A file that could not be read may cite anything."""
    if unread:
        return frozenset(reference.key for reference in project.document.references)
    keys = {link.key for link in project.evidence.items}
    here = {Path(path).resolve() for path in chosen}
    with contextlib.suppress(ReadError):
        for path in _configured(project):
            if Path(path).resolve() not in here:
                marks = citations(project, article(project, path))
                keys.update(key for mark in marks for item in mark.items for key in item.keys)
    return frozenset(keys)


def _configured(project: Project) -> list[str]:
    found: list[str] = []
    for pattern in project.settings["articles"]:
        try:
            found_here = sorted(project.settings.root.glob(pattern))
        except (ValueError, NotImplementedError, IndexError) as error:
            raise ConfigurationError(
                f"articles: {pattern!r} cannot be searched for: {error}",
                hint="patterns such as *.md or text/**/*.md start at the project's folder",
            ) from None
        paths = [path for path in found_here if not path.is_dir()]
        if not paths:
            raise ReadError(
                f"{pattern}: no file of the setting `articles` is here",
                hint=f"it was looked for in {project.settings.root}",
            )
        found.extend(project.shown(path) for path in paths)
    return list(dict.fromkeys(found))


def _problems(project: Project) -> tuple[Problem, ...]:
    path = project.document.path
    broken = [Problem(path, p.line, p.column, p.kind, p.message) for p in project.document.problems]
    logs = (project.works, project.evidence, project.verdicts, project.store.attachments())
    lines = [
        Problem(project.shown(Path(p.path)), p.line, 1, "log", p.message)
        for log in logs
        for p in log.problems
    ]
    return tuple(broken + lines)
