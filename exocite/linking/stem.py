"""English stems: the Snowball English stemmer ("Porter2"), so that "increases" meets "increased".

Source: M. F. Porter, the English (Porter2) stemming algorithm, snowballstem.org. Every rule looks
at the end of one word only, so the time is that of reading it.
"""

from __future__ import annotations

import re

_LONGEST = 40
_VOWELS = frozenset("aeiouy")
_DOUBLES = frozenset(("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"))
_LI_ENDING = frozenset("cdeghkmnrt")
_WHOLE = {
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli",
    "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news",
    "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}  # fmt: skip
_KEPT = frozenset(
    ("inning", "outing", "canning", "herring", "earring", "evening", "proceed", "exceed", "succeed")
)
_REGION = re.compile(r"[aeiouy][^aeiouy]")
_EARLY_REGION = re.compile(r"gener|commun|arsen|past|univers|later|emerg|organ|inter")

_STEP_2 = (
    ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"),
    ("ousness", "ous"), ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"),
    ("alism", "al"), ("aliti", "al"), ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"),
    ("iviti", "ive"), ("ousli", "ous"), ("abli", "able"), ("alli", "al"), ("anci", "ance"),
    ("ator", "ate"), ("enci", "ence"), ("izer", "ize"), ("ogist", "og"), ("bli", "ble"),
    ("ogi", "og"), ("li", ""),
)  # fmt: skip
_STEP_3 = (
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"),
    ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti",
    "ive", "ize", "ous", "al", "er", "ic",
)  # fmt: skip


def stem(word: str) -> str:
    """The stem of a word in lower case; words with other letters than a to z stay as they are."""
    if len(word) <= 2 or len(word) > _LONGEST or not (word.isascii() and word.isalpha()):
        return word
    if word in _WHOLE:
        return _WHOLE[word]
    word = _mark_consonant_y(word)
    first = _region_one(word)
    second = _region_after(word, first)
    word = _plural(word)
    if word in _KEPT:
        return word
    word = _past(word, first)
    if word[-1] in "yY" and len(word) > 2 and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    word = _step_2(word, first)
    word = _step_3(word, first, second)
    word = _step_4(word, second)
    return _last(word, first, second).replace("Y", "y")


def _mark_consonant_y(word: str) -> str:
    if "y" not in word:
        return word
    letters = list(word)
    for index, letter in enumerate(letters):
        if letter == "y" and (index == 0 or letters[index - 1] in _VOWELS):
            letters[index] = "Y"
    return "".join(letters)


def _region_one(word: str) -> int:
    early = _EARLY_REGION.match(word)
    return early.end() if early else _region_after(word, 0)


def _region_after(word: str, start: int) -> int:
    found = _REGION.search(word, start)
    return found.end() if found else len(word)


def _has_vowel(text: str) -> bool:
    return any(letter in _VOWELS for letter in text)


def _plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")) or not word.endswith("s"):
        return word
    return word[:-1] if _has_vowel(word[:-2]) else word


def _past(word: str, first: int) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            return word[: -len(ending)] + "ee" if len(word) - len(ending) >= first else word
    for ending in ("ingly", "edly", "ing", "ed"):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if ending == "ing" and len(rest) == 2 and rest[1] == "y" and rest[0] not in _VOWELS:
                return rest[0] + "ie"
            return _repaired(rest, first) if _has_vowel(rest) else word
    return word


def _repaired(rest: str, first: int) -> str:
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if rest[-2:] in _DOUBLES:
        return rest if len(rest) == 3 and rest[0] in "aeo" else rest[:-1]
    return rest + "e" if first >= len(rest) and _ends_short(rest) else rest


def _ends_short(word: str) -> bool:
    if len(word) == 2:
        return word[0] in _VOWELS and word[1] not in _VOWELS
    return word == "past" or (
        len(word) > 2
        and word[-3] not in _VOWELS
        and word[-2] in _VOWELS
        and word[-1] not in _VOWELS
        and word[-1] not in "wxY"
    )


def _step_2(word: str, first: int) -> str:
    for ending, new in _STEP_2:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) < first:
                return word
            if ending == "ogi" and not rest.endswith("l"):
                return word
            if ending == "li" and rest[-1:] not in _LI_ENDING:
                return word
            return rest + new
    return word


def _step_3(word: str, first: int, second: int) -> str:
    for ending, new in _STEP_3:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + new if len(rest) >= (second if ending == "ative" else first) else word
    return word


def _step_4(word: str, second: int) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) < second or (ending == "ion" and rest[-1:] not in ("s", "t")):
                return word
            return rest
    return word


def _last(word: str, first: int, second: int) -> str:
    rest = word[:-1]
    if word.endswith("e"):
        if len(rest) >= second or (len(rest) >= first and not _ends_short(rest)):
            return rest
    elif word.endswith("ll") and len(rest) >= second:
        return rest
    return word
