"""A whole library: groups, order, hostile sizes, and the figures of the generated library."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicate_library import library
from benchmarks.duplicates import scores
from exocite.bibliography.duplicates import Answer, compare, find, prepare

WORDS = st.sampled_from("vesicles cells growth of in water I II erratum heat typical Ku 2".split())
TEXT = st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=12)
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "author": st.sampled_from(["Ku, Y.", "Ku, Ying and Lee, A.", "Lee A", "", "{WHO}"]) | TEXT,
        "year": st.sampled_from(["2020", "2021", "1999", "x"]),
        "journal": st.sampled_from(["Journal of Cells", "J Cells", "bioRxiv", "Sleep"]),
        "volume": st.sampled_from(["1", "12", "XII", "12(3)"]),
        "pages": st.sampled_from(["1-9", "1", "101", "110", "e12"]) | st.text(max_size=6),
        "doi": st.sampled_from(["10.5555/a", "10.5555/b", "10.1101/c"]) | st.text(max_size=9),
        "edition": st.sampled_from(["2", "3"]),
    },
)
LIBRARIES = st.lists(RECORDS, max_size=12)

Rows = list[Mapping[str, str]]


def groups(rows: Rows) -> set[frozenset[int]]:
    return {frozenset(group) for group in find([prepare(row) for row in rows]).groups}


@given(LIBRARIES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_the_records_does_not_matter(rows: Rows, rng: random.Random) -> None:
    order = list(range(len(rows)))
    rng.shuffle(order)
    shuffled = groups([rows[at] for at in order])
    assert groups(rows) == {frozenset(order[n] for n in group) for group in shuffled}


@given(RECORDS, RECORDS)
@settings(deadline=None, max_examples=100)
def test_comparison_is_symmetric(one: dict[str, str], other: dict[str, str]) -> None:
    left, right = prepare(one), prepare(other)
    there, back = compare(left, right), compare(right, left)
    assert (there.answer, there.score, there.opposed) == (back.answer, back.score, back.opposed)


@given(LIBRARIES)
@settings(deadline=None, max_examples=60)
def test_each_record_is_in_one_group_at_most(rows: Rows) -> None:
    found = find([prepare(row) for row in rows])
    inside = [number for group in found.groups for number in group]
    assert len(inside) == len(set(inside))
    of = {number: group for group in found.groups for number in group}
    for pair in found.pairs:
        assert pair.left < pair.right
        assert pair.reason
        assert pair.answer is not Answer.APART
        if pair.answer is Answer.SAME:
            assert of[pair.left] == of[pair.right]


def test_a_record_that_fits_two_versions_joins_one() -> None:
    bare = {
        "title": "Vesicles of cells in health and disease",
        "author": "Ku, Ying and Lee, Ann",
        "year": "2023",
    }
    article = bare | {"journal": "Sleep", "volume": "3", "pages": "11-19", "doi": "10.5555/a"}
    preprint = bare | {"journal": "bioRxiv", "doi": "10.1101/b"}
    found = find([prepare(row) for row in (article, bare, preprint)])
    assert len(found.groups) == 1
    assert len(found.groups[0]) == 2
    assert {0, 2} - set(found.groups[0])
    answers = sorted(pair.answer for pair in found.pairs)
    assert answers == [Answer.PERHAPS, Answer.SAME, Answer.VERSION]
    assert any("fits another record better" in pair.reason for pair in found.pairs)


def test_equal_records_that_tell_too_little_are_not_grouped() -> None:
    found = find([prepare({"title": "Editorial"})] * 3 + [prepare({})] * 3)
    assert found.groups == ()
    assert not [pair for pair in found.pairs if pair.answer is Answer.SAME]


@pytest.mark.parametrize(("seed", "held_out"), [(21, False), (22, True)])
def test_the_generated_library(seed: int, held_out: bool) -> None:
    rows = library(300, seed=seed, held_out=held_out)
    found = find([prepare(row) for row in rows])
    figures = scores([row["label"] for row in rows], found.groups)
    assert figures["false_merges"] == 0
    assert figures["misses_per_1000"] <= 3


TITLE = "Growth of cells in water under stress"
HOSTILE = {
    "equal titles alone": [{"title": TITLE}] * 3000,
    "equal titles, other people": [
        {"title": TITLE, "author": f"N{i % 90}, A", "year": str(1900 + i % 100), "pages": str(i)}
        for i in range(3000)
    ],
    "empty": [{"title": "", "author": "", "year": str(1900 + i % 100)} for i in range(3000)],
    "long titles": [{"title": "word " * 200_000 + str(i)} for i in range(10)],
    "long words": [{"title": "a" * 1_000_000, "doi": "10." + "1" * 1_000_000}] * 10,
    "braces": [{"title": "{" * 300_000 + str(i), "pages": "-" * 300_000} for i in range(5)],
    "backslashes": [{"title": "\\x" * 100_000, "author": " and " * 100_000}] * 5,
    "brackets": [{"title": "T " + "[" * 100_000, "journal": "<" * 100_000}] * 5,
}


@pytest.mark.parametrize("rows", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_libraries_take_seconds(rows: Rows) -> None:
    start = time.process_time()
    found = find([prepare(row) for row in rows])
    assert time.process_time() - start < 20
    assert len(found.pairs) < 8 * len(rows) + 100


def test_titles_that_differ_beyond_what_is_compared_are_not_one() -> None:
    rows = [{"title": "word " * 1000 + end, "author": "Ku", "year": "2001"} for end in "ab"]
    assert groups(rows) == set()
