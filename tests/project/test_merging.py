"""Which entries of a bibliography are compared as one work, with what they inherit."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite import config
from exocite.project import Project
from exocite.project.merging import duplicates

BOOK = """\
@collection{book, editor={Ku, Ying}, title={Handbook of vesicles}, year={2020}, publisher={P},
  FIELDS}
"""
CHAPTERS = """\
@incollection{one, author={Ku, Ying}, title={Exosomes carry RNA}, crossref={book}}
@incollection{two, author={Lee, Ann}, title={Tea and iron}, crossref={book}, pages={20--31}}
@incollection{three, title={Introduction}, crossref={book}}
"""


def pairs(folder: Path, bibliography: str) -> list[tuple[str, str, str]]:
    """The answers on the pairs of entries, by citekey."""
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(bibliography, encoding="utf-8")
    entries, found = duplicates(Project(config.load(folder, {})))
    named = [(entries[p.left].key, entries[p.right].key, p.answer.value) for p in found.pairs]
    return [(min(one, other), max(one, other), answer) for one, other, answer in named]


@pytest.mark.parametrize(
    "fields",
    [
        "doi={10.5555/book}",
        "url={https://doi.org/10.5555/book}",
        "eprint={2001.00001}, eprinttype={arxiv}",
        "note={arXiv:2001.00001}",
        "pages={1--500}, volume={3}",
        "eid={e7}, volume={3}",
        "isbn={9780306406157}",
    ],
)
@pytest.mark.parametrize("parent", ["crossref", "xdata"])
def test_chapters_are_not_taken_for_their_book(tmp_path: Path, fields: str, parent: str) -> None:
    book = BOOK.replace("FIELDS", fields)
    assert pairs(tmp_path, book + CHAPTERS.replace("crossref", parent)) == []


def test_a_chapter_is_known_again_where_its_book_is_written_out(tmp_path: Path) -> None:
    whole = """\
@incollection{whole, author={Ku, Ying}, title={Exosomes carry RNA}, editor={Ku, Ying},
  booktitle={Handbook of vesicles}, year={2020}, publisher={P}, isbn={9780306406157}}
"""
    book = BOOK.replace("FIELDS", "doi={10.5555/book}, isbn={9780306406157}")
    assert pairs(tmp_path, book + CHAPTERS + whole) == [("one", "whole", "same")]


def test_an_identifier_of_a_chapters_own_counts(tmp_path: Path) -> None:
    own = CHAPTERS.replace("crossref={book}}", "crossref={book}, doi={10.5555/book.1}}", 1)
    whole = "@misc{copy, title={Exosomes carry RNA}, author={Ku, Ying}, doi={10.5555/book.1}}\n"
    book = BOOK.replace("FIELDS", "doi={10.5555/book}")
    assert pairs(tmp_path, book + own + whole) == [("copy", "one", "same")]
