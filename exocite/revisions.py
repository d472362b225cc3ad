"""A project's files as git holds them: at a commit, or staged for the next one.

git is asked as a program; nothing is checked out and nothing is written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from errno import ENOENT
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exocite.errors import ReadError, UsageError
from exocite.store import MAX_BYTES, Store

if TYPE_CHECKING:
    from subprocess import CompletedProcess

STAGED = ""
"""The name of what is staged."""

_PATIENCE = 60
_HOOK = ("GIT_DIR", "GIT_PREFIX")
"""What git tells its hooks of their repository, which we find ourselves."""


class Revision(Store):
    """The files of a project at one revision of its git repository; they can only be read.

    `root` is the folder of the bibliography. `name` is a commit, branch, tag or anything else that
    git takes for one, or STAGED. A file that was renamed since is read under its name of then.
    Raises UsageError where there is no such revision or no git.
    """

    def __init__(self, root: Path, name: str) -> None:
        super().__init__(root)
        place = next((one for one in (root, *root.parents) if one.is_dir()), Path.cwd())
        top = git(place, "rev-parse", "--show-toplevel")
        if top is None:
            _refuse_distrust(place)
            raise UsageError(
                f"{place}: this is no git repository, so nothing can be compared with a revision",
                hint="leave --diff and --staged out, or use a baseline: --write-baseline",
            )
        self._top = Path(os.fsdecode(top.rstrip(b"\r\n"))).resolve()
        self._name = name
        if name == STAGED:
            self._object = ""
            return
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        commit = git(self._top, *asked)
        if commit is None:
            raise UsageError(
                f"git knows no revision {name!r:.80}",
                hint="name a commit, a branch or a tag; a shallow clone may lack it (git fetch)",
            )
        self._object = commit.decode("ascii").strip()

    def read(self, path: Path, *, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a file at this revision, with the line ends that a checkout would have."""
        data = git(self._top, "cat-file", "--filters", self._spelt(path))
        if data is None:
            if self._name == STAGED:
                raise ReadError(f"{path}: this is not staged", hint=f"`git add {path}`")
            raise ReadError(f"{path}: not in the revision", hint="it was added later")
        if len(data) > limit:
            raise ReadError(
                f"{path}: {len(data) / 1e6:.1f} MB is more than can be read at once",
                hint=f"the limit is {limit / 1e6:.1f} MB; split the file",
            )
        return data

    def exists(self, path: Path) -> bool:
        """Whether the revision holds a file of this name."""
        return git(self._top, "cat-file", "-e", self._spelt(path)) is not None

    def called(self, path: Path) -> Path:
        """The name that a file of today had at this revision."""
        return self._top / self._within(path)

    def matching(self, folder: Path, pattern: str) -> tuple[Path, ...]:
        """The files of the revision that a pattern means from this folder, as `Path.glob` would."""
        staged = ("ls-files", "-z", "--cached", "--full-name")
        held = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", self._object)
        told = git(self._top, *(staged if self._name == STAGED else held)) or b""
        parts = [part for part in pattern.split("/") if part not in {"", "."}]
        start = folder.resolve()
        found = set()
        for name in filter(None, told.split(b"\0")):
            path = os.path.relpath(self._top / os.fsdecode(name), start)
            if _fits(Path(path).parts, parts):
                found.add(folder / path)
        return tuple(sorted(found))

    def _spelt(self, path: Path) -> str:
        # ":2:a.md" would be another stage of a.md.
        return f"{self._object or ':0'}:{self._within(path)}"

    def _within(self, path: Path) -> str:
        try:
            within = path.resolve().relative_to(self._top).as_posix()
        except (ValueError, OSError, RuntimeError):
            raise ReadError(
                f"{path}: outside the git repository {self._top}",
                hint="only files of the repository can be compared with a revision",
            ) from None
        return self._renamed.get(within, within)

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """Names of files in the index with those that they had at this revision."""
        if self._name == STAGED:
            return {}
        asked = ("diff-index", "--cached", "--find-renames", "--diff-filter=R", "--name-status")
        told = git(self._top, *asked, "-z", self._object) or b""
        names = [os.fsdecode(name) for name in told.split(b"\0")]
        return dict(zip(names[2::3], names[1::3], strict=False))


def _fits(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path fits a pattern part by part; ** stands for any number of folders."""
    reached = {0}
    for part in pattern:
        if part == "**":
            reached = set(range(min(reached), len(path))) if reached else reached
        else:
            reached = {at + 1 for at in reached if path[at : at + 1] and fnmatch(path[at], part)}
    return len(path) in reached


def unborn(root: Path) -> bool:
    """Whether the repository has no commit yet."""
    return git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None


def _refuse_distrust(folder: Path) -> None:
    """Raise UsageError where git sees a repository and will not read it, as in a container."""
    if b"safe.directory" in _asked(folder, "rev-parse", "--show-toplevel").stderr:
        raise UsageError(
            f"{folder}: git does not trust this repository: it belongs to another user",
            hint="allow it: `git config --global --add safe.directory FOLDER` (or '*' in CI)",
        )


def git(folder: Path, *words: str) -> bytes | None:
    """What git prints, None where it fails. Raises UsageError where there is no git."""
    done = _asked(folder, *words)
    return done.stdout if done.returncode == 0 else None


def _asked(folder: Path, *words: str) -> CompletedProcess[bytes]:
    import subprocess

    try:
        return subprocess.run(  # noqa: S603
            [_program(windows=os.name == "nt"), "-C", str(folder), *words],
            env=_environment(folder),
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


@cache
def _program(*, windows: bool) -> str:
    """git, on Windows by its full path: there the current folder, a checkout, would come first."""
    if not windows:
        return "git"
    for folder in os.get_exec_path():
        path = Path(folder) / "git.exe"
        if Path(folder).is_absolute() and path.is_file():
            return str(path)
    raise FileNotFoundError(ENOENT, "there is no git.exe on the PATH")


def _environment(folder: Path) -> Mapping[str, str]:
    """The environment without what a hook was told of a repository, be it another one.

    The index stays: `git commit FILE` shows its hooks one of its own. Where GIT_WORK_TREE is set,
    somebody has said on purpose where things are.
    """
    told = dict(os.environ)
    if "GIT_WORK_TREE" in told:
        return told
    for name in _HOOK:
        told.pop(name, None)
    index = told.get("GIT_INDEX_FILE")
    if index and not _ours(folder, index):
        del told["GIT_INDEX_FILE"]
    return told


def _ours(folder: Path, index: str) -> bool:
    """Whether an index is not plainly that of another repository than the folder's."""
    top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
    place = (top / index).resolve().parent
    own = (top / ".git").resolve() if (top / ".git").is_dir() else _linked(top)
    return place == own or not (place / "HEAD").is_file()


def _linked(top: Path) -> Path | None:
    """The folder that the `.git` file of a worktree or submodule names."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        name = (top / ".git").read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        return (top / name).resolve()
    return None
