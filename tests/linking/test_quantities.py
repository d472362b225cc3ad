from __future__ import annotations

import time

import pytest

from exocite.linking.quantities import agree, quantities
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 %", [(12, 12, "%")]),
        ("12% or 12 per cent", [(12, 12, "%"), (12, 12, "%")]),
        ("30 to 150 nanometers", [(30, 150, "nm")]),
        ("30–150 nm", [(30, 150, "nm")]),
        ("1,200 patients", [(1200, 1200, "patients")]),
        ("a 2.5-fold rise", [(2.5, 2.5, "fold")]),
        ("aged 65-year-old", [(65, 65, "year")]),
        ("both 55- and 65-year-old participants", []),
        ("in 2023 there were 3 of them", []),
        ("CD63 and p53 m", []),
        ("twelve per cent", [(12, 12, "%")]),
        ("two hours or 3 h", [(2, 2, "hour"), (3, 3, "hour")]),
        ("5 mM, 5 mm", [(5, 5, "millimolar"), (5, 5, "mm")]),
        ("a 5 G network of 1\u202f200 patients", [(1200, 1200, "patients")]),
        ("9" * 400 + " %", []),
        ("12 % (95 % CI 8 to 16)", [(12, 12, "%")]),
        ("5 percentage points", [(5, 5, "points")]),
        ("twofold, threefold", [(2, 2, "fold"), (3, 3, "fold")]),
    ],
)
def test_numbers_with_their_units(text: str, expected: list[tuple[float, float, str]]) -> None:
    assert [(q.low, q.high, q.unit) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 %", "21 %", False),
        ("12 %", "12.4 %", True),
        ("12.1 %", "12.4 %", False),
        ("30-150 nm", "40-100 nm", True),
        ("30-50 nm", "100-150 nm", False),
        ("100 nm", "30-150 nm", True),
        ("1,000 patients", "1005 patients", True),
        ("2-fold", "3-fold", False),
        ("2-fold", "doubled", True),
        ("halved", "doubled", False),
        ("150 nm", "0.15 µm", True),
        ("150 nm", "150 µm", False),
        ("5 mg", "0.005 g", True),
        ("2 hours", "120 min", True),
        ("14 days", "2 weeks", True),
        ("30-100 nm", "90-400 nm", False),
        ("200 patients", "300 people", False),
    ],
)
def test_agreement(one: str, other: str, same: bool) -> None:
    (left,), (right,) = quantities(one), quantities(other)
    assert agree(left, right) is same
    assert agree(right, left) is same


def test_units_of_different_things_have_different_dimensions() -> None:
    (share,), (points,) = quantities("12 %"), quantities("12 percentage points")
    assert share.dimension != points.dimension


def test_offsets_point_into_the_text() -> None:
    text = "Scars shrank by 12 % and doubled in 3 weeks."
    assert [text[q.start : q.end] for q in quantities(text)] == ["12 %", "doubled", "3 weeks"]


@pytest.mark.parametrize("unit", ["9", "9,", "1,111", "5 to ", "9 - ", "1.", "  "])
def test_time_is_linear(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * size
        started = time.process_time()
        quantities(text)
        return time.process_time() - started

    assert_linear(cost, 10_000, 4)
