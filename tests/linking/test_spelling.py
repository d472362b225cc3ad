from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.spelling import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumour", "tumor"),
        ("behavioural", "behavioral"),
        ("randomised", "randomized"),
        ("hospitalisation", "hospitalization"),
        ("analysed", "analyzed"),
        ("anaemia", "anemia"),
        ("paediatric", "pediatric"),
        ("oedema", "edema"),
        ("oestrogen", "estrogen"),
        ("fibres", "fibers"),
        ("centre", "center"),
        ("sulphate", "sulfate"),
        ("leucocytes", "leukocytes"),
        ("programme", "program"),
        ("women", "woman"),
        ("mice", "mouse"),
    ],
)
def test_spellings_that_are_one_word(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "word", ["four", "hour", "course", "source", "coexist", "rising", "aerobic", "genre", "larvae"]
)
def test_words_that_only_look_british_stay(word: str) -> None:
    assert folded(word) in (word, "larva")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_any_word_stays_a_word(word: str) -> None:
    made = folded(word)
    assert len(made) <= len(word) + 5
    assert bool(made) == bool(word)
