from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.statement import heads, statement


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The cream does not improve skin", ["improve"]),
        ("not significantly different skin", ["different"]),
        ("not only skin", []),
        ("skin without hair", ["hair"]),
        ("it failed to heal", ["heal"]),
        ("heart failure and failed hips", []),
        ("whether or not skin heals", []),
        ("rather high", []),
        ("not here. Skin heals", []),
    ],
)
def test_what_is_denied(text: str, denied: list[str]) -> None:
    side = statement(text)
    found = [side.words[p].text for one in side.negations for p in heads(side, one)]
    assert found == denied


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("it increases growth", [1]),
        ("it reduces growth", [-1]),
        ("it reduces the inhibition of growth", [1]),
        ("it reduces the loss of hair", [1]),
        ("it increases risk and reduction", [1, 1, -1]),
        ("it is down-regulated", [-1]),
    ],
)
def test_reversals(text: str, signs: list[int]) -> None:
    assert [turn.poles[0][1] for turn in statement(text).turns] == signs


@given(st.text(max_size=200))
def test_every_word_has_a_place(text: str) -> None:
    side = statement(text)
    assert len(side.words) == len(side.starts) == len(side.clauses) == len(side.sentences)
    assert side.starts == sorted(set(side.starts))
    assert [side.words[place].stem != "" for place in side.content] == [True] * len(side.content)
    assert all(0 <= place < len(side.words) for one in side.negations for place in one.scope)
