from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.relation import (
    CORE,
    ENOUGH,
    SEMANTIC,
    Judge,
    Measured,
    Pair,
    Reading,
    Weights,
    conflicts,
    judge,
    measures,
    named,
)
from exocite.linking.relation_features import CITED_NAMES, NAMES
from exocite.model import Relation
from tests.timing import assert_linear

RAISED = "The serum increased collagen synthesis in old skin."


def read(claim: str, passage: str) -> Reading:
    (reading,) = judge([Pair(claim, passage)])
    return reading


def test_the_same_words_support() -> None:
    claim = "Daily walking lowers resting blood pressure in older adults with hypertension."
    reading = read(claim, claim)
    assert reading.relation is Relation.SUPPORTS
    assert reading.supports > CORE.threshold
    assert reading.conflicts == ()


@pytest.mark.parametrize(
    "passage",
    [
        "The serum reduced collagen synthesis in old skin.",
        "The serum has not increased collagen synthesis in old skin.",
    ],
)
def test_one_turned_word_refutes(passage: str) -> None:
    reading = read(RAISED, passage)
    assert reading.relation is Relation.REFUTES
    assert reading.conflicts


def test_another_matter_is_only_mentioned() -> None:
    assert read(RAISED, "Copper mines closed early in the last century.").relation is (
        Relation.MENTIONS
    )


def test_a_grave_conflict_rules_support_out() -> None:
    grave = Measured((), ("a",), True, True, True, 1.0)
    calm = replace(grave, said=(), grave=False, barred=False, doubtful=False)
    assert named(grave, 0.99, 0.0, 0.5) is Relation.MENTIONS
    assert named(replace(grave, share=ENOUGH), 0.2, 0.7, 0.5) is Relation.REFUTES
    assert named(replace(grave, share=ENOUGH - 0.1), 0.2, 0.7, 0.5) is Relation.MENTIONS
    assert named(calm, 0.2, 0.7, 0.5) is Relation.MENTIONS
    assert named(calm, 0.5, 0.2, 0.5) is Relation.SUPPORTS
    assert named(replace(calm, doubtful=True), 0.9, 0.0, 0.5) is Relation.MENTIONS


def test_the_leaning_is_the_largest_share() -> None:
    assert Reading(Relation.MENTIONS, 0.4, 0.3, ()).leaning is Relation.SUPPORTS
    assert Reading(Relation.MENTIONS, 0.2, 0.5, ()).leaning is Relation.REFUTES
    assert Reading(Relation.MENTIONS, 0.2, 0.1, ()).leaning is Relation.MENTIONS


def test_readings_come_in_the_order_of_the_pairs_and_are_the_same_every_time() -> None:
    used: Judge = judge
    pairs = [Pair(RAISED, RAISED), Pair(RAISED, "Tides follow the moon."), Pair("", "")]
    assert used(pairs) == [*used(pairs[:1]), *used(pairs[1:])]
    assert used([]) == []


def test_a_similarity_without_weights_for_it_changes_nothing() -> None:
    (bare,) = judge([Pair(RAISED, RAISED)])
    (with_one,) = judge([Pair(RAISED, RAISED, 0.5)])
    assert bare.conflicts == with_one.conflicts


@pytest.mark.parametrize(("weights", "similarity"), [(CORE, None), (SEMANTIC, 0.7)])
def test_there_is_a_weight_for_every_measure(weights: Weights, similarity: float | None) -> None:
    row = measures(Pair(RAISED, RAISED, similarity)).row
    assert len(row) == len(weights.supports) == len(weights.refutes)
    assert len(row) == 2 * (len(NAMES) + (similarity is not None)) + len(CITED_NAMES)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_get_shares(claim: str, passage: str) -> None:
    reading = read(claim, passage)
    assert 0.0 <= reading.supports <= 1.0
    assert 0.0 <= reading.refutes <= 1.0
    assert reading.supports + reading.refutes <= 1.000002


WORDS = (
    "not may all only increased reduced the of cell 12 5 % mice patients than higher lower , . "
    "inhibition activation essential collagen serum but in 2015 7 nm µm"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_a_text_never_conflicts_with_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert conflicts(text, text) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "The serum increased collagen by 12 % but not in mice. ",
        "more than less than ",
        "increased reduced ",
        "not not ",
        "12 13 14 % ",
        "a-1-2-3-4 ",
        "x",
        "1,",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * size
        started = time.process_time()
        judge([Pair(text, text[::-1]), Pair(text, text)])
        return time.process_time() - started

    assert_linear(cost, 250, 4)
