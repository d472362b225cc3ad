"""Characters of a PDF made those that one would type, and words cut at line ends made whole.

Shared with the texts of works (`exocite.sources.pdf_text`).
"""

from __future__ import annotations

import re
from collections import Counter

from exocite.patterns import regex

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " "}
)
_UNWANTED = regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_SURROGATE = regex(r"[\ud800-\udfff]")
_WORD = regex(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_HYPHENATED = regex(r"([^\W_]+)(?:[-‐]|\xad)\Z")
_BEGINS = regex(r"[^\W_]+")
_LONGEST_WORD = 60
_LONGEST_ADDRESS = 300
_RANGE = regex(r"\d[–—]\Z")
_ADDRESS = regex(r"(?:https?://|www\.|doi:|10\.\d{4,9}/)\S{0,300}[/.\-_=?&%#:]\Z", re.IGNORECASE)


def cleaned(text: str) -> str:
    """The text without ligatures, control characters, halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWANTED.sub("", _SURROGATE.sub("\ufffd", text.translate(_LIGATURES)))


def whole_words(line: str) -> list[str]:
    """The words of a line that are neither cut at its end nor the rest of one cut before."""
    return [match[0].replace("‐", "-") for match in _WORD.finditer(line)][1:-1]


def joint(text: str, following: str, words: Counter[str]) -> str | None:
    """What stands between a line and the one that follows it: a space, or nothing.

    None where the hyphen at the end of `text` goes too. A hyphen stays where the document writes
    the word with one elsewhere (`words` counts them, case folded), where a number or a capital
    follows ("COVID-19"), and goes otherwise. An address or a range of numbers goes on as it is.
    """
    if _RANGE.search(text) and following[:1].isdigit():
        return ""
    if _ADDRESS.search(text[-_LONGEST_ADDRESS:]) and not following[:1].isupper():
        return ""
    cut, begins = _HYPHENATED.search(text[-_LONGEST_WORD:]), _BEGINS.match(following)
    if cut is None or begins is None:
        return " "
    if text.endswith("\xad"):
        return None
    head, tail = cut[1].casefold(), begins[0].casefold()
    compound = words[f"{head}-{tail}"] > words[head + tail]
    if compound or not following[0].islower() or not text[-2].isalpha():
        return ""
    return None
