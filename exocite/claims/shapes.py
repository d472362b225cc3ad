"""How the words of a sentence are written: names, abbreviations, codes and numbers.

What is written with capitals or digits in the middle of a sentence is mostly the name of somebody's
work: a method, a program, a place, a person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from exocite.patterns import regex

_TOKEN = regex(r"[^\W_][\w’'.+/-]*[\w+]|[^\W_]")
_SHAPES = ("digits", "code", "abbreviation", "name", "mixed")
_NAMED = frozenset(_SHAPES[1:])
_CHARACTERS = (40, 70, 100, 140, 180, 230, 300, 400)
_MOST = 4


@lru_cache(maxsize=4096)
def shapes(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a sentence, each with its shape, "" for a plain one.

    The first word's capital says nothing.
    """
    found = _TOKEN.findall(text)
    kinds = [_shape(word, first=not index) for index, word in enumerate(found)]
    return tuple(zip(found, kinds, strict=True))


@lru_cache(maxsize=16_384)
def _shape(word: str, first: bool = False) -> str:
    if word.islower():
        return "" if word.isalpha() or not any(map(str.isdigit, word)) else "code"
    if word.isdigit():
        return "digits"
    if any(map(str.isdigit, word)):
        return "code" if any(map(str.isalpha, word)) else ""
    if word.isupper() and len(word) > 1:
        return "abbreviation"
    if word[0].isupper() and word[1:].islower():
        return "" if first else "name"
    return "mixed" if any(map(str.isupper, word[1:])) else ""


def names(text: str) -> tuple[str, ...]:
    """The words of a sentence that are written like names, in lower case."""
    return tuple(word.lower() for word, shape in shapes(text) if shape in _NAMED)


def shape_features(text: str) -> Iterator[str]:
    """The names of the features of a sentence's spelling."""
    found = shapes(text)
    kinds = [shape for _, shape in found]
    for shape in _SHAPES:
        yield f"sh {shape} {min(kinds.count(shape), _MOST)}"
    yield f"sh run {min(_longest_run(found), 3)}"
    for index, (_, shape) in enumerate(found):
        if shape not in _NAMED or not index:
            continue
        yield f"shl {found[index - 1][0].lower()} {shape}"
        if index + 1 < len(found):
            yield f"shr {shape} {found[index + 1][0].lower()}"
    if found:
        yield f"sx first {found[0][0].lower()}"
        yield f"sx first2 {' '.join(word for word, _ in found[:2]).lower()}"
    yield f"sx paren {min(text.count('('), 3)}"
    yield f"sx comma {min(text.count(','), 5)}"
    yield f"sx chars {bisect_right(_CHARACTERS, len(text))}"


def _longest_run(found: tuple[tuple[str, str], ...]) -> int:
    """How many names stand side by side at most."""
    run = longest = 0
    for _, shape in found:
        run = run + 1 if shape == "name" else 0
        longest = max(longest, run)
    return longest
