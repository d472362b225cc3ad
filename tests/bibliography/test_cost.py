"""What hostile and large files cost: no more than their length, an edit no more than its place."""

import time

import pytest

from exocite.bibliography import Document
from exocite.bibliography.blocks import Chunk, Shared, cut, read_chunk
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
