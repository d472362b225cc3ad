"""exocite resolve --snapshot: the file is asked first, and Crossref only for what it cannot say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CAFFEINE, THEANINE, Run
from tests.fakes.crossref import FakeCrossref

CLOSED = "http://127.0.0.1:9"
BIB = """\
@article{held, author = {Okafor, Ngozi and Brandt, Lena}, title = {Theanine and sleep: a trial},
  journal = {Sleep Trials}, volume = {12}, number = {3}, pages = {101--110}, year = {2021}}
@article{asked, author = {Marsh, Peter}, title = {Evening caffeine and deep sleep},
  journal = {Nightly Medicine}, volume = {8}, pages = {44--52}, year = {2019},
  doi = {10.5555/caffeine}}
"""


@pytest.fixture(autouse=True)
def snapshot(run: Run, folder: Path) -> Path:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps({"items": [THEANINE]}), encoding="utf-8")
    built = run("snapshot", "build", "data.json", "-o", "tea.snapshot", "--date", "2026-02-01")
    assert built.code == 0, built.text
    return folder / "tea.snapshot"


def lines(folder: Path) -> dict[str, Any]:
    text = (folder / "bib" / "works.jsonl").read_text("utf-8")
    return {record["key"]: record for record in map(json.loads, text.splitlines())}


def test_without_a_network_what_is_not_held_is_not_checked(run: Run, folder: Path) -> None:
    result = run("resolve", "--offline", "--snapshot", "tea.snapshot", "--crossref-url", CLOSED)
    assert result.code == 3, result.text
    assert "held: matched  10.5555/theanine" in result.out
    assert "snapshot of 2026-02-01 may have been retracted since" in result.err
    assert "(data of 2026-02-01)" in result.out
    assert "asked: not checked" in result.out
    assert "does not hold 10.5555/caffeine, which says nothing about it" in result.out
    held = lines(folder)["held"]
    assert held["date"] == "2026-02-01T00:00:00Z"
    assert held["registry"] == "snapshot (tea.snapshot, data of 2026-02-01, 1 work)"
    assert "10.5555/theanine" in (folder / "bib" / "references.bib").read_text("utf-8")


def test_a_work_of_the_snapshot_that_was_retracted_since(run: Run, folder: Path) -> None:
    (folder / "rw.csv").write_text(
        "Record ID,Title,Reason,RetractionDate,RetractionDOI,RetractionPubMedID,"
        "OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
        "1,Theanine,+Error in Data;,4/5/2026 0:00,10.5555/n,0,1/1/2021 0:00,10.5555/theanine,0,"
        "Retraction\n"
    )
    options = ("--offline", "--snapshot", "tea.snapshot", "--crossref-url", CLOSED)
    result = run("resolve", *options, "--retractions", "rw.csv", "held")
    assert result.code == 1, result.text
    assert "held: retracted  10.5555/theanine" in result.out
    told = "it was retracted on 2026-04-05 (10.5555/n; Retraction Watch; error in data)"
    assert told in result.out
    assert "retracted since" not in result.err


def test_crossref_is_asked_for_the_rest_alone(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXOCITE_SNAPSHOT", "tea.snapshot")
    with FakeCrossref([CAFFEINE]) as fake:
        result = run("resolve", "--crossref-url", fake.url)
    assert result.code == 0, result.text
    assert "snapshot" in lines(folder)["held"]["registry"]
    assert "Crossref" in lines(folder)["asked"]["registry"]


def test_a_snapshot_that_cannot_be_read_ends_with_2(run: Run, folder: Path) -> None:
    for name, said in (("none", "no such snapshot"), ("data.json", "no snapshot of exocite")):
        result = run("resolve", "--offline", "--snapshot", name)
        assert result.code == 2
        assert said in result.err
    assert not (folder / "bib" / "works.jsonl").exists()
