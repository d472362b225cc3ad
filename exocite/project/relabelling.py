"""Citekeys put in the place of others wherever a project names them: articles and logs.

Everything is made ready before anything is written, and each article is read again: its citations
must mean what they meant. What cannot be written to its end is taken back.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exocite import readers, records
from exocite.bibliography import Document
from exocite.claims import citations as markers
from exocite.errors import ChangedError, ExociteError, ReadError, StoreError, UsageError
from exocite.model import Article, Citation, CitationKind
from exocite.project.project import Project
from exocite.project.reading import MAX_ARTICLE, Articles, with_parts
from exocite.records import RecordError
from exocite.store import ATTACHED, EVIDENCE, VERDICTS, WORKS
from exocite.text import Lines

Keys = Mapping[str, str]
"""The key that goes: the one in its place."""

_BY_KEY = frozenset({CitationKind.PANDOC, CitationKind.LATEX, CitationKind.MARKUP})
_LOGS = (WORKS, EVIDENCE, VERDICTS, ATTACHED)
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A file that other citekeys change: its bytes before and after, and in how many places."""

    path: Path
    before: bytes
    after: bytes
    places: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What other citekeys change beside the bibliography; `notes` are for a person to look at."""

    articles: tuple[Change, ...]
    logs: tuple[Change, ...]
    notes: tuple[str, ...]


def configured(project: Project) -> tuple[str, ...]:
    """The articles of the settings.

    Raises ConfigurationError for a pattern that cannot be, UsageError for an article that lies
    outside the project's folder.
    """
    patterns = project.settings["articles"]
    found = [path for pattern in patterns for path in project.matching(pattern)]
    _refuse_outside(project, found, "the setting articles")
    return tuple(dict.fromkeys(project.shown(path) for path in found))


def _refuse_outside(project: Project, paths: Iterable[Path], who: str) -> None:
    """What a repository's own files name is written to within the project alone.

    A person may name any article; a setting, a log or a link that came with a checkout may not.
    """
    top = project.settings.root.resolve()
    for path in paths:
        if not _real(path).is_relative_to(top):
            raise UsageError(
                f"{project.shown(path)}: {who} names it, and it lies outside the project's folder",
                hint="nothing was written; name the articles that cite on the command line",
            )


def changes(
    project: Project,
    document: Document,
    keys: Keys,
    paths: Sequence[str],
    *,
    encoding: str = "",
    begun: bool = False,
) -> Changes:
    """What has to change for these keys; `document` is the bibliography as it will be.

    The articles of the project's accepted links and those that these take in come with `paths`.
    `begun` says that an earlier run was cut short, so that some articles have the new keys. Raises
    UsageError or ReadError where something cannot be changed; nothing is written here.
    """
    wanted = _chosen(project, keys, paths)
    named, missing = with_parts(project, wanted, Articles(project, encoding))
    notes = [f"{part.path}:{part.line}: {part.subject}: {part.reason}" for part in missing]
    articles = []
    for path in named:
        change, said = _Relabelled(project, document, keys, path, encoding, begun).change()
        notes.extend(said)
        if change is not None:
            articles.append(change)
    if not named:
        notes.append("no article was looked at: name those that cite, or set articles")
    return Changes(tuple(articles), tuple(_logs(project, keys)), tuple(notes))


def _chosen(project: Project, keys: Keys, paths: Sequence[str]) -> tuple[str, ...]:
    """The articles that were named and those that accepted links of the entries speak of, once."""
    root = project.settings.root
    linked = {root / link.article for link in project.evidence.items if link.key in keys}
    found = {_real(path): path for path in paths}
    new = [path for path in sorted(linked) if _is_file(path) and _real(path) not in found]
    _refuse_outside(project, new, EVIDENCE)
    for path in new:
        found.setdefault(_real(path), project.shown(path))
    return tuple(found.values())


def _real(path: str | Path) -> Path:
    """The file behind all links; of a loop of them the name, which is told when it is read."""
    return Path(os.path.realpath(path))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A name that no file can have.
        return False


def write(project: Project, document: Document, changed: Sequence[Change]) -> None:
    """Write these files and then the bibliography, all of them or none.

    Raises ChangedError, before anything, if a file changed meanwhile. An error or an interrupt has
    what was written put back; StoreError names what could not be.
    """
    with project.store.locked():
        for change in changed:
            if project.store.read(change.path) != change.before:
                raise ChangedError(
                    f"{project.shown(change.path)}: somebody else changed this file meanwhile",
                    hint="nothing was written; run the command again",
                )
        begun: list[Change] = []
        old = project.document
        path = project.settings.bibliography
        try:
            for change in changed:
                begun.append(change)
                project.store.write(change.path, change.after, expected=change.before)
            begun.append(Change(path, old.data, document.data, 0))
            project.document = document
            project.save()
        except BaseException as error:
            project.document = old
            _take_back(project, begun, error)
            raise
    for name in ("works", "records", "evidence", "verdicts", "texts", "attached"):
        project.forget(name)


def _take_back(project: Project, begun: Sequence[Change], error: BaseException) -> None:
    """Put back what was written. Raises StoreError naming the files that could not be."""
    left = []
    for change in reversed(begun):
        try:
            if project.store.read(change.path) == change.after:
                project.store.write(change.path, change.before, expected=change.after)
        except ExociteError:
            left.append(project.shown(change.path))
    if left:
        raise StoreError(
            f"{', '.join(sorted(left))}: written, and could not be put back; "
            "the other files are as they were",
            hint="make the disk writable and run the same command again",
        ) from error


# --------------------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class _Relabelled:
    """One article in which other keys are put."""

    project: Project
    document: Document
    keys: Keys
    path: str
    encoding: str
    begun: bool

    def change(self) -> tuple[Change | None, list[str]]:
        """The article with its citations renamed, and what of it a person should see."""
        data = self.project.store.read(Path(self.path), limit=MAX_ARTICLE)
        article = readers.read(self.path, data, encoding=self.encoding)
        found = _resolved(article, self.project.document)
        items = [
            item
            for citation in found
            if citation.kind in _BY_KEY
            for item in citation.items
            if item.label in self.keys
        ]
        if not self.begun:
            self._refuse_unknown(found)
        if not items:
            return None, self._left(article, frozenset())
        cited = items[0].label
        if article.places:
            raise UsageError(
                f"{self.path}: it cites {cited}, and this format cannot be written yet "
                f"({article.format})",
                hint=f"put {self.keys[cited]} there by hand first",
            )
        places: dict[int, str] = {}
        for item in items:
            at = _place(article, item.span.start, item.span.end, item.label)
            if at is None:
                raise UsageError(
                    f"{self.path}: a citation of {item.label} does not stand in the file as it "
                    "reads",
                    hint=f"put {self.keys[item.label]} there by hand first",
                )
            places[at] = item.label
        renamed = self._spliced(article.source, places)
        after = _bytes(article, data, self.path, renamed)
        again = readers.read(self.path, after, encoding=self.encoding)
        now = _resolved(again, self.document)
        if again.source != renamed or self._meanings(now) != self._meanings(found):
            raise UsageError(
                f"{self.path}: with {self.keys[cited]} for {cited} its citations would not mean "
                "the same",
                hint="nothing was written; change them by hand first",
            )
        notes = [*self._left(article, places.keys()), *self._twice(again, now)]
        return Change(Path(self.path), data, after, len(places)), notes

    def _refuse_unknown(self, found: Sequence[Citation]) -> None:
        """A citation of a key that no entry has must not come to mean the entry that gets it."""
        new = {key: old for old, key in self.keys.items()}
        for citation in found:
            for item in citation.items:
                if citation.kind in _BY_KEY and item.label in new and not item.keys:
                    raise UsageError(
                        f"{self.path}: it cites {item.label}, which no entry has, and "
                        f"{new[item.label]} would become that",
                        hint="correct the citation first",
                    )

    def _spliced(self, source: str, places: Mapping[int, str]) -> str:
        text, at = [], 0
        for start in sorted(places):
            text += [source[at:start], self.keys[places[start]]]
            at = start + len(places[start])
        return "".join([*text, source[at:]])

    def _meanings(self, citations: Sequence[Citation]) -> list[tuple[Any, ...]]:
        """What each citation names, once the keys are changed."""
        return [
            (
                citation.kind,
                tuple(
                    tuple(dict.fromkeys(self.keys.get(key, key) for key in item.keys))
                    for item in citation.items
                ),
            )
            for citation in citations
        ]

    def _left(self, article: Article, starts: Collection[int]) -> list[str]:
        """Where a key stands in the text and is no citation: it stays."""
        lines = Lines(article.source, article.places)
        rest = [
            (match.start(), match[0])
            for match in _WORD.finditer(article.source)
            if match[0] in self.keys and match.start() not in starts
        ]
        return [
            f"{self.path}:{line}:{column}: {key} stands here and is no citation: it was left"
            for at, key in rest[:_MOST_NOTES]
            for line, column in [lines.position(at)]
        ]

    def _twice(self, article: Article, found: Sequence[Citation]) -> list[str]:
        lines = Lines(article.source, article.places)
        new = frozenset(self.keys.values())
        notes = []
        for citation in found:
            named = Counter(item.keys[0] for item in citation.items if len(item.keys) == 1)
            for key in sorted(key for key, times in named.items() if times > 1 and key in new):
                line, column = lines.position(citation.span.start)
                notes.append(f"{self.path}:{line}:{column}: this citation names {key} twice now")
        return notes[:_MOST_NOTES]


_WORD = re.compile(r"(?<![\w:.-])\w[\w:.+/-]*(?<![:.+/-])")


def _resolved(article: Article, document: Document) -> tuple[Citation, ...]:
    references = document.references
    listed = markers.match_listed(article.references, references)
    return markers.resolve(markers.find(article), references, article.references, listed)


def _place(article: Article, start: int, end: int, key: str) -> int | None:
    """Where the key stands in the span, None where it is not there exactly once."""
    text = article.source[start:end]
    return start + text.index(key) if text.count(key) == 1 else None


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


# --------------------------------------------------------------------------- logs


def keys_in_logs(project: Project) -> frozenset[str]:
    """Every citekey that a line of a log bears, also of entries that are gone."""
    found = set()
    for name in _LOGS:
        path = project.store.root / name
        if project.store.exists(path):
            values = map(_object, project.store.read(path).split(b"\n"))
            found |= {str(value["key"]) for value in values if value and "key" in value}
    return frozenset(found)


def _logs(project: Project, keys: Keys) -> Iterator[Change]:
    """The logs in which the keys stand; lines that do not name them keep every byte."""
    for name in _LOGS:
        path = project.store.root / name
        if not project.store.exists(path):
            continue
        before = project.store.read(path)
        after, places = _renamed(before, name, keys)
        if after != before:
            yield Change(path, before, after, places)


def _renamed(data: bytes, name: str, keys: Keys) -> tuple[bytes, int]:
    lines = data.split(b"\n")
    values = [_object(line) for line in lines]
    known = {value["key"] for value in values if value and isinstance(value.get("key"), str)}
    seen: set[bytes] = set()
    kept: list[bytes] = []
    places = 0
    for line, value in zip(lines, values, strict=True):
        own = value.get("key") if value else None
        new = keys.get(own) if isinstance(own, str) else None
        places += new is not None
        if new is not None and name == WORKS and new in known:
            continue
        written = _relabelled(value, keys, line) if value and new is not None else line
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


def _relabelled(value: dict[str, Any], keys: Keys, line: bytes) -> bytes:
    value["key"] = keys[value["key"]]
    passage = value.get("passage")
    if isinstance(passage, dict) and passage.get("key") in keys:
        passage["key"] = keys[passage["key"]]
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text.encode("utf-8", "backslashreplace") + (b"\r" if line.endswith(b"\r") else b"")
