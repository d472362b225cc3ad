"""A project's files as git holds them: at a commit, or staged for the next one.

git is asked as a program; nothing is checked out and nothing is written.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from exocite.errors import ReadError, UsageError
from exocite.store import MAX_BYTES, Store

STAGED = ""
"""The name of what is staged."""

_PATIENCE = 60


class Revision(Store):
    """The files of a project at one revision of its git repository; they can only be read.

    `root` is the folder of the bibliography. `name` is a commit, branch, tag or anything else that
    git takes for one, or STAGED. Raises UsageError where there is no such revision or no git.
    """

    def __init__(self, root: Path, name: str) -> None:
        super().__init__(root)
        place = next((one for one in (root, *root.parents) if one.is_dir()), Path.cwd())
        top = _git(place, "rev-parse", "--show-toplevel")
        if top is None:
            raise UsageError(
                f"{place}: this is no git repository, so nothing can be compared with a revision",
                hint="leave --diff and --staged out, or use a baseline: --write-baseline",
            )
        self._top = Path(os.fsdecode(top.rstrip(b"\r\n"))).resolve()
        self._name = name
        if name == STAGED:
            self._object = ""
            return
        commit = _git(
            self._top, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"
        )
        if commit is None:
            raise UsageError(
                f"git knows no revision {name!r:.80}",
                hint="name a commit, a branch or a tag; a shallow clone may lack it (git fetch)",
            )
        self._object = commit.decode("ascii").strip()

    def read(self, path: Path, *, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a file at this revision, with the line ends that a checkout would have."""
        data = _git(self._top, "cat-file", "--filters", self._spelt(path))
        if data is None:
            raise ReadError(f"{path}: not in the revision", hint="it was added later")
        if len(data) > limit:
            raise ReadError(
                f"{path}: {len(data) / 1e6:.1f} MB is more than can be read at once",
                hint=f"the limit is {limit / 1e6:.1f} MB; split the file",
            )
        return data

    def exists(self, path: Path) -> bool:
        """Whether the revision holds a file of this name."""
        return _git(self._top, "cat-file", "-e", self._spelt(path)) is not None

    def _spelt(self, path: Path) -> str:
        try:
            within = path.resolve().relative_to(self._top)
        except (ValueError, OSError, RuntimeError):
            raise ReadError(
                f"{path}: outside the git repository {self._top}",
                hint="only files of the repository can be compared with a revision",
            ) from None
        return f"{self._object}:{within.as_posix()}"


def unborn(root: Path) -> bool:
    """Whether the repository has no commit yet."""
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None


def _git(folder: Path, *words: str) -> bytes | None:
    """What git prints, None where it fails. Raises UsageError where there is no git."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *words],  # noqa: S607
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise UsageError(
            f"git cannot be run: {getattr(error, 'strerror', None) or error}",
            hint="install git, or leave --diff and --staged out",
        ) from None
    except subprocess.TimeoutExpired:
        raise UsageError(
            f"git did not answer within {_PATIENCE} seconds",
            hint="run `git status` in the repository to see what holds it up",
        ) from None
    return done.stdout if done.returncode == 0 else None
