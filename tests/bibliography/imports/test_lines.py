"""The number of a line is that of an editor, whatever else parts the lines of a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography.imports import Broken, Format, Imported, record
from exocite.bibliography.imports.identifier_list import IDENTIFIERS
from exocite.bibliography.imports.mixed import TEXT
from exocite.bibliography.imports.nbib import NBIB
from exocite.bibliography.imports.ris import RIS
from exocite.text import Lines

CUTS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("format_", "text", "line"),
    [
        (RIS, "TY  - JOUR\nAB  - one|two||\nER  - \n\nTY  - BOOK\nTI  - B\nER  - \n", 5),
        (NBIB, "PMID- 1\nAB  - one|two||\n\nPMID- 2\nTI  - B\n", 4),
        (IDENTIFIERS, "# one|# two||\n\n10.5555/x\n", 3),
        (TEXT, "One|two of many words||\n\n10.5555/x\n", 3),
    ],
    ids=["ris", "nbib", "ids", "text"],
)
def test_what_no_editor_counts_is_no_line(
    format_: Format, text: str, line: int, end: str, cut: str
) -> None:
    *_, last = format_.read(text.replace("|", cut).replace("\n", end))
    assert last.line == line


def test_the_record_is_read_as_before() -> None:
    (found,) = RIS.read("TY  - JOUR\nAB  - one\u2028two\x0cTI  - A title\nER  - \n")
    assert isinstance(found, Imported)
    assert found.fields == {"abstract": "one two", "title": "A title"}


def test_what_is_broken_behind_it_names_its_line() -> None:
    *_, last = RIS.read("TY  - JOUR\nAB  - one\x85\x85two\nER  - \nstray\n")
    assert isinstance(last, Broken)
    assert last.line == 4


@given(
    st.text(st.sampled_from(f"ab \r\n{CUTS}"), max_size=60), st.integers(min_value=1, max_value=20)
)
def test_the_lines_are_those_of_python_and_the_numbers_those_of_an_article(
    text: str, piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "_PIECE", piece)
        found = list(record.lines(text))
    assert [line for _, line in found] == text.splitlines()
    starts = Lines(text)
    at, numbers = 0, []
    for line in text.splitlines(keepends=True):
        numbers.append(starts.position(at)[0])
        at += len(line)
    assert [number for number, _ in found] == numbers
