"""Files as git holds them: at a commit and staged. Real repositories, no checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from exocite.errors import ReadError, UsageError
from exocite.revisions import STAGED, Revision, unborn


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "répo with space"
    (folder / "bib").mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "a.md").write_bytes(b"one\n")
    (folder / "bib" / "references.bib").write_bytes(b"@misc{a}\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    (folder / "a.md").write_bytes(b"two\n")
    git(folder, "add", "-A")
    (folder / "a.md").write_bytes(b"three\n")
    return folder


def test_each_state_has_its_own_text(repository: Path) -> None:
    path = repository / "a.md"
    assert Revision(repository / "bib", "HEAD").read(path) == b"one\n"
    assert Revision(repository / "bib", STAGED).read(path) == b"two\n"
    assert path.read_bytes() == b"three\n"


def test_relative_paths_and_links_to_the_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "bib")
    revision = Revision(Path(), "HEAD")
    assert revision.read(Path("../a.md")) == b"one\n"
    assert revision.exists(Path("references.bib"))
    assert not revision.exists(Path("other.bib"))


def test_logs_are_those_of_the_revision(repository: Path) -> None:
    (repository / "bib" / "works.jsonl").write_text("{}\n")
    assert not Revision(repository / "bib", "HEAD").works().problems
    git(repository, "add", "-A")
    assert Revision(repository / "bib", STAGED).works().problems


def test_what_was_added_later_is_not_there(repository: Path) -> None:
    (repository / "b.md").write_bytes(b"new\n")
    with pytest.raises(ReadError, match=r"b\.md"):
        Revision(repository / "bib", "HEAD").read(repository / "b.md")


def test_beyond_the_repository(repository: Path) -> None:
    with pytest.raises(ReadError, match="outside the git repository"):
        Revision(repository / "bib", "HEAD").read(repository.parent / "x.md")


def test_the_limit_holds(repository: Path) -> None:
    with pytest.raises(ReadError, match="more than can be read"):
        Revision(repository / "bib", "HEAD").read(repository / "a.md", limit=2)


@pytest.mark.parametrize("name", ["nowhere", "--help", "-x", "HEAD:a.md", "a b", "\x00"])
def test_no_such_revision(repository: Path, name: str) -> None:
    with pytest.raises(UsageError):
        Revision(repository / "bib", name)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="no git repository"):
        Revision(tmp_path, "HEAD")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(UsageError, match="git cannot be run"):
        Revision(repository, "HEAD")


def test_before_the_first_commit(tmp_path: Path, repository: Path) -> None:
    git(tmp_path, "init", "-q", "new")
    assert unborn(tmp_path / "new")
    assert not unborn(repository)


def test_line_ends_are_those_of_a_checkout(repository: Path) -> None:
    (repository / ".gitattributes").write_text("*.md text eol=crlf\n")
    git(repository, "add", "-A")
    assert Revision(repository / "bib", STAGED).read(repository / "a.md") == b"three\r\n"
