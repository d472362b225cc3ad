"""Words and numbers made comparable, and slips told from differences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.matching.words import alike, distance, latin, roman, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Ærø Straße", "aero strasse"), ("ŁÓDŹ", "lodz"), ("ﬁne", "fine"), ("Ελένη", "ελενη")],
)
def test_latin(text: str, plain: str) -> None:
    assert latin(text) == plain


def test_words() -> None:
    assert words("Clients’ view: O’Brien’s CO2, part-II!") == [
        "clients", "view", "obriens", "co2", "part", "ii",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("ii", 2), ("xiv", 14), ("xcix", 99), ("iiii", 0), ("vx", 0), ("", 0), ("mix", 0), ("a", 0)],
)
def test_roman(text: str, value: int) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("lichens", "lichnes", True),
        ("crystalline", "crysta1line", True),
        ("journal", "joumal", True),
        ("metallic", "metalhc", True),
        ("granite", "marble", False),
        ("rat", "cat", False),
        ("in", "on", False),
        ("2018", "2019", False),
        ("ii", "iii", False),
        ("b", "d", False),
        ("with", "without", False),
    ],
)
def test_alike(left: str, right: str, same: bool) -> None:
    assert alike(left, right) is same
    assert alike(right, left) is same


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 4))
def test_distance_is_symmetric_and_bounded(left: str, right: str, limit: int) -> None:
    found = distance(left, right, limit)
    assert found == distance(right, left, limit)
    assert 0 <= found <= limit + 1
    assert (found == 0) == (left == right)
