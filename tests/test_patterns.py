"""Patterns that are compiled when they are first used."""

import re

import pytest

from exocite.patterns import regex


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
