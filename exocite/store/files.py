"""Single files on disk: replaced whole, or appended to and synced.

Files that are written anew go to a temporary file in the same folder first, which then takes the
old one's name. A process killed at any moment leaves the file before or the file after, never a
part. Source: T. Ts'o and others on replace-via-rename, ext4(5), option auto_da_alloc; POSIX
rename(2).
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from exocite.errors import ChangedError, StoreError

_PAUSES = (0.02, 0.1, 0.4) if os.name == "nt" else ()
"""Seconds before a name is tried again that Windows refuses to give."""
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def put(path: Path, data: bytes) -> None:
    """Write a file that is none of a project's, all of it or nothing. Raises StoreError.

    No lock is taken, so that the project may be one that cannot be written to.
    """
    replace(path, data, None)


def digest_of(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def append(path: Path, line: bytes, *, torn: Callable[[bytes], bool]) -> None:
    """Append a line and sync it; an error or an interrupt takes back what was written of it.

    `torn` says of the bytes that are there whether their last line was cut short: it is removed.
    Raises OSError.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        data = file.readall()
        size = len(data)
        if torn(data):
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
        sync_folder(path.parent)


def replace(path: Path, data: bytes, expected: str | None) -> None:
    """Put a file in place of the old one; a link keeps its target, a file its mode and owner.

    `expected` is the digest of what the old one holds, None for anything. Raises ChangedError, and
    StoreError where it cannot be written.
    """
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
            if digest_of(held) != expected:
                raise changed(path)
        _take_name(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _take_name(temporary: Path, target: Path) -> None:
    """Rename a file over another, which a scanner for viruses may hold open for a moment."""
    for pause in _PAUSES:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(target)


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
        # Only root may give a file away, and nobody to an owner whom a container does not know.
        with contextlib.suppress(OSError):
            os.chown(new, info.st_uid, info.st_gid)
    new.chmod(stat.S_IMODE(info.st_mode))


def sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def changed(path: Path) -> ChangedError:
    """The error for a file that is no longer as it was read."""
    return ChangedError(
        f"{path}: somebody else changed this file since it was read; nothing was written",
        hint="run the command again; it begins from what the file holds now",
    )


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error for what the system would not do."""
    return StoreError(
        f"{path}: cannot be written: {error.strerror or error}",
        hint="check the folder's rights and the space on the disk",
    )
