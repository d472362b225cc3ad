"""What a pattern can begin with, told from the pattern."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.claims.cues import _BEGINNINGS, CUES, _matched
from exocite.claims.openings import Openings, openings

TABLE = [
    ([r"\bmeans\b"], Openings(words=frozenset({"means"}))),
    ([r"\bneeds? to\b"], Openings(begun=frozenset({"need"}))),
    ([r"\bi (?:think|hope)\b"], Openings(words=frozenset({"i"}))),
    ([r"\bet al\b"], Openings(phrases=frozenset({"et al"}))),
    ([r"\b(?:the first|only) \w+"], Openings(frozenset({"only"}), frozenset({"the first"}))),
    ([r"^(?:please )?(?:make|don't)\b"], Openings(heads=frozenset({"please", "make", "don"}))),
    ([r"^(?:also,? )?(?:look|don't)\b"], Openings(heads=frozenset({"also", "look", "don"}))),
    ([r"\bp ?[<=>] ?0"], Openings(words=frozenset({"p"}))),
    ([r"\b(?:as \w+ as|[a(]|the only)\b"], None),
    ([r"\b(?:half|one (?:in|of)) x"], Openings(frozenset({"one"}), frozenset({"half x"}))),
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
    if expected is None:
        with pytest.raises(ValueError, match="begin with anything"):
            openings(patterns)
    else:
        assert openings(patterns) == expected


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
def test_no_match_is_missed(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + join for word, join in pieces)
    tried = _BEGINNINGS.within(text)
    for place, cue in enumerate(CUES):
        searched = cue.pattern.expression.search(text) if cue.pattern else None
        found = _matched(cue.pattern, text, tried.get(place, ()))
        assert (found and found.span()) == (searched and searched.span()), cue.name
