"""With what a pattern's matches can begin, so that few sentences need be searched for it.

A match that begins at a word begins with one of a few dozen words in most cases, another with a
mark: a sentence that has none of them cannot match. What the reading here does not understand
counts as able to begin with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from exocite.frozen import dataclass
from exocite.patterns import regex

LONGEST = 4
"""Letters of a beginning that are told apart."""

_GROUP = "(?:"
_WORD_EDGE = r"\b"
_DIGIT = r"\d"
_NO_LETTERS = frozenset(" ,.;:!?'’-")
_PLAIN = regex(r"[^\\.^$*+?{}\[\]()|]+")
_MARK = regex(r"[()|]|\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]", re.DOTALL)
"""A bracket or bar, or what may hold one that means nothing: an escape or a class."""


@dataclass(frozen=True, slots=True)
class Openings:
    """What a match begins with: a word, some words, a word of these letters, a mark, or a digit."""

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    digit: bool = False


class _AnythingError(ValueError):
    """The pattern may begin with anything."""


def openings(alternatives: Iterable[str]) -> Openings | None:
    """With what a match of one of these patterns can begin; None where that may be anything."""
    whole: set[str] = set()
    phrases: set[str] = set()
    begun: set[str] = set()
    marks: set[str] = set()
    try:
        for one in alternatives:
            for part in _parts(one):
                behind = part.removeprefix(_WORD_EDGE).removeprefix("^")
                if behind != part:
                    found = _first(behind)
                    several = {text for text in found if " " in text.strip()}
                    phrases |= {text.strip() for text in several}
                    whole |= {_beginning(text) for text in found - several if not _is_open(text)}
                    begun |= {_beginning(text)[:LONGEST] for text in found if _is_open(text)}
                else:
                    marks |= set(_first(part))
    except _AnythingError:
        return None
    digit = _DIGIT in marks
    texts = frozenset(marks - {_DIGIT})
    return Openings(frozenset(whole), frozenset(phrases), frozenset(begun), texts, digit)


def _first(pattern: str) -> set[str]:
    """What the pattern certainly begins with: one of these texts, or a digit."""
    if pattern.startswith("["):
        return _class(pattern)
    if pattern.startswith("\\"):
        return {_escaped(pattern)}
    if not pattern.startswith(_GROUP):
        return {_literal(pattern)}
    inner, rest = _group(pattern)
    optional = rest.startswith(("?", "*", "{0"))
    if rest.startswith(("?", "*", "+", "{")):
        rest = rest[rest.index("}") + 1 :] if rest.startswith("{") else rest[1:]
    found = set().union(*(_first(part + rest) for part in inner))
    return found | _first(rest) if optional else found


def _is_open(opening: str) -> bool:
    """Whether the first word of an opening may go on: nothing is known to stand behind it."""
    return opening.isascii() and opening.isalnum()


def first_word(phrase: str) -> str:
    """The word that a phrase of `Openings` begins with."""
    return _beginning(phrase)


def _beginning(opening: str) -> str:
    """The letters of an opening, up to where its first word ends."""
    length = 0
    while length < len(opening) and opening[length].isascii() and opening[length].isalnum():
        length += 1
    if not length:
        raise _AnythingError
    return opening[:length]


def _escaped(pattern: str) -> str:
    if pattern[2:3] in ("?", "*", "{"):
        raise _AnythingError
    if pattern.startswith(_DIGIT):
        return _DIGIT
    if pattern[1:2].isalnum():
        raise _AnythingError
    return pattern[1]


def _class(pattern: str) -> set[str]:
    """The characters of a class of single marks, which must be there."""
    end = _behind_class(pattern, 0)
    inner = pattern[1 : end - 1]
    plain = inner.replace('\\"', '"')
    if plain.startswith("^") or "\\" in plain or "-" in plain or pattern[end : end + 1] in "?*{":
        raise _AnythingError
    return set(plain)


def _literal(pattern: str) -> str:
    """The text that the pattern, one alternative, certainly begins with."""
    found = _PLAIN.match(pattern)
    length = found.end() if found else 0
    if pattern[length : length + 1] in ("?", "*", "{"):  # The last one need not be there.
        length -= 1
    if length < 1:
        raise _AnythingError
    return pattern[:length] + _end(pattern[length:])


@lru_cache(maxsize=256)  # Dozens of words of a group have the same behind them.
def _end(pattern: str) -> str:
    """A space where a word ends before this pattern, "" where it may go on."""
    if pattern.startswith(_WORD_EDGE):
        return " "
    try:
        following = _first(pattern)
    except _AnythingError:
        return ""
    ends = all(one[0] in _NO_LETTERS for one in following)
    return " " if ends else ""


def _group(pattern: str) -> tuple[Sequence[str], str]:
    """The alternatives of the group that the pattern begins with, and what stands behind it."""
    depth = 0
    for at, mark in _marks(pattern):
        depth += (mark == "(") - (mark == ")")
        if not depth:
            return _parts(pattern[len(_GROUP) : at]), pattern[at + 1 :]
    raise _AnythingError


def _parts(pattern: str) -> Sequence[str]:
    """The alternatives of a pattern, outside of its groups and classes."""
    parts, depth, start = [], 0, 0
    for at, mark in _marks(pattern):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _marks(pattern: str) -> Iterator[tuple[int, str]]:
    """The brackets and bars outside of classes, each with its place."""
    for found in _MARK.finditer(pattern):
        if found[0] in "()|":
            yield found.start(), found[0]


def _behind_class(pattern: str, at: int) -> int:
    """Where a class of characters, which begins here, has ended."""
    at += 2 if pattern[at + 1 : at + 2] != "^" else 3  # A bracket that stands first is itself.
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
