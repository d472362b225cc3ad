"""The parts of an item: dates, titles, LaTeX formatting, inherited fields."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography.inherit import inherited
from exocite.export.dates import csl_date
from exocite.export.markup import from_latex
from exocite.export.titles import plain, rich, tokens
from exocite.model import Reference
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"date": "2001-08-09"}, {"date-parts": [[2001, 8, 9]]}),
        ({"date": "2001-08-09T12:30:00Z"}, {"date-parts": [[2001, 8, 9]]}),
        ({"date": "1999-10/2000"}, {"date-parts": [[1999, 10], [2000]]}),
        ({"date": "1999/"}, {"date-parts": [[1999], [0]]}),
        ({"date": "1999/.."}, {"date-parts": [[1999], [0]]}),
        ({"date": "/1999"}, {"date-parts": [[1999]]}),
        ({"date": "/"}, {"literal": "/"}),
        ({"date": "-0876"}, {"date-parts": [[-877]]}),
        ({"date": "0000"}, {"date-parts": [[-1]]}),
        ({"date": "1723~"}, {"date-parts": [[1723]], "circa": True}),
        ({"date": "1723?"}, {"date-parts": [[1723]], "circa": True}),
        ({"date": "199X"}, {"date-parts": [[1990]], "circa": True}),
        ({"date": "2001-21"}, {"date-parts": [[2001]], "season": 1}),
        ({"date": "2001-13-40"}, {"date-parts": [[2001]]}),
        ({"date": "2001-02-40"}, {"date-parts": [[2001, 2]]}),
        ({"date": "spring 2001"}, {"date-parts": [[2001]]}),
        ({"year": "2001"}, {"date-parts": [[2001]]}),
        ({"year": "2001a"}, {"date-parts": [[2001]]}),
        ({"year": "[2001]"}, {"date-parts": [[2001]]}),
        ({"year": "c. 1850"}, {"date-parts": [[1850]], "circa": True}),
        ({"year": "2001--2003"}, {"date-parts": [[2001], [2003]]}),
        ({"year": "in press"}, {"literal": "in press"}),
        ({"year": "2001", "month": "aug"}, {"date-parts": [[2001, 8]]}),
        ({"year": "2001", "month": "August 15"}, {"date-parts": [[2001, 8, 15]]}),
        ({"year": "2001", "month": "15 aug"}, {"date-parts": [[2001, 8, 15]]}),
        ({"year": "2001", "month": "8"}, {"date-parts": [[2001, 8]]}),
        ({"year": "2001", "month": "13"}, {"date-parts": [[2001]]}),
        ({"year": "2001", "month": "July/August"}, {"date-parts": [[2001, 7]]}),
        ({"date": "2002", "year": "2001"}, {"date-parts": [[2002]]}),
        ({}, {}),
        ({"month": "aug"}, {}),
    ],
)
def test_dates(fields: dict[str, str], date: dict[str, object]) -> None:
    assert csl_date(fields) == date


@given(st.text(st.sampled_from("0123456789-/.~?X T"), max_size=24))
def test_any_date_has_three_parts_at_most(written: str) -> None:
    parts = csl_date({"date": written}).get("date-parts", [])
    assert isinstance(parts, list)
    assert len(parts) <= 2
    assert all(1 <= len(part) <= 3 for part in parts)


KEEP = '<span class="nocase">{}</span>'.format


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("The Great Journey", "The great journey"),
        ("The great journey", "The great journey"),
        ("Exosomes in Japan", "Exosomes in Japan"),
        ("A Study of DNA Repair in McDonald Cells", "A study of DNA repair in McDonald cells"),
        ("mRNA-Loaded Vesicles at Work: A Study", "mRNA-Loaded vesicles at work: A study"),
        ("Why Things Fall? Because They Do", "Why things fall? Because they do"),
        ("The {NASA} Mission and Its Ends", f"The {KEEP('NASA')} mission and its ends"),
        ("{{All of It Guarded}}", KEEP("All of It Guarded")),
        ("Growth of <i>Danio Rerio</i> Cells Today", "Growth of <i>Danio Rerio</i> cells today"),
        ("Unbalanced {Brace of It", "Unbalanced brace of it"),
        ("{} { } {-}", "-"),
        ("", ""),
    ],
)
def test_sentence_case(title: str, sentence: str) -> None:
    assert " ".join(rich(title, sentence_case=True).split()) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H<sub>2</sub>O {a <b}", "H2O a <b"),
        ("<script>x</script>", "<script>x</script>"),
        ('<span class="nocase">x</span>', "x"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(st.sampled_from('<>/isupbn {}ac="'), max_size=60))
def test_tokens_nest_and_lose_nothing(text: str) -> None:
    stack = []
    for kind, name in tokens(text):
        if kind == "open":
            stack.append(name)
        elif kind == "close":
            assert stack.pop() == name
    assert stack == []


def test_of_crossing_tags_one_is_text() -> None:
    assert list(tokens("<i>a<b>b</i>c</b>")) == [
        ("text", "<i>a"),
        ("open", "b"),
        ("text", "b</i>c"),
        ("close", "b"),
    ]


@pytest.mark.parametrize(
    ("latex", "marked"),
    [
        (r"\textit{E. coli} and \emph{x}", "<i>E. coli</i> and <i>x</i>"),
        (r"{\em Homo} sapiens", "<i>Homo</i> sapiens"),
        (r"CO$_2$ and $10^{-3}$ and $\Phi$", "CO<sub>2</sub> and 10<sup>-3</sup> and Φ"),
        (r"\textsc{abc}", '<span style="font-variant:small-caps;">abc</span>'),
        (r"{NASA} and {\"o} and \v{S} and {\O}", "{NASA} and ö and Š and Ø"),
        (r"\href{https://example.org}{Text}", "Text"),
        (r"100\% \& more \_ \{x\}", "100% & more _ {x}"),
        (r"``a'' -- b~c", "“a” – b c"),
        ("no latex <b", "no latex <b"),
        ("a\ue000b", "ab"),
        ("open { brace", "open { brace}"),
        ("close } brace", "close brace"),
    ],
)
def test_latex_keeps_its_formatting(latex: str, marked: str) -> None:
    assert from_latex(latex) == marked


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\textit{", "$", "$a^{", "\\'{", "{\\em ", "<i>", "\\"]
)
def test_time_is_linear_in_the_length(piece: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        rich(from_latex(piece * count), sentence_case=True)
        return time.process_time() - start

    assert_linear(cost, 4_000, 2)


# --------------------------------------------------------------------------- inherited fields


def complete(child: Reference, *library: Reference) -> dict[str, str]:
    (made,) = inherited((child,), (child, *library), lambda entry: entry.fields)
    return dict(made.fields)


def test_a_chapter_takes_its_book() -> None:
    chapter = Reference("c", "incollection", {"title": "C", "author": "A", "crossref": "B"})
    book = Reference("b", "book", {"title": "Book", "editor": "E", "year": "2001", "author": "X"})
    assert complete(chapter, book) == {
        "title": "C",
        "author": "A",
        "crossref": "B",
        "booktitle": "Book",
        "editor": "E",
        "year": "2001",
        "bookauthor": "X",
    }


def test_its_own_date_wins_over_the_parents() -> None:
    chapter = Reference("c", "inbook", {"year": "1999", "crossref": "b"})
    book = Reference("b", "book", {"date": "2001-05"})
    assert "date" not in complete(chapter, book)


def test_xdata_keeps_the_names_of_fields() -> None:
    book = Reference("b", "book", {"xdata": "p, q"})
    press = Reference("p", "xdata", {"publisher": "P", "title": "T"})
    place = Reference("q", "xdata", {"location": "L"})
    made = complete(book, press, place)
    assert (made["publisher"], made["location"], made["title"]) == ("P", "L", "T")


def test_circles_and_missing_parents_end() -> None:
    one = Reference("a", "book", {"crossref": "b"})
    other = Reference("b", "book", {"crossref": "a", "publisher": "P"})
    assert complete(one, other)["publisher"] == "P"
    assert complete(Reference("a", "book", {"crossref": "a, gone"})) == {"crossref": "a, gone"}
