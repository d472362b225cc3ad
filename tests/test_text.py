"""Offsets to places and back, visible text that leads back to its source, and safe printing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Span
from exocite.text import (
    Lines,
    VisibleText,
    collapsed,
    digest,
    folded,
    printable,
    source_span,
    trimmed,
    visible_offset,
    without_spans,
)


@pytest.mark.parametrize(
    ("source", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\n\r\nb", 5, (3, 1)),
        ("é😀x", 2, (1, 3)),
        ("a\n", 2, (2, 1)),
        ("ab", 99, (1, 3)),
    ],
)
def test_line_and_column(source: str, offset: int, place: tuple[int, int]) -> None:
    assert Lines(source).position(offset) == place


@given(st.text(alphabet="ab\r\n😀é", max_size=40), st.data())
def test_positions_lead_back_to_offsets(source: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(source)))
    lines = Lines(source)
    line, column = lines.position(offset)
    assert lines.offset(line, column) == offset
    assert line == 1 + source[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n") - (
        source[offset - 1 : offset + 1] == "\r\n"
    )


Piece = tuple[str, str]
PIECES = st.lists(
    st.one_of(
        st.tuples(st.just("copy"), st.text("abc é😀", min_size=1, max_size=6)),
        st.tuples(st.just("hide"), st.text("*<>", min_size=1, max_size=4)),
        st.tuples(st.just("replace"), st.sampled_from(["&amp;", "\n  ", "&#233;"])),
    ),
    max_size=8,
)


@given(PIECES)
def test_visible_text_leads_back_to_its_source(pieces: list[Piece]) -> None:
    source = "".join(text for _, text in pieces)
    visible, at = VisibleText(), 0
    for kind, text in pieces:
        if kind == "copy":
            visible.copy(source, at, at + len(text))
        elif kind == "replace":
            visible.replace("&", at, at + len(text))
        at += len(text)
    text, runs = visible.build()
    assert len(text) == len(visible) == sum(run.text_length for run in runs)
    for run in runs:
        if run.text_length == run.source_length:
            stretch = text[run.text_start : run.text_start + run.text_length]
            source_end = run.source_start + run.source_length
            assert source[run.source_start : source_end] == stretch
    for offset in range(len(text)):
        span = source_span(runs, offset, offset + 1)
        assert 0 <= span.start < span.end <= len(source)
        if text[offset] != "&":
            assert source[span.start : span.end] == text[offset]
            assert visible_offset(runs, span.start) == offset


def test_a_span_over_markup_runs_from_text_to_text() -> None:
    source = "**bold** and &lt;plain"
    visible = VisibleText()
    visible.copy(source, 2, 6)
    visible.copy(source, 8, 13)
    visible.replace("<", 13, 17)
    visible.copy(source, 17, 22)
    text, runs = visible.build()
    assert text == "bold and <plain"
    assert source_span(runs, 0, 4) == Span(2, 6)
    assert source_span(runs, 0, len(text)) == Span(2, 22)
    assert source_span(runs, 9, 10) == Span(13, 17)
    assert source_span(runs, 3, 3) == Span(5, 5)
    assert visible_offset(runs, 0) == 0
    assert visible_offset(runs, 7) == 4
    assert visible_offset(runs, 15) == 9
    assert visible_offset(runs, 22) == len(text)


@pytest.mark.parametrize(
    ("text", "spans", "rest"),
    [
        ("Skin ages [@a]. Hair too.", [(10, 14)], "Skin ages. Hair too."),
        ("Skin ages.[3] Later", [(10, 13)], "Skin ages. Later"),
        ("a b c", [(2, 3), (2, 3)], "a c"),
        ("a", [(0, 1)], ""),
    ],
)
def test_text_without_its_markers(text: str, spans: list[tuple[int, int]], rest: str) -> None:
    assert without_spans(text, spans) == rest


def test_trimmed_collapsed_folded_and_digest() -> None:
    assert trimmed("  a b ", 0, 6) == (2, 5)
    assert trimmed("   ", 0, 3) == (3, 3)
    assert collapsed(" a\n\tb\u00a0c ") == "a b c"
    assert folded("Éxosomes  ﬁne") == "exosomes fine"
    assert digest("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert digest("\ud800")


@given(st.text())
def test_printable_text_cannot_command_a_terminal(text: str) -> None:
    safe = printable(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in safe)
    assert not any(c in "\x7f\x9b\u202e\u2066\u200f" for c in safe)
    safe.encode("utf-8")


def test_printable_shows_what_it_disarms() -> None:
    assert printable("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
