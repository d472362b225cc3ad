"""Crossref asked for books by their ISBN."""

from __future__ import annotations

import pytest

from exocite.errors import AnswerError, RegistryError
from exocite.registries import Identifying
from tests.registries.conftest import Connect, record
from tests.registries.outcomes import OUTCOMES, lasting, patience

ISBN = "9780306406157"


def book(doi: str, *isbn: str, type: str = "book") -> dict[str, object]:  # noqa: A002 - Crossref's name
    return record(doi, f"A book, {doi}", ISBN=list(isbn), type=type)


BOOKS = [
    book("10.5555/book", ISBN, "9780804429573"),
    book("10.5555/book.1", ISBN, type="book-chapter"),
    book("10.5555/twice.1", "9781861972712"),
    book("10.5555/twice.2", "9781861972712", type="monograph"),
]


@pytest.mark.parametrize(
    ("isbn", "doi"),
    [(ISBN, "10.5555/book"), ("0306406152", "10.5555/book"), ("9780804429573", "10.5555/book")],
)
def test_the_book_and_not_its_chapters(connect: Connect, isbn: str, doi: str) -> None:
    bench = connect(records=BOOKS)
    assert isinstance(bench.crossref, Identifying)
    work = bench.crossref.identified("isbn", isbn)
    assert work is not None
    assert work.doi == doi
    assert len(bench.fake.requests) == 1


def test_an_unknown_isbn_is_no_work(connect: Connect) -> None:
    assert connect(records=BOOKS).crossref.identified("isbn", "9780262033848") is None


def test_several_books_of_one_isbn_are_named(connect: Connect) -> None:
    with pytest.raises(AnswerError, match=r"10\.5555/twice\.1, 10\.5555/twice\.2"):
        connect(records=BOOKS).crossref.identified("isbn", "9781861972712")


@pytest.mark.parametrize("isbn", ["", "9780306406158", "97803064061571", "1,type:x", "😀"])
def test_what_is_no_isbn_is_not_asked_for(connect: Connect, isbn: str) -> None:
    bench = connect(records=BOOKS)
    with pytest.raises(AnswerError, match="was not asked"):
        bench.crossref.identified("isbn", isbn)
    assert bench.fake.requests == []


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_a_fault_is_no_word_on_a_book(connect: Connect, name: str) -> None:
    bench = connect(lasting(name), records=BOOKS, **patience(name))
    with pytest.raises(RegistryError) as caught:
        bench.crossref.identified("isbn", ISBN)
    assert type(caught.value) is OUTCOMES[name][0]
