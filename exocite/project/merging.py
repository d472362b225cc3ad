"""Finding entries of one work, and merging two of them: bibliography, articles and logs.

All that names the entry that goes is made ready first, and each article is read again: its
citations must mean what they meant. Then all is written, the bibliography last, so that a process
that is killed leaves both entries and no citation without one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exocite import readers, records
from exocite.bibliography import Document, merging
from exocite.bibliography.duplicates import Found, find, prepare
from exocite.bibliography.merging import Choice
from exocite.claims import citations as markers
from exocite.errors import ChangedError, ReadError, UsageError
from exocite.export.inherit import inherited
from exocite.model import Article, Citation, CitationKind, Reference
from exocite.project.project import Project
from exocite.project.reading import MAX_ARTICLE, Articles, with_parts
from exocite.records import RecordError
from exocite.store import ATTACHED, EVIDENCE, VERDICTS, WORKS
from exocite.text import Lines

_BY_KEY = frozenset({CitationKind.PANDOC, CitationKind.LATEX, CitationKind.MARKUP})
_PARENTS = frozenset({"crossref", "xdata"})


def duplicates(project: Project) -> tuple[tuple[Reference, ...], Found]:
    """The entries of the bibliography, also of one key, and which of them are of one work."""
    entries = project.document.entries
    children = [entry for entry in entries if not _PARENTS.isdisjoint(entry.fields)]
    whole = inherited(children, project.document.references, lambda entry: entry.fields)
    given = {id(child): full.fields for child, full in zip(children, whole, strict=True)}
    return entries, find(
        [prepare(given.get(id(entry), entry.fields), entry.type) for entry in entries]
    )


def configured(project: Project) -> tuple[str, ...]:
    """The articles of the settings. Raises ConfigurationError for a pattern that cannot be."""
    patterns = project.settings["articles"]
    found = (path for pattern in patterns for path in project.matching(pattern))
    return tuple(dict.fromkeys(project.shown(path) for path in found))


@dataclass(frozen=True, slots=True)
class Change:
    """A file that merging changes: its bytes before and after, and in how many places."""

    path: Path
    before: bytes
    after: bytes
    places: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging `drop` into `keep` would do; `notes` are for a person to look at."""

    keep: str
    drop: str
    choices: tuple[Choice, ...]
    document: Document
    articles: tuple[Change, ...]
    logs: tuple[Change, ...]
    notes: tuple[str, ...]


def plan(
    project: Project,
    keys: tuple[str, str],
    paths: Sequence[str],
    *,
    take: Collection[str] = (),
    encoding: str = "",
) -> Plan:
    """Merging two entries, the first kept, with the citations of these articles.

    The articles of the project's accepted links and those that these take in come with them.
    Raises UsageError, ReadError or BibliographyError where something cannot be merged; nothing is
    written here.
    """
    keep, drop = keys
    project.references(keys)
    document = merging.merged(project.document, keep, drop, take)
    named, missing = with_parts(project, _chosen(project, drop, paths), Articles(project, encoding))
    notes = [f"{part.path}:{part.line}: {part.subject}: {part.reason}" for part in missing]
    articles = []
    for path in named:
        change, said = _article(project, document, path, keys, encoding)
        notes.extend(said)
        if change is not None:
            articles.append(change)
    if not named:
        notes.append("no article was looked at: name those that cite, or set articles")
    logs = tuple(_logs(project, keep, drop))
    return Plan(
        keep,
        drop,
        merging.choices(project.document, keep, drop, take),
        document,
        tuple(articles),
        logs,
        (*notes, *_judged_twice(project, keep, drop)),
    )


def _chosen(project: Project, drop: str, paths: Sequence[str]) -> tuple[str, ...]:
    """The articles that were named and those that accepted links of the entry speak of, once."""
    root = project.settings.root
    linked = [root / link.article for link in project.evidence.items if link.key == drop]
    found = {Path(path).resolve(): path for path in paths}
    for path in linked:
        if path.is_file():
            found.setdefault(path.resolve(), project.shown(path))
    return tuple(found.values())


def write(project: Project, planned: Plan) -> None:
    """Write what was planned. Raises ChangedError, before anything, if a file changed meanwhile."""
    with project.store.locked():
        for change in (*planned.articles, *planned.logs):
            if project.store.read(change.path) != change.before:
                raise ChangedError(
                    f"{project.shown(change.path)}: somebody else changed this file meanwhile",
                    hint="nothing was written; run the command again",
                )
        for change in (*planned.articles, *planned.logs):
            project.store.write(change.path, change.after, expected=change.before)
        project.document = planned.document
        project.save()
    for name in ("works", "records", "evidence", "verdicts", "texts", "attached"):
        project.forget(name)


# --------------------------------------------------------------------------- articles


def _article(
    project: Project, document: Document, path: str, keys: tuple[str, str], encoding: str
) -> tuple[Change | None, list[str]]:
    """The article with its citations of `drop` renamed, and what of it a person should see."""
    keep, drop = keys
    data = project.store.read(Path(path), limit=MAX_ARTICLE)
    article = readers.read(path, data, encoding=encoding)
    found = _resolved(article, project.document)
    places = [
        span
        for citation in found
        if citation.kind in _BY_KEY
        for item in citation.items
        if item.label == drop
        for span in [_place(article, item.span.start, item.span.end, drop)]
    ]
    if not places:
        return None, _left(article, path, drop, [])
    if article.places:
        raise UsageError(
            f"{path}: it cites {drop}, and this format cannot be written yet ({article.format})",
            hint=f"put {keep} there by hand, then merge",
        )
    if any(place is None for place in places):
        raise UsageError(
            f"{path}: a citation of {drop} does not stand in the file as it reads",
            hint=f"put {keep} there by hand, then merge",
        )
    starts = sorted({place for place in places if place is not None})
    source, text, at = article.source, [], 0
    for start in starts:
        text += [source[at:start], keep]
        at = start + len(drop)
    renamed = "".join([*text, source[at:]])
    after = _bytes(article, data, path, renamed)
    again = readers.read(path, after, encoding=encoding)
    cited = _resolved(again, document)
    if again.source != renamed or _meanings(cited, keep, drop) != _meanings(found, keep, drop):
        raise UsageError(
            f"{path}: with {keep} for {drop} its citations would not mean the same",
            hint="nothing was written; change them by hand, then merge",
        )
    notes = [*_left(article, path, drop, starts), *_twice(again, cited, path, keep)]
    return Change(Path(path), data, after, len(starts)), notes


def _resolved(article: Article, document: Document) -> tuple[Citation, ...]:
    references = document.references
    listed = markers.match_listed(article.references, references)
    return markers.resolve(markers.find(article), references, article.references, listed)


def _place(article: Article, start: int, end: int, key: str) -> int | None:
    """Where the key stands in the span, None where it is not there exactly once."""
    text = article.source[start:end]
    return start + text.index(key) if text.count(key) == 1 else None


def _meanings(citations: Sequence[Citation], keep: str, drop: str) -> list[tuple[Any, ...]]:
    """What each citation names, once the two keys are one."""
    return [
        (
            citation.kind,
            tuple(
                tuple(dict.fromkeys(keep if key == drop else key for key in item.keys))
                for item in citation.items
            ),
        )
        for citation in citations
    ]


def _bytes(article: Article, data: bytes, path: str, text: str) -> bytes:
    try:
        body = article.source.encode(article.encoding)
        if data.endswith(body):
            return data[: len(data) - len(body)] + text.encode(article.encoding)
    except (UnicodeError, LookupError):
        pass
    raise ReadError(
        f"{path}: its text in {article.encoding.upper()} does not give its bytes back",
        hint="save it as UTF-8; nothing was written",
    )


def _left(article: Article, path: str, drop: str, starts: Collection[int]) -> list[str]:
    """Where the key stands in the text and is no citation: it stays."""
    lines = Lines(article.source, article.places)
    whole = re.compile(rf"(?<![\w:.-]){re.escape(drop)}(?![\w-])")
    rest = [m.start() for m in whole.finditer(article.source) if m.start() not in starts]
    return [
        f"{path}:{line}:{column}: {drop} stands here and is no citation: it was left"
        for line, column in map(lines.position, rest[:_MOST_NOTES])
    ]


def _twice(article: Article, found: Sequence[Citation], path: str, keep: str) -> list[str]:
    lines = Lines(article.source, article.places)
    notes = []
    for citation in found:
        if sum(item.keys == (keep,) for item in citation.items) > 1:
            line, column = lines.position(citation.span.start)
            notes.append(f"{path}:{line}:{column}: this citation names {keep} twice now")
    return notes[:_MOST_NOTES]


_MOST_NOTES = 20

# --------------------------------------------------------------------------- logs


def _logs(project: Project, keep: str, drop: str) -> Iterator[Change]:
    """The logs in which the key stands; lines that do not name it keep every byte."""
    for name in (WORKS, EVIDENCE, VERDICTS, ATTACHED):
        path = project.store.root / name
        if not project.store.exists(path):
            continue
        before = project.store.read(path)
        after, places = _renamed(before, name, keep, drop)
        if after != before:
            yield Change(path, before, after, places)


def _renamed(data: bytes, name: str, keep: str, drop: str) -> tuple[bytes, int]:
    lines = data.split(b"\n")
    values = [_object(line) for line in lines]
    known = any(value is not None and value.get("key") == keep for value in values)
    seen: set[bytes] = set()
    kept: list[bytes] = []
    places = 0
    for line, value in zip(lines, values, strict=True):
        ours = value is not None and value.get("key") == drop
        places += ours
        if ours and name == WORKS and known:
            continue
        written = _relabelled(value, keep, drop, line) if value and ours else line
        # The same passage linked under both keys is one link now.
        if name == EVIDENCE and value and written in seen:
            continue
        seen.add(written)
        kept.append(written)
    return b"\n".join(kept), places


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        return records.object_of(line.decode("utf-8-sig"))
    except (RecordError, UnicodeDecodeError):
        return None


def _relabelled(value: dict[str, Any], keep: str, drop: str, line: bytes) -> bytes:
    value["key"] = keep
    passage = value.get("passage")
    if isinstance(passage, dict) and passage.get("key") == drop:
        passage["key"] = keep
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text.encode("utf-8", "backslashreplace") + (b"\r" if line.endswith(b"\r") else b"")


def _judged_twice(project: Project, keep: str, drop: str) -> list[str]:
    """Claims on which both entries have a verdict: of one entry the later counts."""
    judged: dict[tuple[str, str], set[str]] = {}
    for verdict in project.verdicts.items:
        if verdict.key in (keep, drop):
            judged.setdefault((verdict.article, verdict.claim), set()).add(verdict.key)
    return [
        f"{article}: claim {claim} has verdicts on both entries: the later one counts now"
        for (article, claim), both in judged.items()
        if len(both) > 1
    ][:_MOST_NOTES]
