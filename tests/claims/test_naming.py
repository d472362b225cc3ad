"""Lines that name something and say nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.claims.detect import score
from exocite.claims.naming import names_only
from exocite.weights import claim_model

NAMES = [
    "Sleep.",
    "Regular exercise.",
    "A balanced diet.",
    "Vitamin D.",
    "- The heart.",
    "2. Leafy greens",
    "Stress, noise and light.",
    "Headaches, nausea and fatigue.",
    "Fruit and vegetables",
    "The water of the river.",
    "War crimes",
]
STATEMENTS = [
    "Sleep heals.",
    "Prices rise.",
    "Bees dance.",
    "Women smoke.",
    "Exports collapsed.",
    "Zinc shortens colds.",
    "Aspirin thins the blood.",
    "The minister knew of it.",
    "The Earth is flat.",
    "Reduced risk of stroke.",
    "Relief from pain.",
    "Higher bone density.",
    "40 % fewer heart attacks.",
    "No side effects.",
    "Rome’s fall",
    "Who pays?",
    "Founded by nurses.",
    "",
    "…",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_no_claim(text: str) -> None:
    assert names_only(text)
    assessed = score(text, model=claim_model())
    assert not assessed.is_claim
    assert assessed.score == 0


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_may_say_something_is_left_to_the_model(text: str) -> None:
    assert not names_only(text)


@given(st.text(max_size=150))
def test_any_text_is_read(text: str) -> None:
    assert names_only(text) in {True, False}
