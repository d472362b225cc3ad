"""The files that a snapshot is made of: found, read as a stream, told apart by their content.

JSON (`{"items": [...]}`, an array, JSON Lines), plain or gzipped, .bib files, folders of such and
tar archives of such. Nothing is unpacked to the disk, and no name in an archive is a path to us.
"""

from __future__ import annotations

import codecs
import gzip
import io
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from exocite.bibliography.document import Document
from exocite.errors import ReadError, UsageError
from exocite.registries.snapshot.foreign import from_entry, from_object
from exocite.registries.snapshot.json_stream import Bad, UnfinishedError, objects

LARGEST_BIB = 256 * 1024 * 1024
"""Bytes of a .bib file, which is read at once."""

_PIECE = 2**17
_BOMB_FROM, _BOMB_RATIO = 256 * 2**20, 200
_JSON = (".json", ".jsonl", ".ndjson")
_BIB = (".bib", ".bibtex")
_TAR = ".tar"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the input, or one member of an archive.

    `name` is for people and tells it from others; `size` counts its bytes as they are stored.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Unread:
    """An archive of which nothing more can be read, and why."""

    name: str
    reason: str
    size: int = 0


def total(paths: Sequence[Path]) -> int:
    """Bytes of all files. Raises UsageError for a path that is not there or no such file."""
    size = 0
    for path in paths:
        if path.is_dir():
            files = _files(path)
            if not files:
                raise UsageError(f"{path}: this folder holds nothing to index", hint=_HINT)
            size += sum(file.stat().st_size for file in files)
        elif not path.is_file():
            raise UsageError(f"{path}: there is no such file")
        elif not _is_known(path.name):
            raise UsageError(f"{path}: this is no file that a snapshot is made of", hint=_HINT)
        else:
            size += path.stat().st_size
    return size


_HINT = "it is made of .json, .jsonl (both also .gz), .bib and .tar files, and of folders of them"


def parts(paths: Sequence[Path]) -> Iterator[Part | Unread]:
    """Every file in order: the paths as given, what is in a folder by name, a tar as it is."""
    for path in paths:
        for file in _files(path) if path.is_dir() else [path]:
            name = f"{path.name}/{file.relative_to(path).as_posix()}" if path.is_dir() else ""
            if file.name.lower().endswith(_TAR):
                yield from _members(file, name or file.name)
            else:
                yield _part(file, name or file.name)


def _part(file: Path, name: str) -> Part | Unread:
    try:
        return Part(name, file.stat().st_size, _opener(file))
    except OSError as error:
        return Unread(name, f"it cannot be read: {error.strerror or error}")


def _opener(file: Path) -> Callable[[], BinaryIO]:
    return lambda: file.open("rb")


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and _is_known(file.name))


def _is_known(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return plain.endswith((*_JSON, *_BIB)) or name.lower().endswith(_TAR)


def _members(file: Path, name: str) -> Iterator[Part | Unread]:
    """The members of an archive that hold records; a member is opened while the archive is."""
    try:
        with tarfile.open(file, "r:") as archive:
            while (member := archive.next()) is not None:
                # The archive would keep every member that it saw.
                archive.members.clear()  # type: ignore[attr-defined]
                if member.isreg() and _is_known(member.name) and not member.name.endswith(_TAR):
                    yield Part(f"{name}:{member.name}", member.size, _taken(archive, member))
    except (tarfile.TarError, EOFError, ValueError) as error:
        yield Unread(name, _broken_tar(file, error), file.stat().st_size)
    except OSError as error:
        yield Unread(name, f"it cannot be read: {error.strerror or error}")


def _broken_tar(file: Path, error: Exception) -> str:
    with file.open("rb") as stream:
        packed = stream.read(2) == _GZIP
    return "it is compressed; unpack it to a plain .tar" if packed else f"a broken tar: {error}"


def _taken(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        stream = archive.extractfile(member)
        return io.BytesIO() if stream is None else stream  # type: ignore[return-value]

    return opened


# --------------------------------------------------------------------------- one file


class Reading:
    """A part as it is read: its records, and afterwards the hash of its bytes."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._hash = sha256()
        self.consumed = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes read so far; of all once `records` is at its end."""
        return self._hash.hexdigest()

    def records(self) -> Iterator[dict[str, object] | Bad]:
        """The records in the form of Crossref's, and what is none.

        Raises ReadError where the file cannot be read to its end.
        """
        try:
            with self._part.open() as raw:
                yield from self._read(raw)
        except (EOFError, zlib.error, gzip.BadGzipFile, UnfinishedError) as error:
            raise ReadError(_broken(error)) from None
        except (OSError, tarfile.TarError) as error:
            raise ReadError(f"it cannot be read: {error}") from None

    def _read(self, raw: BinaryIO) -> Iterator[dict[str, object] | Bad]:
        source = io.BufferedReader(_Counted(raw, self), _PIECE)
        packed = source.peek(2)[:2] == _GZIP
        stream = gzip.GzipFile(fileobj=source) if packed else source
        name = self._part.name.lower().removesuffix(".gz")
        if name.endswith(_BIB):
            yield from self._entries(stream)
        else:
            chunks = _no_utf16(self._pieces(stream))
            lines = name.endswith((".jsonl", ".ndjson"))
            for found in objects(chunks, lines=lines):
                if isinstance(found, Bad):
                    yield found
                else:
                    yield from from_object(found)
        while source.read(_PIECE):
            pass  # What follows the text counts in its hash.

    def _pieces(self, stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > _BOMB_FROM and size > _BOMB_RATIO * max(1, self.consumed):
                raise ReadError(
                    f"it unpacks to more than {_BOMB_RATIO} times its size, as no metadata do"
                )
            yield piece

    def _entries(self, stream: BinaryIO | gzip.GzipFile) -> Iterator[dict[str, object] | Bad]:
        data = b"".join(self._bounded(stream))
        document = Document.parse(data, self._part.name)
        for problem in document.problems:
            yield Bad(problem.line, problem.message)
        yield from map(from_entry, document.entries)

    def _bounded(self, stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
        size = 0
        for piece in self._pieces(stream):
            size += len(piece)
            if size > LARGEST_BIB:
                raise ReadError(f"it is larger than {LARGEST_BIB // 2**20} MB")
            yield piece

    def count(self, data: memoryview) -> None:
        """Note bytes that were read."""
        self._hash.update(data)
        self.consumed += len(data)


class _Counted(io.RawIOBase):
    """A stream whose bytes are counted and hashed on their way."""

    def __init__(self, raw: BinaryIO, reading: Reading) -> None:
        self._raw = raw
        self._reading = reading

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read some bytes."""
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self._reading.count(memoryview(data))
        return len(data)


def digest(part: Part) -> str:
    """SHA-256 of a part's bytes. Raises ReadError."""
    found = sha256()
    try:
        with part.open() as stream:
            while piece := stream.read(_PIECE):
                found.update(piece)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise ReadError(f"it cannot be read: {error}") from None
    return found.hexdigest()


def _no_utf16(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ReadError("it is UTF-16; save it as UTF-8")
    yield first
    yield from pieces


def _broken(error: Exception) -> str:
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "it is no valid gzip"
    if isinstance(error, EOFError):
        return "its gzip ends too early: the file was not copied or fetched whole"
    return "it ends in the middle of its list of items: the file was not copied or fetched whole"
