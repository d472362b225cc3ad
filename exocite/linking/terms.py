"""The terms of a text: stems of its content words, and its numbers; what texts are compared by."""

from __future__ import annotations

import re
import unicodedata

from exocite.linking.spelling import folded
from exocite.linking.stem import stem
from exocite.linking.units import AFTER_A_NUMBER, NAMES, NUMBER_WORDS, ROUND, unit

_SPACED = "anti|non|pre|micro|nano"
_PREFIXES = (
    f"{_SPACED}|post|pro|co|re|multi|inter|intra|extra|trans|sub|hyper|hypo|immuno|neuro|cardio|bio"
)
_GREEK_WORD = "alpha|beta|gamma|delta|kappa|[α-ω]"
_NAMED = (
    rf"[A-Z][A-Z0-9]{{1,5}}[-‐‑ ]?(?=(?:{_GREEK_WORD})(?![a-z]))"
    r"|[Ii]nterleukin[-‐‑ ](?=\d)|[A-Za-z]{0,2}[A-Z]{1,4}[a-z]?[-‐‑](?=\d)"
    r"|[A-Z][a-z]{1,2}[-‐‑](?=\d)|[A-Za-z]{1,8}(?=\d)"
)
_TAIL = (
    rf"(?:(?:{_GREEK_WORD})[A-Z]?|[A-Za-z]{{0,4}})"
    r"(?:\d{1,4}[a-zA-Zα-ω]{0,3}){0,4}"
)
_WORD = re.compile(
    r"\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:[.,·]\d+)*"
    rf"|(?<![^\W_])(?!mi(?:cro)?R)(?:{_NAMED}){_TAIL}(?![^\W_])"
    r"|%|°\s?[Cc]\b|per\s?cent(?![^\W\d_])"
    rf"|(?<![^\W_])(?i:(?:{_PREFIXES})[-‐‑]|(?:{_SPACED})\s)(?!(?:and|or|the|to)\b)[^\W\d_]{{3,}}"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?"
)
_JOINT = re.compile(r"[-‐‑\s]")
_SAME = {
    "interleukin": "il",
    "interleukins": "il",
    "mirna": "microrna",
    "mir": "microrna",
    "percent": "%",
    "percents": "%",
}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip

_STOP_WORDS = """
    a about above after again all also although am among an and any are as at be because been
    before being below between both but by can could did do does doing down during each e either
    et few for from further g had has have having he her here hers him his how i if in into is it
    its itself just may me might more most must my neither no nor not now of off on once one only
    or other our out over own per same shall she should since so some such than that the their
    them then there therefore these they this those through thus to too under until up upon us
    very via was we were what when where whether which while who whom whose why will with within
    without would yet you your s t al ie eg however well using use used
    don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn mustn
    """
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words too common to tell one text from another."""


class Analyser:
    """Cuts English text into stems; remembers those that it has made, and nothing else."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def stems(self, text: str) -> list[str]:
        """The content words, numbers and units in order; stop words are left out.

        A letter that is a unit only behind a number ("5 g") is one there; "twenty-five" is 25.
        """
        known = self._known
        found: list[str] = []
        follows_number = False
        for word in _WORD.findall(text):
            made = known.get(word)
            if made is None:
                made = known[word] = term(word)
            if follows_number:
                made = AFTER_A_NUMBER.get(word, made)
                if found[-1] in ROUND and made in _DIGITS and not word[0].isdigit():
                    found[-1] = found[-1][0] + made
                    continue
            follows_number = bool(made) and made[0].isdigit()
            if made:
                found.append(made)
        return found


_DIGITS = frozenset("23456789")


def term(word: str) -> str:
    """What a word counts as: a stem, a plain number, a unit, or "" for a stop word."""
    if word[0].isdigit():
        return number(word)
    if not word.isalpha() and _SYMBOL.fullmatch(word):
        return symbol(word)
    if word in _ROMAN:
        return _ROMAN[word]
    if measured := unit(word):
        return measured
    if word[-1] == "s" and len(word) > 2 and word[-3:-1].isupper():
        word = word[:-1]
    plain = plain_word(_JOINT.sub("", word))
    if plain in STOP_WORDS:
        return ""
    return NAMES.get(plain) or NUMBER_WORDS.get(plain) or _SAME.get(plain) or stem(folded(plain))


def plain_word(word: str) -> str:
    """The word in lower case without accents or possessive, Greek letters by name."""
    lower = word.casefold()
    if not lower.isascii():
        lower = unicodedata.normalize("NFKD", lower)
        lower = "".join(_GREEK.get(c, c) for c in lower if not unicodedata.combining(c))
        lower = lower.replace("’", "'")
    return lower.partition("'")[0]


def number(word: str) -> str:
    """A number as it counts: no thousands separators, no trailing zeros after the point."""
    text = word.replace("·", ".")
    if not text.isascii():
        text = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    whole, point, part = text.partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".") if point else whole


_ROMAN = {"II": "2", "III": "3"}
_SYMBOL = re.compile(rf"(?:{_NAMED}){_TAIL}")


def symbol(word: str) -> str:
    """A symbol as it counts, however it is joined: "il6" for IL-6, IL6 and interleukin 6."""
    plain = plain_word(_JOINT.sub("", word))
    return "il" + plain.removeprefix("interleukin") if plain.startswith("interleukin") else plain
