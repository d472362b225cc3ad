"""Attaching texts to references, taking them away, and telling what each work is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as calendar_date
from hashlib import sha256
from pathlib import Path

from exocite import sources
from exocite.errors import ReadError, UsageError
from exocite.model import Attachment, Reference, SourceText
from exocite.project.project import Project, is_unread
from exocite.sources.formats import FORMATS, format_of
from exocite.sources.naming import file_name
from exocite.sources.parsed import Format, Parsed, Watch, unwatched
from exocite.sources.shelf import (
    File,
    FileState,
    holding,
    is_same,
    listed,
    load,
    names,
    parse,
    read,
    strays,
)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LONGEST = 500
"""Characters of a locator or note on the command line."""


@dataclass(frozen=True, slots=True)
class Held:
    """A reference with all that claims can be compared with.

    `origin` is where the abstract comes from: a registry's name, "own" for the entry's, "" where
    there is none.
    """

    reference: Reference
    basis: sources.Basis
    origin: str
    abstract: SourceText | None
    notes: tuple[SourceText, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was attached; not `new` where the same bytes were there already."""

    file: File
    new: bool
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Detached:
    """A file that was taken away; `evidence` is how many accepted passages stood in it."""

    name: str
    removed: bool
    evidence: int


def held(project: Project, references: Sequence[Reference]) -> Iterator[Held]:
    """What each reference can be compared with, one after the other: long files take seconds."""
    attachments = project.store.attachments().items
    for reference in references:
        record = project.records.get(reference.key)
        known = sources.of_entry(reference, record)
        shelf = sources.files(
            reference.key, project.shelf, attachments, project.parses, _keys(project)
        )
        abstract = next((text for text in known if text.field == "abstract"), None)
        registry = record.registry.partition(" ")[0] if record and record.abstract.strip() else ""
        yield Held(
            reference,
            sources.basis(
                [*known, *(text for file in shelf for text in file.texts)],
                unread=any(map(is_unread, shelf)),
            ),
            (registry or "own") if abstract else "",
            abstract,
            tuple(text for text in known if text is not abstract),
            shelf,
        )


def unclaimed(project: Project) -> tuple[tuple[str, str], ...]:
    """Files in bib/sources/ that no reference has, each with the reason."""
    return tuple(strays(project.shelf, _keys(project), project.store.attachments().items))


def problems(project: Project) -> tuple[str, ...]:
    """Lines of sources.jsonl that cannot be read; they stay in the file."""
    return tuple(
        f"{project.shown(Path(problem.path))}:{problem.line}: {problem.message}"
        for problem in project.store.attachments().problems
    )


class TakenError(UsageError):
    """A file of this name with other bytes is there; `file` is its name in bib/sources/."""

    def __init__(self, shown: str, file: str) -> None:
        super().__init__(
            f"{shown}: another file of this name is attached already",
            hint="--replace puts this one in its place; or give the file another name",
        )
        self.file = file


@dataclass(frozen=True, slots=True)
class Given:
    """A text on its way into bib/sources/: its bytes, what they hold and what is said of it.

    `name` is the one that it came with. `path` is where it lies on this machine; one that an
    archive sent has an `origin` and a `licence` instead.
    """

    name: str
    data: bytes
    reader: Format
    parsed: Parsed
    path: Path | None = None
    locator: str = ""
    date: str = ""
    note: str = ""
    origin: str = ""
    licence: str = ""


def attach(
    project: Project,
    key: str,
    path: str,
    *,
    locator: str = "",
    date: str = "",
    note: str = "",
    replace: bool = False,
    watch: Watch = unwatched,
) -> Attached:
    """Copy a file into bib/sources/ and remember its hash, when, and what was said of it.

    Raises UsageError for a file whose format is not known or whose name is taken by other bytes
    (unless `replace`), ReadError for one that holds no text that can be read.
    """
    (reference,) = project.references([key])
    _check(locator=locator, date=date, note=note)
    reader = _reader(path)
    data = read(Path(path), reader.most)
    if not data.strip():
        raise ReadError(f"{path}: is empty", hint="there is nothing to attach in it")
    parsed = parse(reader, data, path, watch)
    if not parsed.parts:
        raise ReadError(
            f"{path}: no text was found in it",
            hint="open it to see what it holds; a saved web page may hold only its frame",
        )
    given = Given(
        Path(path).name, data, reader, parsed, Path(path), locator=locator, date=date, note=note
    )
    return put(project, reference, given, replace=replace)


def put(project: Project, reference: Reference, given: Given, *, replace: bool = False) -> Attached:
    """Write a text into bib/sources/ and its line into the manifest.

    The same bytes are kept once, with what was said of them before. Raises TakenError where the
    name is taken by other bytes (unless `replace`), UsageError where no file can be put.
    """
    reader = given.reader
    with project.store.locked():
        before = project.store.attachments().items
        hashed = sha256(given.data).hexdigest()
        own = names(reference.key, project.shelf, before, _keys(project))
        name = _name(project.shelf, reference.key, given, hashed, before, own)
        target = project.shelf / name
        there = _there(target, reader)
        same = there is not None and is_same(there, hashed, is_text=reader.is_text)
        if there is not None and not same and not replace:
            raise TakenError(project.shown(target), name)
        old = next((one for one in before if one.file == name), None)
        in_place = given.path is not None and given.path.resolve() == target.resolve()
        known = same and old is not None and old.sha256 == hashed
        fetched = known and given.path is None
        new = Attachment(
            key=reference.key,
            file=name,
            sha256=hashed,
            attached=old.attached if old and known else project.now(),
            kind=reader.name,
            original=(old.original if old else "") if in_place or fetched else given.name,
            locator=given.locator or (old.locator if old else ""),
            date=given.date or (old.date if old else ""),
            note=given.note or (old.note if old else ""),
            # Other bytes come from elsewhere, perhaps under another licence.
            origin=given.origin or (old.origin if old and known else ""),
            licence=given.licence or (old.licence if old and known else ""),
        )
        if not same:
            project.store.write(target, given.data, expected=None)
        others = [one for one in before if one.file != name]
        project.store.write_attachments([*others, new])
    project.forget("texts")
    project.forget("attached")
    file = holding(File(name, FileState.SAME, new, reader.name, new.sha256), given.parsed)
    return Attached(file, not known, there is not None and not same)


def detach(project: Project, key: str, name: str) -> Detached:
    """Remove a file of this reference and its line. Raises UsageError where it has no such file."""
    project.references([key])
    folder, attachments = project.shelf, project.store.attachments().items
    own = names(key, folder, attachments, _keys(project))
    if name not in own:
        raise UsageError(
            f"{key}: no file {name} is attached to it",
            hint=f"its files are: {', '.join(own)}" if own else "it has no file at all",
        )
    file = load(folder / name, next((one for one in attachments if one.file == name), None))
    texts = [text.text for text in file.texts]
    quoted = [link.passage for link in project.evidence.items if link.key == key]
    resting = sum(any(passage.text in text for text in texts) for passage in quoted)
    with project.store.locked():
        before = project.store.attachments().items
        project.store.remove(folder / name)
        project.store.write_attachments([one for one in before if one.file != name])
    project.forget("texts")
    project.forget("attached")
    return Detached(name, file.state is not FileState.MISSING, resting)


def _keys(project: Project) -> list[str]:
    return [reference.key for reference in project.document.references]


def _reader(path: str) -> Format:
    reader = format_of(Path(path).name)
    if reader is None and Path(path).is_file():
        known = " ".join(one.suffixes[0] for one in FORMATS)
        raise UsageError(
            f"{path}: exocite does not know this kind of file",
            hint=f"it reads {known}; save the text as one of these",
        )
    return reader or FORMATS[0]


def _check(*, locator: str, date: str, note: str) -> None:
    for name, value in (("--locator", locator), ("--note", note)):
        if len(value) > _LONGEST or not value.isprintable():
            raise UsageError(
                f"{name}: one line of at most {_LONGEST} characters is kept",
                hint="put longer remarks into a file of their own, and attach that",
            )
    match = _DATE.fullmatch(date)
    try:
        if date and (match is None or not _is_day(match)):
            raise ValueError
    except ValueError:
        raise UsageError(
            f"--date: {date!r} is no date", hint="write 2024, 2024-05 or 2024-05-31"
        ) from None


def _is_day(match: re.Match[str]) -> bool:
    year, month, day = (int(part or 1) for part in match.groups())
    return bool(calendar_date(year, month, day))


def _name(
    folder: Path,
    key: str,
    given: Given,
    hashed: str,
    attachments: Sequence[Attachment],
    own: Sequence[str],
) -> str:
    """The name in bib/sources/: that of the same bytes if the reference has them, else a new one.

    A file that lies there already and could bear its name keeps it. `own` are the files that the
    reference has.
    """
    for one in attachments:
        if (one.key, one.sha256) == (key, hashed) and (folder / one.file).is_file():
            return one.file
    ending = Path(given.name).suffix.lower()
    suffix = ending if ending in given.reader.suffixes else given.reader.suffixes[0]
    owners = {one.file: one.key for one in attachments}
    taken = {name for name in listed(folder) if name not in own}
    taken |= {name for name, owner in owners.items() if owner != key}
    if given.path is None:  # What a person attached is not replaced by what an archive sends.
        taken |= {one.file for one in attachments if not one.origin}
    here = given.path is not None and given.path.resolve().parent == folder.resolve()
    if here and owners.get(given.name, key) == key:
        taken -= {given.name}
    wanted = file_name(key, given.name, suffix, ())
    if wanted in taken - owners.keys() and _holds(folder / wanted, given):
        return wanted  # An interrupt came between this file and its line.
    return file_name(key, given.name, suffix, taken)


def _holds(path: Path, given: Given) -> bool:
    """Whether this file holds just the bytes that are given; a link never does."""
    if path.is_symlink() or not path.is_file():
        return False
    return path.stat().st_size == len(given.data) and path.read_bytes() == given.data


def _there(target: Path, reader: Format) -> bytes | None:
    """What stands under this name already. Raises UsageError for what is no file of ours."""
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise UsageError(
            f"{target}: this is a link or no regular file, and is left alone",
            hint="remove it, or give your file another name",
        )
    return read(target, max(reader.most, 100_000_000)) if target.exists() else None
