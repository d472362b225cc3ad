"""Files that save work and can be thrown away at any time: each is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


_LARGEST = 256 * 1024 * 1024
"""A file larger than this is none of ours."""


def get(path: Path) -> bytes | None:
    """The bytes of a file of the cache; None for what is no regular file of a fair size."""
    try:
        info = path.lstat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > _LARGEST:
            return None
        return path.read_bytes()
    except OSError:
        return None


def sealed(body: bytes) -> bytes:
    """The bytes behind a line with their SHA-256."""
    return sha256(body).hexdigest().encode("ascii") + b"\n" + body


def unsealed(data: bytes | None) -> bytes | None:
    """The bytes that were sealed; None where they are damaged or were not."""
    if data is None:
        return None
    seal, _, body = data.partition(b"\n")
    return body if sha256(body).hexdigest().encode("ascii") == seal else None


def put(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file of the cache in place of the old one. Raises OSError.

    Nothing is synced: what a crash takes is computed again.
    """
    import secrets

    spare = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(spare, _FLAGS, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(spare, _FLAGS, 0o666)
    try:
        try:
            for part in parts:
                left = memoryview(part)
                while left:
                    left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)
        spare.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            spare.unlink(missing_ok=True)
        raise
