"""Two entries made one: which stays, what becomes of each field, and what else names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.bibliography.merging import choices, fuller, merged, preferred
from exocite.errors import BibliographyError

BIB = """\
% by hand
@string{jcb = "Journal of Cell Biology"}
@article{ku2023,
  author  = {Ku, Ying and others},
  title   = {Vesicles of {Cells}},
  journal = jcb,
  year    = 2023,
  pages   = {3}
}

@Article{Ku2023a, author={Ku, Ying and Lee, Ann}, title={Vesicles of cells}, journal={J Cell Biol},
  year={2023}, pages={3--19}, doi={10.5555/ku}, abstract={They carry RNA.}}

@incollection{part, title={A part}, related={Ku2023a, other}, crossref={whole}}
@book{whole, title={The whole}}
"""


def document(text: str = BIB) -> Document:
    return Document.parse(text.encode(), "references.bib")


def test_the_entry_with_a_doi_stays_else_the_fuller_else_the_first() -> None:
    assert preferred(document(), "ku2023", "Ku2023a") == ("Ku2023a", "ku2023")
    without = document().remove_field("Ku2023a", "doi")
    assert preferred(without, "ku2023", "Ku2023a") == ("Ku2023a", "ku2023")
    equal = without.remove_field("Ku2023a", "abstract")
    assert preferred(equal, "ku2023", "Ku2023a") == ("ku2023", "Ku2023a")


def test_each_field_is_told() -> None:
    found = {choice.field: choice for choice in choices(document(), "ku2023", "Ku2023a")}
    assert list(found) == ["author", "title", "journal", "year", "pages", "doi", "abstract"]
    assert found["author"].kept == "Ku, Ying and Lee, Ann"
    assert found["pages"].kept == "3--19"
    assert found["journal"].kept == "Journal of Cell Biology"
    assert found["journal"].lost == "J Cell Biol"
    assert found["journal"].differs
    assert not found["title"].differs
    assert not found["year"].differs
    assert found["abstract"].taken
    assert found["abstract"].lost == ""


def test_a_field_can_be_taken_by_choice() -> None:
    (journal,) = [
        choice
        for choice in choices(document(), "ku2023", "Ku2023a", ["Journal"])
        if choice.field == "journal"
    ]
    assert (journal.kept, journal.lost) == ("J Cell Biol", "Journal of Cell Biology")
    with pytest.raises(BibliographyError, match="Ku2023a has no field volume"):
        choices(document(), "ku2023", "Ku2023a", ["volume"])


def test_nothing_else_of_the_file_changes() -> None:
    after = merged(document(), "ku2023", "Ku2023a").text
    assert after == (
        """\
% by hand
@string{jcb = "Journal of Cell Biology"}
@article{ku2023,
  author  = {Ku, Ying and Lee, Ann},
  title   = {Vesicles of {Cells}},
  journal = jcb,
  year    = 2023,
  pages   = {3--19},
  doi     = {10.5555/ku},
  abstract = {They carry RNA.}
}

@incollection{part, title={A part}, related={ku2023, other}, crossref={whole}}
@book{whole, title={The whole}}
"""
    )


def test_a_list_that_names_both_names_one() -> None:
    both = document().set_latex("part", "related", "ku2023, Ku2023a, other")
    assert merged(both, "ku2023", "Ku2023a").latex("part")["related"] == "ku2023, other"


def test_a_child_keeps_its_parent_whatever_the_case_in_which_it_names_it() -> None:
    document = Document.parse(
        b"@book{a, title={T}}\n@book{b, title={T}}\n@inbook{c, crossref={A}, related={x, B}}\n"
    )
    after = merged(document, "b", "a")
    assert after.raw("c") == "@inbook{c, crossref={b}, related={x, B}}"
    named = Document.parse(b"@book{a, title={T}, crossref={B}}\n@book{b, title={T}}\n")
    for keep, drop in (("a", "b"), ("b", "a")):
        with pytest.raises(BibliographyError, match="names b as another work"):
            merged(named, keep, drop)
    # Where the file has both, a name means the entry that is written so.
    both = Document.parse(b"@book{a}\n@book{A}\n@book{b}\n@inbook{c, crossref={A}}\n")
    assert merged(both, "b", "a").raw("c") == "@inbook{c, crossref={A}}"


def test_merging_twice_or_with_itself_is_refused() -> None:
    once = merged(document(), "ku2023", "Ku2023a")
    with pytest.raises(BibliographyError, match="there is no entry 'Ku2023a'"):
        merged(once, "ku2023", "Ku2023a")
    with pytest.raises(BibliographyError, match="with itself"):
        merged(once, "ku2023", "ku2023")


def test_a_part_is_not_merged_into_its_volume() -> None:
    for keys in (("whole", "part"), ("part", "whole")):
        with pytest.raises(BibliographyError, match="part names whole as another work"):
            merged(document(), *keys)


def test_entries_of_one_key_are_for_a_person() -> None:
    twice = document(BIB + "@misc{ku2023, title={Another}}\n")
    with pytest.raises(BibliographyError, match="key of 2 entries"):
        merged(twice, "Ku2023a", "ku2023")


@pytest.mark.parametrize(
    ("name", "left", "right", "expected"),
    [
        ("pages", "3--19", "3", True),
        ("pages", "3", "3--19", False),
        ("title", "Vesicles: a review", "{V}esicles", True),
        ("title", "Vesicles", "{V}esicles", False),
        ("author", "Ku, Y. and Lee, A.", "Ku, Y.", True),
        ("author", "Ku, Y. and Lee, A.", "Ku, Y. and others", True),
        ("author", "Ku, Y. and others", "Ku, Y. and Lee, A.", False),
        ("year", "2023", "2024", False),
        ("related", "a, b", "a", False),
    ],
)
def test_fuller(name: str, left: str, right: str, expected: bool) -> None:
    assert fuller(name, left, right) is expected


MODELS = """\
@article{a, title={T}, journal={J. Cell}, year={2020}, archiveprefix={arXiv}}
@article{b, title={T}, journaltitle={J. Cell Biology}, date={2020-05}, eprinttype={arxiv}}
"""


def test_what_the_two_models_name_differently_is_one_field() -> None:
    after = merged(document(MODELS), "a", "b")
    assert after.latex("a") == {
        "title": "T",
        "journal": "J. Cell Biology",
        "year": "2020",
        "archiveprefix": "arXiv",
    }
    told = {one.field: one for one in choices(document(MODELS), "a", "b")}
    assert list(told) == ["title", "journal", "year", "archiveprefix"]
    assert (told["year"].lost, told["year"].differs) == ("2020-05", True)
    other = merged(document(MODELS), "b", "a").latex("b")
    assert list(other) == ["title", "journaltitle", "date", "eprinttype"]
    assert other["date"] == "2020-05"


def test_a_date_comes_for_a_year_by_choice() -> None:
    after = merged(document(MODELS), "a", "b", ["date", "journaltitle"]).latex("a")
    assert (after["date"], "year" in after) == ("2020-05", False)
    assert (after["journal"], "journaltitle" in after) == ("J. Cell Biology", False)


VALUES = st.text("abc12-", min_size=1, max_size=8)
FIELDS = st.dictionaries(st.sampled_from(["title", "note", "pages", "volume"]), VALUES)


@given(FIELDS, FIELDS)
def test_no_value_is_lost_without_a_word(ours: dict[str, str], theirs: dict[str, str]) -> None:
    start = Document.parse(b"").add("misc", "a", ours | {"year": "1"})
    start = start.add("misc", "b", theirs | {"year": "1"})
    before = {**start.latex("a")}, {**start.latex("b")}
    after = merged(start, "a", "b").latex("a")
    told = {choice.field: choice for choice in choices(start, "a", "b")}
    for fields in before:
        for name, value in fields.items():
            assert value in (after[name], told[name].lost)
    assert [entry.key for entry in merged(start, "a", "b").references] == ["a"]
