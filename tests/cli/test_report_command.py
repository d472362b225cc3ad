"""exocite report: what it writes, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BIB = "@article{ku2023, author={Ku, A}, title={Tea}, year={2023}, doi={10.5555/1}}\n"


@pytest.fixture
def tea(folder: Path) -> Path:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    path = folder / "tea.md"
    path.write_text("# Tea\n\nTea lowers iron by 60 % in adults [@ku2023].\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["html", "md", "json", "docx"])
def test_a_report_is_written_and_may_be_written_again(
    run: Run, folder: Path, tea: Path, name: str
) -> None:
    for _ in range(2):
        result = run("report", "tea.md", "--format", name, "-o", f"out/r.{name}")
        assert (result.code, result.out) == (0, "")
        assert result.err == f"wrote out/r.{name}: 1 claim\n"
    assert (folder / "out" / f"r.{name}").stat().st_size > 500


def test_without_a_file_it_is_printed(run: Run, tea: Path) -> None:
    result = run("report", "tea.md", "--format", "json")
    told = json.loads(result.out)
    assert (result.code, told["schema"]) == (0, "exocite.report/1")
    assert told["articles"][0]["claims"][0]["mark"] == "cited"
    assert "<!doctype html>" in run("report", "tea.md").out
    assert run("report", "tea.md", "--format", "docx").code == 2


def test_neither_the_article_nor_a_foreign_file_is_overwritten(
    run: Run, folder: Path, tea: Path
) -> None:
    before = tea.read_bytes()
    assert run("report", "tea.md", "-o", "tea.md", "--force").code == 2
    assert run("report", "tea.md", "-o", "bib/references.bib").code == 2
    assert run("report", "tea.md", "-o", "bib/references.bib", "--force").code == 2
    assert (folder / "bib" / "references.bib").read_text("utf-8") == BIB
    (folder / "bib" / "verdicts.jsonl").write_text("\n", encoding="utf-8")
    assert run("report", "tea.md", "-o", "bib/verdicts.jsonl", "--force").code == 2
    assert run("export", "-o", "bib/references.bib", "--force").code == 2
    assert run("export", "--cited", "tea.md", "-o", "tea.md", "--force").code == 2
    assert (folder / "bib" / "references.bib").read_text("utf-8") == BIB
    (folder / "exocite.toml").write_text('articles = ["*.md"]\n', encoding="utf-8")
    assert run("report", "-o", "tea.md", "--force").code == 2
    (folder / "notes.html").write_text("mine", encoding="utf-8")
    result = run("report", "tea.md", "-o", "notes.html")
    assert result.code == 2
    assert "--force" in result.err
    assert tea.read_bytes() == before
    assert (folder / "notes.html").read_text("utf-8") == "mine"
    assert run("report", "tea.md", "-o", "notes.html", "--force").code == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written(run: Run, folder: Path, tea: Path) -> None:
    (folder / "shut").mkdir(mode=0o555)
    result = run("report", "tea.md", "-o", "shut/r.html")
    assert result.code == 2
    assert result.err.startswith("error: shut/r.html: cannot be written")


@pytest.mark.parametrize("name", ["out", "tea.md/r.html"])
def test_a_place_that_cannot_hold_a_report(run: Run, folder: Path, tea: Path, name: str) -> None:
    (folder / "out").mkdir()
    result = run("report", "tea.md", "-o", name)
    assert result.code == 2
    assert result.err.count("error: ") == 1


def test_an_article_that_cannot_be_read(run: Run, folder: Path, tea: Path) -> None:
    result = run("report", "tea.md", "missing.md", "-o", "r.html")
    assert result.code == 2
    assert "missing.md" in result.err
    assert "missing.md" in (folder / "r.html").read_text("utf-8")
    assert run("report", "missing.md", "-o", "none.html").code == 2
    assert not (folder / "none.html").exists()


def test_a_style_that_is_unknown(run: Run, tea: Path) -> None:
    result = run("report", "tea.md", "--style", "vancuver")
    assert result.code == 2
    assert "vancouver" in result.err
