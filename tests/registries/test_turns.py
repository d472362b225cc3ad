"""The pace, the queue and the places, on a clock that is only counted."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.registries.turns import Kind, Limits, Said, Ticket, Turns, load, said

HEADERS = [
    ({}, Said()),
    ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}, Said(5, 1)),
    ({"x-rate-limit-limit": "3000", "x-rate-limit-interval": "60s"}, Said(50, 60)),
    ({"x-rate-limit-limit": " 10 ", "x-rate-limit-interval": "500ms"}, Said(20, 0.5)),
    ({"x-rate-limit-limit": "10", "x-concurrency-limit": "3"}, Said(10, 1, 3)),
    ({"x-rate-limit-limit": "10", "x-rate-limit-interval": "1 fortnight"}, Said()),
    ({"x-rate-limit-limit": "1", "x-rate-limit-interval": "999999s"}, Said(None, 999999)),
    ({"x-rate-limit-limit": "0", "x-concurrency-limit": "0"}, Said()),
    ({"x-rate-limit-limit": "-3", "x-concurrency-limit": "many"}, Said()),
    ({"x-rate-limit-limit": "9" * 400, "x-concurrency-limit": "٣"}, Said()),
]


@pytest.mark.parametrize(("headers", "limits"), HEADERS)
def test_limits_are_read_from_headers(headers: Mapping[str, str], limits: Said) -> None:
    assert said(headers) == limits


@given(st.text(), st.text(), st.text())
def test_any_headers_can_be_read(limit: str, interval: str, places: str) -> None:
    told = said(
        {
            "x-rate-limit-limit": limit,
            "x-rate-limit-interval": interval,
            "x-concurrency-limit": places,
        }
    )
    assert told.rate is None or told.rate > 0
    assert told.at_once is None or told.at_once > 0


def run(
    turns: Turns,
    asked: list[tuple[float, Kind]],
    *,
    late: Random,
    lateness: float,
    takes: float,
    end: float = 1e9,
) -> list[tuple[float, Kind, int]]:
    """The turns that are given when each looks again a little late: time, kind and number.

    As in the gate, only the first who waits of a kind looks, in each of three processes.
    """
    queues: dict[tuple[int, Kind], deque[int]] = defaultdict(deque)
    events = [(at, number, "come") for number, (at, _) in enumerate(asked)]
    heapq.heapify(events)
    given = []
    while events and events[0][0] <= end:
        now, number, what = heapq.heappop(events)
        arrived, kind = asked[number]
        queue, token = queues[number % 3, kind], f"{number % 3}:{number}"
        if what == "leave":
            turns.leave(token)
            continue
        if what == "come":
            queue.append(number)
            if queue[0] != number:
                continue
        wait = turns.ask(token, kind, arrived, now, 60.0)
        if wait.seconds > 0:
            soon = now + wait.seconds + late.random() * lateness
            heapq.heappush(events, (soon, number, "look"))
            continue
        given.append((now, kind, number))
        heapq.heappush(events, (now + takes, number, "leave"))
        queue.popleft()
        if queue:
            heapq.heappush(events, (now, queue[0], "look"))
    return given


def most_in_a_window(times: list[float], window: float = 1.0) -> int:
    first, most = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def told(rate: float, lists: float, places: int) -> Turns:
    turns = Turns()
    turns.learn(Kind.SINGLE, Said(rate, 1.0, places))
    turns.learn(Kind.LIST, Said(lists, 1.0, places))
    return turns


@given(
    st.sampled_from([(5, 1, 1), (10, 3, 3), (50, 20, 5), (1000, 300, 300)]),
    st.lists(st.tuples(st.floats(0, 3), st.sampled_from(Kind)), max_size=60),
    st.integers(0, 99),
    st.sampled_from([0.0, 0.004, 0.05, 0.4]),
    st.sampled_from([0.0, 0.02, 0.7]),
)
def test_no_window_sees_more_than_the_limit(
    limits: tuple[int, int, int],
    asked: list[tuple[float, Kind]],
    seed: int,
    lateness: float,
    takes: float,
) -> None:
    rate, lists, places = limits
    given = run(told(*limits), sorted(asked), late=Random(seed), lateness=lateness, takes=takes)
    assert len(given) == len(asked)
    assert most_in_a_window([at for at, _, _ in given]) <= rate
    assert most_in_a_window([at for at, kind, _ in given if kind is Kind.LIST]) <= lists
    ends = sorted([(at, 1) for at, _, _ in given] + [(at + takes, -1) for at, _, _ in given])
    under_way = 0
    for _, change in ends:
        under_way += change
        assert under_way <= places


@pytest.mark.parametrize("limits", [(5, 1, 1), (10, 3, 3), (1000, 300, 300)])
@pytest.mark.parametrize("kind", Kind)
def test_nearly_all_that_is_allowed_is_used_even_by_who_comes_late(
    limits: tuple[int, int, int], kind: Kind
) -> None:
    allowed = limits[1] if kind is Kind.LIST else limits[0]
    lateness = 0.05 if allowed <= 10 else 0.004
    asked = [(n * 1e-9, kind) for n in range(allowed * 11)]
    given = run(told(*limits), asked, late=Random(7), lateness=lateness, takes=0.01, end=10)
    # The first window has no windows before it; so of ten the first is free.
    assert 0.95 <= len(given) / (allowed * 10) <= 1.1


def test_who_asked_first_is_first_within_its_kind() -> None:
    asked = [(n * 0.001, Kind(n % 2)) for n in range(20)]
    given = run(told(10, 3, 3), asked, late=Random(3), lateness=0.02, takes=0.05)
    for kind in Kind:
        numbers = [number for _, one, number in given if one is kind]
        assert numbers == sorted(numbers)


def test_lists_that_wait_hold_nobody_up() -> None:
    asked = [(0.0, Kind.LIST)] * 5 + [(0.001, Kind.SINGLE)] * 10
    given = run(told(10, 1, 3), asked, late=Random(3), lateness=0.0, takes=0.0)
    singles = [at for at, kind, _ in given if kind is Kind.SINGLE]
    lists = [at for at, kind, _ in given if kind is Kind.LIST]
    assert singles[-1] < 2
    assert 4 <= lists[-1] < 4.5


def test_the_last_place_is_for_who_has_waited_longest() -> None:
    turns = told(1000, 1000, 1)
    assert turns.ask("p:1", Kind.SINGLE, 0.0, 10.0, 60).seconds == 0
    assert turns.ask("p:2", Kind.LIST, 1.0, 10.1, 60).seconds > 0
    turns.leave("p:1")
    assert turns.ask("p:3", Kind.SINGLE, 2.0, 10.2, 60).seconds > 0
    assert turns.ask("p:2", Kind.LIST, 1.0, 10.3, 60).seconds == 0


def test_before_anything_is_learned_one_asks_at_a_time() -> None:
    turns = Turns(Limits(rate=5, list_rate=1, at_once=1))
    assert turns.ask("p:1", Kind.SINGLE, 0, 0, 60).seconds == 0
    assert turns.ask("p:2", Kind.SINGLE, 0, 5, 60).for_place
    turns.learn(Kind.SINGLE, Said(10, 1, 3))
    assert turns.ask("p:2", Kind.SINGLE, 0, 5, 60).seconds == 0


def test_a_request_counts_from_when_it_can_have_arrived() -> None:
    turns = told(2, 1, 3)
    for number in range(120):  # It learns how quick the registry is: a tenth of a second.
        assert turns.ask(f"p:{number}", Kind.SINGLE, 0, number * 2.0, 60).seconds == 0
        turns.leave(f"p:{number}")
        turns.arrived(f"p:{number}", number * 2.0, 0.1)
    for token, at in (("p:x", 300.0), ("p:y", 300.1)):
        assert turns.ask(token, Kind.SINGLE, 0, at, 60).seconds <= 0
        turns.leave(token)
    turns.arrived("p:x", 300.0, 0.3)  # Once it took longer: it may have arrived that much later.
    turns.arrived("p:y", 300.1, 0.1)
    assert turns.ask("p:z", Kind.SINGLE, 0, 301.09, 60).seconds > 0
    assert turns.ask("p:z", Kind.SINGLE, 0, 301.12, 60).seconds <= 0
    assert turns.ask("p:q", Kind.SINGLE, 0, 301.18, 60).seconds > 0
    assert turns.ask("p:q", Kind.SINGLE, 0, 301.22, 60).seconds <= 0


def test_turns_are_given_ahead_only_where_much_is_allowed_and_nobody_waits() -> None:
    tokens = [f"p:{number}" for number in range(1, 20)]
    assert told(10, 3, 20).ahead(tokens, Kind.SINGLE, 1.0, 60) == 0
    turns = told(1000, 300, 300)
    assert turns.ask("p:0", Kind.SINGLE, 0, 1.0, 60).seconds == 0
    given = turns.ahead(tokens, Kind.SINGLE, 1.0, 60)
    assert 1 <= given <= 5
    assert len(turns.leases) == given + 1
    turns.ask("q:0", Kind.SINGLE, 0, 1.0, 60)
    turns.waiting["q:1"] = Ticket(Kind.SINGLE, 0.5, 1.1)
    assert turns.ahead(tokens[given:], Kind.SINGLE, 1.0, 60) == 0
    few = told(1000, 300, 2)
    assert few.ask("p:0", Kind.SINGLE, 0, 1.0, 60).seconds == 0
    assert few.ahead(tokens, Kind.SINGLE, 1.0, 60) == 1


def test_the_dead_hold_nothing_for_ever() -> None:
    turns = told(10, 3, 1)
    turns.ask("dead:1", Kind.SINGLE, 0, 0, 30)
    turns.ask("dead:2", Kind.SINGLE, 0, 0.5, 30)
    assert turns.ask("p:1", Kind.SINGLE, 1, 29.9, 30).seconds > 0
    assert turns.ask("p:1", Kind.SINGLE, 1, 32.0, 30).seconds == 0
    assert list(turns.leases) == ["p:1"]
    assert turns.waiting == {}


def test_what_a_process_held_can_be_given_back() -> None:
    turns = told(10, 3, 1)
    turns.ask("dead:1", Kind.SINGLE, 0, 0, 30)
    turns.ask("dead:2", Kind.SINGLE, 0, 0, 30)
    turns.leave_all("dead")
    assert turns.ask("p:1", Kind.SINGLE, 1, 1, 30).seconds == 0


def test_a_machine_that_was_started_anew_waits_for_nothing_old() -> None:
    turns = told(10, 3, 1)
    turns.ask("old:1", Kind.SINGLE, 500_000, 500_000, 30)
    turns.refused(Kind.SINGLE, 500_000, 60)
    assert turns.ask("new:1", Kind.SINGLE, 10, 10, 30).seconds == 0


def test_a_refusal_pauses_all_and_the_next_slows_its_kind() -> None:
    turns = told(10, 3, 3)
    turns.refused(Kind.LIST, 100, 2)
    turns.refused(Kind.LIST, 100.1, 1)
    assert turns.ask("p:1", Kind.SINGLE, 100, 101.9, 30).seconds > 0
    assert turns.ask("p:1", Kind.SINGLE, 100, 102.01, 30).seconds == 0
    assert turns.ease == [1.0, 1.0]
    turns.refused(Kind.LIST, 104, 1)
    assert turns.ease == [1.0, 0.85]
    turns.refused(Kind.SINGLE, 105, 1)
    turns.refused(Kind.SINGLE, 205, 1)
    assert turns.ease == [1.0, 0.85]
    for _ in range(40):
        turns.answered(Kind.LIST)
    assert turns.ease == [1.0, 1.0]


def test_a_pause_without_end_has_one() -> None:
    turns = told(10, 3, 3)
    turns.refused(Kind.SINGLE, 100, 1e12)
    assert turns.ask("p:1", Kind.SINGLE, 100, 1001, 30).seconds == 0


def test_a_header_that_may_not_speak_of_lists_is_not_taken_at_its_word() -> None:
    doubtful, plain = told(10, 10, 3), told(10, 3, 3)
    assert doubtful.ease[Kind.LIST] < 0.5
    assert plain.ease[Kind.LIST] == 1


def test_the_state_survives_its_file() -> None:
    turns = told(10, 3, 3)
    for number in range(9):
        turns.ask(f"p:{number}", Kind(number % 2), number / 10, number / 10, 30)
    turns.refused(Kind.SINGLE, 1, 1)
    assert load(turns.dump(), Limits()) == turns


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_state_is_begun_anew(noise: bytes, place: int, byte: int) -> None:
    start = Limits(at_once=2)
    assert load(noise, start) == Turns(start)
    whole = told(10, 3, 3).dump()
    at = place % len(whole)
    damaged = whole[:at] + bytes([byte]) + whole[at + 1 :]
    assert load(damaged, start) in (Turns(start), told(10, 3, 3), load(whole, start))
    assert load(whole[:at], start) in (Turns(start), load(whole, start))
