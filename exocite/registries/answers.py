"""Answers of registries kept between runs, each in a file of its own that can be thrown away.

A file holds a digest, a line of JSON that says what was asked and when, and the body. What does not
fit its digest, its address or this version is as if it were not there, and so is what cannot be
read or written: a cache is never a reason to fail, and never trusted. For the same reason a file is
written where it stands, without a spare one beside it: who reads it half written sees that.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
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
_LONGEST = LARGEST + 2**16
_PIECE = 2**16
_IN_A_HEADER = re.compile(r"[\x20-\x7e]{1,1000}")
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


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
        """The headers that ask whether it still holds; what no header can carry asks nothing."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if _IN_A_HEADER.fullmatch(value)}


class Answers:
    """Kept answers by the address that was asked. `folder` is made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._base = str(folder)
        self._wrote = False

    def get(self, asked: str) -> Kept | None:
        """What is kept for this address, fresh or not; None where nothing is that can be read."""
        try:
            data = _whole(self._path(asked))
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
        try:
            _write(self._path(asked), _digest(rest) + b"\n" + rest)
            self._wrote = True
        except OSError:
            return

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

    def _path(self, asked: str) -> str:
        name = blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return os.path.join(self._base, name[:2], name[2:])  # noqa: PTH118 - asked often


def _whole(path: str) -> bytes:
    """What the file holds, b"" for more than an answer may be. Raises OSError."""
    descriptor = os.open(path, _READ)
    try:
        data = piece = os.read(descriptor, _PIECE)
        while len(piece) == _PIECE and len(data) <= _LONGEST:
            piece = os.read(descriptor, _PIECE)
            data += piece
    finally:
        os.close(descriptor)
    return data if len(data) <= _LONGEST else b""


def _write(path: str, data: bytes) -> None:
    """Write a file in place of the old one; who reads half of it sees by its digest that it is."""
    try:
        descriptor = os.open(path, _FLAGS, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, _FLAGS, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


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
