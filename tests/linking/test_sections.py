from __future__ import annotations

import time

import pytest

from exocite.linking.sections import asides
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("sentence", "aside"),
    [
        ("Methods: We counted bees.", True),
        ("OBJECTIVE To count bees.", True),
        ("Keywords: bees, dance.", True),
        ("The purpose of this review was to collect what is known of bees.", True),
        ("In this review, we summarize how bees dance.", True),
        ("This article discusses how bees dance.", True),
        ("A literature search was performed in two databases.", True),
        ("Background: The aim of this study was to count bees.", True),
        ("Background: Bees dance in the dark.", False),
        ("Results: Bees dance in the dark.", False),
        ("METHODS AND RESULTS Bees dance.", False),
        ("In this study, we show that bees dance.", False),
        ("Patients who dance sleep well.", False),
        ("", False),
    ],
)
def test_what_only_tells_the_plan_is_an_aside(sentence: str, aside: bool) -> None:
    assert asides([sentence], labelled=True) == [aside]


def test_a_label_counts_until_the_next_one_and_only_in_abstracts() -> None:
    sentences = ["Methods: We counted.", "Each bee had a dot.", "Results: Bees dance.", "They do."]
    assert asides(sentences, labelled=True) == [True, True, False, False]
    assert asides(sentences, labelled=False) == [False] * 4


@pytest.mark.parametrize("unit", ["a ", "In this ", "search ", "METHODS ", "  "])
def test_a_hostile_sentence_is_read_in_bounded_time(unit: str) -> None:
    def cost(size: int) -> float:
        started = time.process_time()
        asides([unit * size], labelled=True)
        return time.process_time() - started

    assert_linear(cost, 50_000, 4)
