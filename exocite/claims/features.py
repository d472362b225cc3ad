"""A sentence and its neighbours as named features for a linear model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

from exocite.claims.cues import cues
from exocite.claims.shades import shades
from exocite.claims.shapes import shape_features

# Longer sentences are read only so far: what makes a claim stands early.
_LONGEST = 2000

# A bullet, and a label before a sentence of its own: "Fast: Unlike surgery, it takes an hour."
_BULLET = re.compile(r"[\s•‣⁃◦▪●*·–—-]{1,6}|\(?\d{1,3}[.)]\s{1,3}")
_LABEL = re.compile(r"(?:[\w’'&/-]{1,30} ){0,5}[\w’'&/-]{1,30}: (?=[A-Z\d“\"](?:\S{0,40} ){4})")

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[%$€£?!;:()\"“”&/]")
_APOSTROPHE = str.maketrans("’", "'")
_LENGTHS = (4, 7, 10, 14, 18, 23, 29, 36, 45)

# A part of a research article, by words in the name of its section; the first that fits counts.
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("results and discussion", re.compile(r"result.*discussion")),
    ("introduction", re.compile(r"\bintroduction\b|\bbackground\b")),
    ("methods", re.compile(r"\bmethods?\b|\bmaterials?\b|\bprocedures?\b|\bparticipants\b")),
    ("results", re.compile(r"\bresults?\b|\bfindings\b|\bexperiments? \d")),
    ("discussion", re.compile(r"\bdiscussion\b")),
    ("conclusion", re.compile(r"\bconclu|\bsummary\b|\btakeaways?\b|\bbottom line\b|\bwrap")),
    ("abstract", re.compile(r"\babstract\b")),
)
RESEARCH = frozenset({"results and discussion", "introduction", "methods", "results", "discussion"})
"""The kinds of section that make a research article."""


def body(text: str) -> str:
    """The sentence without its bullet and without a label before a sentence of its own."""
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    label = _LABEL.match(rest)
    return rest[label.end() :] if label else rest


def folded_case(text: str) -> str:
    """The text as cues see it: its head, in lower case, with straight apostrophes."""
    return text[:_LONGEST].lower().translate(_APOSTROPHE)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, numbers as "0", with the marks that carry meaning."""
    tokens = _WORD.findall(folded_case(text))
    return tuple("0" if token[0].isdigit() else token for token in tokens)


@lru_cache(maxsize=1024)
def section_kind(section: str) -> str:
    """What part of an article a section is, by its name; "prose" where that tells nothing."""
    name = section[:_LONGEST].casefold()
    return next((kind for kind, pattern in _SECTIONS if pattern.search(name)), "prose")


@lru_cache(maxsize=4096)
def signs(text: str) -> tuple[str, ...]:
    """The cues and shades of one sentence; remembered, since each is also a neighbour."""
    return (*cues_of(text), *shades(folded_case(text)))


@lru_cache(maxsize=4096)
def cues_of(text: str) -> Mapping[str, str]:
    """The cues of a sentence and, for each, the words that show it."""
    return cues(folded_case(text), words(text))


def features(text: str, before: str = "", after: str = "", section: str = "") -> list[str]:
    """The names of all features that hold for a sentence, each once, in a fixed order."""
    return list(dict.fromkeys(_features(text, before, after, section)))


def _features(text: str, before: str, after: str, section: str) -> Iterator[str]:
    kept = body(text)
    tokens = words(kept)
    kind = section_kind(section)
    if kept != text:
        yield "label"
    yield f"section {kind}"
    for token in tokens:
        yield f"w {token}"
    for first, second in zip(("^", *tokens), (*tokens, "$"), strict=True):
        yield f"b {first} {second}"
    yield f"length {bisect_right(_LENGTHS, len(tokens))}"
    for sign in signs(kept):
        yield f"cue {sign}"
        yield f"{kind} cue {sign}"
    yield f"position {bool(before):d}{bool(after):d}"
    yield f"{kind} position {bool(before):d}{bool(after):d}"
    for name, neighbour in (("before", before), ("after", after)):
        for sign in signs(neighbour) if neighbour else ():
            yield f"{name} {sign}"
    for token in words(section):
        yield f"s {token}"
    yield from shape_features(kept[:_LONGEST])
