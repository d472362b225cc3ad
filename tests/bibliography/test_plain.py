"""What is read plainly is what bibtexparser reads, and what is in doubt is left to it."""

import time

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateFieldKeyBlock, Entry
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bibtex import library
from exocite.bibliography.blocks import cut
from exocite.bibliography.plain import plain_entry
from tests.timing import assert_linear

VALUES = st.recursive(
    st.sampled_from(["a", "12", "jan", "x # y", " ", "é", "=", ",", "@", "#", "%", "(", ")", "~"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        inner.map("{{{}}}".format),
        inner.map('"{}"'.format),
        inner.map('"a {{{}}} b"'.format),
        st.sampled_from(
            ['{\\"u}', "\\{", "\\}", "\\\\", '"', "{", "}", '{"}', "\\&", "\r\n", "\n"]
        ),
    ),
    max_leaves=6,
)
FIELDS = st.tuples(
    st.sampled_from(["title", " Title", "\n\tx-y", "title", "a b", "1", ""]),
    st.sampled_from(["=", " = ", "\n=\n", " "]),
    VALUES,
    st.sampled_from(["", "\n", " "]),
).map("".join)
ENTRIES = st.tuples(
    st.sampled_from(["@misc{", " @Article {", "@STRINGS{", "@misc(", "@comments{", "@a-b{", "@é{"]),
    st.sampled_from(["key", " k:1 ", "K@1", "", "a b", "ö"]),
    st.sampled_from([",", " ,\n ", ""]),
    st.lists(FIELDS, max_size=4).map(",".join),
    st.sampled_from(["}", ",\n}", "\n}\n% rest", "}} x", ")", ""]),
).map("".join)


def agrees(text: str) -> bool:
    """Whether the entry was read, once it is certain that bibtexparser reads the same."""
    found = plain_entry(text)
    if found is None:
        return False
    block = parse_string(text, parse_stack=()).blocks[0]
    if isinstance(block, DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    assert isinstance(block, Entry)
    assert (found.type, found.key) == (block.entry_type, block.key)
    assert found.names == tuple(field.key for field in block.fields)
    assert found.values == tuple(field.value for field in block.fields)
    assert text[found.start : found.end] == block.raw
    return True


@settings(max_examples=500, deadline=None)
@given(ENTRIES)
def test_it_is_what_bibtexparser_reads(text: str) -> None:
    for piece in cut(text):
        agrees(piece)


def test_most_entries_are_plain() -> None:
    assert sum(map(agrees, cut(library(300)))) == 300


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, x = {1}, y = }",
        "@misc{a, x = {1} y = {2}}",
        "@misc{a, x = {\\{}}",
        '@misc{a, x = "a {"} b"}',
        '@misc{a, x = "\\"u"}',
        "@misc{a}",
        "@misc(a, x = 1)",
        "@string{a = {1}}",
        "@commentary{a, x = {1}}",
        "@misc{a, x = {1}, , y = {2}}",
        "@misc{a, % why\n x = {1}}",
        "@misc{a, x = {{{{{{{deep}}}}}}}}",
        "@misc{a, x = {never closed",
        " text @misc{a, x = {1}}",
        "",
    ],
)
def test_what_is_in_doubt_is_left_alone(text: str) -> None:
    assert plain_entry(text) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("{1}", "{1}"),
        ('"a, {b} = c"', '"a, {b} = c"'),
        ('"a" # jan # {b}', '"a" # jan # {b}'),
        ('"M{\\"u}ller"', '"M{\\"u}ller"'),
        ("2020", "2020"),
        ("{a {b {c}} @d{e}}", "{a {b {c}} @d{e}}"),
        ("{\\\\ \\& %}", "{\\\\ \\& %}"),
    ],
)
def test_values_are_as_they_are_written(values: str, expected: str) -> None:
    text = f"  @Misc {{ k ,\r\n X = {values} ,\n}} rest"
    found = plain_entry(text)
    assert found is not None
    assert (found.type, found.key, found.names, found.values) == ("misc", "k", ("X",), (expected,))
    assert text[found.start : found.end] == text.strip().removesuffix(" rest")
    assert agrees(text)


@pytest.mark.parametrize(
    ("before", "repeated"),
    [
        ("@misc{a, x = ", "{"),
        ("@misc{a, x = {", "{b}"),
        ("@misc{a, x = {", "{{b} "),
        ("@misc{a, ", " "),
        ("@misc{a, x = ", "a # "),
        ('@misc{a, x = "', "{a}"),
        ("@misc{a, x = {", "\\"),
        ("@misc{a, ", "x = 1, "),
    ],
)
def test_hostile_text_takes_no_long_time(before: str, repeated: str) -> None:
    def cost(size: int) -> float:
        text = before + repeated * size
        start = time.process_time()
        assert plain_entry(text) is None
        return time.process_time() - start

    assert_linear(cost, 20_000)
