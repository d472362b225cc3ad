"""Whose turn a claim is, and which part of the queue is shown."""

from __future__ import annotations

import pytest

from exocite.model import Anchor, Claim, ClaimState, Judgement, Span, Verdict
from exocite.review.queue import SLICE, Show, Turn, cut, entry, neighbours, stage, turns
from exocite.states import Standing


def verdict(judgement: Judgement, by: str = "Ada") -> Verdict:
    anchor = Anchor("x", "", "", 0, 1)
    return Verdict("a.md", "c1", anchor, judgement, by, "2026-01-01T00:00:00Z")


S, P, U = Judgement.SUPPORTED, Judgement.PARTIAL, Judgement.UNSUPPORTED


@pytest.mark.parametrize(
    ("state", "said", "reviewers", "turn", "why"),
    [
        (ClaimState.UNCITED, [], 1, Turn.AUTHOR, "needs a source"),
        (ClaimState.CITED, [], 1, Turn.CHECKER, "waits for a verdict"),
        (ClaimState.STALE, [], 1, Turn.CHECKER, "changed since it was judged"),
        (ClaimState.EXEMPT, [], 2, Turn.DONE, "needs no source"),
        (ClaimState.REVIEWED, [(S, "Ada")], 1, Turn.DONE, "supported"),
        (ClaimState.REVIEWED, [(S, "Ada")], 2, Turn.CHECKER, "waits for a second person"),
        (
            ClaimState.REVIEWED,
            [(S, "Ada"), (S, "ADA")],
            2,
            Turn.CHECKER,
            "waits for a second person",
        ),
        (ClaimState.REVIEWED, [(S, "Ada"), (S, "Bea")], 2, Turn.DONE, "supported"),
        (ClaimState.REVIEWED, [(S, "Ada"), (P, "Bea")], 2, Turn.EDITOR, "verdicts differ"),
        (ClaimState.REVIEWED, [(U, "Ada")], 1, Turn.EDITOR, "judged unsupported"),
    ],
)
def test_whose_turn_a_claim_is(
    state: ClaimState,
    said: list[tuple[Judgement, str]],
    reviewers: int,
    turn: Turn,
    why: str,
) -> None:
    standing = Standing(state, tuple(verdict(judgement, by) for judgement, by in said))
    assert (stage(standing, reviewers).turn, stage(standing, reviewers).why) == (turn, why)


def claims(number: int) -> list[Claim]:
    return [
        Claim(f"c{n}", Span(n, n + 1), f"Claim {n} on tea.", f"Claim {n}", 1.0, "", section="Part")
        for n in range(number)
    ]


STATES = (ClaimState.UNCITED, ClaimState.EXEMPT)


def entries(number: int) -> list:
    return [
        entry(place, claim, Standing(STATES[place % 2]), 1)
        for place, claim in enumerate(claims(number))
    ]


def test_a_long_queue_comes_in_slices() -> None:
    queue = entries(10_000)
    first = cut(queue, Show())
    assert (len(first.entries), first.total, first.following) == (SLICE, 10_000, SLICE)
    last = cut(queue, Show(), 9_950)
    assert (len(last.entries), last.following) == (50, 0)
    assert cut(queue, Show(), 99_999).entries == ()
    assert cut(queue, Show(), -5).start == 0


def test_the_slice_that_holds_a_claim() -> None:
    found = cut(entries(1000), Show(), around="c555")
    assert found.start == 500
    assert "c555" in [one.pin.anchor for one in found.entries]


@pytest.mark.parametrize(
    ("show", "names"),
    [
        (Show(), ["c0", "c1", "c2", "c3"]),
        (Show("author"), ["c0", "c2"]),
        (Show("done"), ["c1", "c3"]),
        (Show("open"), ["c0", "c2"]),
        (Show("editor"), []),
        (Show("", "CLAIM 3"), ["c3"]),
        (Show("author", "claim 3"), []),
        (Show("", "part"), ["c0", "c1", "c2", "c3"]),
    ],
)
def test_what_is_shown(show: Show, names: list[str]) -> None:
    assert [one.pin.anchor for one in cut(entries(4), show).entries] == names


def test_the_neighbours_are_those_that_are_shown() -> None:
    queue = entries(6)
    assert neighbours(queue, Show("author"), 2) == ("c0", "c4")
    assert neighbours(queue, Show("author"), 3) == ("c2", "c4")
    assert neighbours(queue, Show(), 0) == ("", "c1")
    assert neighbours(queue, Show(), 5) == ("c4", "")


def test_how_many_are_whose_turn() -> None:
    assert turns(entries(5)) == {
        Turn.AUTHOR: 3,
        Turn.CHECKER: 0,
        Turn.EDITOR: 0,
        Turn.DONE: 2,
    }
