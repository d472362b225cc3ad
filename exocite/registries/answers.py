"""Answers of registries kept between runs, each in a file of its own that can be thrown away.

A file holds a digest, a line of JSON that says what was asked and when, and the body. What does not
fit its digest, its address or this version is as if it were not there, and so is what cannot be
read or written: a cache is never a reason to fail, and never trusted.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from exocite import cache
from exocite.registries.body import LARGEST

_VERSION = 1
_FRESH = timedelta(days=1)
_FRESH_ABSENT = timedelta(hours=1)
_SKEW = timedelta(minutes=5)
_KEPT_FOR = 90 * 86_400.0
_TIDY_EVERY = 86_400.0
_MARK = "tidied"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was heard at the time `heard`.

    `url` is where it came from in the end, after redirects; `etag` and `modified` are what it can
    be asked for again with, "" where the registry gave none.
    """

    url: str
    status: int
    kind: str
    body: bytes
    heard: datetime
    etag: str = ""
    modified: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it stands for a new answer; one from the future never does."""
        age = now - self.heard
        return -_SKEW <= age < (_FRESH if self.status == 200 else _FRESH_ABSENT)

    @property
    def again(self) -> dict[str, str]:
        """The headers that ask whether it still holds."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


class Answers:
    """Kept answers by the address that was asked. `folder` is made when the first is kept."""

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._now = now
        self._wrote = False

    def get(self, asked: str) -> Kept | None:
        """What is kept for this address, fresh or not; None where nothing is that can be read."""
        try:
            with self._path(asked).open("rb") as file:
                data = file.read(LARGEST + 2**16)
        except OSError:
            return None
        return _read(data, asked)

    def put(self, asked: str, kept: Kept) -> None:
        """Keep an answer in place of an older one; where that cannot be, nothing is kept."""
        head = {
            "version": _VERSION,
            "asked": asked,
            "url": kept.url,
            "status": kept.status,
            "kind": kept.kind,
            "heard": kept.heard.astimezone(UTC).isoformat(),
            "etag": kept.etag,
            "modified": kept.modified,
        }
        rest = json.dumps(head).encode() + b"\n" + kept.body
        with contextlib.suppress(OSError):
            cache.put(self._path(asked), [_digest(rest) + b"\n" + rest])
            self._wrote = True

    def tidy(self) -> None:
        """Remove what nobody has asked for in a long time, once a day at most."""
        if not self._wrote:
            return
        now = time.time()
        with contextlib.suppress(OSError):
            mark = self._folder / _MARK
            if mark.exists() and 0 <= now - mark.stat().st_mtime < _TIDY_EVERY:
                return
            cache.put(mark, [])
            for path in self._folder.glob("??/*"):
                if now - path.stat().st_mtime > _KEPT_FOR:
                    path.unlink(missing_ok=True)

    def _path(self, asked: str) -> Path:
        name = blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self._folder / name[:2] / name[2:]


def _digest(rest: bytes) -> bytes:
    return blake2b(rest, digest_size=16).hexdigest().encode()


def _read(data: bytes, asked: str) -> Kept | None:
    digest, _, rest = data.partition(b"\n")
    if digest != _digest(rest):
        return None
    line, _, body = rest.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
        if head["version"] != _VERSION or head["asked"] != asked:
            return None
        heard = datetime.fromisoformat(head["heard"])
        texts = (head["url"], head["kind"], head["etag"], head["modified"])
        if heard.tzinfo is None or not all(isinstance(text, str) for text in texts):
            return None
        url, kind, etag, modified = texts
        return Kept(url, int(head["status"]), kind, body, heard, etag, modified)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
