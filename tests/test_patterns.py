"""Patterns that are compiled when they are first used."""

import re
import string
import sys

import pytest

from exocite.patterns import caseless, holds_any, regex


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.MULTILINE])
def test_it_finds_what_the_compiled_one_finds(flags: int) -> None:
    ours, theirs = regex(r"^(?P<word>o\w+)", flags), re.compile(r"^(?P<word>o\w+)", flags)
    for text in ("oak elm", "Oak", "elm\noak", ""):
        assert ours.findall(text) == theirs.findall(text)
        assert bool(ours.search(text)) == bool(theirs.search(text))
        assert ours.sub("x", text) == theirs.sub("x", text)
    assert (ours.pattern, ours.groupindex) == (theirs.pattern, theirs.groupindex)
    assert ours.flags == theirs.flags


def test_it_is_not_compiled_before_it_is_used() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("oak")


def test_a_method_is_the_compiled_ones_from_the_second_use_on() -> None:
    pattern = regex("oak")
    assert pattern.search("oak") is not None
    assert pattern.search == re.compile("oak").search


def test_caseless_holds_each_letter_that_a_pattern_would_find() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in string.ascii_lowercase:
        for found in re.findall(letter, every, re.IGNORECASE):
            assert caseless(f"“{found}”") == f"“{letter}”"


def test_holds_any() -> None:
    assert holds_any("an oak", ("elm", "oak"))
    assert not holds_any("an oak", ("elm", "Oak"))
    assert not holds_any("an oak", ())
