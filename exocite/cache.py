"""Files that save work and can be thrown away at any time: each is there whole or not at all."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable
from pathlib import Path


def put(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file of the cache in place of the old one. Raises OSError.

    Nothing is synced: what a crash takes is computed again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with spare.open("wb") as file:
            file.writelines(parts)
        spare.replace(path)
    finally:
        with contextlib.suppress(OSError):
            spare.unlink(missing_ok=True)
