"""Shades of wording that say nothing alone, but that the model weighs beside the cues."""

from __future__ import annotations

import re
from collections.abc import Mapping

SHADES: Mapping[str, re.Pattern[str]] = {
    "hedge": re.compile(
        r"\b(?:may|might|could|can|perhaps|possibly|probably|likely|appears?|seems?|suggests?"
        r"|tends?|generally|usually|often|typically|potentially|presumably)\b"
    ),
    "negation": re.compile(r"\b(?:not|no|never|none|cannot|without|nor|neither)\b|n['’]t\b"),
    "you": re.compile(r"\b(?:you|your|yours|yourself|you're|you’re)\b"),
    "we": re.compile(r"\b(?:we|our|ours|us)\b"),
    "i": re.compile(r"\b(?:i|me|my|mine)\b"),
    "contrast": re.compile(r"\b(?:however|although|though|but|while|despite|whereas|yet)\b"),
    "conclusion": re.compile(
        r"\b(?:therefore|thus|hence|in short|in conclusion|overall|taken together|in summary"
        r"|in the end|so)\b"
    ),
    "example": re.compile(r"\b(?:for example|for instance|such as|e\.g|including|like)\b"),
    "addition": re.compile(r"\b(?:moreover|furthermore|in addition|additionally|also)\b"),
    "recently": re.compile(r"\b(?:recent|recently|currently|previous|previously|earlier|past)\b"),
    "many": re.compile(r"\b(?:many|several|various|numerous|some|few|most)\b"),
    "back reference": re.compile(r"^(?:this|these|that|those|it|they|such|he|she|its|their)\b"),
    "number": re.compile(r"\d"),
    "per cent": re.compile(r"%|\bper ?cent\b"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "no stop": re.compile(r"[^.!?:;\"'”’)\]]$"),
    "bracket": re.compile(r"\("),
    "colon": re.compile(r":"),
    "past": re.compile(r"\b(?:was|were|had|did|\w{3,}ed)\b"),
    "progress": re.compile(r"\b(?:is|are) (?:still |currently |now )?\w{3,}ing\b"),
    "passive": re.compile(r"\b(?:is|are|was|were|been|be) (?:\w+ly )?\w{3,}(?:ed|en|wn)\b"),
    "being": re.compile(r"\b(?:is|are|was|were|be)\b"),
    "-ing clause": re.compile(r", (?:thereby |thus )?\w{3,}ing\b"),
    "abstract noun": re.compile(
        r"\b\w{3,}(?:tion|tions|ment|ments|ness|ity|ities|ance|ence|ism|sis|logy)\b"
    ),
}


def shades(text: str) -> list[str]:
    """The names of the shades that a lower-case sentence has."""
    return [name for name, pattern in SHADES.items() if pattern.search(text)]
