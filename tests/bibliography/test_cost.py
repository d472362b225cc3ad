"""What hostile and large files cost: no more than their length, an edit no more than its place."""

import time

import pytest

from exocite.bibliography import Document
from exocite.bibliography.blocks import Chunk, Shared, cut, read_chunk
from exocite.bibliography.imports.additions import Additions
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("@misc{a, x = ", "unknown # ", "last}"),
        ("@misc{a, ", "x = 1, ", "}"),
        ("", "@misc{a, x = {1}}\n", ""),
        ("", "@misc{a, x = {1\n", ""),
        ("", "@comment{open {\n", ""),
    ],
)
def test_problems_are_found_in_linear_time(before: str, repeated: str, after: str) -> None:
    def cost(size: int) -> float:
        data = (before + repeated * size + after).encode()
        start = time.process_time()
        assert Document.parse(data).problems
        return time.process_time() - start

    assert_linear(cost, 1_000)


@pytest.mark.parametrize(
    ("comment", "everything"),
    [("@comment{closed @misc{x}}\n", False), ("@comment{holds\n@misc{x, y = {1}}\n}\n", True)],
)
def test_an_edit_cuts_only_what_stands_around_it(
    monkeypatch: pytest.MonkeyPatch, comment: str, *, everything: bool
) -> None:
    entries = "".join(f"@misc{{k{number}, x = {{1}}}}\n" for number in range(20))
    document = Document.parse((entries + comment + entries.replace("k", "m")).encode())
    seen: list[str] = []
    read: list[str] = []

    def cutting(text: str) -> list[str]:
        seen.append(text)
        return list(cut(text))

    def reading(text: str, shared: Shared) -> Chunk:
        read.append(text)
        return read_chunk(text, shared)

    monkeypatch.setattr("exocite.bibliography.chunked.cut", cutting)
    monkeypatch.setattr("exocite.bibliography.chunked.read_chunk", reading)
    edited = document.set_field("k7", "x", "2").set_field("m19", "x", "3")
    assert read == ["@misc{k7, x = {2}}\n", "@misc{m19, x = {3}}\n"]
    assert (max(map(len, seen)) > len(entries)) == everything
    monkeypatch.undo()
    assert edited._chunks == Document.parse(edited.data)._chunks


def test_macros_that_build_on_one_another_hold_no_more_than_a_file_may() -> None:
    large = "@string{a = {" + "x" * 9_000 + "}}\n"
    strings = "".join(f'@string{{b{number} = a # "y"}}\n' for number in range(1_000))
    document = Document.parse((large + strings + "@misc{k, note = b0, title = b999}\n").encode())
    (entry,) = document.references
    assert entry.get("note") == "x" * 9_000 + "y"
    assert entry.get("title") == 'a # "y"'


def test_a_macro_that_is_too_long_is_told_as_such() -> None:
    document = Document.parse(
        b"@string{a = {" + b"x" * 6_000 + b"}}\n@string{b = {B}}\n@misc{k, note = a # a # b}\n"
    )
    assert document.references[0].get("note") == "x" * 6_000 + "aB"
    assert [one.message for one in document.problems] == [
        "a stands for too long a text here and is not filled in"
    ]


def test_a_title_of_many_open_spans_costs_no_more_than_its_length() -> None:
    def cost(size: int) -> float:
        additions = Additions(Document.parse(b""))
        start = time.process_time()
        additions.add("book", "k", {"title": '<span class="nocase">a ' * size})
        return time.process_time() - start

    assert_linear(cost, 500)
