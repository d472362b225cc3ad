"""The gate in somebody's repository: what is new since a revision, staged or accepted as old."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exocite import store
from tests.cli.conftest import Run

OLD = "# Skin\n\nRetinol halves wrinkles in 80 % of patients.\n"
NEW = "\nAspirin cut strokes by 25 % in the trial.\n"
LATER = "\nCoffee cut strokes by 35 % in the trial.\n"
SETTINGS = 'articles = ["texts/*.md"]\nignore = ["EXO2", "EXO3"]\n'


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def texts(folder: Path) -> Path:
    """The folder of the articles, in a repository with one old finding and one commit."""
    place = folder / "texts"
    place.mkdir()
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text("")
    (folder / "exocite.toml").write_text(SETTINGS)
    write(place / "an old ä.md", OLD)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return place


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


@pytest.mark.parametrize("since", [("--diff", "HEAD"), ("--staged",)])
def test_what_was_there_is_old(run: Run, texts: Path, since: tuple[str, ...]) -> None:
    assert run("check").code == 1
    done = run("check", *since)
    assert (done.code, done.out.splitlines()[0]) == (0, "1 old finding left out")


def test_of_a_file_that_is_staged_in_part_the_staged_part_is_checked(run: Run, texts: Path) -> None:
    path = texts / "an old ä.md"
    write(path, OLD + NEW)
    git(texts, "add", "-A")
    write(path, OLD + NEW + LATER)
    staged = run("check", "--staged")
    assert staged.code == 1
    assert "Aspirin" in staged.out
    assert "Coffee" not in staged.out
    since = run("check", "--diff", "HEAD")
    assert "Aspirin" in since.out
    assert "Coffee" in since.out
    assert "Retinol" not in since.out


def test_a_renamed_article_has_no_new_findings(run: Run, texts: Path) -> None:
    git(texts, "mv", "an old ä.md", "a new ö.md")
    for since in (("--diff", "HEAD"), ("--staged",)):
        assert run("check", *since).code == 0
    write(texts / "a new ö.md", OLD + NEW)
    done = run("check", "--diff", "HEAD")
    assert "Aspirin" in done.out
    assert "1 old finding left out" in done.out


def test_a_baseline_follows_a_renamed_article(run: Run, texts: Path) -> None:
    assert run("check", "--write-baseline").code == 0
    (texts / "an old ä.md").rename(texts / "renamed.md")
    assert run("check").code == 0
    write(texts / "renamed.md", OLD + NEW)
    assert run("check").code == 1
    git(texts, "add", "-A")
    assert "Retinol" not in run("check", "--staged").out


def test_a_deleted_article_says_nothing(run: Run, texts: Path) -> None:
    write(texts / "other.md", NEW)
    git(texts, "add", "-A")
    git(texts, "commit", "-qm", "second")
    git(texts, "rm", "-q", "an old ä.md")
    assert run("check", "--staged").code == 0
    assert run("check", "--staged", "texts/an old ä.md").code == 0


def test_line_ends_are_no_change(run: Run, texts: Path) -> None:
    path = texts / "an old ä.md"
    write(path, OLD.replace("\n", "\r\n"))
    assert run("check", "--diff", "HEAD").code == 0
    git(texts, "add", "-A")
    assert run("check", "--staged").code == 0


def test_from_a_folder_within(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(texts / "new ü.md", NEW)
    git(texts, "add", "-A")
    monkeypatch.chdir(texts)
    done = run("check", "--staged")
    assert done.code == 1
    assert done.out.startswith("new ü.md:2:1: EXO101")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_with_a_line_end(run: Run, texts: Path) -> None:
    write(texts / "two\nlines.md", NEW)
    git(texts, "add", "-A")
    done = run("check", "--staged", "--format", "github")
    assert done.code == 1
    assert done.out.startswith("::error file=texts/two%0Alines.md,line=2,")
    assert len(done.out.splitlines()) == 2


def test_annotations_name_files_from_the_root_of_the_checkout(
    run: Run, texts: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    done = run("check", "--format", "github", "--format", "sarif=o.sarif")
    assert done.out.startswith(f"::error file={folder.name}/texts/an old ä.md,")
    log = json.loads((folder / "o.sarif").read_text("utf-8"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == f"{folder.name}/texts/an%20old%20%C3%A4.md"
    assert run("check", "--format", "text").out.startswith("texts/an old ä.md:3:1")


# --------------------------------------------------------------------------- outputs


def test_the_formats_are_listed(run: Run, folder: Path) -> None:
    done = run("check", "--format", "help")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        *("text", "json", "github", "gitlab", "sarif", "junit", "rdjson", "markdown", "badge")
    ]


def test_a_file_that_cannot_be_read_does_not_hide_the_rest(run: Run, texts: Path) -> None:
    (texts / "b.md").write_bytes(b"\0\1")
    done = run("check")
    assert done.code == 2
    assert "Retinol" in done.out
    assert "texts/b.md:1: not checked: texts/b.md: is not a text file" in done.out
    assert run("check", "--write-baseline").code == 2
    assert not (texts.parent / "bib" / "baseline.json").exists()


@pytest.mark.parametrize(
    "setting", ['severities = { EXO77 = "error" }', 'per_path_ignore = { "*" = ["EXO1O1"] }']
)
def test_a_code_that_there_is_not_is_refused(run: Run, texts: Path, setting: str) -> None:
    path = texts.parent / "exocite.toml"
    path.write_text(f"{SETTINGS}{setting}\n")
    done = run("check")
    assert done.code == 2
    assert "no rule has a code that begins with 'EXO" in done.err


@pytest.mark.parametrize("codes", ["EXO101 EXO4", "EXO101, EXO4", "EXO4\n  *.txt = EXO1"])
def test_setup_cfg_leaves_codes_out_by_path(run: Run, texts: Path, codes: str) -> None:
    folder = texts.parent
    (folder / "exocite.toml").unlink()
    lines = f"articles = texts/*.md\nignore = EXO2\nper_path_ignore =\n  texts/* = {codes}\n"
    (folder / "setup.cfg").write_text(f"[exocite]\n{lines}")
    assert run("check").code == (0 if "EXO101" in codes else 1)
    assert "setup.cfg" in run("config", "--show").out


def test_an_output_needs_no_project_to_write_to(run: Run, folder: Path) -> None:
    write(folder / "a.md", OLD)
    assert run("check", "a.md", "--format", "json=out/a.json").code == 1
    assert json.loads((folder / "out" / "a.json").read_text("utf-8"))["findings"]
    assert not (folder / "bib").exists()


@pytest.mark.parametrize("before", ["", "the file before\n"])
def test_interrupted_while_a_file_is_written(
    run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    out = texts.parent / "out"
    if before:
        out.write_text(before)
    monkeypatch.setattr(store.os, "fsync", interrupted)
    done = run("check", "--format", "sarif=out", "--format", "text")
    assert (done.code, done.err.strip()) == (130, "interrupted: what was finished is kept")
    assert (out.read_text() if out.exists() else "") == before
    assert not list(texts.parent.glob(".out*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_interrupted_by_a_signal(folder: Path) -> None:
    sentences = (f"Retinol {n} halves wrinkles in {n} % of patients." for n in range(3000))
    write(folder / "a.md", "\n\n".join(sentences))
    # Once rules are imported, the check is at work.
    script = (
        "import os, signal, sys; from exocite import cli; from exocite.claims import segment; "
        "cut = segment.sentences; "
        "segment.sentences = lambda *a: (os.kill(os.getpid(), signal.SIGINT), cut(*a))[1]; "
        "cli.main(['check', 'a.md', '--format', 'sarif=out', '--format', 'json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert "interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "out").exists()
