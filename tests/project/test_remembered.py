"""Articles are read once: the same bytes come out with a cache, without one and with a bad one."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exocite import config, readers
from exocite.claims import detect
from exocite.formats import FORMATS, plain
from exocite.project import Project, remembered
from exocite.project.checking import run
from exocite.project.remembered import Remembered

BIBLIOGRAPHY = """@article{ku, author = {Ku, Y.}, title = {Skin and sleep}, year = {2023}}
@book{lo, author = {Lo, B.}, title = {Caffeine and rest}, year = {2020}, doi = {10.5555/7}}
"""
ONE = """# Sleep

Sleep reduces the risk by 12 % in adults [@ku, p. 3]. Caffeine delays it in 30 % [@gone].

<!-- exocite: exempt reason="common knowledge" by="ada" -->
Caffeine lowers memory in 8 % of adults. A @nobody asked in 1999 for 5 % more.
"""
TWO = "Caffeine delays sleep by 40 minutes in adults (Lo, 2020). It raises pressure by 4 %."
TEX = r"\section{Rest}\input{parts/two}Sleep restores 70 \% of memory \cite{ku}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (tmp_path / "exocite.toml").write_text('articles = ["*.md", "*.tex"]\n', "utf-8")
    (tmp_path / "one.md").write_text(ONE, "utf-8")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "two.tex").write_text(TWO, "utf-8")
    (tmp_path / "three.tex").write_text(TEX, "utf-8")
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that were read anew."""
    done: list[str] = []
    real = readers.read

    def read(path: str, data: bytes, **more: str) -> object:
        done.append(Path(path).name)
        return real(path, data, **more)

    monkeypatch.setattr(readers, "read", read)
    return done


def output(folder: Path, **settings: object) -> dict[str, str]:
    """What every format prints of a check of the folder."""
    project = Project(
        config.load(folder, {}, settings), clock=lambda: datetime(2026, 3, 1, tzinfo=UTC)
    )
    checked = run(project, ())
    return {one.name: one.render(checked.report, checked.sources, plain) for one in FORMATS}


def fresh(folder: Path, **settings: object) -> dict[str, str]:
    shutil.rmtree(folder / ".exocite", ignore_errors=True)
    return output(folder, **settings)


def entries(folder: Path) -> list[Path]:
    return sorted((folder / ".exocite").glob("*/articles/*.json"))


def test_the_second_check_reads_nothing_and_says_the_same(folder: Path, reads: list[str]) -> None:
    first = output(folder)
    assert sorted(reads) == ["one.md", "three.tex", "two.tex"]
    assert len(entries(folder)) == 3
    reads.clear()
    assert output(folder) == first
    assert reads == []


@pytest.mark.parametrize(
    ("name", "old", "new", "again"),
    [
        ("one.md", "12 %", "13 %", ["one.md"]),
        ("parts/two.tex", "40 minutes", "", ["two.tex"]),
        ("bib/references.bib", "{ku,", "{gone,", []),
        ("bib/references.bib", "2020", "1999", []),
        ("bib/references.bib", "10.5555/7", "10.5555/8", []),
        ("exocite.toml", "articles", 'ignore = ["EXO3"]\narticles', []),
        ("exocite.toml", "articles", "claim_threshold = 0.9\narticles", []),
    ],
)
def test_what_changed_is_seen(
    folder: Path, reads: list[str], name: str, old: str, new: str, again: list[str]
) -> None:
    output(folder)
    reads.clear()
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    second = output(folder)
    assert reads == again
    assert second == fresh(folder)


def test_an_article_that_moved_is_not_read_again(folder: Path, reads: list[str]) -> None:
    output(folder)
    (folder / "one.md").rename(folder / "moved.md")
    reads.clear()
    second = output(folder)
    assert reads == []
    assert second == fresh(folder)


def test_another_suffix_is_another_article(folder: Path, reads: list[str]) -> None:
    (folder / "exocite.toml").write_text('articles = ["one.*"]', "utf-8")
    output(folder)
    (folder / "one.md").rename(folder / "one.tex")
    reads.clear()
    second = output(folder)
    assert reads == ["one.tex"]
    assert second == fresh(folder)


def spoiled(folder: Path, how: str) -> None:
    for path in entries(folder):
        data = path.read_bytes()
        if how == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif how == "empty":
            path.write_bytes(b"")
        elif how == "other":
            path.write_bytes(data.replace(b"Caffeine", b"Caffeina"))
        elif how == "folder":
            path.unlink()
            path.mkdir()
        elif how == "pipe" and hasattr(os, "mkfifo"):
            path.unlink()
            os.mkfifo(path)


@pytest.mark.parametrize("how", ["cut", "empty", "other", "folder", "pipe"])
def test_a_damaged_cache_is_as_none(folder: Path, how: str) -> None:
    first = output(folder)
    spoiled(folder, how)
    assert output(folder) == first


def test_other_code_reads_anew(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output(folder)
    reads.clear()
    monkeypatch.setattr(remembered, "reading", lambda: "another version")
    output(folder)
    assert len(reads) == 3


def test_a_cache_that_cannot_be_written_is_none(folder: Path) -> None:
    expected = output(folder)
    shutil.rmtree(folder / ".exocite")
    (folder / ".exocite").write_bytes(b"a file where the folder would be")
    assert output(folder) == expected
    assert (folder / ".exocite").read_bytes() == b"a file where the folder would be"


def test_nothing_is_kept_behind_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    try:
        (folder / ".exocite").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    output(folder)
    assert list(elsewhere.iterdir()) == []


def test_git_is_told_to_leave_it_alone(folder: Path) -> None:
    output(folder)
    assert (folder / ".exocite" / ".gitignore").read_bytes() == b"*\n"


def test_old_entries_are_removed_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST_ENTRIES", 3)
    output(folder)
    before = entries(folder)
    for number, path in enumerate(before):
        os.utime(path, (number, number))
    notes = before[0].with_name("notes.json")
    notes.write_bytes(b"mine")
    (folder / "one.md").write_text(ONE.replace("12 %", "14 %"), "utf-8")
    (folder / "parts" / "two.tex").write_text(TWO.replace("4 %", "5 %"), "utf-8")
    output(folder)
    after = set(entries(folder)) - {notes}
    assert len(after) == 3
    assert len(after & set(before)) == 1
    assert notes.exists()


def test_an_edit_assesses_the_new_sentence_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output(folder)
    assert len(list((folder / ".exocite").glob("*/articles/*.sentences"))) == 3
    looked: list[str] = []

    def names_only(text: str) -> bool:
        looked.append(text)
        return False

    monkeypatch.setattr(detect, "names_only", names_only)
    (folder / "one.md").write_text(f"{ONE.rstrip()} Tea helps 9 % of adults.", "utf-8")
    second = output(folder)
    assert looked == ["A @nobody asked in 1999 for 5 % more.", "Tea helps 9 % of adults."]
    monkeypatch.undo()
    assert second == fresh(folder)


def test_damaged_assessments_count_as_none(folder: Path) -> None:
    output(folder)
    for path in (folder / ".exocite").glob("*/articles/*.sentences"):
        path.write_bytes(path.read_bytes().replace(b"0.", b"1.", 1))
    (folder / "one.md").write_text(ONE.replace("12 %", "14 %"), "utf-8")
    second = output(folder)
    assert second == fresh(folder)


def test_what_is_asked_for_now_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 1)
    output(folder)
    assert len(entries(folder)) == 3


def test_the_key_tells_apart() -> None:
    memory = Remembered(None)
    keys = {
        memory.key(path, encoding, data)
        for path in ("a.md", "b.MD", "a.tex")
        for encoding in ("", "latin-1")
        for data in (b"a", b"b")
    }
    assert len(keys) == 8


def test_every_module_that_reads_is_in_the_key() -> None:
    code = remembered._code(Path(readers.__file__).parents[1])
    named = {part.decode() for part in code[::2]}
    package = Path(readers.__file__).parents[1]
    for module in (*package.glob("readers/**/*.py"), *package.glob("claims/**/*.py")):
        assert module.relative_to(package).as_posix() in named
        for line in module.read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] == ["from"] and words[1].startswith("exocite."):
                top = words[1].split(".")[1]
                assert {f"{top}.py", f"{top}/__init__.py"} & named, line
