"""The charts: shares of one work, and years in bars that fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exocite.report import charts
from exocite.report.data import Card, Cited, Work
from tests.report.sample import report

SAMPLE = report()


def work(number: int, year: str) -> Work:
    return replace(SAMPLE.works[1], anchor=f"w{number}", key=f"k{number}", year=year)


def cards(*works: str) -> list[Card]:
    return [
        replace(SAMPLE.pages[0].cards[2], cited=(Cited("x", one),) if one else (), passages=())
        for one in works
    ]


def test_shares_are_of_the_claims_that_rest_on_any_work() -> None:
    bars, resting = charts.rests(
        cards("w1", "w1", "w1", "w2", ""), [work(1, "2001"), work(2, "2002")]
    )
    assert resting == 4
    assert [(bar.anchor, bar.count, bar.width) for bar in bars] == [
        ("w1", 3, 75.0),
        ("w2", 1, 25.0),
    ]
    assert charts.rests(cards(""), []) == ((), 0)


def test_only_the_works_that_most_rests_on_are_shown() -> None:
    names = [f"w{n}" for n in range(1, 10)]
    bars, _ = charts.rests(cards(*names), [work(n, "") for n in range(1, 10)])
    assert [bar.anchor for bar in bars] == names[:5]


def test_numbers_of_many_digits_get_wider_bars() -> None:
    works = [work(number, str(1984 + number)) for number in range(36)]
    for most, step in ((99, 1), (100, 2), (1000, 2)):
        asked = [one.anchor for one in works for _ in range(most if one is works[0] else 1)]
        found = charts.years(cards(*asked), works)
        assert found.step == step
        assert sum(bar.count for bar in found.bars) == len(asked)


@pytest.mark.parametrize(
    ("years", "step", "bars", "first", "unknown"),
    [
        (["2020", "2020", "2022"], 1, 3, "2020", 0),
        (["1903", "2022"], 5, 25, "1900–1904", 0),
        (["0001", "9999"], 500, 20, "0–499", 0),
        (["", "n.d.", "20201", "2020"], 1, 1, "2020", 3),
        (["٢٠٢٠"], 1, 1, "2020", 0),
    ],
)
def test_years_are_gathered_in_bars(
    years: list[str], step: int, bars: int, first: str, unknown: int
) -> None:
    works = [work(number, year) for number, year in enumerate(years, 1)]
    found = charts.years(cards(*(one.anchor for one in works)), works)
    assert (found.step, len(found.bars), found.bars[0].label, found.unknown) == (
        step,
        bars,
        first,
        unknown,
    )
    assert sum(bar.count for bar in found.bars) + unknown == len(years)
    assert all(0 <= bar.y <= found.floor and bar.x + bar.width <= found.width for bar in found.bars)
    assert 0 < sum(bool(bar.tick) for bar in found.bars) <= 14


def test_without_years_there_is_no_chart() -> None:
    assert charts.years([], []).bars == ()
