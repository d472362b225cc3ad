"""The bibliography read with what the last run kept of it, in a file that can be thrown away."""

from __future__ import annotations

import contextlib
from pathlib import Path

from exocite import cache
from exocite.bibliography.document import Document
from exocite.bibliography.kept import Kept

FILE = "bibliography.blocks"

MIN_BYTES = 256 * 1024
"""A smaller bibliography is read anew as fast."""

_WORTH = 8
"""What is kept is written again where more than one entry in so many is new."""


def read(data: bytes, path: str, folder: Path | None) -> Document:
    """The document of a bibliography's bytes; `folder` is that of the caches, None for none.

    It is the same document whether anything was kept or not, and whether it could be.
    """
    if folder is None or len(data) < MIN_BYTES:
        return Document.parse(data, path)
    known = Kept(cache.get(folder / FILE) or b"")
    document = Document.parse(data, path, known)
    if not known.is_of(data) and _is_worth_it(document, known):
        with contextlib.suppress(OSError):  # The next run reads anew.
            cache.put(folder / FILE, document.kept())
    return document


def _is_worth_it(document: Document, known: Kept) -> bool:
    return len(known.changed(document.text)) * _WORTH > len(document.blocks)
