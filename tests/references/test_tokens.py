"""Where printed references are cut, and that every piece knows its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.references.tokens import tokens
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("2018;14(3):201-219.", "2018; 14 (3): 201-219."),
        ("14(3),201–219", "14 (3), 201–219"),
        ("Brandt,O.,Cruz,J.", "Brandt, O., Cruz, J."),
        ("Ecology82 (6)", "Ecology 82 (6)"),
        ("Phys.95", "Phys. 95"),
        ("2018Aug 3", "2018 Aug 3"),
        ("J.-P. O’Neill", "J.-P. O’Neill"),
        ("https://doi.org/10.1234/a(1):2;3,4", "https://doi.org/10.1234/a(1):2;3,4"),
        ("doi:10.1234/abc(5)6", "doi:10.1234/abc(5)6"),
        ("S5–S9 e20476 D47", "S5–S9 e20476 D47"),
        ("岩壁，地衣学报．2018", "岩壁， 地衣学报． 2018"),
        ("Cruz&nbsp;&amp; Berg", "Cruz & Berg"),
        ("Lett . 53 ( 2006 ) ,Vol .225", "Lett. 53 (2006), Vol. 225"),
        ("J .P.Brandt ,T .Cruz", "J. P. Brandt, T. Cruz"),
        ("WallsOf LostlyBlanks inSlow McCruz", "WallsOf Lostly Blanks in Slow McCruz"),
        ("SlowlyLost", "Slowly Lost"),
        ("", ""),
    ],
)
def test_pieces(raw: str, pieces: str) -> None:
    assert " ".join(token.text for token in tokens(raw)) == pieces


def test_pieces_without_a_blank_between_them_share_a_chunk() -> None:
    assert [token.chunk for token in tokens("Slow Ecology 14(3):2")] == [0, 1, 2, 2, 2]


@given(st.text(max_size=200) | st.text(alphabet="Aa1(.,;:)- &amp;#x41;“”\n", max_size=200))
def test_pieces_stand_in_order_and_cover_all_but_blanks(raw: str) -> None:
    found = tokens(raw)
    end = 0
    for token in found:
        assert end <= token.span.start < token.span.end <= len(raw)
        if "&" not in raw:
            assert "".join(raw[token.span.start : token.span.end].split()) == token.text
            assert not raw[end : token.span.start].strip()
        end = token.span.end
    if "&" not in raw:
        assert not raw[end:].strip()


@pytest.mark.parametrize("piece", ["1;", "a(", "&amp;", "&", "A.", "1", " x", "é1"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        tokens(text)
        return time.process_time() - started

    assert_linear(spent, 4000, 4)
