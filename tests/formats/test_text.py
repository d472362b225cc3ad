"""The text output: a golden page, excerpts by table, and hostile lines by property.

`python tests/formats/test_text.py` from the project's folder writes the golden page anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.check import ArticleReport, Report
from exocite.formats import FORMATS, plain
from exocite.formats.excerpt import WIDTH, Source, width
from exocite.formats.text import coverage_line, one_line, render
from exocite.model import Coverage, Finding, NotChecked, Severity

GOLDEN = Path(__file__).parent / "golden" / "check.txt"

ARTICLE = (
    "# A title\n\n"
    "Exosomes carry RNA between cells [@ku2032].\n"
    "\tIndented with a tab, これは広い文字です, e\u0301 combined.\r\n"
    + "long " * 60
    + "the claim stands here in the middle "
    + "and on " * 60
    + "\n"
    "A sentence that runs over\ntwo lines of the file.\n"
)


def at(
    line: int, column: int, end_line: int, end_column: int, message: str, **more: object
) -> Finding:
    values = {"code": "EXO101", "severity": Severity.ERROR, "help": "do this"} | more
    return Finding(
        path="article.md",
        line=line,
        column=column,
        message=message,
        end_line=end_line,
        end_column=end_column,
        **values,  # type: ignore[arg-type]
    )


def report() -> Report:
    coverage = Coverage(claims=48, cited=3, reviewed=2, supported=1, exempt=1)
    return Report(
        findings=(
            at(3, 35, 3, 42, "“@ku2032” names no entry of the bibliography", code="EXO102"),
            at(4, 23, 4, 32, "wide characters are underlined as wide as they are"),
            at(4, 34, 4, 36, "a combining character takes no room", severity=Severity.WARNING),
            at(5, 301, 5, 336, "a long line is shown around the span"),
            at(6, 1, 7, 23, "a span of two lines shows its first", severity=Severity.INFO),
            Finding(
                "references.bib", 12, 1, "EXO202", Severity.WARNING, "no source \x1b[31m text\nhere"
            ),
        ),
        not_checked=(
            NotChecked("ku2023", "it was never resolved", "references.bib", 1, "reference"),
            NotChecked("zhang2022", "Crossref did not answer", "references.bib", 9, "reference"),
        ),
        articles=(ArticleReport("article.md", coverage),),
        coverage=coverage,
    )


def test_golden() -> None:
    output = render(report(), {"article.md": ARTICLE}, plain)
    assert output == GOLDEN.read_text(encoding="utf-8")


def test_painting_adds_nothing_but_paint() -> None:
    def painted(role: str, words: str) -> str:
        return f"<{role}>{words}</{role}>"

    output = render(report(), {"article.md": ARTICLE}, painted)
    assert re.sub(r"</?[a-z]+>", "", output) == GOLDEN.read_text(encoding="utf-8")
    assert "<error>error</error>" in output


def test_clean() -> None:
    counts = Coverage(claims=1, cited=1, reviewed=1, supported=1)
    assert render(Report(coverage=counts), {}, plain) == (
        "nothing to report\n"
        "1 claim: 1 cited (100.0 %), 1 supported (100.0 %), 1 reviewed, 0 exempt\n"
    )


def test_no_claims_at_all() -> None:
    assert coverage_line(Coverage()) == "no claims"


def test_an_outage_reads_as_one() -> None:
    output = render(
        Report(not_checked=(NotChecked("a", "no connection", "bib/a.bib", 3, "reference"),)),
        {},
        plain,
    )
    assert "not found" not in output
    assert output.splitlines()[0] == "bib/a.bib:3: not checked: a: no connection"
    assert "1 reference not checked" in output


@pytest.mark.parametrize(
    ("source", "place", "shown", "start", "marked"),
    [
        ("one two three", (1, 5, 1, 8), "one two three", 4, 3),
        ("one two three", (1, 5, 1, 5), "one two three", 4, 1),
        ("one two three", (1, 5, 9, 1), "one two three", 4, 9),
        ("one\r\ntwo\rthree\nfour", (2, 1, 2, 4), "two", 0, 3),
        ("one\r\ntwo\rthree\nfour", (3, 1, 3, 6), "three", 0, 5),
        ("a\tb", (1, 3, 1, 4), "a   b", 4, 1),
        ("\tab", (1, 2, 1, 4), "    ab", 4, 2),
        ("漢字 x", (1, 4, 1, 5), "漢字 x", 5, 1),
        ("漢字 x", (1, 1, 1, 3), "漢字 x", 0, 4),
        ("e\u0301x", (1, 3, 1, 4), "e\u0301x", 1, 1),
        ("a\u200bb", (1, 3, 1, 4), "a\u200bb", 1, 1),
        ("a\x1b[31mb", (1, 7, 1, 8), "a\\x1b[31mb", 9, 1),
        ("a\ud800b", (1, 3, 1, 4), "a\\ud800b", 7, 1),
        ("", (1, 1, 1, 1), "", 0, 1),
        ("short", (9, 9, 9, 9), "", 0, 1),
        ("short", (1, 99, 1, 120), "short", 5, 1),
    ],
)
def test_excerpts(
    source: str, place: tuple[int, int, int, int], shown: str, start: int, marked: int
) -> None:
    excerpt = Source(source).excerpt(*place)
    assert (excerpt.text, excerpt.start, excerpt.width) == (shown, start, marked)


@pytest.mark.parametrize(
    ("column", "length"), [(1, 10), (500, 10), (995, 6), (1, 900), (400, 500), (90, 20), (2, 999)]
)
def test_long_lines_are_windowed(column: int, length: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(1000))
    excerpt = Source("first\n" + line + "\nlast\n").excerpt(2, column, 2, column + length)
    assert width(excerpt.text) <= WIDTH + 1
    assert "…" in excerpt.text
    under = excerpt.text[excerpt.start : excerpt.start + excerpt.width].rstrip("…")
    assert under
    assert line[column - 1 :].startswith(under)
    assert len(under) == min(length, len(under))


_LINES = st.text(
    st.one_of(st.characters(), st.sampled_from("\t\x1b\u202e漢e\u0301 a")), max_size=400
)


@given(_LINES, st.integers(1, 4), st.integers(1, 400), st.integers(0, 3), st.integers(1, 400))
def test_no_line_breaks_the_output(
    source: str, line: int, column: int, more: int, end_column: int
) -> None:
    finding = at(line, column, line + more, end_column, source)
    output = render(Report((finding,)), {"article.md": source}, plain)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", output)
    output.encode("utf-8")
    assert len(output.splitlines()) <= 7 + output.count("\u2028") + output.count("\u2029")
    excerpt = Source(source).excerpt(line, column, line + more, end_column)
    assert excerpt.start + excerpt.width <= WIDTH + 2
    assert excerpt.width >= 1


def test_a_huge_line_costs_no_more_than_its_window() -> None:
    source = Source("x" * 5_000_000)
    for column in range(1, 4_000_000, 40_000):
        assert len(source.excerpt(1, column, 1, column + 3_000_000).text) <= WIDTH + 1


def test_one_line() -> None:
    assert one_line("a\nb\tc\x07\ud800") == "a\\nb c\\x07\\ud800"


def test_formats_are_registered() -> None:
    assert [one.name for one in FORMATS][:2] == ["text", "json"]


if __name__ == "__main__":
    GOLDEN.write_text(
        render(report(), {"article.md": ARTICLE}, plain), encoding="utf-8", newline="\n"
    )
