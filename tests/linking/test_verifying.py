"""One decision of a verifier's probabilities and the rules: what may be named, and when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.attribution import Attribution
from exocite.linking.relation import Judge, Pair, conflicts, judge
from exocite.linking.suggest import read
from exocite.linking.verifying import (
    Calibration,
    Chances,
    Ruled,
    Verifying,
    decided,
    ruled,
    softmax,
)
from exocite.model import Relation

EVEN = math.log(1 / 3)
CALM = Ruled((EVEN, EVEN, EVEN), (), False)
GRAVE = Ruled((EVEN, EVEN, EVEN), ("claim: 12 %, passage: 21 %",), True)
AT = Calibration(reader=1.0, rules=0.25, supports=0.6, agrees=0.5, refutes=0.5)


@pytest.mark.parametrize(
    ("chances", "rules", "relation"),
    [
        ((0.6, 0.1, 0.3), CALM, Relation.SUPPORTS),
        ((0.59, 0.1, 0.31), CALM, Relation.MENTIONS),
        ((0.1, 0.5, 0.4), CALM, Relation.REFUTES),
        ((0.1, 0.49, 0.41), CALM, Relation.MENTIONS),
        ((0.1, 0.1, 0.8), CALM, Relation.MENTIONS),
        ((0.99, 0.0, 0.01), GRAVE, Relation.MENTIONS),
        ((0.1, 0.8, 0.1), GRAVE, Relation.REFUTES),
        ((0.1, 0.1, 0.8), GRAVE, Relation.MENTIONS),
    ],
)
def test_what_may_be_named(chances: Chances, rules: Ruled, relation: Relation) -> None:
    reading = decided(AT, [chances], [rules])
    assert reading.relation is relation
    assert reading.conflicts == rules.said
    assert reading.judge == "verifier"
    assert (reading.supports, reading.refutes) == pytest.approx(chances[:2], abs=1e-6)


def test_rules_that_lean_one_way_move_the_probabilities() -> None:
    for_it = replace(CALM, logs=(math.log(0.8), math.log(0.1), math.log(0.1)))
    alike = (0.4, 0.3, 0.3)
    calm, moved = decided(AT, [alike], [CALM]), decided(AT, [alike], [for_it])
    assert moved.supports > calm.supports
    assert decided(replace(AT, rules=0.0), [alike], [for_it]).supports == calm.supports
    wanted = [0.4 * 0.8**0.25, 0.3 * 0.1**0.25, 0.3 * 0.1**0.25]
    assert moved.supports == pytest.approx(wanted[0] / sum(wanted), abs=1e-6)


def test_support_must_outweigh_refutation_too() -> None:
    even = replace(AT, rules=0.0, supports=0.4, agrees=0.8)
    assert decided(even, [(0.5, 0.1, 0.4)], [CALM]).relation is Relation.SUPPORTS
    assert decided(even, [(0.5, 0.2, 0.3)], [CALM]).relation is Relation.MENTIONS
    assert decided(even, [(0.3, 0.0, 0.7)], [CALM]).relation is Relation.MENTIONS


def test_the_bias_moves_the_leaning_and_nothing_else() -> None:
    plain = decided(AT, [(0.4, 0.3, 0.3)], [CALM])
    biased = decided(replace(AT, bias=(0.0, 0.0, 0.4)), [(0.4, 0.3, 0.3)], [CALM])
    assert (plain.leaning, biased.leaning) == (Relation.SUPPORTS, Relation.MENTIONS)
    assert (plain.relation, plain.supports) == (biased.relation, biased.supports)


def test_several_passages_are_weighed_together() -> None:
    for_it, neither = (0.9, 0.05, 0.05), (0.3, 0.05, 0.65)
    both = decided(AT, [for_it, neither], [CALM, GRAVE])
    assert 0.3 < both.supports < 0.9
    assert both.relation is Relation.SUPPORTS, "one of them is free of grave conflicts"
    assert both.conflicts == GRAVE.said
    assert decided(AT, [for_it, neither], [GRAVE, GRAVE]).relation is Relation.MENTIONS


def test_nothing_is_certain_beyond_computing() -> None:
    reading = decided(AT, [(1.0, 0.0, 0.0)], [CALM])
    assert (reading.supports, reading.refutes, reading.neither) == (1.0, 0.0, 0.0)
    assert softmax([10_000.0, -10_000.0, 0.0]) == (1.0, 0.0, 0.0)


RAISED = "The serum increased collagen synthesis in old skin."
LOWERED = "The serum reduced collagen synthesis in old skin."


def sure(pairs: Sequence[tuple[str, str]], /) -> list[Chances]:
    """A verifier that finds support everywhere, the more the longer the passage."""
    return [(1 - 0.1 / (1 + len(passage)), 0.0, 0.1 / (1 + len(passage))) for _, passage in pairs]


def test_the_judge_asks_for_claim_and_passage_and_keeps_their_order() -> None:
    asked: list[tuple[str, str]] = []

    def noted(pairs: Sequence[tuple[str, str]], /) -> list[Chances]:
        asked.extend(pairs)
        return sure(pairs)

    one: Judge = Verifying(noted, AT)
    pairs = [Pair(RAISED, RAISED, 0.9), Pair(RAISED, "Tides follow the moon."), Pair("", "")]
    together = one(pairs)
    assert asked == [(RAISED, RAISED), (RAISED, "Tides follow the moon."), ("", "")]
    assert together == [*one(pairs[:1]), *one(pairs[1:])]
    assert list(one([])) == []


def test_a_grave_conflict_forbids_what_the_verifier_says() -> None:
    (same, turned) = Verifying(sure, AT)([Pair(RAISED, RAISED), Pair(RAISED, LOWERED)])
    assert same.relation is Relation.SUPPORTS
    assert turned.relation is Relation.MENTIONS
    assert turned.conflicts == conflicts(RAISED, LOWERED)
    assert turned.conflicts


def test_of_a_cited_work_the_rules_say_it() -> None:
    def against(pairs: Sequence[tuple[str, str]], /) -> list[Chances]:
        return [(0.0, 1.0, 0.0) for _ in pairs]

    verifier = Verifying(against, AT)
    cited = Pair(RAISED, RAISED, attribution=Attribution(RAISED, False, 0, 0.0))
    assert read(Pair(RAISED, RAISED), verifier=verifier).judge == "verifier"
    assert read(cited, verifier=verifier) == judge([cited])[0]


def test_the_rules_shares_are_those_of_the_judge_by_words() -> None:
    (reading,) = judge([Pair(RAISED, LOWERED)])
    found = ruled(Pair(RAISED, LOWERED, 0.5))
    assert [math.exp(value) for value in found.logs] == pytest.approx(
        [reading.supports, reading.refutes, reading.neither], abs=2e-4
    )
    assert found.barred


@given(
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.lists(st.floats(-10, 0), min_size=3, max_size=3),
    st.booleans(),
)
def test_any_probabilities_give_shares(values: list[float], logs: list[float], grave: bool) -> None:
    rules = Ruled((logs[0], logs[1], logs[2]), (), grave)
    reading = decided(AT, [(values[0], values[1], values[2])], [rules])
    assert 0.0 <= reading.supports <= 1.0
    assert 0.0 <= reading.refutes <= 1.0
    assert reading.supports + reading.refutes <= 1.000002
    assert not (grave and reading.relation is Relation.SUPPORTS)
