"""Powers of ten however they are written, and what a passage gives in their place."""

from __future__ import annotations

import time

import pytest

from exocite.linking.powers import powers
from exocite.linking.relation import conflicts
from tests.timing import assert_linear

HELD = "The culture held {} cells per litre of medium after treatment."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10⁶", 1e6),
        ("10^6", 1e6),
        ("10^{6}", 1e6),
        ("10^6^", 1e6),
        ("10**6", 1e6),
        ("10⁻⁶", 1e-6),
        ("10^−6", 1e-6),
        ("3 × 10⁶", 3e6),
        ("3.5·10^6", 3.5e6),
        ("1e6", 1e6),
        ("2.5E-3", 2.5e-3),
    ],
)
def test_what_is_a_power(text: str, value: float) -> None:
    (found,) = powers(f"of {text} cells")
    assert found.value == pytest.approx(value)
    assert (found.text, found.start) == (text, 3)


@pytest.mark.parametrize("text", ["106", "x10⁶", "5²", "110⁶", "1e600", "3E10b", "10⁶·⁵", "e6", ""])
def test_what_is_none(text: str) -> None:
    assert list(powers(text)) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("10⁶", "10^6"),
        ("10⁶", "1e6"),
        ("10⁶", "1 million"),
        ("10⁶", "1,000,000"),
        ("1,000,000", "10⁶"),
        ("10⁶", "106"),
        ("3 × 10⁶", "3 million"),
        ("3 × 10⁶", "3 × 10^6"),
        ("5 × 10⁶", "5 × 106"),
        ("10⁶", "3.2 × 10⁶"),
        ("10⁶", "10⁵–10⁶"),
        ("10⁶", "24"),
        ("0 × 10⁶", "106"),
    ],
)
def test_the_same_size_is_no_conflict(ours: str, theirs: str) -> None:
    assert conflicts(HELD.format(ours), HELD.format(theirs)) == ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("10⁶", "10⁷"),
        ("10⁻⁶", "10⁻⁵"),
        ("10^6", "10⁷"),
        ("3 × 10⁶", "3 × 10⁷"),
        ("3 × 10⁶", "4 × 10⁶"),
        ("10⁶", "10 million"),
        ("1e6", "10,000,000"),
    ],
)
def test_another_size_is_one(ours: str, theirs: str) -> None:
    said = (f"claim: {ours}, passage: {theirs}",)
    assert conflicts(HELD.format(ours), HELD.format(theirs)) == said


@pytest.mark.parametrize("piece", ["10^", "1", "10⁶ ", "3 × ", "1e", "9.", "10⁶·"])
def test_time_is_linear(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * size + "⁶"
        started = time.process_time()
        list(powers(text))
        return time.process_time() - started

    assert_linear(cost, 10_000, 4)
