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


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("titel:x", "did you mean title"),
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
