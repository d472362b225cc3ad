"""The folder of the caches: another user's, a repository's and a link's are as if not there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exocite.private_folder import private_folder, user_cache

VARIABLE = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"


def of(root: Path, user: Path) -> Path | None:
    return private_folder(root, {VARIABLE: str(user)})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "a project ü"
    place.mkdir()
    return place


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "home of ada"


def test_it_is_the_same_from_run_to_run_and_another_for_each_user_and_place(
    root: Path, user: Path, tmp_path: Path
) -> None:
    mine = of(root, user)
    assert mine is not None
    assert mine.parent == root / ".exocite"
    assert of(root, user) == mine
    others = {of(root, tmp_path / "home of ben"), of(tmp_path, user)}
    assert len({mine, *others}) == 3
    assert not mine.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way there")
def test_nobody_else_can_read_the_key(root: Path, user: Path) -> None:
    of(root, user)
    key = user / "exocite" / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 32
    assert [one.name for one in key.parent.iterdir()] == ["key"]


def test_a_key_that_is_none_keeps_nothing(root: Path, user: Path) -> None:
    of(root, user)
    (user / "exocite" / "key").write_bytes(b"x" * 33)
    assert of(root, user) is None


@pytest.mark.parametrize("held", [b"", b"short"])
def test_a_key_that_was_never_written_whole_is_made_anew(
    root: Path, user: Path, held: bytes
) -> None:
    before = of(root, user)
    (user / "exocite" / "key").write_bytes(held)
    after = of(root, user)
    assert after is not None
    assert after == of(root, user) != before
    assert [one.name for one in (user / "exocite").iterdir()] == ["key"]


def test_without_a_directory_for_the_key_nothing_is_kept(root: Path, user: Path) -> None:
    user.write_text("a file where the directory would be")
    assert of(root, user) is None


def test_a_key_that_the_checkout_may_hold_is_not_believed(root: Path) -> None:
    (root / "articles").mkdir()
    assert of(root / "articles", root / ".cache") is not None
    (root / ".git").mkdir()
    assert of(root / "articles", root / ".cache") is None
    assert of(root, root / ".cache") is None


def test_behind_a_link_nothing_is_kept(root: Path, user: Path, tmp_path: Path) -> None:
    try:
        (root / ".exocite").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert of(root, user) is None


def test_many_processes_begin_at_once(root: Path, user: Path) -> None:
    script = (
        "from pathlib import Path; from exocite.private_folder import private_folder; "
        f"assert private_folder(Path({str(root)!r})) is not None"
    )
    environment = os.environ | {VARIABLE: str(user)}
    started = [subprocess.Popen([sys.executable, "-c", script], env=environment) for _ in range(8)]
    assert [one.wait(60) for one in started] == [0] * 8
    assert [one.name for one in (user / "exocite").iterdir()] == ["key"]
    base = user_cache(environment)
    assert base == user / "exocite"
