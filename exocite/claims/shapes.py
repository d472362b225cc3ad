"""How the words of a sentence are written: names, abbreviations, codes and numbers.

What is written with capitals or digits in the middle of a sentence is mostly the name of somebody's
work: a method, a program, a place, a person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from exocite.patterns import regex

_TOKEN = regex(r"[^\W_][\w’'.+/-]*[\w+]|[^\W_]")
_SHAPES = ("digits", "code", "abbreviation", "name", "mixed")
_NAMED = frozenset(_SHAPES[1:])
_MOST = 4
_COUNTED = {shape: [f"sh {shape} {n}" for n in range(_MOST + 1)] for shape in _SHAPES}
_CHARACTERS = (40, 70, 100, 140, 180, 230, 300, 400)


@lru_cache(maxsize=4096)
def shapes(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a sentence, each with its shape, "" for a plain one.

    The first word's capital says nothing.
    """
    found = [*chain.from_iterable(map(_of_piece, text.split()))]
    if found and found[0][1] == "name":
        found[0] = (found[0][0], "")
    return tuple(found)


@lru_cache(maxsize=16_384)
def _of_piece(piece: str) -> Sequence[tuple[str, str]]:
    """The words of what stands between two spaces, each with its shape; most pieces come again."""
    return [(word, _shape(word)) for word in _TOKEN.findall(piece)]


def _shape(word: str) -> str:
    if word.islower():
        return "" if word.isalpha() or not any(map(str.isdigit, word)) else "code"
    if word.isdigit():
        return "digits"
    if any(map(str.isdigit, word)):
        return "code" if any(map(str.isalpha, word)) else ""
    if word.isupper() and len(word) > 1:
        return "abbreviation"
    if word[0].isupper() and word[1:].islower():
        return "name"
    return "mixed" if any(map(str.isupper, word[1:])) else ""


def names(text: str) -> tuple[str, ...]:
    """The words of a sentence that are written like names, in lower case."""
    return tuple(word.lower() for word, shape in shapes(text) if shape in _NAMED)


def shape_features(text: str) -> list[str]:
    """The names of the features of a sentence's spelling."""
    found = shapes(text)
    kinds = [shape for _, shape in found]
    names = [counted[min(kinds.count(shape), _MOST)] for shape, counted in _COUNTED.items()]
    names.append(f"sh run {min(_longest_run(kinds), 3)}")
    for index, shape in enumerate(kinds):
        if shape and index and shape in _NAMED:
            names.append(f"shl {found[index - 1][0].lower()} {shape}")
            if index + 1 < len(found):
                names.append(f"shr {shape} {found[index + 1][0].lower()}")
    if found:
        names.append(f"sx first {found[0][0].lower()}")
        names.append(f"sx first2 {' '.join(word for word, _ in found[:2]).lower()}")
    names.append(f"sx paren {min(text.count('('), 3)}")
    names.append(f"sx comma {min(text.count(','), 5)}")
    names.append(f"sx chars {bisect_right(_CHARACTERS, len(text))}")
    return names


def _longest_run(kinds: Sequence[str]) -> int:
    """How many names stand side by side at most."""
    if "name" not in kinds:
        return 0
    run = longest = 0
    for shape in kinds:
        run = run + 1 if shape == "name" else 0
        longest = max(longest, run)
    return longest
