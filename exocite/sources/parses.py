"""What attached files held when they were last read, so that a long PDF is read once.

One file for each content in a folder that can be thrown away at any time: a line with the SHA-256
of the rest, then JSON. What does not agree with its sum, or is of another version, is read anew.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from exocite import __version__, cache
from exocite.sources.parsed import Parsed, Part

VERSION = f"{__version__}/2"
"""Changes with whatever a reader of a format gives for the same bytes."""


class Parses:
    """Parsed files by content and format; `folder` None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, content: str, kind: str) -> Parsed | None:
        """What a file with this SHA-256 held in this format, if it is known and whole."""
        path = self._path(content, kind)
        if path is None:
            return None
        body = cache.unsealed(cache.get(path))
        if body is None:
            return None
        try:
            held = json.loads(body)
            if held["version"] != VERSION:
                return None
            return Parsed(tuple(Part(*part) for part in held["parts"]), tuple(held["notes"]))
        except (ValueError, LookupError, TypeError, RecursionError):
            return None

    def put(self, content: str, kind: str, parsed: Parsed) -> None:
        """Remember it, all of it or nothing; a folder that cannot be written is no error."""
        path = self._path(content, kind)
        if path is None:
            return
        parts = [[part.text, part.locator, part.field] for part in parsed.parts]
        held = {"version": VERSION, "parts": parts, "notes": list(parsed.notes)}
        # ASCII, because a text of somebody else's may hold lone surrogates.
        body = json.dumps(held).encode("ascii")
        with contextlib.suppress(OSError):
            cache.put(path, [cache.sealed(body)])

    def _path(self, content: str, kind: str) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / "texts" / f"{content[:32]}-{kind.lower().replace(' ', '-')}.json"
