"""Assessments to bytes and back; whatever else stands there counts as nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.claims.detect import Assessment
from exocite.project.assessed import from_bytes, to_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KNOWN = st.dictionaries(
    TEXTS, st.builds(Assessment, st.floats(0, 1), TEXTS, TEXTS, st.booleans()), max_size=5
)
ROWS = [["a", "b"], [0.5, 1.0], ["vague", "effect"], ["r", "s"], [False, True]]


def signed(value: Any) -> bytes:
    body = json.dumps(value).encode()
    return sha256(body).hexdigest().encode() + b"\n" + body


@given(KNOWN)
def test_there_and_back(known: dict[str, Assessment]) -> None:
    assert from_bytes(to_bytes(known)) == known


def test_order_does_not_matter() -> None:
    known = from_bytes(signed(ROWS))
    assert to_bytes(known) == to_bytes(dict(reversed(known.items())))


@given(st.integers(0, 500), st.binary(min_size=1, max_size=3))
def test_damage_is_seen(at: int, other: bytes) -> None:
    good = to_bytes(from_bytes(signed(ROWS)))
    bad = good[:at] + other + good[at + len(other) :]
    assert from_bytes(bad) in ({}, from_bytes(good) if bad == good else {})


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        {},
        [],
        ROWS[:4],
        [*ROWS, []],
        [["a"], *ROWS[1:]],
        [["a", 1], *ROWS[1:]],
        [ROWS[0], [0.5, 1], *ROWS[2:]],
        [ROWS[0], [0.5, 1.5], *ROWS[2:]],
        [ROWS[0], [0.5, float("nan")], *ROWS[2:]],
        [*ROWS[:2], ["vague", None], *ROWS[3:]],
        [*ROWS[:3], ["r", "\ud800"], ROWS[4]],
        [*ROWS[:4], [False, 1]],
        ["ab", [0.5, 1.0], "cd", "ef", [False, True]][:4],
    ],
)
def test_what_does_not_fit_counts_as_nothing(value: Any) -> None:
    assert len(from_bytes(signed(ROWS))) == 2
    assert from_bytes(signed(value)) == {}


def test_what_utf_8_cannot_hold_is_not_kept() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        to_bytes({"a": Assessment(0.5, "vague", "\ud800", is_claim=False)})
