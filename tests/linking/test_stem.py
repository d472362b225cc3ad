from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.stem import stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("increases", "increas"),
        ("increased", "increas"),
        ("increasing", "increas"),
        ("vesicles", "vesicl"),
        ("vesicle", "vesicl"),
        ("communication", "communic"),
        ("communities", "communiti"),
        ("rejuvenation", "rejuven"),
        ("rejuvenated", "rejuven"),
        ("therapies", "therapi"),
        ("therapy", "therapi"),
        ("ties", "tie"),
        ("dying", "die"),
        ("proceeds", "proceed"),
        ("news", "news"),
        ("generally", "general"),
        ("generous", "generous"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("agreed", "agre"),
        ("feed", "feed"),
        ("adoption", "adopt"),
        ("geology", "geolog"),
        ("happiness", "happi"),
        ("controlled", "control"),
        ("gas", "gas"),
        ("this", "this"),
        ("yellow", "yellow"),
        ("enjoy", "enjoy"),
        ("is", "is"),
    ],
)
def test_stems_are_those_of_the_snowball_english_stemmer(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize("word", ["naïve", "p53", "α", "", "a" * 500])
def test_what_is_no_english_word_stays(word: str) -> None:
    assert stem(word) == word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_any_word_has_a_stem_that_is_no_longer_than_one_letter_more(word: str) -> None:
    made = stem(word)
    assert len(made) <= len(word) + 1
    assert bool(made) == bool(word)
