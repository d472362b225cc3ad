"""exocite list with a query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BIB = """\
@article{ku2020, author = {Ku, Ying}, title = {Deep sleep}, year = {2020}, doi = {10.5555/a}}
@book{roe1999, author = {Roe, Jo}, title = {Tea}, year = {1999}}
"""


@pytest.fixture(autouse=True)
def bibliography(folder: Path) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_bytes(BIB.encode())
    (folder / "a.md").write_bytes(b"Sleep was 20 % longer in adults [@ku2020].\n")


def keys(run: Run, *query: str) -> list[str]:
    result = run("list", "--json", *query)
    assert result.code == 0
    return [one["key"] for one in json.loads(result.out)["references"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ((), ["ku2020", "roe1999"]),
        (("deep sleep",), ["ku2020"]),
        (("title:deep sleep", "year:2020"), ["ku2020"]),
        (("-has:doi",), ["roe1999"]),
        (("tea", "OR", "sleep"), ["ku2020", "roe1999"]),
        (("cited", "--article", "a.md"), ["ku2020"]),
        (("--article", "a.md", "uncited"), ["roe1999"]),
        (("-cited", "--article", "a.md"), ["roe1999"]),
        (("nothing like it",), []),
    ],
)
def test_a_query_shows_what_it_means(run: Run, query: tuple[str, ...], found: list[str]) -> None:
    assert keys(run, *query) == found


def test_the_table_says_how_many_of_all(run: Run) -> None:
    assert "1 reference of 2 in bib/references.bib" in run("list", "tea").out


def test_entries_that_stand_for_no_work_were_not_left_unresolved(run: Run, folder: Path) -> None:
    more = "@xdata{press, publisher = {Moss}}\n@set{both, entryset = {ku2020,roe1999}}\n"
    (folder / "bib" / "references.bib").write_bytes((BIB + more).encode())
    listed = run("list")
    told = [line.split()[:3] for line in listed.out.splitlines() if "no work" in line]
    assert told == [["press", "no", "work"], ["both", "no", "work"]]
    assert listed.out.count("never resolved") == 2
    assert listed.out.count("no DOI") == 1
    assert keys(run, "unresolved") == ["ku2020", "roe1999"]
    assert keys(run, "outcome:no_work") == ["press", "both"]
    asked = run("resolve", "--offline", "--dry-run")
    assert (asked.code, "2 references: 2 not checked" in asked.out) == (3, True)
    refused = run("resolve", "press", "--offline")
    assert (refused.code, "references.bib:3: press is a @xdata" in refused.err) == (2, True)
    assert "2 references: 2 no text" in run("sources").out


def test_a_line_of_works_that_cannot_be_read_is_told(run: Run, folder: Path) -> None:
    (folder / "bib" / "works.jsonl").write_text('\n{"key": "ku2020"\n', encoding="utf-8")
    result = run("list")
    assert (result.code, result.err.count("bib/works.jsonl:2: ")) == (0, 1)


@pytest.mark.parametrize(
    ("date", "shown"),
    [("-0044-03-15", "45 BC"), ("0000", "1 BC"), ("0800", "800"), ("2020-01", "2020")],
)
def test_early_years_are_shown_as_people_write_them(
    run: Run, folder: Path, date: str, shown: str
) -> None:
    entry = f"@book{{a, title = {{Wars}}, date = {{{date}}}}}\n"
    (folder / "bib" / "references.bib").write_bytes(entry.encode())
    assert json.loads(run("list", "--json").out)["references"][0]["year"] == shown
    assert f"a  {shown}  " in run("list").out


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("titel:x", "did you mean title"),
        ("has:titel", "did you mean has:title"),
        ("cited", "--article"),
        ("--jsn", "jsn"),
        ("titel:\x1b[2J", "no entry has a field titel"),
    ],
)
def test_a_mistake_is_explained(run: Run, query: str, said: str) -> None:
    result = run("list", query)
    assert (result.code, "\x1b" in result.text, said in result.err) == (2, False, True)


def test_h_alone_is_help(run: Run) -> None:
    assert "Usage" in run("list", "-h").out
