"""The roles by which reStructuredText and MyST cite: which they are, and the keys in their text.

Sources: the handbooks of sphinxcontrib-bibtex ("Roles and directives"), of Sphinx and of MyST.
"""

from __future__ import annotations

from exocite.patterns import regex
from exocite.readers.inline_scanner import Cited
from exocite.text import collapsed

_CITES = regex(
    r"(?:foot)?cite(?:[pt]|:(?:p|t|ps|ts|ct|cts|alps?|authors?|authorpar|labels?|labelpar"
    r"|years?|yearpar|titles?|np))?"
)
_NARRATIVE = regex(r"(?:foot)?cite?t|.*:(?:ts?|ct|cts|author|authors)")
_SILENT = "cite:empty"
_KEY = regex(
    r"\s*(?:\{[^{}]{0,300}\}\s*)?(?P<key>[^\s{},`]{1,300})\s*(?:\{(?P<post>[^{}]{0,300})\})?\s*,?"
)


def cites(role: str) -> bool:
    """Whether a role, in lower case, prints citations of the keys in its text."""
    return _CITES.fullmatch(role) is not None


def is_narrative(role: str) -> bool:
    """Whether what the role prints is a part of the sentence: "Ku (2023) found"."""
    return _NARRATIVE.fullmatch(role) is not None


def is_silent(role: str) -> bool:
    """Whether the role only lists works: it prints nothing and cites nothing where it stands."""
    return role == _SILENT


def keys(text: str, start: int, end: int) -> list[Cited]:
    """The keys between two offsets: `{see}key{p. 3}, other`; a note behind a key is its locator."""
    return [
        Cited(match.start("key"), match.end("key"), collapsed(match["post"] or ""))
        for match in _KEY.finditer(text, start, end)
    ]
