"""Shades of wording that say nothing alone, but that the model weighs beside the cues."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RUN = re.compile(r"\w+")

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
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "negation": re.compile(r"n['’]t\b"),
    "conclusion": re.compile(
        r"\b(?:in short|in conclusion|taken together|in summary|in the end)\b"
    ),
    "example": re.compile(r"\b(?:for example|for instance|such as|e\.g)\b"),
    "addition": re.compile(r"\bin addition\b"),
    "back reference": re.compile(r"^(?:this|these|that|those|it|they|such|he|she|its|their)\b"),
    "number": re.compile(r"\d"),
    "per cent": re.compile(r"%|\bper ?cent\b"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "no stop": re.compile(r"[^.!?:;\"'”’)\]]$"),
    "bracket": re.compile(r"\("),
    "colon": re.compile(r":"),
    "past": re.compile(r"\b\w{3,}ed\b"),
    "progress": re.compile(r"\b(?:is|are) (?:still |currently |now )?\w{3,}ing\b"),
    "passive": re.compile(r"\b(?:is|are|was|were|been|be) (?:\w+ly )?\w{3,}(?:ed|en|wn)\b"),
    "-ing clause": re.compile(r", (?:thereby |thus )?\w{3,}ing\b"),
    "abstract noun": re.compile(
        r"\b\w{3,}(?:tion|tions|ment|ments|ness|ity|ities|ance|ence|ism|sis|logy)\b"
    ),
}
# Single words are looked up, which is far cheaper than a search for each list of them.
_NAMES = tuple(dict.fromkeys((*_WORDS, *_PATTERNS)))


def shades(text: str) -> list[str]:
    """The names of the shades that a lower-case sentence has."""
    runs = _RUN.findall(text)
    found = {name for name, words in _WORDS.items() if not words.isdisjoint(runs)}
    found.update(
        name for name, pattern in _PATTERNS.items() if name not in found and pattern.search(text)
    )
    return [name for name in _NAMES if name in found]
