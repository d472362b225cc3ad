"""The Retraction Watch database as a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exocite.errors import ReadError
from exocite.model import Update
from exocite.registries.retraction_watch import NAME, read

HEAD = (
    "Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason\n"
)


def file(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path = folder / "retraction_watch.csv"
    path.write_bytes((HEAD + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


RETRACTED = '1,"A, title",2/14/2020 0:00,10.5555/R1,10.5555/A,123,Retraction,+Error;'


def test_by_doi_and_by_pmid(tmp_path: Path) -> None:
    path = file(tmp_path, RETRACTED)
    notice = Update("retraction", "10.5555/r1", "2020-02-14", NAME)
    assert read(path, ["10.5555/a"]).of("10.5555/A") == (notice,)
    assert read(path, [], ["123"]).of("", "123") == (notice,)
    assert read(path, ["10.5555/a"], ["123"]).of("10.5555/a", "123") == (notice,)
    found = read(path, ["10.5555/b"])
    assert (found.of("10.5555/b"), found.lines, found.newest) == ((), 1, "2020-02-14")


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ((RETRACTED,), ["retraction"]),
        ((RETRACTED.replace("Retraction,+", "Correction,+"),), ["correction"]),
        (
            (RETRACTED.replace("Retraction,+", "Expression of concern,+"),),
            ["expression_of_concern"],
        ),
        (
            (
                RETRACTED,
                RETRACTED.replace("Retraction,+", "Reinstatement,+").replace("2020", "2021"),
            ),
            [],
        ),
        (
            (
                RETRACTED.replace("Retraction,+", "Reinstatement,+").replace("2020", "2019"),
                RETRACTED,
            ),
            ["retraction"],
        ),
    ],
)
def test_kinds(tmp_path: Path, rows: tuple[str, ...], kinds: list[str]) -> None:
    found = read(file(tmp_path, *rows), ["10.5555/a"])
    assert [one.type for one in found.of("10.5555/a")] == kinds


@pytest.mark.parametrize("doi", ["unavailable", "Unavailable", "", "0"])
def test_what_has_no_doi_is_no_ones_notice(tmp_path: Path, doi: str) -> None:
    path = file(tmp_path, f"1,T,2/14/2020 0:00,{doi},{doi},0,Retraction,x")
    assert read(path, ["", "unavailable"], ["0", ""]).by_doi == {}
    assert read(path, [], ["0", ""]).by_pmid == {}


def test_dates_that_are_none(tmp_path: Path) -> None:
    path = file(tmp_path, RETRACTED.replace("2/14/2020", "31/31/2020"))
    assert read(path, ["10.5555/a"]).of("10.5555/a")[0].date == ""


def test_latin_1(tmp_path: Path) -> None:
    path = file(tmp_path, RETRACTED.replace("A, title", "é"), encoding="latin-1")
    assert read(path, ["10.5555/a"]).lines == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 100,
        b"a,b\n1,2\n",
        HEAD.encode(),
        HEAD.encode() + b'1,"' + b"x" * 2_000_000 + b'",,,,,,\n',
    ],
)
def test_what_is_not_the_database_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"x\.csv"):
        read(path, ["10.5555/a"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    with pytest.raises(ReadError, match="no regular file"):
        read(tmp_path / "x.csv", [])


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read(tmp_path / "none.csv", [])
