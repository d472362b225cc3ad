"""With what a pattern's matches can begin, so that it is tried at few places of a sentence.

A match that begins at a word begins with one of a few dozen words in most cases, another with a
mark: elsewhere there can be none. What the reading here does not understand is refused.
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
_PLAIN = regex(r"[^\\.^$*+?{}\[\]()|]+")
_LETTERS = regex(r"[A-Za-z0-9]+")
_OPTIONAL = regex(r"[^\\.^$*+?{}\[\]()|]\?")
_LISTED = regex(r"[^()\[\]\\]*")
"""Texts with bars between them: no group, class or escape."""
_MARK = regex(r"[()|]|\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]", re.DOTALL)
"""A bracket or bar, or what may hold one that means nothing: an escape or a class."""


@dataclass(frozen=True, slots=True)
class Openings:
    """What a match begins with: a word, some words, a word of these letters, a mark, or a digit.

    `heads` are words that it begins with where the text begins.
    """

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    digit: bool = False


class _AnythingError(Exception):
    """The pattern may begin with anything."""


def openings(alternatives: Iterable[str]) -> Openings:
    """With what a match of one of these patterns can begin.

    Raises ValueError where that may be anything.
    """
    whole: set[str] = set()
    phrases: set[str] = set()
    begun: set[str] = set()
    heads: set[str] = set()
    marks: set[str] = set()
    for part in (part for one in alternatives for part in _parts(one)):
        behind = part.removeprefix(_WORD_EDGE).removeprefix("^")
        try:
            found = _first(behind)
            if behind == part:
                marks |= found
                continue
            several = {text for text in found if " " in text.strip()}
            words = {_beginning(text) for text in found - several if not _is_open(text)}
            phrases |= {text.strip() for text in several}
            begun |= {_beginning(text)[:LONGEST] for text in found if _is_open(text)}
        except _AnythingError:
            raise ValueError(f"a pattern that may begin with anything: {part}") from None
        if part.startswith("^"):
            heads |= words
        else:
            whole |= words
    return Openings(
        frozenset(whole),
        frozenset(phrases),
        frozenset(begun),
        frozenset(heads),
        frozenset(marks - {_DIGIT}),
        _DIGIT in marks,
    )


def _first(pattern: str) -> set[str]:
    """What the pattern certainly begins with: one of these texts, or a digit."""
    if pattern.startswith("["):
        return _class(pattern)
    if pattern.startswith("\\"):
        return {_escaped(pattern)}
    if _OPTIONAL.match(pattern):
        return {pattern[0], *_first(pattern[2:])}
    if not pattern.startswith(_GROUP):
        return {_literal(pattern)}
    inner, rest = _group(pattern)
    optional = rest.startswith(("?", "*", "{0"))
    if rest.startswith(("?", "*", "+", "{")):
        rest = rest[rest.index("}") + 1 :] if rest.startswith("{") else rest[1:]
    tail = _following(rest)
    found = _first(rest) if optional else set()
    for part in inner:
        found |= {part + tail} if _PLAIN.fullmatch(part) else _first(part + rest)
    return found


def _is_open(opening: str) -> bool:
    """Whether the first word of an opening may go on: nothing is known to stand behind it."""
    return opening.isascii() and opening.isalnum()


def first_word(phrase: str) -> str:
    """The word that a phrase of `Openings` begins with."""
    return _beginning(phrase)


def _beginning(opening: str) -> str:
    """The letters of an opening, up to where its first word ends."""
    word = _LETTERS.match(opening)
    if word is None:
        raise _AnythingError
    return word[0]


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
    if not _length(pattern):
        raise _AnythingError
    return _following(pattern)


@lru_cache(maxsize=256)  # Dozens of words of a group have the same behind them.
def _following(pattern: str) -> str:
    """The text that certainly comes first here, with a space where a word ends behind it."""
    length = _length(pattern)
    return pattern[:length] + _end(pattern[length:])


def _length(pattern: str) -> int:
    """How many characters that mean themselves the pattern begins with, each of them needed."""
    found = _PLAIN.match(pattern)
    length = found.end() if found else 0
    optional = pattern[length : length + 1] in ("?", "*", "{")
    return length - 1 if length and optional else length


def _end(pattern: str) -> str:
    """A space where a word ends before this pattern, "" where it may go on."""
    if pattern.startswith(_WORD_EDGE):
        return " "
    try:
        following = _first(pattern)
    except _AnythingError:
        return ""
    return "" if any(map(_goes_on, following)) else " "


def _goes_on(following: str) -> bool:
    """Whether a word goes on with this."""
    return following == _DIGIT or following[0].isalnum() or following[0] == "_"


def _group(pattern: str) -> tuple[Sequence[str], str]:
    """The alternatives of the group that the pattern begins with, and what stands behind it."""
    simple = _LISTED.match(pattern, len(_GROUP))
    if simple and pattern.startswith(")", simple.end()):
        return simple[0].split("|"), pattern[simple.end() + 1 :]
    depth = 0
    for at, mark in _marks(pattern):
        depth += (mark == "(") - (mark == ")")
        if not depth:
            return _parts(pattern[len(_GROUP) : at]), pattern[at + 1 :]
    raise _AnythingError


def _parts(pattern: str) -> Sequence[str]:
    """The alternatives of a pattern, outside of its groups and classes."""
    if _LISTED.fullmatch(pattern):
        return pattern.split("|")
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
