"""How far two titles are the same: word for word, but for slips, cut short, or another one.

Slips of the pen and of scanners are forgiven in words, never in numbers, Roman numerals or single
letters: those tell parts, editions and compounds apart. Nor is a word a slip of its opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from exocite.matching.words import distance, misread, roman, word_set

SMALL = word_set("a an the of and in on for to with by from at as la le les der die das el de")
_SPARED = word_set("a an the of and")
# So like each other that a slip would turn one into the other, yet opposites.
_OPPOSITES = (
    ("north", "south"),
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("micro", "macro"),
    ("increas", "decreas"),
    ("import", "export"),
    ("inclu", "exclu"),
    ("intern", "extern"),
    ("immigra", "emigra"),
)
# Titles that differ in more words than this are two, and are compared no further.
_TELLING = 4


class Fit(IntEnum):
    """How a printed title fits a work's, from the worst to the best."""

    OTHER = 0
    MISSING = 1
    LONGER = 2
    CUT = 3
    CLOSE = 4
    SAME = 5


@dataclass(frozen=True, slots=True)
class TitleFit:
    """The fit, and the words that stand on one side only."""

    fit: Fit
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def fit_titles(ours: Sequence[str], theirs: Sequence[str]) -> TitleFit:
    """Fits a printed title, in folded words, to a work's. Empty on either side is missing."""
    if not ours or not theirs:
        return TitleFit(Fit.MISSING)
    if "".join(ours) == "".join(theirs):
        return TitleFit(Fit.SAME)
    start = _common(ours, theirs)
    a, b = list(ours[start:]), list(theirs[start:])
    end = _common(a[::-1], b[::-1])
    a, b = (a[:-end], b[:-end]) if end else (a, b)
    shared = start + end + len((set(a) & set(b)) - SMALL)
    if shared * 3 < min(len(ours), len(theirs)):
        return TitleFit(Fit.OTHER, tuple(a), tuple(b))
    return _graded(_differences(a, b), at_end=not end, kept=start)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Difference:
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    last: bool


def _differences(a: list[str], b: list[str]) -> list[_Difference]:
    if not a or not b:
        return [_Difference(tuple(a), tuple(b), last=True)]
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [
        _Difference(tuple(a[i:j]), tuple(b[k:m]), last=j == len(a) and m == len(b))
        for tag, i, j, k, m in blocks
        if tag != "equal"
    ]


def _graded(differences: Sequence[_Difference], *, at_end: bool, kept: int) -> TitleFit:
    ours: list[str] = []
    theirs: list[str] = []
    fit = Fit.SAME
    for difference in differences:
        if same_run(difference.ours, difference.theirs):
            fit = min(fit, Fit.CLOSE)
            continue
        tail = difference.last and at_end
        head, cut = _split_tail(difference) if tail else (False, difference)
        ours.extend(cut.ours)
        theirs.extend(cut.theirs)
        whole = kept or len(differences) > 1 or head
        if tail and whole and not cut.ours:
            fit = min(fit, Fit.CUT)
        elif tail and whole and not cut.theirs:
            fit = min(fit, Fit.LONGER)
        else:
            fit = Fit.OTHER
        if fit is Fit.OTHER and len(ours) + len(theirs) > _TELLING:
            break
    return TitleFit(fit, tuple(ours), tuple(theirs))


def _split_tail(difference: _Difference) -> tuple[bool, _Difference]:
    """Where a slip stands right before the cut, the slip and the cut apart."""
    a, b = difference.ours, difference.theirs
    for length in range(1, min(len(a), len(b), 3) + 1):
        if len(a) == length and same_run(a, b[:length]):
            return True, _Difference((), b[length:], last=True)
        if len(b) == length and same_run(a[:length], b):
            return True, _Difference(a[length:], (), last=True)
    return False, difference


def same_run(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two stretches of words are one but for slips, joined or broken words, small words."""
    left, right = "".join(a), "".join(b)
    if left == right:
        return True
    if not left or not right:
        return all(word in _SPARED for word in (*a, *b))
    if _numerals(a) != _numerals(b) or _opposite(left, right):
        return False
    one, other = misread(left), misread(right)
    if one == other:
        return True
    shorter = min(len(left), len(right))
    if shorter < 4:
        return False
    limit = (1 if shorter < 8 else 2 if shorter < 14 else 3) + (max(len(a), len(b)) - 1) // 2
    limit = min(limit, shorter // 4)
    return distance(left, right, limit) <= limit or distance(one, other, limit) <= limit


def _opposite(left: str, right: str) -> bool:
    return any(
        (one in left and left.replace(one, other, 1) == right)
        or (other in left and left.replace(other, one, 1) == right)
        for one, other in _OPPOSITES
    )


def _numerals(run: Sequence[str]) -> list[int]:
    """Values of the numbers and of what reads as a Roman numeral of two letters or more."""
    return [
        int(word[:9]) if word.isdecimal() else roman(word)
        for word in run
        if word.isdecimal() or (len(word) > 1 and roman(word))
    ]


def found_in(words: Sequence[str], title: Sequence[str]) -> tuple[int, int]:
    """Start and end of a title in the words of a text, slips allowed; (-1, -1) if nowhere."""
    telling = set(title) - SMALL or set(title)
    if len(title) < 2 or len(telling.intersection(words)) * 2 < len(telling):
        return -1, -1
    match = SequenceMatcher(None, words, title, autojunk=False).find_longest_match()
    if match.size < min(3, len(title)) and match.size * 2 < len(title):
        return -1, -1
    start = max(0, match.a - match.b)
    rough = fit_titles(words[start : start + len(title)], title)
    if rough.fit < Fit.CLOSE and len(rough.ours) + len(rough.theirs) > _TELLING:
        return -1, -1
    for first in (start, start - 1, start + 1):
        for length in (len(title), len(title) + 1, len(title) - 1):
            if first >= 0 and fit_titles(words[first : first + length], title).fit >= Fit.CLOSE:
                return first, first + length
    return -1, -1
