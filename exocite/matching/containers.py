"""Whether two names mean one journal, book or meeting: in full, abbreviated, or by initials."""

from __future__ import annotations

import re

from exocite.matching.words import alike, word_set, words

_SMALL = word_set(
    """
    a an and the of in on for to with from by at et de la le les l des du d der die das den und fur
    von zur im zum del e y da do di i dell della delle degli degl en ja og och van voor het
    """
)
_APOSTROPHE = re.compile(r"['’‘ʼ`]")
_EDITIONS = ("edit", "edic", "ediz", "ausgabe", "utgave", "udgave", "version")
_VAGUE = frozenset(
    {"journal", "j", "international", "int", "annals", "ann", "proceedings", "proc", "series"}
)


def same_container(left: str, right: str) -> bool:
    """Whether two container names agree: equal, misspelt, abbreviated word by word, or initials.

    A subtitle ("JAMA: The Journal of …") or a series letter may be missing on one side only.
    """
    ours, theirs = _telling(left), _telling(right)
    if not ours or not theirs or _edition(left) != _edition(right):
        return False
    if "".join(ours) == "".join(theirs):
        return True
    if _same_words(ours, theirs):
        return True
    if _initials(ours, theirs) or _initials(theirs, ours):
        return True
    pairs = ((_main(left), theirs), (ours, _main(right)))
    return any(_same_words(a, b) for a, b in pairs if a and b and not _vague(a) and not _vague(b))


def _edition(name: str) -> bool:
    """Whether a bracket behind the name says that it is an edition of another journal."""
    bracket = name.partition("(")[2]
    return bool(bracket) and any(word.startswith(_EDITIONS) for word in words(bracket))


def _same_words(a: list[str], b: list[str]) -> bool:
    return a == b or _abbreviates(a, b) or _abbreviates(b, a)


def _vague(name: list[str]) -> bool:
    return len(name) == 1 and name[0] in _VAGUE


def _telling(name: str) -> list[str]:
    found = words(_APOSTROPHE.sub(" ", name))
    return [word for word in found if word not in _SMALL] or found


def _main(name: str) -> list[str]:
    """The words before a colon, dash, bracket or equals sign."""
    for mark in (":", " - ", " – ", "(", "=", " / ", ". "):
        head, found, _ = name.partition(mark)
        if found and head.strip():
            return _telling(head)
    return []


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Whether each word of one stands for the word of the other in its place."""
    return len(short) == len(full) and all(map(_shortens, short, full))


def _shortens(short: str, full: str) -> bool:
    """Whether the first letter and the rest in order agree: natl shortens national."""
    if full.startswith(short) or alike(short, full):
        return True
    if len(short) < 3 or short[0] != full[0] or len(short) > len(full):
        return False
    letters = iter(full)
    if all(letter in letters for letter in short):
        return True
    # An abbreviation may itself be misspelt: "eco" for "econ" stands above, "itnern" for "intern".
    return len(short) >= 4 and alike(short, full[: len(short)])


def _initials(short: list[str], full: list[str]) -> bool:
    """Whether one is the initials of the other: pnas, proceedings national academy sciences."""
    return len(short) == 1 and 3 <= len(short[0]) <= 8 and short[0] == "".join(w[0] for w in full)
