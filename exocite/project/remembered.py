"""Articles as they were read before, kept in `.exocite/` by what they depend on.

That is the file's bytes, its suffix and encoding, the code that reads it, the models and the
libraries. An entry is there whole or not at all; a damaged one counts as none. Where nothing can be
written nothing is kept, and where `.exocite` is a link nothing is read or written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from exocite import __version__
from exocite.cache import get, put
from exocite.patterns import regex
from exocite.project.held import Bibliography, Resolved, from_bytes, to_bytes

if TYPE_CHECKING:
    from exocite.claims.detect import Assessment

MOST_ENTRIES = 8000
MOST_BYTES = 400_000_000

_PACKAGE = Path(__file__).parents[1]
"""Where the code lies; no folder where it runs out of an archive, and then nothing is kept."""

_ENTRY = regex(r"[0-9a-f]{40}\.(?:json|sentences)")
_CODE = ("readers", "claims", "references", "matching", "bibliography")
_MODULES = (
    "frozen",
    "model",
    "patterns",
    "errors",
    "policy",
    "symbols",
    "text",
    "identifiers",
    "anchors",
)
_ALSO = (
    *(f"project/{name}.py" for name in ("assessed", "held", "identities", "identity")),
    *("project/remembered.py", "data/hashes.json"),
)
_LIBRARIES = ("markdown_it_py-", "sentencex-", "pypdf-")


class Remembered:
    """What articles held when they were last read; `folder` None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        kept = folder is not None and not _led_away(folder) and _PACKAGE.is_dir()
        self._folder = folder if kept else None
        self._used: set[str] = set()
        self._wrote = False

    def key(self, path: str, encoding: str, data: bytes) -> str:
        """What an article is kept by, forty hexadecimal digits."""
        suffix = PurePosixPath(path.replace("\\", "/")).suffix.lower()
        total = sha256(f"{reading()}\0{suffix}\0{encoding}\0".encode("utf-8", "surrogatepass"))
        total.update(data)
        return total.hexdigest()[:40]

    def get(self, key: str, path: str, bibliography: Bibliography) -> Resolved | None:
        """What the file at `path` held; see `held.from_bytes`."""
        if self._folder is None:
            return None
        data = get(self._folder / f"{key}.json")
        if data is None:
            return None
        self._used.add(f"{key}.json")
        return from_bytes(data, path, bibliography)

    def put(self, key: str, read: Resolved) -> None:
        """Keep it for the next run, if it can be kept."""
        if self._folder is None:
            return
        name = f"{key}.json"
        # A folder that cannot be written, or a text that UTF-8 cannot hold.
        with contextlib.suppress(OSError, ValueError):
            data = to_bytes(read)
            put(self._folder / name, [data])
            self._used.add(name)
            self._wrote = True

    def assessed(self, path: str, encoding: str) -> dict[str, Assessment]:
        """How the sentences of the article at this path were assessed when it was last read."""
        from exocite.project import assessed

        data = get(self._folder / self._of_path(path, encoding)) if self._folder else None
        return {} if data is None else assessed.from_bytes(data)

    def keep_assessed(self, path: str, encoding: str, known: Mapping[str, Assessment]) -> None:
        """Keep that for the next edit, if it can be kept."""
        from exocite.project import assessed

        if self._folder is None:
            return
        name = self._of_path(path, encoding)
        with contextlib.suppress(OSError, ValueError):
            put(self._folder / name, [assessed.to_bytes(known)])
            self._used.add(name)
            self._wrote = True

    def _of_path(self, path: str, encoding: str) -> str:
        about = f"{reading()}\0sentences\0{path}\0{encoding}"
        return f"{sha256(about.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}.sentences"

    def tidy(self) -> None:
        """Leave out the oldest entries that nobody asked for now, where there are too many."""
        if self._folder is None or not self._wrote:
            return
        self._wrote = False
        with contextlib.suppress(OSError):
            _ignored(self._folder.parents[1])
            entries = []
            with os.scandir(self._folder) as found:
                for entry in found:
                    if _ENTRY.fullmatch(entry.name):
                        info = entry.stat(follow_symlinks=False)
                        entries.append((info.st_mtime_ns, entry.name, info.st_size))
            count, size = len(entries), sum(entry[2] for entry in entries)
            for _, name, length in sorted(entries):
                if count <= MOST_ENTRIES and size <= MOST_BYTES:
                    break
                if name not in self._used:
                    (self._folder / name).unlink(missing_ok=True)
                    count, size = count - 1, size - length


def _led_away(folder: Path) -> bool:
    """Whether the cache is a link: what a project of somebody else's links to is not ours."""
    return folder.is_symlink() or folder.parent.is_symlink()


def _ignored(folder: Path) -> None:
    """Have git leave the cache alone in a project that does not say so itself."""
    mark = folder / ".gitignore"
    if not os.path.lexists(mark):
        put(mark, [b"*\n"])


@cache
def reading() -> str:
    """A hash of everything beside the file that decides what is read out of it."""
    total = sha256(f"{__version__}\0{sys.version}\0{unicodedata.unidata_version}\0".encode())
    for part in _code(_PACKAGE):
        total.update(part)
    for name in _libraries():
        total.update(name.encode("utf-8", "surrogatepass") + b"\0")
    return total.hexdigest()


def _code(package: Path) -> list[bytes]:
    """The source of the modules that read articles, and the hashes of the shipped models."""
    if not package.is_dir():
        return []
    names = [*(f"{name}.py" for name in _MODULES), *_ALSO]
    waiting = list(_CODE)
    while waiting:
        within = waiting.pop()
        for entry in os.scandir(package / within):
            name = f"{within}/{entry.name}"
            if entry.name.endswith(".py"):
                names.append(name)
            elif "." not in entry.name and entry.name != "__pycache__":
                waiting.append(name)
    parts: list[bytes] = []
    for name in sorted(names):
        with open(f"{package}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - half the time
            parts += name.encode(), file.read()
    return parts


def _libraries() -> list[str]:
    """The folders that name the versions of the libraries that read articles."""
    found: set[str] = set()
    for folder in map(Path, sys.path):
        with contextlib.suppress(OSError):
            found.update(entry.name for entry in os.scandir(folder) if _is_library(entry.name))
    return sorted(found)


def _is_library(name: str) -> bool:
    return name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
