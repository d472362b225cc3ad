"""A file read again with what was kept of it is the file read anew."""

import struct
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bibtex import library
from exocite.bibliography import Document
from exocite.bibliography.blocks import Chunk, Shared, cut, read_chunk
from exocite.bibliography.kept import MAGIC, Kept

_BODY = len(MAGIC) + 32

PIECES = st.lists(
    st.sampled_from(
        [
            "@misc{a, x = {1}}\n",
            '@Article{b,\r\n  Title = "T" # jan,\r\n  y = 2,\r\n}\r\n',
            "@misc(c, x = 1)\n",
            "@misc{d}\n",
            "@misc{e, x = {a}, X = {b}}\n@ misc{inner, x = {1}}\n",
            "@misc{broken, x = {1\n",
            "@string{m = {M}}\n",
            "@comment{holds\n@misc{inside, x = {1}}\n}\n",
            "@comment{never closed {\n",
            "% text\n",
            "@misc{ö, title = {Ä \\{ {B}}}",
            "  @misc\n{f, x = {1}}\n",
        ]
    ),
    max_size=6,
).map("".join)


def same(one: Document, other: Document) -> bool:
    """Whether both say the same of every byte."""
    return (
        one._chunks == other._chunks
        and one.problems == other.problems
        and one.references == other.references
    )


@settings(max_examples=150, deadline=None)
@given(PIECES, PIECES)
def test_what_is_kept_changes_nothing(before: str, after: str) -> None:
    kept = Kept(b"".join(Document.parse(before.encode()).kept()))
    for text in (before, after, before + after, after + before):
        known = Document.parse(text.encode(), "refs.bib", kept)
        assert known.data == text.encode()
        assert same(known, Document.parse(text.encode(), "refs.bib"))
        assert set(kept.changed(text)) == set(cut(text)) - set(cut(before))


def test_what_is_kept_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Document.parse(library(50).encode())
    edited = first.set_field("key20", "title", "Another")
    kept = Kept(b"".join(first.kept()))
    read: list[str] = []

    def reading(text: str, shared: Shared) -> Chunk:
        read.append(text)
        return read_chunk(text, shared)

    monkeypatch.setattr("exocite.bibliography.chunked.read_chunk", reading)
    assert same(Document.parse(first.data, known=kept), first)
    assert not any("{key" in text for text in read)
    assert same(Document.parse(edited.data, known=kept), edited)
    changed = tuple(text for text in read if "{key" in text)
    assert changed == kept.changed(edited.text)
    assert len(changed) == 1
    assert "Another" in changed[0]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_is_damaged_is_as_good_as_none(data: st.DataObject) -> None:
    document = Document.parse(library(2).encode())
    whole = b"".join(document.kept())
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]])
    )
    kept = Kept(broken)
    assert not kept
    assert not kept.is_of(document.data)
    assert kept.changed(document.text) == tuple(cut(document.text))
    assert same(Document.parse(document.data, known=kept), document)


@pytest.mark.parametrize("data", [b"", b"exocite blocks 1\n", b"\0" * 200, b"exocite blocks 2\n"])
def test_nothing_is_kept_of_what_is_no_such_block(data: bytes) -> None:
    assert not Kept(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120))
def test_a_block_with_a_right_sum_and_any_content_does_no_harm(body: bytes) -> None:
    document = Document.parse(b"@misc{a, x = {1}}\n@misc{b, y = {2}}\n")
    for content in (body, b"".join(document.kept())[_BODY : _BODY + 40] + body):
        kept = Kept(MAGIC + sha256(content).digest() + content)
        again = Document.parse(document.data, known=kept)
        assert again.data == document.data


@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_places_outside_the_piece_are_not_used(places: list[int]) -> None:
    document = Document.parse(b"@misc{a, x = {1}}\n")
    whole = b"".join(document.kept())[_BODY:]
    forged = whole[:-40] + struct.pack("<10I", *places[:10])
    kept = Kept(MAGIC + sha256(forged).digest() + forged)
    (block,) = Document.parse(document.data, known=kept)._chunks[0].blocks
    if not all(a <= b for a, b in pairwise(places[:10])) or places[9] > 18:
        assert block == document._chunks[0].blocks[0]
