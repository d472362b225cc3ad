"""A sentence and its neighbours as named features for a linear model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from exocite.claims.cues import cues
from exocite.claims.shades import shades
from exocite.claims.shapes import shape_features
from exocite.patterns import regex

# Longer sentences are read only so far: what makes a claim stands early.
_LONGEST = 2000

# A bullet, and a label before a sentence of its own: "Fast: Unlike surgery, it takes an hour."
_BULLET = regex(r"[\s•‣⁃◦▪●*·–—-]{1,6}|\(?\d{1,3}[.)]\s{1,3}")
_LABEL = regex(r"(?:[\w’'&/-]{1,30} ){0,5}[\w’'&/-]{1,30}: (?=[A-Z\d“\"](?:\S{0,40} ){4})")

_WORD = regex(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[%$€£?!;:()\"“”&/]")
_LENGTHS = (4, 7, 10, 14, 18, 23, 29, 36, 45)

# A part of a research article, by words in the name of its section; the first that fits counts.
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("results and discussion", regex(r"result.*discussion")),
    ("introduction", regex(r"\bintroduction\b|\bbackground\b")),
    ("methods", regex(r"\bmethods?\b|\bmaterials?\b|\bprocedures?\b|\bparticipants\b")),
    ("results", regex(r"\bresults?\b|\bfindings\b|\bexperiments? \d")),
    ("discussion", regex(r"\bdiscussion\b")),
    ("conclusion", regex(r"\bconclu|\bsummary\b|\btakeaways?\b|\bbottom line\b|\bwrap")),
    ("abstract", regex(r"\babstract\b")),
)
RESEARCH = frozenset({"results and discussion", "introduction", "methods", "results", "discussion"})
"""The kinds of section that make a research article."""


@lru_cache(maxsize=4096)
def body(text: str) -> str:
    """The sentence without its bullet and without a label before a sentence of its own."""
    bullet = None if text[:1].isalpha() else _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    label = _LABEL.match(rest) if ": " in rest else None
    return rest[label.end() :] if label else rest


def folded_case(text: str) -> str:
    """The text as cues see it: its head, in lower case, with straight apostrophes."""
    return text[:_LONGEST].lower().replace("’", "'")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, numbers as "0", with the marks that carry meaning."""
    return tuple(chain.from_iterable(map(_of_piece, folded_case(text).split())))


@lru_cache(maxsize=16_384)
def _of_piece(piece: str) -> Sequence[str]:
    """The words of what stands between two spaces; most pieces come again and again."""
    return ["0" if token[0].isdigit() else token for token in _WORD.findall(piece)]


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
    kept = body(text)
    tokens = words(kept)
    kind = section_kind(section)
    own = signs(kept)
    position = f"position {bool(before):d}{bool(after):d}"
    found = [
        *(["label"] if kept != text else []),
        f"section {kind}",
        *[f"w {token}" for token in tokens],
        *[f"b {one} {two}" for one, two in zip(("^", *tokens), (*tokens, "$"), strict=True)],
        f"length {bisect_right(_LENGTHS, len(tokens))}",
        *[name for sign in own for name in (f"cue {sign}", f"{kind} cue {sign}")],
        position,
        f"{kind} {position}",
        *([f"before {sign}" for sign in signs(before)] if before else []),
        *([f"after {sign}" for sign in signs(after)] if after else []),
        *[f"s {token}" for token in words(section)],
        *shape_features(kept[:_LONGEST]),
    ]
    return list(dict.fromkeys(found))
