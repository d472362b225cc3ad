"""Between print, registry and .bib: nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exocite.bibliography.document import Document
from exocite.model import Name, Reference, Work
from exocite.references.entries import authors, from_parsed, from_work, to_parsed, year_shown
from exocite.references.parse import parse

RAW = 'Brandt, Olga M., et al. "Drift of lichens." Journal of Slow Ecology 14.3 (2018): 201-219.'


def test_a_printed_article_as_an_entry() -> None:
    assert from_parsed(parse(RAW)) == (
        "article",
        {
            "author": "Brandt, Olga M. and others",
            "title": "Drift of lichens",
            "journal": "Journal of Slow Ecology",
            "year": "2018",
            "volume": "14",
            "number": "3",
            "pages": "201–219",
        },
    )


def test_an_entry_is_read_back_as_it_was_printed() -> None:
    printed = parse(RAW)
    kind, fields = from_parsed(printed)
    back = to_parsed(Reference("brandt2018", kind, fields))
    assert replace(back, raw="") == replace(printed, raw="")
    assert replace(parse(back.raw), raw="") == replace(printed, raw="")


@pytest.mark.parametrize("pages", ["201-219", "201–219", "201--219"])
def test_a_range_of_pages_is_written_with_two_hyphens(pages: str) -> None:
    _, fields = from_work(Work("10.1/x", type="journal-article", pages=pages))
    written = Document.parse(b"", "x.bib").add("article", "k", fields).data
    assert b"pages = {201--219}" in written


def test_initials_run_together_are_taken_apart() -> None:
    raw = "Katan MB, Klein A-M, Ku J. Drift of lichens. Slow Ecology. 2005;3:1-4."
    _, fields = from_parsed(parse(raw))
    assert fields["author"] == "Katan, M. B. and Klein, A.-M. and Ku, J."
    assert from_work(Work("10.1/x", authors=(Name("Katan", "MB"),)))[1]["author"] == "Katan, M. B."


@pytest.mark.parametrize(
    ("printed", "author", "title", "url"),
    [
        (
            (
                "World Health Organization. Coffee and cancer. https://who.example/x."
                " Accessed 2 May 2020."
            ),
            "{World Health Organization}",
            "Coffee and cancer",
            "https://who.example/x",
        ),
        (
            (
                "European Medicines Agency (EMA). Guideline on walls. https://ema.example/x."
                " Accessed May 2, 2020."
            ),
            "{European Medicines Agency}",
            "Guideline on walls",
            "https://ema.example/x",
        ),
        (
            (
                "U.S. Food and Drug Administration. On walls. [cited 2020 May 2]. Available from:"
                " https://fda.example/"
            ),
            "{U.S. Food and Drug Administration}",
            "On walls",
            "https://fda.example/",
        ),
    ],
)
def test_a_web_page_of_a_body(printed: str, author: str, title: str, url: str) -> None:
    kind, fields = from_parsed(parse(printed))
    assert kind == "online"
    assert fields == {"author": author, "title": title, "url": url, "urldate": "2020-05-02"}


def test_a_work_as_an_entry() -> None:
    work = Work(
        doi="10.1234/abc",
        type="book-chapter",
        title="Granite",
        subtitle="a census",
        authors=(Name("Brandt", "Olga"), Name(literal="Wall Group")),
        editors=(Name("Cruz", "Juan", "de la"),),
        container="Walls of the North",
        publisher="Moss Press",
        year="2011",
        pages="11-39",
        isbn=("9780306406157",),
        url="https://doi.org/10.1234/abc",
    )
    kind, fields = from_work(work)
    assert kind == "incollection"
    assert fields == {
        "author": "Brandt, Olga and {Wall Group}",
        "editor": "de la Cruz, Juan",
        "title": "Granite: a census",
        "booktitle": "Walls of the North",
        "publisher": "Moss Press",
        "year": "2011",
        "pages": "11–39",
        "doi": "10.1234/abc",
        "isbn": "9780306406157",
    }


def test_types_name_their_fields() -> None:
    assert from_work(Work("10.1/x", type="dissertation", publisher="Leeds"))[1]["school"] == "Leeds"
    assert from_work(Work("10.1/x", type="report", publisher="Leeds"))[1]["institution"] == "Leeds"
    assert from_work(Work("10.1/x", type="a-new-type")) == ("misc", {"doi": "10.1/x"})


def test_a_biblatex_entry_as_a_reference() -> None:
    reference = Reference(
        "k",
        "article",
        {
            "author": "van der Berg, Anna and others",
            "title": "Drift",
            "subtitle": "a census",
            "journaltitle": "Slow Ecology",
            "date": "2018-03-01",
            "pages": "201--219",
            "doi": "https://doi.org/10.1234/ABC",
        },
    )
    read = to_parsed(reference)
    assert read.authors == (Name("Berg", "Anna", "van der"),)
    assert read.et_al
    assert read.title == "Drift: a census"
    assert (read.container, read.year, read.pages) == ("Slow Ecology", "2018", "201-219")
    assert read.doi == "10.1234/abc"
    assert "Drift: a census" in read.raw


def test_editors_stand_for_authors() -> None:
    assert authors(Reference("k", "book", {"editor": "Ku, Y."})) == (Name("Ku", "Y."),)
    assert authors(Reference("k", "misc", {})) == ()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"year": "2019"}, "2019"),
        ({"date": "2019-03/2020-01"}, "2019"),
        ({"year": "c. 1850"}, "1850"),
        ({"date": "-0044-03-15"}, "45 BC"),
        ({"date": "0000"}, "1 BC"),
        ({"date": "-0340~/-0320"}, "341 BC"),
        ({"year": "44 BC"}, "44 BC"),
        ({"year": "c. 340 B.C.E."}, "340 BC"),
        ({"year": "340 bce"}, "340 BC"),
        ({"year": "12 Because"}, ""),
        ({"year": "800"}, "800"),
        ({"date": "0800"}, "800"),
        ({"year": "in press"}, ""),
        ({"date": "../2001"}, "2001"),
        ({}, ""),
    ],
)
def test_a_year_is_shown_as_people_write_it(fields: dict[str, str], shown: str) -> None:
    assert year_shown(Reference("a", "book", fields)) == shown
