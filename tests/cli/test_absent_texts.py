"""An attached file that is not here: nobody can say what it says, and every command tells so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate import git

BIB = """\
@article{ku2023, title = {Sleep of bees}, year = {2023}, doi = {10.5555/1},
  abstract = {Bees were watched.}}
@article{lee2020, title = {Sleep of ants}, year = {2020}, doi = {10.5555/2}}
"""
ARTICLE = "# Bees\n\nBees slept for 5 hours a night in the 2021 trial [@ku2023].\n"
TEXT = "In the trial of 2021 bees slept for 5 hours a night."


@pytest.fixture
def paper(run: Run, folder: Path) -> Path:
    """The attached file of a project whose only claim was judged by a passage of it."""
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / "bees.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "exocite.toml").write_text('articles = ["*.md"]\nignore = ["EXO2", "EXO3"]\n')
    (folder / "paper.txt").write_text(TEXT, encoding="utf-8")
    assert run("sources", "ku2023", "--attach", "paper.txt", "--locator", "p. 1").code == 0
    (claim,) = json.loads(run("claims", "bees.md", "--json").out)["claims"]
    said = ("--key", "ku2023", "--quote", TEXT, "--verdict", "supported", "--by", "Ada")
    assert run("link", "bees.md", "--claim", claim["id"], *said).code == 0
    assert run("check").code == 0
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return folder / "bib" / "sources" / "ku2023.paper.txt"


def test_the_verdict_holds_and_the_file_was_not_checked(run: Run, paper: Path) -> None:
    paper.unlink()
    done = run("check")
    assert done.code == 3
    assert "not checked: ku2023: bib/sources/ku2023.paper.txt: this attached file" in done.out
    assert "--detach ku2023.paper.txt" in done.out
    assert "EXO4" not in done.out
    assert "1 supported" in done.out


def test_a_file_that_cannot_be_read_is_named_as_seen_from_here(run: Run, paper: Path) -> None:
    paper.write_bytes(bytes(range(256)))
    done = run("check")
    assert "not checked: ku2023: bib/sources/ku2023.paper.txt" in done.out
    assert str(paper.parent) not in done.out + run("sources", "ku2023").out


def test_a_work_that_left_the_bibliography_is_named(run: Run, folder: Path, paper: Path) -> None:
    bib = folder / "bib" / "references.bib"
    bib.write_text(BIB.replace("{ku2023", "{ku2024"), encoding="utf-8")
    (folder / "bees.md").write_text(ARTICLE.replace("@ku2023", "@ku2024"), encoding="utf-8")
    done = run("check")
    assert done.code == 1
    assert "ku2023 is no longer in the bibliography" in done.out


def test_a_file_that_was_taken_away_makes_the_verdict_stale(run: Run, paper: Path) -> None:
    run("sources", "ku2023", "--detach", paper.name)
    done = run("check")
    assert (done.code, "is stale" in done.out, "not checked" in done.out) == (1, True, False)


@pytest.mark.parametrize("gone", [True, False])
def test_a_file_of_a_work_that_nothing_rests_on_is_not_asked_for(
    run: Run, folder: Path, paper: Path, gone: bool
) -> None:
    assert run("sources", "lee2020", "--attach", "paper.txt").code == 0
    other = paper.with_name("lee2020.paper.txt")
    other.unlink() if gone else other.write_bytes(b"\xff\x00")
    assert run("check").code == 0
    assert run("sources").code == 3


def test_an_abstract_that_is_gone_leaves_its_verdict_unchecked(
    run: Run, folder: Path, paper: Path
) -> None:
    bib = folder / "bib" / "references.bib"
    text = bib.read_text("utf-8")
    bib.write_text(text.replace("doi = {10.5555/2}", f"abstract = {{{TEXT}}}"), encoding="utf-8")
    ants = "# Ants\n\nAnts slept for 5 hours a night in the 2021 trial.\n"
    (folder / "bees.md").write_text(ARTICLE + ants, encoding="utf-8")
    claim = json.loads(run("claims", "bees.md", "--json").out)["claims"][1]
    said = ("--key", "lee2020", "--quote", TEXT, "--verdict", "supported", "--by", "Ada")
    assert run("link", "bees.md", "--claim", claim["id"], *said).code == 0
    assert run("check").code == 0
    bib.write_text(text, encoding="utf-8")
    done = run("check")
    assert (done.code, "not checked: lee2020: no text of it is here" in done.out) == (3, True)
    assert "2 supported" in done.out


def test_every_command_that_compares_says_so(run: Run, paper: Path) -> None:
    paper.unlink()
    for words in (("sources",), ("link", "bees.md", "--no-input"), ("claims", "bees.md", "--json")):
        done = run(*words)
        assert (words, done.code, "not here" in done.text) == (words, 3, True)


@pytest.mark.parametrize("ignored", [True, False])
def test_since_a_revision_what_git_never_held_is_as_before(
    run: Run, folder: Path, paper: Path, ignored: bool
) -> None:
    if ignored:
        git(folder, "rm", "-q", "--cached", str(paper))
        git(folder, "commit", "-qm", "left out")
    paper.unlink()
    done = run("check", "--diff", "HEAD")
    assert done.code == (0 if ignored else 3)
    assert ("(as before the change)" in done.out) is ignored


def test_a_name_of_somebody_else_s_is_quoted(run: Run, folder: Path, paper: Path) -> None:
    manifest = paper.with_name("sources.jsonl")
    line = json.loads(manifest.read_text("utf-8"))
    line["file"] = "ku2023.a;reboot.txt"
    manifest.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert "--detach 'ku2023.a;reboot.txt'`" in run("check").out
