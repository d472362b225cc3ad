"""The folder of a project's caches that nobody but this user can name.

A repository may bring a `.exocite/` along that says its articles hold no claims. So what is kept is
believed in one folder of it alone, whose name is a keyed hash of the project's place: who does not
know the key, 32 random bytes in the user's own cache directory, cannot name the folder.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

_SIZE = 32
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def private_folder(root: Path, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder for the caches of the project in `root`, be it there or not.

    None, and then nothing may be kept, where the user has no directory for the key, where that lies
    within the project's own checkout, and where `.exocite` is a link: it may lead to what somebody
    else has prepared.
    """
    place = os.path.realpath(root)
    base = user_cache(environment)
    within = root / ".exocite"
    if base is None or within.is_symlink() or _brought_along(base, place):
        return None
    try:
        key = _key(base / "key")
    except OSError:
        return None
    if len(key) != _SIZE:
        return None
    return within / blake2b(os.fsencode(place), key=key, digest_size=16).hexdigest()


def user_cache(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder for what a user's programs can do without, None where there is no home."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    default = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    named = Path(environment.get(variable, ""))
    base = named if named.is_absolute() else default.get(sys.platform, home / ".cache")
    return base / "exocite"


def _brought_along(base: Path, place: str) -> bool:
    """Whether the key would lie where a checkout of the project puts its own files."""
    top = Path(place)
    for folder in (top, *top.parents):
        if os.path.lexists(folder / ".git"):
            top = folder
            break
    return Path(os.path.realpath(base)).is_relative_to(top)


def _key(path: Path) -> bytes:
    """The user's key, made where there is none or a power cut left part of one. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        key = _read(path)
        if len(key) >= _SIZE:
            return key
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    spare = path.with_name(f"key.{os.getpid()}.tmp")
    spare.unlink(missing_ok=True)  # Of a process of this number that was killed.
    descriptor = os.open(spare, _FLAGS, 0o600)
    try:
        os.write(descriptor, os.urandom(_SIZE))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    # Of two processes that begin at once, one keeps for this run what it will not find again.
    spare.replace(path)
    return _read(path)


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, _SIZE + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    finally:
        os.close(descriptor)
