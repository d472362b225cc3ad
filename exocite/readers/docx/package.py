"""The parts of a DOCX file: a ZIP archive whose parts name each other by relationships.

Nothing outside the archive is ever followed, and no part is unpacked beyond fixed limits. Source:
ECMA-376, part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.readers.docx.markup import walk

MAX_PART = 60_000_000
"""Bytes of one unpacked part. A long book has a tenth of it."""

MAX_UNPACKED = 1_000_000_000
"""Bytes of all parts together, pictures included, as the archive declares them."""

MAX_RATIO = 250
"""How many times larger than its packed form a part over a megabyte may be; XML packs 10 to 40."""

_RATIO_FROM = 1_000_000
_MOST_PARTS = 20_000
_OLE = b"\xd0\xcf\x11\xe0"
_MET = (
    BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip
_AGAIN = "save it once more from the word processor, as DOCX"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part says of another: the kind's last word ("styles"), and the part or address."""

    kind: str
    target: str
    external: bool


class Package:
    """The archive, opened. Raises ReadError for what is no DOCX or looks like a trap."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        if data.startswith(_OLE):
            raise ReadError(
                f"{path}: is no DOCX: it is an old Office document, or protected by a password",
                hint="save it as DOCX without a password",
            )
        try:
            self._archive = ZipFile(_Bytes(data))
        except _MET:
            self._refuse("is no DOCX, or a broken one: it is not a whole ZIP archive")
        self._parts = {info.filename: info for info in self._archive.infolist()}
        sizes = sum(info.file_size for info in self._parts.values())
        if sizes > MAX_UNPACKED or len(self._parts) > _MOST_PARTS:
            raise ReadError(
                f"{path}: would unpack to {len(self._parts)} parts and {sizes / 1e6:.0f} MB",
                hint="no article is like this; it is not opened",
            )

    def main(self) -> str:
        """The name of the part that holds the text."""
        for one in self.relationships("").values():
            if one.kind == "officeDocument" and not one.external and one.target in self._parts:
                return one.target
        if "word/document.xml" not in self._parts:
            self._refuse("is no DOCX: the archive holds no Word document")
        return "word/document.xml"

    def names(self) -> Iterator[str]:
        """The names of all parts."""
        yield from self._parts

    def read(self, name: str) -> bytes:
        """The unpacked part, b"" where there is none. Raises ReadError beyond the limits."""
        info = self._parts.get(name)
        if info is None:
            return b""
        self._allowed(info)
        try:
            with self._archive.open(info) as part:
                data = part.read(MAX_PART + 1)
        except _MET:
            self._refuse(f"is a broken DOCX: its part {name[:80]!r} cannot be unpacked")
        if len(data) > MAX_PART:
            self._trap(name)
        return data

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """What a part names, by the id that it uses; "" for the package itself."""
        folder, name = posixpath.split(part)
        found = _Relationships(folder)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        data = self.read(place)
        if data:
            walk(data, f"{self._path}: {place}", found)
        return found.by_id

    def _allowed(self, info: ZipInfo) -> None:
        packed = max(info.compress_size, 1)
        if info.file_size > MAX_PART or (
            info.file_size > _RATIO_FROM and info.file_size / packed > MAX_RATIO
        ):
            self._trap(info.filename)
        if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            self._refuse(f"is packed in a way that DOCX is not: part {info.filename[:80]!r}")

    def _trap(self, name: str) -> NoReturn:
        raise ReadError(
            f"{self._path}: its part {name[:80]!r} unpacks to far more than an article has",
            hint="no article is like this; it is not opened",
        )

    def _refuse(self, what: str) -> NoReturn:
        raise ReadError(f"{self._path}: {what}", hint=_AGAIN)


class _Relationships:
    """Reads a part of relationships; targets within the package become names of parts."""

    def __init__(self, folder: str) -> None:
        self.by_id: dict[str, Relationship] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "rel:Relationship":
            return
        target = attributes.get("Target", "")
        external = attributes.get("TargetMode", "") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.by_id[attributes.get("Id", "")] = Relationship(kind, target, external)

    def end(self, _name: str) -> None:
        """Relationships hold nothing."""

    def text(self, _data: str) -> None:
        """Relationships hold no text."""


class _Bytes:
    """Bytes as the file that `zipfile` asks for; this package knows nothing of `io`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size is None or size < 0 else self._at + size
        found = self._data[self._at : end]
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        at = offset + (0, self._at, len(self._data))[whence]
        if at < 0:
            raise OSError("before the beginning")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True
