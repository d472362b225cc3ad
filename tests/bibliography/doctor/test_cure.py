"""Fixes change what they name and nothing else, and once is enough."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.bibliography.doctor import CODES, Finding, cure, examine, library_of
from tests.timing import assert_linear

PIECES = st.sampled_from(
    [
        "a", " ", "  ", "&", "&amp;", "&lt;", "<i>", "</i>", "<sub>", "</sub>", "%", "#", "_", "$",
        "{", "}", "\\", "\\&", '"', "DNA", "Ku, A.", " and ", "et al.", "12-15", "pp. ", "Ã©",
        "\ufeff", ",", ".", "\n", "\t", "https://doi.org/10.1000/x", "10.1000/x", "\\url{", "March",
        "ISBN ", "ü",
    ]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=8).map("".join)
NAMES = st.sampled_from(
    ["title", "author", "pages", "month", "doi", "url", "isbn", "journal", "abstract", "Year"]
)
FIELDS = st.lists(
    st.tuples(NAMES, st.sampled_from(["{%s}", '"%s"', "%s", '"%s" # x']), VALUES), max_size=4
)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(["article", "misc", "online"]), FIELDS), min_size=1, max_size=3
)


def _text(entries: list[tuple[str, list[tuple[str, str, str]]]], newline: str) -> str:
    blocks = [
        f"@{type_}{{k{number},\n"
        + "".join(f"  {name} = {form % value},\n" for name, form, value in fields)
        + "}\n"
        for number, (type_, fields) in enumerate(entries)
    ]
    return "% a comment\n\n".join(blocks).replace("\n", newline)


def _all(_finding: Finding) -> bool:
    return True


@given(ENTRIES, st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_once_is_enough_and_all_fixes_are_made(
    entries: list[tuple[str, list[tuple[str, str, str]]]], newline: str, mark: bytes
) -> None:
    document = Document.parse(mark + _text(entries, newline).encode(), "x.bib")
    library = library_of(document)
    done = cure(document, library, _all).document
    assert cure(done, library, _all).document.data == done.data
    assert len(done.blocks) == len(document.blocks)
    assert done.data.startswith(mark)


@given(ENTRIES, st.sampled_from([code for code, _ in CODES]), st.integers(0, 2))
def test_what_is_not_named_keeps_every_byte(
    entries: list[tuple[str, list[tuple[str, str, str]]]], code: str, number: int
) -> None:
    document = Document.parse(_text(entries, "\n").encode(), "x.bib")

    def wanted(one: Finding) -> bool:
        return one.code == code and one.key == f"k{number}"

    cured = cure(document, library_of(document), wanted)
    touched = {one.field for one in cured.fixed}
    assert all(one.code == code for one in cured.fixed)
    for before, after in zip(document.blocks, cured.document.blocks, strict=True):
        if before.block.key != f"k{number}":
            assert after.source == before.source
            continue
        assert after.block.names == before.block.names
        for name, old, new in zip(
            before.block.names, before.block.values, after.block.values, strict=True
        ):
            assert old == new or name.lower() in touched
    assert _between(cured.document) == _between(document)


def _between(document: Document) -> list[str]:
    pairs = zip(document.blocks, document.blocks[1:], strict=False)
    return [document.text[one.end : other.start] for one, other in pairs]


def test_several_fixes_of_one_field_are_all_made() -> None:
    text = "@misc{k, title = { The DNA &amp; 5% of <i>E. coli</i>,  }}\n"
    document = Document.parse(text.encode())
    done = cure(document, library_of(document), _all)
    wanted = r"@misc{k, title = {The {DNA} \& 5\% of \textit{E. coli}}}" + "\n"
    assert done.document.text == wanted
    assert [one for one in examine(done.document) if one.fix] == []


def test_a_character_that_the_encoding_lacks_is_not_put_in() -> None:
    data = "@misc{k, title = {ü &hearts; &alpha; &eacute;}}\n".encode("latin-1")
    document = Document.parse(data)
    done = cure(document, library_of(document), _all).document
    wanted = "@misc{k, title = {ü &hearts; {\\ensuremath{\\alpha}} é}}\n"
    assert done.data == wanted.encode("latin-1")


def test_entries_of_one_key_are_each_cured() -> None:
    text = "@misc{k, pages = {1-2}}\n@misc{k, pages = {3-4}}\n"
    document = Document.parse(text.encode())
    assert cure(document, library_of(document), _all).document.text == text.replace("-", "--")


HOSTILE = ["{", "<i>", "&amp;", "$", " et al", "\\", " ", "1-", " and ", "- ", "<i ", "A "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_values_take_no_longer_than_their_length(piece: str) -> None:
    def seconds(size: int) -> float:
        names = ("title", "author", "pages", "year", "isbn", "url", "doi", "journal")
        fields = "".join(f"{name} = {{{piece * size}}},\n" for name in names)
        document = Document.parse(f"@article{{k, {fields}}}\n".encode())
        start = time.process_time()
        examine(document)
        return time.process_time() - start

    assert seconds(2000) < 40 * (seconds(200) + 0.005)


@pytest.mark.parametrize(
    ("name", "before", "piece"),
    [
        ("title", "", "a"),
        ("title", "$1$ ", "a"),
        ("title", "", "\\( "),
        ("title", "", "\\ref[ "),
        ("title", "", "Ab "),
        ("isbn", "1", "\u2003"),
        ("note", "", "a & "),
    ],
)
def test_one_long_value_costs_no_more_than_its_length(name: str, before: str, piece: str) -> None:
    def seconds(size: int) -> float:
        value = before + piece * size + "b"
        document = Document.parse(f"@article{{k, {name} = {{{value}}}}}\n".encode())
        start = time.process_time()
        cure(document, library_of(document), _all)
        return time.process_time() - start

    assert_linear(seconds, 1_000, 8)
