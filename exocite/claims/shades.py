"""Shades of wording that say nothing alone, but that the model weighs beside the cues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from exocite.patterns import holds_any, regex

_RUN = regex(r"\w+")

_WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "hedge": "may might could can perhaps possibly probably likely appear appears seem seems"
        " suggest suggests tend tends generally usually often typically potentially presumably",
        "negation": "not no never none cannot without nor neither",
        "you": "you your yours yourself",
        "we": "we our ours us",
        "i": "i me my mine",
        "contrast": "however although though but while despite whereas yet",
        "conclusion": "therefore thus hence overall so",
        "example": "including like",
        "addition": "moreover furthermore additionally also",
        "recently": "recent recently currently previous previously earlier past",
        "many": "many several various numerous some few most",
        "being": "is are was were be",
        "past": "was were had did",
    }.items()
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    "year": regex(r"(?:1[5-9]|20)\d\d"),
    "number": regex(r"\w*\d\w*"),
    "past": regex(r"\w{3,}ed"),
    "participle": regex(r"\w{3,}(?:ed|en|wn)"),
    "-ing": regex(r"\w{3,}ing"),
    "auxiliary": regex(r"is|are|was|were|been|be"),
    "abstract noun": regex(
        r"\w{3,}(?:tion|tions|ment|ments|ness|ity|ities|ance|ence|ism|sis|logy)"
    ),
}
"""How a whole word is written that shows a shade, or that one of those below must hold."""

# What a text must hold, one of these phrases or words of all these forms, and what it is then
# searched for: to look for a few letters is a tenth of the work of a search.
_PHRASES: Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "negation": (("n't", "n’t"), regex(r"n['’]t\b")),
    "conclusion": (
        ("in short", "in conclusion", "taken together", "in summary", "in the end"),
        regex(r"\b(?:in short|in conclusion|taken together|in summary|in the end)\b"),
    ),
    "example": (
        ("for example", "for instance", "such as", "e.g"),
        regex(r"\b(?:for example|for instance|such as|e\.g)\b"),
    ),
    "addition": (("in addition",), regex(r"\bin addition\b")),
    "per cent": (("%", "per cent", "percent"), regex(r"%|\bper ?cent\b")),
    "bracket": (("(",), regex(r"\(")),
    "colon": ((":",), regex(r":")),
}
_BUILT: Mapping[str, tuple[frozenset[str], re.Pattern[str]]] = {
    "progress": (
        frozenset({"auxiliary", "-ing"}),
        regex(r"\b(?:is|are) (?:still |currently |now )?\w{3,}ing\b"),
    ),
    "passive": (
        frozenset({"auxiliary", "participle"}),
        regex(r"\b(?:is|are|was|were|been|be) (?:\w+ly )?\w{3,}(?:ed|en|wn)\b"),
    ),
    "-ing clause": (frozenset({"-ing"}), regex(r", (?:thereby |thus )?\w{3,}ing\b")),
}
_BACK = frozenset("this these that those it they such he she its their".split())
_STOPS = tuple(".!?:;\"'”’)]")

_NAMES = (
    *("hedge", "negation", "you", "we", "i", "contrast", "conclusion", "example", "addition"),
    *("recently", "many", "being", "past", "back reference", "number", "per cent", "year"),
    *("no stop", "bracket", "colon", "progress", "passive", "-ing clause", "abstract noun"),
)
"""All shades, in the order in which they are told."""


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> frozenset[str]:
    """The shades that a single word shows; most words come again and again."""
    listed = [name for name, words in _WORDS.items() if word in words]
    return frozenset([*listed, *(n for n, form in _FORMS.items() if form.fullmatch(word))])


def shades(text: str) -> list[str]:
    """The names of the shades that a lower-case sentence has."""
    words = _RUN.findall(text)
    found = set().union(*map(_of_word, words))
    for name, (held, pattern) in _PHRASES.items():
        if holds_any(text, held) and pattern.search(text):
            found.add(name)
    for name, (forms, pattern) in _BUILT.items():
        if forms <= found and pattern.search(text):
            found.add(name)
    if words and words[0] in _BACK and text.startswith(words[0]):
        found.add("back reference")
    if text and not text.endswith(_STOPS):
        found.add("no stop")
    return [name for name in _NAMES if name in found]
