"""Raised text: what a reader is shown of it, and the way back to the source."""

from __future__ import annotations

import pytest

from exocite.readers.raised import lifted, shown
from exocite.text import VisibleText


@pytest.mark.parametrize(
    ("before", "raised", "seen"),
    [
        ("There are 10", "6", "⁶"),
        ("3 × 10 ", "6", "⁶"),
        ("10", "−6", "⁻⁶"),
        ("10", "-6", "⁻⁶"),
        ("10", "6.5", "⁶·⁵"),
        ("x", "1/2", "¹⁄²"),
        ("5 cm", "2", "²"),
        ("5 µm", "3", "³"),
        ("mol", "2", "²"),
        ("per s", "−1", "⁻¹"),
        ("per person", "-1", "⁻¹"),
        ("Ca", "2+", "²⁺"),
        ("Na", "+", "⁺"),
        ("CD4", "+", "⁺"),
        ("SO4", "2−", "²⁻"),
        ("R", "2", "²"),
        ("(a + b)", "2", "²"),
        ("x", "n", "ⁿ"),
        ("x", "n+1", "ⁿ⁺¹"),
        ("20 %", "3", "³"),
        ("in 2019", "3", "³"),
        ("1,200", "1,2", "¹,²"),
        ("10", " 6 ", " ⁶ "),
    ],
)
def test_figures_are_raised(before: str, raised: str, seen: str) -> None:
    assert shown(raised, before) == seen


@pytest.mark.parametrize(
    ("before", "raised"),
    [
        ("1", "st"),
        ("Acme", "TM"),
        ("skin", "3"),  # may be a marker
        ("skin.", "3"),
        ("skin ", "3"),
        ("of mg", "3"),
        ("10", "[6]"),
        ("10", "1."),
        ("10", ""),
        ("10", " "),
        ("", "14"),
        ("10", "a"),
        ("10", "in"),
        ("text.", "-1"),
        ("10", "1" * 40),
    ],
)
def test_others_stay_as_they_are(before: str, raised: str) -> None:
    assert shown(raised, before) == raised


def test_every_character_keeps_its_place() -> None:
    source = "10&minus;6 and m2"
    visible = VisibleText()
    visible.copy(source, 0, 2)
    visible.replace("−", 2, 9)
    visible.copy(source, 9, len(source))
    _, runs = visible.build()
    text, raised = lifted(visible, [(2, 4), (10, 11), (11, 11)]).build()
    assert (text, raised) == ("10⁻⁶ and m²", runs)


def test_stretches_within_one_another_are_raised_once() -> None:
    visible = VisibleText()
    visible.copy("1026", 0, 4)
    assert lifted(visible, [(2, 4), (3, 4)]).build()[0] == "10²⁶"
