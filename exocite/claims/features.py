"""A sentence and its surroundings as named features for a linear model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from exocite.claims.cues import cues
from exocite.claims.shades import shades

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
_RESEARCH = frozenset(
    {"results and discussion", "introduction", "methods", "results", "discussion"}
)


def body(text: str) -> str:
    """The sentence without its bullet and without a label before a sentence of its own."""
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    label = _LABEL.match(rest)
    return rest[label.end() :] if label else rest


def folded_case(text: str) -> str:
    """The text as cues see it: its head, in lower case, with straight apostrophes."""
    return text[:_LONGEST].lower().translate(_APOSTROPHE)


def words(text: str) -> list[str]:
    """The words of a text in lower case, numbers as "0", with the marks that carry meaning."""
    tokens = _WORD.findall(folded_case(text))
    return ["0" if token[0].isdigit() else token for token in tokens]


def section_kind(section: str) -> str:
    """What part of an article a section is, by its name; "prose" where that tells nothing."""
    name = section.casefold()
    return next((kind for kind, pattern in _SECTIONS if pattern.search(name)), "prose")


@lru_cache(maxsize=4096)
def signs(text: str) -> tuple[str, ...]:
    """The cues and shades of one sentence; remembered, since each is also a neighbour."""
    lower = folded_case(text)
    return (*cues(lower, words(text)), *shades(lower))


def features(text: str, before: str = "", after: str = "", section: str = "") -> list[str]:
    """The names of all features that hold for a sentence, each once, in a fixed order."""
    return list(dict.fromkeys(_features(text, before, after, section)))


def _features(text: str, before: str, after: str, section: str) -> Iterator[str]:
    kept = body(text)
    tokens = words(kept)
    kind = section_kind(section)
    group = "research" if kind in _RESEARCH else "prose"
    own = signs(kept)
    if kept != text:
        yield "label"
    yield f"section {kind}"
    for token in tokens:
        yield f"w {token}"
        yield f"{group} w {token}"
    for first, second in zip(["^", *tokens], [*tokens, "$"], strict=True):
        yield f"b {first} {second}"
    yield f"length {sum(len(tokens) >= edge for edge in _LENGTHS)}"
    yield f"{group} length {sum(len(tokens) >= edge for edge in _LENGTHS)}"
    for sign in own:
        yield f"cue {sign}"
        yield f"{kind} cue {sign}"
    yield from _pairs(own)
    yield f"position {bool(before):d}{bool(after):d}"
    yield f"{kind} position {bool(before):d}{bool(after):d}"
    for name, neighbour in (("before", before), ("after", after)):
        for sign in signs(neighbour) if neighbour else ():
            yield f"{name} {sign}"
    for token in words(section):
        yield f"s {token}"


def _pairs(own: tuple[str, ...]) -> Iterator[str]:
    """Two signs that hold together, for a model that only adds."""
    for index, first in enumerate(own):
        for second in own[index + 1 :]:
            yield f"both {first} + {second}"
