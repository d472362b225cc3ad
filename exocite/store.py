"""The project's files on disk: one writer at a time, and a file is wholly old or wholly new.

Files that are written anew go to a temporary file in the same folder first, which then takes the
old one's name; logs that only grow are appended to and synced. A process killed at any moment
leaves the file before or the file after, never a part.

Source: T. Ts'o and others on replace-via-rename, ext4(5), option auto_da_alloc; POSIX rename(2).
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from exocite import records
from exocite.errors import ChangedError, LockedError, ReadError, StoreError
from exocite.frozen import dataclass
from exocite.model import Attachment, Evidence, Verdict, WorkRecord
from exocite.records import Record, RecordError

if TYPE_CHECKING:
    from filelock import FileLock

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
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


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
            _replace(path, data, None if expected is None else _hash(expected))

    def remove(self, path: Path) -> None:
        """Remove a file or a link; one that is gone is no error. Raises StoreError, LockedError."""
        with self.locked():
            try:
                path.unlink(missing_ok=True)
                _sync_folder(path.parent)
            except OSError as error:
                raise _unwritable(path, error) from None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project's lock; within one thread it can be taken again."""
        from filelock import Timeout

        try:
            self._private.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise LockedError(
                f"{self.root}: another process is writing here{self._owner()}",
                hint=f"wait for it to end and try again; we waited {self._timeout:g} s",
            ) from None
        except OSError as error:
            raise _unwritable(self._private, error) from None
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
        except (OSError, ValueError, KeyError, TypeError):
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
                _append(path, _encoded(records.to_line(verdict)))
            except OSError as error:
                raise _unwritable(path, error) from None

    def _log(self, name: str, reader: Callable[[Mapping[str, Any]], _R]) -> Log[_R]:
        path = self.root / name
        data = self.read(path) if self.exists(path) else b""
        self._seen[name] = _hash(data)
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
            if _hash(data) != self._seen.get(name, _hash(b"")):
                raise _changed(path)
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
                _replace(path, written, _hash(data))
            self._seen[name] = _hash(written)


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


# --------------------------------------------------------------------------- files


def put(path: Path, data: bytes) -> None:
    """Write a file that is none of a project's, all of it or nothing. Raises StoreError.

    No lock is taken, so that the project may be one that cannot be written to.
    """
    _replace(path, data, None)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _append(path: Path, line: bytes) -> None:
    """Append a line and sync it; an error or an interrupt takes back what was written of it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        data = file.readall()
        size = len(data)
        if _torn(data):
            size = data.rfind(b"\n") + 1
            file.truncate(size)
        elif data and not data.endswith(b"\n"):
            line = b"\n" + line
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except BaseException:
            os.ftruncate(file.fileno(), size)
            raise
    if not size:
        _sync_folder(path.parent)


def _replace(path: Path, data: bytes, expected: str | None) -> None:
    """Put a file in place of the old one; a link keeps its target, a file its mode and owner."""
    import secrets

    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():
            raise StoreError(f"{path}: this is no regular file", hint="name a file")
        _sweep(target)
        if target.exists() and not os.access(target, os.W_OK):
            raise StoreError(f"{path}: this file is read-only", hint="allow writing, or copy it")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _keep_rights(target, temporary)
        if expected is not None:
            held = target.read_bytes() if target.exists() else b""
            if _hash(held) != expected:
                raise _changed(path)
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _sweep(target: Path) -> None:
    """Remove what writers that were killed left beside the file; we hold the lock."""
    for path in target.parent.iterdir():
        if path.name.startswith(f".{target.name}.") and path.suffix == ".tmp":
            with contextlib.suppress(OSError):
                path.unlink()


def _keep_rights(old: Path, new: Path) -> None:
    if not old.exists():
        return
    info = old.stat()
    own = new.stat()
    if hasattr(os, "chown") and (info.st_uid, info.st_gid) != (own.st_uid, own.st_gid):
        with contextlib.suppress(PermissionError):  # Only root may give a file away.
            os.chown(new, info.st_uid, info.st_gid)
    new.chmod(stat.S_IMODE(info.st_mode))


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _changed(path: Path) -> ChangedError:
    return ChangedError(
        f"{path}: somebody else changed this file since it was read; nothing was written",
        hint="run the command again; it begins from what the file holds now",
    )


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path}: cannot be written: {error.strerror or error}",
        hint="check the folder's rights and the space on the disk",
    )
