"""Files as git holds them: at a commit and staged. Real repositories, no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shlex import quote

import pytest

from exocite.errors import ReadError, UsageError
from exocite.revisions import STAGED, Revision, _program, unborn

ROOT = str(Path(__file__).parents[1])


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


def test_a_repository_of_another_user(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError, match="belongs to another user") as caught:
        Revision(repository / "bib", "HEAD")
    assert "safe.directory" in caught.value.hint


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


def hook(repository: Path, script: str) -> Path:
    """Have git write what Python prints in a pre-commit hook to a file; the file."""
    out = repository.parent / "hook.out"
    folder = repository.parent / "hooks"
    folder.mkdir()
    path = folder / "pre-commit"
    program = f"import sys; from pathlib import Path; {script}"
    path.write_text(
        f"#!/bin/sh\nPYTHONPATH={quote(ROOT)} {quote(sys.executable)} -c {quote(program)} "
        f"> {quote(str(out))}\n"
    )
    path.chmod(0o755)
    git(repository, "config", "core.hooksPath", str(folder))
    return out


READS = (
    "from exocite.revisions import Revision; "
    "sys.stdout.write(Revision(Path('bib'), '').read(Path('a.md')).decode())"
)


@pytest.mark.skipif(os.name == "nt", reason="a hook is a shell script here")
@pytest.mark.parametrize("place", ["folder", "worktree"])
def test_within_a_hook(repository: Path, place: str) -> None:
    git(repository, "commit", "-qm", "second")
    folder = repository
    if place == "worktree":
        folder = repository.parent / "other tree"
        git(repository, "worktree", "add", "-q", "-b", "other", str(folder))
    out = hook(repository, READS)
    (folder / "a.md").write_bytes(b"four\n")
    (folder / "bib" / "references.bib").write_bytes(b"@misc{b}\n")
    git(folder, "commit", "-qm", "of one file", "a.md")
    assert out.read_bytes() == b"four\n"
    (folder / "a.md").write_bytes(b"five\n")
    git(folder, "commit", "-qam", "of all")
    assert out.read_bytes() == b"five\n"


@pytest.mark.skipif(os.name == "nt", reason="a hook is a shell script here")
def test_within_the_hook_of_another_repository(repository: Path) -> None:
    outer = repository.parent / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    (outer / "x").write_bytes(b"x")
    git(outer, "add", "x")
    inner = READS.replace("'bib'", f"{str(repository / 'bib')!r}").replace(
        "'a.md'", f"{str(repository / 'a.md')!r}"
    )
    out = hook(outer, inner)
    git(outer, "commit", "-qm", "outer")
    assert out.read_bytes() == b"two\n"


def test_a_renamed_file_is_read_under_its_old_name(repository: Path) -> None:
    long = b"".join(b"line %d\n" % number for number in range(20))
    (repository / "a.md").write_bytes(long)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "long")
    git(repository, "mv", "a.md", "\u00e4 b.md")
    new = repository / "\u00e4 b.md"
    new.write_bytes(long + b"more\n")
    git(repository, "add", "-A")
    before = Revision(repository / "bib", "HEAD")
    assert before.read(new) == long
    assert before.exists(repository / "a.md")
    assert Revision(repository / "bib", STAGED).read(new) == long + b"more\n"
    assert not Revision(repository / "bib", STAGED).exists(repository / "a.md")


def test_the_bibliography_in_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    git(repository, "commit", "-qm", "second")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    assert Revision(shallow / "bib", "HEAD").read(shallow / "a.md") == b"two\n"
    with pytest.raises(UsageError) as caught:
        Revision(shallow / "bib", "HEAD~1")
    assert "shallow" in caught.value.hint


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.md", ["a.md"]),
        ("./*.md", ["a.md"]),
        ("**/*.md", ["a.md", "t/b.md", "t/u/c.md"]),
        ("t/**/*.md", ["t/b.md", "t/u/c.md"]),
        ("t/*/*.md", ["t/u/c.md"]),
        ("t/[!b].md", []),
        ("**/**/u/?.md", ["t/u/c.md"]),
        ("t", []),
        ("**", []),
        ("../*.md", []),
    ],
)
@pytest.mark.parametrize("name", ["HEAD", STAGED])
def test_files_are_found_as_a_folder_finds_them(
    repository: Path, pattern: str, names: list[str], name: str
) -> None:
    (repository / "t" / "u").mkdir(parents=True)
    for place in ("t/b.md", "t/u/c.md"):
        (repository / place).write_bytes(b"text\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "second")
    (repository / "t" / "later.md").write_bytes(b"text\n")
    found = Revision(repository / "bib", name).matching(repository, pattern)
    assert [path.relative_to(repository).as_posix() for path in found] == names
    (repository / "t" / "later.md").unlink()
    assert [path for path in sorted(repository.glob(pattern)) if path.is_file()] == list(found)


def test_files_above_the_project_are_found(repository: Path) -> None:
    found = Revision(repository / "bib", "HEAD").matching(repository / "bib", "../*.md")
    assert list(found) == [repository / "bib" / "../a.md"]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
def test_a_name_that_begins_like_a_stage_is_a_name(repository: Path) -> None:
    (repository / "2:a.md").write_bytes(b"colon\n")
    git(repository, "add", "-A")
    assert Revision(repository / "bib", STAGED).read(repository / "2:a.md") == b"colon\n"


def test_a_program_that_the_checkout_holds_is_not_run_for_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("checkout", "programs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "git.exe").touch()
    monkeypatch.chdir(tmp_path / "checkout")
    _program.cache_clear()
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path / "programs")]))
    assert _program(windows=True) == str(tmp_path / "programs" / "git.exe")
    _program.cache_clear()
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(FileNotFoundError, match="PATH"):
        _program(windows=True)
    _program.cache_clear()
    assert _program(windows=False) == "git"
