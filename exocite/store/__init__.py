"""The project's files on disk: one writer at a time, and a file is wholly old or wholly new.

`files` replaces single files and appends to logs that only grow; here are the lock and the logs.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from exocite import records
from exocite.errors import LockedError, ReadError, StoreError
from exocite.frozen import dataclass
from exocite.model import Attachment, Evidence, Verdict, WorkRecord
from exocite.records import Record, RecordError
from exocite.store.files import (
    append,
    changed,
    digest_of,
    put,
    replace,
    sync_folder,
    unwritable,
)

if TYPE_CHECKING:
    from filelock import FileLock

__all__ = [
    "ATTACHED",
    "BASELINE",
    "EVIDENCE",
    "MAX_BYTES",
    "SOURCES",
    "VERDICTS",
    "WORKS",
    "LineProblem",
    "Log",
    "Store",
    "put",
]

BASELINE = "baseline.json"
WORKS = "works.jsonl"
EVIDENCE = "evidence.jsonl"
VERDICTS = "verdicts.jsonl"
SOURCES = "sources"
"""The folder of attached texts."""
ATTACHED = f"{SOURCES}/sources.jsonl"

MAX_BYTES = 256 * 1024 * 1024
"""More than this is not read at once."""

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line of a log that could not be read; it stays in the file."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Log(Generic[_R]):
    """What a log holds, and the lines of it that could not be read.

    `lines` are the numbers of the lines that the items stand on, where each is a line of its own.
    """

    items: tuple[_R, ...]
    problems: tuple[LineProblem, ...]
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class _Line(Generic[_R]):
    """A line of a log as it was read: what it says, and its identity and our writing once asked."""

    item: _R
    value: Mapping[str, Any]
    identity: tuple[str, ...] = ()
    written: str = ""


class Store:
    """The files of one project. `root` is the folder of its bibliography.

    `timeout` is how many seconds to wait for another process that writes. `clock` gives the time
    that the lock's owner is noted with.
    """

    def __init__(
        self,
        root: Path,
        *,
        timeout: float = 10.0,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.root = root
        self._timeout = timeout
        self._clock = clock or (lambda: datetime.now(UTC))
        self._private = root / ".exocite"
        self._seen: dict[str, str] = {}
        self._known: dict[str, dict[bytes, _Line[Any]]] = {}

    @cached_property
    def _lock(self) -> FileLock:
        from filelock import FileLock  # Reading takes no lock.

        return FileLock(self._private / "lock", timeout=self._timeout)

    # ----------------------------------------------------------------------- whole files

    def read(self, path: Path, *, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a file. Raises ReadError for what is no readable file of this size."""
        try:
            info = path.stat()
            if stat.S_ISDIR(info.st_mode):
                raise ReadError(f"{path}: this is a folder", hint="name a file in it")
            if not stat.S_ISREG(info.st_mode):
                raise ReadError(f"{path}: this is not a regular file", hint="name a file")
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except FileNotFoundError:
            raise ReadError(f"{path}: there is no such file", hint="check the name") from None
        except OSError as error:
            raise ReadError(f"{path}: {error.strerror or error}", hint="check its rights") from None
        if len(data) > limit:
            size = f"{max(info.st_size, len(data)) / 1e6:.1f} MB"
            raise ReadError(
                f"{path}: {size} is more than can be read at once",
                hint=f"the limit is {limit / 1e6:.1f} MB; split the file",
            )
        return data

    def exists(self, path: Path) -> bool:
        """Whether there is anything of this name, be it a link that leads nowhere."""
        return os.path.lexists(path)

    def called(self, path: Path) -> Path:
        """The name that a file of today has here."""
        return path

    def write(self, path: Path, data: bytes, *, expected: bytes | None) -> None:
        """Put a file in place of the old one, all of it or nothing.

        `expected` is what the file held when it was read, b"" for a file that was not there; with
        None it is not compared. Raises ChangedError where it holds something else by now,
        LockedError, and StoreError where it cannot be written.
        """
        with self.locked():
            replace(path, data, None if expected is None else digest_of(expected))

    def remove(self, path: Path) -> None:
        """Remove a file or a link; one that is gone is no error. Raises StoreError, LockedError."""
        with self.locked():
            try:
                path.unlink(missing_ok=True)
                sync_folder(path.parent)
            except OSError as error:
                raise unwritable(path, error) from None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project's lock; within one thread it can be taken again."""
        from filelock import Timeout

        if self._private.is_symlink():
            # A project of somebody else's may have it lead to where files of yours lie.
            raise StoreError(
                f"{self._private}: this is a link, and nothing is written behind it",
                hint="remove the link; a folder is made in its place",
            )
        try:
            self._private.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise LockedError(
                f"{self.root}: another process is writing here{self._owner()}",
                hint=f"wait for it to end and try again; we waited {self._timeout:g} s",
            ) from None
        except OSError as error:
            raise unwritable(self._private, error) from None
        except NotImplementedError:
            raise StoreError(
                f"{self._private}: this file system knows no locks",
                hint="copy the project to a disk of this machine",
            ) from None
        try:
            self._note_owner()
            yield
        finally:
            if self._lock.lock_counter == 1:
                with contextlib.suppress(OSError):
                    (self._private / "owner").unlink()
            self._lock.release()

    def _note_owner(self) -> None:
        import platform

        note = {
            "pid": os.getpid(),
            "host": platform.node(),
            "since": self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        with contextlib.suppress(OSError):  # The note is for people; the lock holds without it.
            # Made anew, never written through: a project of somebody else's may hold a link here.
            owner = self._private / "owner"
            owner.unlink(missing_ok=True)
            with owner.open("x", encoding="utf-8") as file:
                file.write(json.dumps(note))

    def _owner(self) -> str:
        try:
            note = json.loads((self._private / "owner").read_text(encoding="utf-8"))
            return f": process {note['pid']} on {note['host']}, since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""

    # ----------------------------------------------------------------------- logs

    def works(self) -> Log[WorkRecord]:
        """What the registries said, one record a citekey; of several lines the last counts."""
        log = self._log(WORKS, records.work_record)
        by_key = {record.key: record for record in log.items}
        return Log(tuple(by_key.values()), log.problems)

    def write_works(self, works: Iterable[WorkRecord]) -> None:
        """Write works.jsonl anew, sorted by citekey. Raises as `write` does."""
        self._write_log(
            WORKS, sorted(works, key=lambda record: record.key), records.work_record, _WORK
        )

    def evidence(self) -> Log[Evidence]:
        """The links that were accepted."""
        return self._log(EVIDENCE, records.evidence)

    def write_evidence(self, links: Iterable[Evidence]) -> None:
        """Write evidence.jsonl anew, sorted by article and place. Raises as `write` does."""
        self._write_log(EVIDENCE, sorted(links, key=_order), records.evidence, _LINK)

    def attachments(self) -> Log[Attachment]:
        """The files that were attached, one line a file; of several lines the last counts."""
        log = self._log(ATTACHED, records.attachment)
        by_file = {attached.file: attached for attached in log.items}
        return Log(tuple(by_file.values()), log.problems)

    def write_attachments(self, attached: Iterable[Attachment]) -> None:
        """Write sources.jsonl anew, sorted by citekey and file. Raises as `write` does."""
        items = sorted(attached, key=lambda one: (one.key, one.file))
        self._write_log(ATTACHED, items, records.attachment, _FILE)

    def verdicts(self) -> Log[Verdict]:
        """What people judged, in the order in which they did."""
        return self._log(VERDICTS, records.verdict)

    def append_verdict(self, verdict: Verdict) -> None:
        """Add a verdict at the end; it is on disk when this returns.

        A last line that an interrupted write left incomplete is removed first.
        """
        path = self.root / VERDICTS
        with self.locked():
            try:
                append(path, _encoded(records.to_line(verdict)), torn=_torn)
            except OSError as error:
                raise unwritable(path, error) from None

    def _log(self, name: str, reader: Callable[[Mapping[str, Any]], _R]) -> Log[_R]:
        path = self.root / name
        data = self.read(path) if self.exists(path) else b""
        self._seen[name] = digest_of(data)
        items: list[_R] = []
        numbers: list[int] = []
        problems: list[LineProblem] = []
        known = self._known.get(name, {})
        held: dict[bytes, _Line[_R]] = {}
        for number, line in _lines(data):
            try:
                one = known.get(line) or _line(line, reader)
            except RecordError as error:
                problems.append(LineProblem(str(path), number, str(error)))
                continue
            held[line] = one
            items.append(one.item)
            numbers.append(number)
        self._known[name] = held
        if _torn(data):
            problems[-1] = LineProblem(
                str(path), problems[-1].line, "a write was cut short here; the rest was saved"
            )
        return Log(tuple(items), tuple(problems), tuple(numbers))

    def _write_log(
        self,
        name: str,
        items: Iterable[_R],
        reader: Callable[[Mapping[str, Any]], _R],
        keys: tuple[str, ...],
    ) -> None:
        """Write a log anew. What this version cannot read, lines and keys, is kept."""
        path = self.root / name
        with self.locked():
            data = self.read(path) if self.exists(path) else b""
            if digest_of(data) != self._seen.get(name, digest_of(b"")):
                raise changed(path)
            known = self._known.get(name, {})
            before: dict[tuple[str, ...], _Line[_R]] = {}
            foreign = []
            for _, line in _lines(data):
                try:
                    one = known.get(line) or _line(line, reader)
                except RecordError:
                    foreign.append(line)
                    continue
                one.identity = one.identity or records.identity(one.value, keys)
                before[one.identity] = one
            unchanged = {id(one.item): one for one in before.values()}
            lines = []
            for item in items:
                kept = unchanged.get(id(item))
                if kept is None:
                    value = records.object_of(records.to_line(item))
                    same = before.get(records.identity(value, keys))
                    lines.append(records.to_line(item, same.value if same else None))
                    continue
                # Nobody touched this one: it is written as it was the last time.
                kept.written = kept.written or records.to_line(item, kept.value)
                lines.append(kept.written)
            written = b"".join([*map(_encoded, lines), *(line + b"\n" for line in foreign)])
            if written != data:
                replace(path, written, digest_of(data))
            self._seen[name] = digest_of(written)


_WORK = ("key",)
_FILE = ("file",)
_LINK = ("article", "claim", "key", "passage.start", "passage.end", "anchor.start")


def _order(link: Evidence) -> tuple[object, ...]:
    passage = link.passage
    return (link.article, link.anchor.start, link.anchor.end, link.claim, link.key, passage.start)


def _encoded(line: str) -> bytes:
    """The line in UTF-8. Half a surrogate pair becomes the escape that JSON has for it."""
    return (line + "\n").encode("utf-8", "backslashreplace")


def _line(line: bytes, reader: Callable[[Mapping[str, Any]], _R]) -> _Line[_R]:
    value = records.object_of(_text(line))
    return _Line(reader(value), value)


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; only LF ends a line."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line.rstrip(b"\r")


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise RecordError("this line is not UTF-8") from None


def _torn(data: bytes) -> bool:
    """Whether the last line is the beginning of a record that was never written to its end.

    One that ends in a brace was: it may be somebody's slip of the pen, and stays.
    """
    last = data.rpartition(b"\n")[2].strip()
    if not last.startswith(b"{") or last.endswith(b"}"):
        return False
    try:
        records.object_of(last.decode("utf-8", "replace"))
    except RecordError:
        return True
    return False
