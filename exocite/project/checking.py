"""Checking: the rules over articles and bibliography as they are on disk, and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from shlex import quote
from typing import Any

from exocite import baseline, check
from exocite.errors import ConfigurationError, ReadError, UsageError
from exocite.frozen import dataclass, replace
from exocite.model import Article, Linking, NotChecked
from exocite.project import staged
from exocite.project.identities import identities
from exocite.project.project import Project
from exocite.project.reading import Articles, Reading, with_parts
from exocite.project.recorded import lost
from exocite.revisions import STAGED, Revision, unborn
from exocite.rules import RULES, ArticleView, Problem, View
from exocite.rules.differing_passage import DifferingPassage
from exocite.rules.no_passage import NoPassage
from exocite.rules.view import LostArticle
from exocite.store import BASELINE
from exocite.text import where

_ABOUT_PASSAGES = (NoPassage.code, DifferingPassage.code)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, the texts that its findings point into, and the files left unread.

    `read` are the articles as they were read, each with what was compared for the rules.
    """

    report: check.Report
    sources: Mapping[str, str]
    unread: tuple[ReadError, ...]
    exit_code: int
    read: tuple[tuple[Reading, Mapping[str, Linking]], ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """What of the old a check is quiet about.

    `baseline` is whether the project's baseline counts; `since` is a git revision whose findings
    are old, "" for none; with `staged`, what is staged is checked and HEAD's findings are old.
    """

    baseline: bool = True
    since: str = ""
    staged: bool = False


QUIET = Quiet()
_AS_BEFORE = "as before the change"


def run(
    project: Project, paths: Sequence[str], *, encoding: str = "", quiet: Quiet = QUIET
) -> Checked:
    """Check these articles, or those of the settings, together with the bibliography.

    A file that cannot be read is named in the result and does not hide the others' findings.
    Raises UsageError where there is nothing to check, and where git knows no such revision.
    """
    _known_codes(project)
    before = project.at(quiet.since) if quiet.since else None
    if quiet.staged:
        before = None if unborn(project.settings.root) else project.at("HEAD")
        project = project.at(STAGED)
    chosen = tuple(paths) or _configured(project)
    if paths and quiet.staged:
        chosen = staged.articles(project, before, chosen)
    elif quiet.staged:
        _known_patterns(project, before)
    if not paths and not project.settings["articles"]:
        raise UsageError(
            "no article to check",
            hint='name one, or set articles = ["*.md"] in exocite.toml',
        )
    checked = _looked_at(project, chosen, encoding)
    if quiet.staged and checked.unread:
        checked = staged.without_new_blanks(project, before, checked)
    if quiet.baseline:
        whole = not paths and not checked.unread  # Its coverage is that of all articles.
        checked = _against_baseline(project, checked, whole=whole)
    report, name = checked.report, cache(project.named)
    if before is not None:
        old = _looked_at(before, _there(before, chosen), encoding).report
        known = baseline.of(old.findings, old.coverage, name)
        report = check.without(report, known, name)
        report, newly = _unchecked(report, old)
        code = 2 if checked.unread else check.exit_code(newly)
    else:
        code = 2 if checked.unread else check.exit_code(report)
    return replace(checked, report=report, exit_code=code)


def _against_baseline(project: Project, checked: Checked, *, whole: bool) -> Checked:
    """The same without what the baseline holds; one that cannot be read hides nothing."""
    path, report, name = project.store.root / BASELINE, checked.report, cache(project.named)
    if not project.store.exists(path):
        return checked
    try:
        known = baseline.parse(project.store.read(path), project.shown(path))
    except ReadError as error:
        told = _not_read(error, project.shown(path))
        report = replace(report, not_checked=(*report.not_checked, told))
        return replace(checked, report=report, unread=(*checked.unread, error))
    known = baseline.followed(known, report.findings, name, project.holds)
    report = check.against(report, known, name)
    return replace(checked, report=report if whole else replace(report, since=None))


def _not_read(error: ReadError, path: str) -> NotChecked:
    reason = re.sub(rf"^{re.escape(path)}(:\d+)*: ", "", error.message)
    return NotChecked(path, reason, path, kind="file")


def _unchecked(report: check.Report, before: check.Report) -> tuple[check.Report, check.Report]:
    """The report with what was not checked before either told so, and without it.

    What nobody could check at the revision is still named, and is not what a change brought.
    """
    earlier = set(map(_same, before.not_checked))
    told = tuple(
        replace(entry, reason=f"{entry.reason} ({_AS_BEFORE})")
        if _same(entry) in earlier
        else entry
        for entry in report.not_checked
    )
    new = tuple(entry for entry in report.not_checked if _same(entry) not in earlier)
    return replace(report, not_checked=told), replace(report, not_checked=new)


def _same(entry: NotChecked) -> tuple[str, str, str]:
    """What two entries have in common that are one; a work may have several files."""
    return entry.kind, entry.subject, entry.reason if entry.kind == "text" else ""


def keep(project: Project, report: check.Report) -> Path:
    """Write the findings of a report, which was made without a baseline, as the baseline."""
    path = project.store.root / BASELINE
    held = project.store.read(path) if project.store.exists(path) else b""
    known = baseline.of(report.findings, report.coverage, cache(project.named))
    project.store.write(path, baseline.text(known).encode("ascii"), expected=held)
    return path


def _looked_at(project: Project, paths: Sequence[str], encoding: str) -> Checked:
    """What the rules say of the files as this project holds them."""
    articles = Articles(project, encoding)
    chosen, missing = with_parts(project, paths, articles)
    readings, unread, left_out = [], [], []
    for path in chosen:
        try:
            readings.append(articles.reading(path))
        except ReadError as error:
            unread.append(error)
            left_out.append(_not_read(error, path))
    document = project.document
    read = tuple((reading, _compared(project, reading)) for reading in readings)
    view = View(
        articles=tuple(
            ArticleView(r.article, r.claims, r.citations, r.standings, compared, r.exemptions)
            for r, compared in read
        ),
        references=document.references,
        records=project.records,
        changed=_changed(project),
        problems=_problems(project),
        cited_elsewhere=_cited_elsewhere(project, chosen, unread, articles),
        least=project.least,
        unread=(
            *_unread_texts(project, read),
            *missing,
            *left_out,
        ),
        texts=project.texts,
        today=project.today,
        lost=_lost(project, chosen, readings) if not unread else (),
    )
    texts = {name: text for reading in readings for name, text in _texts(reading.article)}
    texts[document.path] = document.text
    articles.close()
    # Every finding is asked for its article's name, which takes the disk to tell.
    report = check.check(view, project.settings.policy, name=cache(project.named))
    return Checked(report, texts, tuple(unread), 0, read)


def _unread_texts(project: Project, read: Iterable[tuple[Reading, object]]) -> Iterator[NotChecked]:
    """The texts of works that these articles rest on that are not here or cannot be read."""
    unread = project.unread
    asked: set[str] = set()
    bare: dict[str, None] = {}
    for reading, _ in read:
        if unread:
            asked.update(key for mark in reading.citations for i in mark.items for key in i.keys)
        for one in reading.standings.of.values():
            if one.is_silent:
                continue
            bare |= {link.key: None for link in one.accepted if project.texts.get(link.key) == ()}
            asked.update(verdict.key for verdict in one.verdicts)
            asked.update(link.key for link in one.accepted)
            asked.update(old.verdict.key for old in one.stale)
            asked.update(old.link.key for old in one.stale_links)
    for key, error in unread:
        bare.pop(key, None)
        if key in asked:
            yield NotChecked(key, f"{error.message} ({error.hint})")
    for key in bare:
        yield NotChecked(
            key,
            "no text of it is here, and an accepted passage of it cannot be looked up (`exocite "
            f"resolve {quote(key)}` asks for its abstract)",
        )


def _changed(project: Project) -> frozenset[str]:
    """The references whose identifying fields are no longer those that were resolved."""
    if not project.records:
        return frozenset()
    document, records = project.document, project.records
    return frozenset(
        reference.key
        for reference, now in zip(
            document.references, identities(document, project.cache), strict=True
        )
        if reference.key in records and records[reference.key].reference_hash != now
    )


def _there(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    """The files of these that this revision holds."""
    return tuple(path for path in paths if project.store.exists(Path(path)))


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
    known = project.readable
    citing = [
        claim
        for claim in (reading.claims if known else ())
        if any(key in known for mark in claim.citations for i in mark.items for key in i.keys)
    ]
    if not citing:
        return {}
    from exocite.project.judging import suggestions

    return {one.claim: one for one in suggestions(project, reading, claims=citing)}


def _named_in(values: Mapping[str, Any]) -> Sequence[str]:
    return *values.get("ignore", ()), *(code for code, _ in values.get("severities", ()))


def _nearest(code: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(code.upper(), [rule.code for rule in RULES], n=1)
    return f"did you mean {near[0]}? " if near else ""


_CODES: Mapping[str, Callable[[Any], Sequence[str]]] = {
    "select": tuple,
    "ignore": tuple,
    "severities": lambda pairs: [code for code, _ in pairs],
    "per_path": lambda pairs: [code for _, values in pairs for code in _named_in(dict(values))],
    "per_path_ignore": lambda pairs: [code for _, codes in pairs for code in codes],
}
"""The codes that each setting of codes names."""


def _known_codes(project: Project) -> None:
    """Refuse a selection that names no rule: it would switch the gate off without a word."""
    for name, codes_of in _CODES.items():
        value = project.settings.values[name]
        codes = codes_of(value.value)
        unknown = [c for c in codes if not any(r.code.startswith(c) for r in RULES if c)]
        if name == "select" and not value.value:
            unknown = [""]
        if unknown:
            raise ConfigurationError(
                f"{value.origin}: {name}: no rule has a code that begins with {unknown[0]!r}",
                hint=f"{_nearest(unknown[0])}`exocite explain` lists the codes",
            )


def _cited_elsewhere(
    project: Project, chosen: Sequence[str], unread: Sequence[ReadError], articles: Articles
) -> frozenset[str]:
    """What other articles cite. A file that could not be read may cite anything."""
    if unread:
        return frozenset(reference.key for reference in project.document.references)
    keys = {link.key for link in project.evidence.items}
    here = set(map(os.path.realpath, chosen))
    with contextlib.suppress(ReadError):
        for path in _there(project, _configured(project)):
            if os.path.realpath(path) not in here:
                marks = articles.citations(path)
                keys.update(key for mark in marks for item in mark.items for key in item.keys)
    return frozenset(keys)


def _lost(
    project: Project, chosen: Sequence[str], readings: Sequence[Reading]
) -> tuple[LostArticle, ...]:
    """Files that are gone while verdicts speak of them; told where every article was read."""
    if not project.absent:
        return ()
    here = set(map(os.path.realpath, chosen))
    with contextlib.suppress(ReadError):
        every = set(map(os.path.realpath, _configured(project)))
        if every and every <= here:
            return lost(project, [(reading.article, reading.claims) for reading in readings])
    return ()


def _configured(project: Project) -> tuple[str, ...]:
    found: list[str] = []
    for pattern in project.settings["articles"]:
        paths = _meant(project, pattern)
        if not paths and not isinstance(project.store, Revision):
            raise _matches_nothing(project, pattern)
        found.extend(project.shown(path) for path in paths)
    return tuple(dict.fromkeys(found))


def _known_patterns(project: Project, before: Project | None) -> None:
    """Refuse a pattern that means no article, neither now nor before: the gate would be off."""
    for pattern in project.settings["articles"]:
        if not _meant(project, pattern) and (before is None or not _meant(before, pattern)):
            raise _matches_nothing(project, pattern)


def _meant(project: Project, pattern: str) -> Sequence[Path]:
    """The articles that a pattern means, of a revision those that it holds."""
    if isinstance(project.store, Revision):
        return project.store.matching(project.settings.root, pattern)
    return project.matching(pattern)


def _matches_nothing(project: Project, pattern: str) -> ReadError:
    return ReadError(
        f"{pattern}: no file of the setting `articles` is here",
        hint=f"it was looked for in {project.settings.root}",
    )


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
