"""exocite duplicates: what is found, and two entries merged wherever they are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, judged, project_of

BIB = """\
@article{ku2023, author={Ku, Ying and Lee, Ann}, title={Vesicles of cells in health},
  year={2023}, doi={10.5555/ku}, abstract={Exosomes carry RNA between cells. They are small.}}
@article{Ku_old, author={Ku, Ying and Lee, Ann}, title={Vesicles of cells in health},
  year={2023}, abstract={Exosomes carry RNA between cells. They are small.}, note={read}}
@misc{ku_pre, author={Ku, Ying and Lee, Ann}, title={Vesicles of cells in health},
  year={2022}, howpublished={bioRxiv}, doi={10.1101/2022.05.05}}
@article{marsh2019, author={Marsh, Peter}, title={Evening caffeine and deep sleep}, year={2019}}
"""
TEXT = (
    "# Cells\r\n\r\nExosomes carry RNA between cells [see @Ku_old, p. 3; @marsh2019]. Caffeine "
    "reduces deep sleep by 20 % [@marsh2019].\r\n\r\nMail me at a@Ku_old or write `@Ku_old`.\r\n"
)
CARRY = "Exosomes carry RNA between cells."


@pytest.fixture
def project(folder: Path) -> Path:
    return project_of(folder, BIB, TEXT)


def test_found_and_why(run: Run, project: Path) -> None:
    result = run("duplicates")
    assert result.code == 1
    assert (
        "same work: ku2023 (bib/references.bib:1) and Ku_old (bib/references.bib:3)" in result.out
    )
    assert "title, authors and year agree" in result.out
    assert "another version: ku2023 (bib/references.bib:1) and ku_pre" in result.out
    assert result.out.splitlines()[-1] == (
        "4 entries compared: 1 duplicate work, 0 perhaps, 2 other versions"
    )


def test_as_json(run: Run, project: Path) -> None:
    said = json.loads(run("duplicates", "--json").out)
    assert said["schema"] == "exocite.duplicates/1"
    assert said["groups"] == [[{"key": "ku2023", "line": 1}, {"key": "Ku_old", "line": 3}]]
    assert [pair["answer"] for pair in said["pairs"]] == ["same", "version", "version"]


def test_nothing_to_find_is_clean(run: Run, folder: Path) -> None:
    result = run("duplicates")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("0 entries compared")


def test_a_diff_writes_nothing(run: Run, project: Path) -> None:
    result = run("duplicates", "--merge", "Ku_old", "ku2023", "a.md", "--diff")
    assert result.code == 0, result.text
    assert "+Exosomes carry RNA between cells [see @ku2023, p. 3; @marsh2019]." in result.out
    assert result.out.splitlines()[-1] == "Ku_old would be merged into ku2023; nothing was written"
    assert (project / "bib" / "references.bib").read_text(encoding="utf-8") == BIB
    assert (project / "a.md").read_bytes() == TEXT.encode()


def test_merged_wherever_it_is_named(run: Run, project: Path) -> None:
    claim = judged(run, "Ku_old", CARRY)
    result = run("duplicates", "--merge", "Ku_old", "ku2023", "a.md")
    assert result.code == 0, result.text
    after = (project / "a.md").read_bytes()
    assert after == TEXT.encode().replace(b"[see @Ku_old", b"[see @ku2023")
    assert "a.md:5:14: Ku_old stands here and is no citation: it was left" in result.err
    assert "note: read (from Ku_old)" in result.out
    assert "Ku_old" not in (project / "bib" / "references.bib").read_text(encoding="utf-8")
    for name in ("evidence.jsonl", "verdicts.jsonl"):
        (line,) = (project / "bib" / name).read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["key"] == "ku2023"
        assert "Ku_old" not in line.replace("@Ku_old", "")
    (reviewed,) = [
        c
        for c in json.loads(run("claims", "a.md", "--json").out)["claims"]
        if c["state"] == "reviewed"
    ]
    assert reviewed["id"] == claim
    assert run("duplicates").code == 0


def test_articles_of_evidence_come_without_being_named(run: Run, project: Path) -> None:
    judged(run, "Ku_old", CARRY)
    run("duplicates", "--merge", "Ku_old", "ku2023")
    assert b"[see @ku2023" in (project / "a.md").read_bytes()


def test_works_of_both_keep_the_one_that_stays(run: Run, project: Path) -> None:
    works = project / "bib" / "works.jsonl"
    lines = [
        {"key": key, "outcome": "matched", "reason": "r", "date": "d", "registry": "R", "later": 1}
        for key in ("Ku_old", "ku2023", "marsh2019")
    ]
    works.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("duplicates", "--merge", "Ku_old", "ku2023", "a.md").code == 0
    kept = [json.loads(line) for line in works.read_text(encoding="utf-8").splitlines()]
    assert kept == lines[1:]


def test_the_key_that_stays_and_a_field_by_choice(run: Run, project: Path) -> None:
    result = run(
        "duplicates",
        "--merge",
        "ku2023",
        "Ku_old",
        "--keep",
        "Ku_old",
        "--take",
        "abstract",
        "--json",
    )
    said = json.loads(result.out)
    assert (said["kept"], said["gone"], said["written"]) == ("Ku_old", "ku2023", True)
    assert "@article{Ku_old" in (project / "bib" / "references.bib").read_text(encoding="utf-8")


def test_latex_and_a_citation_of_both(run: Run, project: Path) -> None:
    (project / "t.tex").write_text(
        "\\documentclass{article}\\begin{document}\n% \\cite{Ku_old}\nCells carry RNA "
        "\\citep[p.~3]{ku2023,Ku_old}.\n\\end{document}\n",
        encoding="utf-8",
    )
    result = run("duplicates", "--merge", "ku2023", "Ku_old", "t.tex")
    assert result.code == 0, result.text
    text = (project / "t.tex").read_text(encoding="utf-8")
    assert "% \\cite{Ku_old}\n" in text
    assert "\\citep[p.~3]{ku2023,ku2023}" in text
    assert "t.tex:3:17: this citation names ku2023 twice now" in result.err


def test_a_notebook_that_cites_the_key_is_not_left_behind(run: Run, project: Path) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["Cells carry RNA [@Ku_old]."]}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (project / "n.ipynb").write_text(json.dumps(book), encoding="utf-8")
    result = run("duplicates", "--merge", "ku2023", "Ku_old", "n.ipynb")
    assert result.code == 2
    assert "this format cannot be written yet" in result.err
    assert (project / "bib" / "references.bib").read_text(encoding="utf-8") == BIB


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--merge", "ku2023", "nobody"), "no entry has the key nobody"),
        (("--merge", "ku2023", "ku2023"), "cannot be merged with itself"),
        (("--merge", "ku2023", "Ku_old", "--keep", "marsh2019"), "none of the two entries"),
        (("--merge", "ku2023", "Ku_old", "--take", "volume"), "Ku_old has no field volume"),
        (("--merge", "ku2023", "Ku_old", "none.md"), "there is no such file"),
        (("--diff",), "go with --merge"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, project: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("duplicates", *arguments)
    assert result.code == 2
    assert said in result.err
    assert (project / "bib" / "references.bib").read_text(encoding="utf-8") == BIB


def test_hostile_titles_are_shown_as_escapes(run: Run, project: Path) -> None:
    entry = (
        "@misc{{{}, author={{Ku}}, year={{2020}}, title={{Evil \x1b[2J words of a long title}}}}\n"
    )
    bib = project / "bib" / "references.bib"
    bib.write_text(entry.format("a\x1b") + entry.format("b"), encoding="utf-8")
    result = run("duplicates")
    assert result.code == 1
    assert "\x1b" not in result.text


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"@misc{a, title = {T\n"])
def test_what_could_not_be_read_was_not_compared(run: Run, project: Path, data: bytes) -> None:
    (project / "bib" / "references.bib").write_bytes(data)
    result = run("duplicates")
    assert result.code == 3
    assert "not compared: bib/references.bib:1:" in result.err
