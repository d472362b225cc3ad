from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.abbreviations import definitions
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We grew mesenchymal stem cells (MSCs).", [("MSC", "mesenchymal stem cells")]),
        ("Tumour necrosis factor-α (TNF-α) rose.", [("TNF-α", "Tumour necrosis factor-α")]),
        (
            "whole-brain radiation therapy (WBRT; 30 Gy)",
            [("WBRT", "whole-brain radiation therapy")],
        ),
        ("Bees (n = 20) dance (p < 0.05) (see).", []),
        ("Bees dance (XYZ).", []),
        ("(ABC)", []),
        ("", []),
    ],
)
def test_definitions(text: str, found: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == found


@given(st.text(alphabet="aAbB (-)1;", max_size=80))
def test_a_long_form_stands_in_the_text_and_begins_as_its_short_form(text: str) -> None:
    for short, long in definitions(text):
        assert long in text
        assert long[0].casefold() == next(c for c in short if c.isalnum()).casefold()


@pytest.mark.parametrize("unit", ["(", "(AB)", "a b (AB", "A (A)"])
def test_a_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    def cost(size: int) -> float:
        started = time.process_time()
        list(definitions(unit * size))
        return time.process_time() - started

    assert_linear(cost, 10_000, 4)
