"""What a pattern can begin with, told from the pattern."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.claims.cues import _BEGINNINGS, CUES
from exocite.claims.openings import Openings, openings

TABLE = [
    ([r"\bmeans\b"], Openings(words=frozenset({"means"}))),
    ([r"\bneeds? to\b"], Openings(begun=frozenset({"need"}))),
    ([r"\bi (?:think|hope)\b"], Openings(words=frozenset({"i"}))),
    ([r"\bet al\b"], Openings(phrases=frozenset({"et al"}))),
    ([r"\b(?:the first|only) \w+"], Openings(frozenset({"only"}), frozenset({"the first"}))),
    ([r"^(?:please )?(?:make|don't)\b"], Openings(words=frozenset({"please", "make", "don"}))),
    ([r"\bmade of\b|\bknown\b"], Openings(frozenset({"known"}), frozenset({"made of"}))),
    ([r"\?[\"”]{0,3}$"], Openings(marks=frozenset({"?"}))),
    ([r"(?:[$€] ?\d|\d)x"], Openings(marks=frozenset({"$", "€"}), digit=True)),
    ([r"\w+ly"], None),
    ([r"\b\w+ly"], None),
    ([r"\b(?:very )?\w+"], None),
    ([r"[^a]b"], None),
    ([r"a?"], None),
]


@pytest.mark.parametrize(("patterns", "expected"), TABLE)
def test_openings(patterns: list[str], expected: Openings | None) -> None:
    assert openings(patterns) == expected


def test_every_cue_is_told_apart() -> None:
    assert all(cue.pattern is None or cue.pattern.openings for cue in CUES)


_WORDS = sorted(
    {
        word
        for cue in CUES
        if cue.pattern
        for word in re.findall(
            r"[a-z’']+|[$€£%?!©\"“”]|\d", re.sub(r"\\[a-z]", " ", cue.pattern.expression.pattern)
        )
    }
)
_JOINS = st.sampled_from([" ", " ", " ", "", "s ", "ed ", ", ", "-", "’", "\n"])


@given(st.lists(st.tuples(st.sampled_from(_WORDS), _JOINS), max_size=14))
def test_no_cue_is_missed(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + join for word, join in pieces)
    searched = _BEGINNINGS.within(text)
    for place, cue in enumerate(CUES):
        if cue.pattern and cue.pattern.expression.search(text):
            assert searched >> place & 1, cue.name
