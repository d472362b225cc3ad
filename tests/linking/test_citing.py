"""The benchmark's reading of marks: the claim without them, and how it cites its work."""

from __future__ import annotations

import pytest

from benchmarks.linking.citing import how_cited, unmarked


@pytest.mark.parametrize(
    ("claim", "text", "stretch", "shared", "others"),
    [
        ("Bees dance in May [<|cit|>].", "Bees dance in May .", "Bees dance in May .", False, 0),
        ("Bees dance [<|multi_cit|>].", "Bees dance .", "Bees dance .", True, 0),
        (
            "Tides follow the moon in all bays<|other_cit|>, bees dance when they are home<|cit|>.",
            "Tides follow the moon in all bays bees dance when they are home .",
            "bees dance when they are home",
            False,
            1,
        ),
        (
            "Bees dance when they come home from far [<|other_cit|>, <|cit|>].",
            "Bees dance when they come home from far .",
            "Bees dance when they come home from far",
            True,
            0,
        ),
    ],
)
def test_marks(claim: str, text: str, stretch: str, shared: bool, others: int) -> None:
    assert unmarked(claim) == text
    found = how_cited(claim)
    assert found is not None
    assert (found.stretch, found.shared, found.others) == (stretch, shared, others)


def test_no_mark_of_the_work_in_question() -> None:
    assert how_cited("Bees dance.") is None
    assert how_cited("Bees dance <|other_cit|>.") is None
