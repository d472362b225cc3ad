"""Several references in one stretch of text are told apart, and one is never cut."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.references.several import apart
from tests.timing import assert_linear

ONE = "Brandt OM, Nkemelu T. Drift of lichens. J Slow Ecol. 2018;14(3):201-219."
TWO = "Cruz J. Walls of the north: a census; with maps. Ecol Lett. 2019; 22(1): 7–9."
THREE = "Diels, O.; Alder, K. Justus Liebigs Ann. Chem. 1928, 460, 98–122."


def _parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in apart(text)]


@pytest.mark.parametrize(
    "parts",
    [
        [f"1. {ONE}", f"2. {TWO}", f"3. {THREE}"],
        [f"5) {ONE}", f"6) {TWO}"],
        [f"[1] {ONE}", f"[2] {TWO}"],
        [f"(1) {ONE}", f"(2) {THREE}"],
        [f"• {ONE}", f"• {TWO}"],
    ],
)
def test_lists_in_one_paragraph(parts: list[str]) -> None:
    assert _parts(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{ONE[:-1]}; {THREE}", 2),
        (
            (
                "Brandt, O. (2018). Drift of lichens. Slow Ecology, 3, 1–4; Cruz, J. (2019). Walls."
                " Ecol. Lett., 22, 7–9; and Berg A (2020) Moss. J Moss 1:2."
            ),
            3,
        ),
        ("WHO. Tea report. 2019. https://a.org/x; FAO. State of food. 2020. https://b.org/y", 2),
        (ONE, 1),
        (TWO, 1),
        (THREE, 1),
        ("Brandt O (2018) Walls; Methods of Science in 2019. J. X 14:2", 1),
        ("1. Brandt O. Chapter 2. A study of 3. things. Leeds: Moss Press, 2018.", 1),
        ("Brandt, O., 2018; Cruz, J., 2019.", 1),
        ("Smith J; Doe A; Roe R (2018) The big title of things. J. Things 12:1-9", 1),
        ("Brandt O. Lichens [1] and walls [2]. J Slow Ecol. 2018;14:2.", 1),
        ("", 0),
        (" \n", 0),
    ],
)
def test_how_many(text: str, count: int) -> None:
    assert len(apart(text)) == count


@given(st.text(alphabet="A1.;:[]() •2018\n", max_size=200) | st.text(max_size=200))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    spans = apart(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(_parts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", ["[1] ", "1. A", "; A, B. 2018", "• ", "A. (2018) b; "])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        apart(text)
        return time.process_time() - started

    assert_linear(spent, 3000, 4)
