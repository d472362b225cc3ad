"""How far the titles of two records are one: word for word, with slips, cut short, or not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from exocite.bibliography.duplicates.record import Record
from exocite.matching.notices import tells_apart
from exocite.matching.titles import SMALL, Fit, fit_titles, same_run
from exocite.matching.words import distance, roman

_TELLING_WORDS = 4
_PART_OF_WORD = 3
_YEAR_DIGITS = 4
_SLIPS_RARER = 100
_MISREAD_RARER = 4
_LOOK_ALIKE = (
    ("rn", "m"), ("nn", "m"), ("cl", "d"), ("vv", "w"), ("1", "l"), ("i", "l"), ("0", "o"),
    ("b", "h"), ("c", "e"), ("u", "v"),
)  # fmt: skip
_MOST_MISSPELT = 3
_LONG_WORD = 5
_MOST_DISTANT = 8
_MOST_SLIPS = 4
_KNOWN = 3
"""Records whose titles hold a word before it counts as one that no slip made."""

_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())


class Likeness(IntEnum):
    """How alike two titles are, from the least to the most.

    CONTINUED: one goes on as another part or kind does ("Part II"). LOOSE: a few words differ by
    more than a slip. TAIL: one goes on where the other ends.
    """

    APART = 0
    CONTINUED = 1
    MISSING = 2
    LOOSE = 3
    TAIL = 4
    SLIP = 5
    SAME = 6


def likeness(
    left: Record, right: Record, vocabulary: Mapping[str, int], *, closely: bool
) -> Likeness:
    """Compares two titles; `vocabulary` says how many records' titles hold each word.

    A slip that makes another word of the vocabulary is none: typical and atypical are two. Numbers,
    Roman numerals and notices ("Erratum:", "Comment on") always tell titles apart. LOOSE is looked
    for `closely` alone, where something else speaks for one work: men and women are two trials.
    """
    if not left.title or not right.title:
        return Likeness.MISSING
    if left.joined == right.joined:
        return Likeness.SAME if left.rest == right.rest else Likeness.LOOSE
    if not _worth_comparing(left, right, closely=closely):
        return Likeness.APART
    if _one_slip(left, right):
        return Likeness.SLIP
    fit = fit_titles(left.title, right.title)
    if fit.fit is Fit.SAME:
        return Likeness.SAME
    if fit.fit is Fit.CLOSE:
        if not _same_signs(left, right):
            # A slip in the last word must not hide the number of a part behind it.
            return Likeness.CONTINUED
        return Likeness.LOOSE if _two_words(left, right, vocabulary) else Likeness.SLIP
    if fit.fit in {Fit.CUT, Fit.LONGER}:
        apart = left.notices != right.notices or _tells_apart(fit.ours or fit.theirs)
        return Likeness.CONTINUED if apart else Likeness.TAIL
    if left.notices != right.notices:
        return Likeness.APART
    if _misspelt(left, right, vocabulary):
        return Likeness.SLIP
    if _cut_in_word(*sorted((left.title, right.title), key=len)):
        return Likeness.TAIL
    loose = closely and _loose(left, right, fit.ours, fit.theirs)
    return Likeness.LOOSE if loose else Likeness.APART


def _tells_apart(tail: tuple[str, ...]) -> bool:
    """Whether what one title has more says that it is another part or kind; years do not."""
    rest = [word for word in tail if not (word.isdecimal() and len(word) == _YEAR_DIGITS)]
    return bool(rest) and (tells_apart(rest) or _numeral(rest[0]))


def _cut_in_word(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one title ends in the middle of a word of the other, cut by an old database."""
    last = len(short) - 1
    if last < _TELLING_WORDS or len(short[-1]) < _PART_OF_WORD or short[:last] != full[:last]:
        return False
    return full[last].startswith(short[-1])


def _one_slip(left: Record, right: Record) -> bool:
    """Whether two short titles are one but for slips, also where they share no whole word."""
    if min(len(left.title), len(right.title)) > _TELLING_WORDS or not _same_signs(left, right):
        return False
    return same_run(left.title, right.title)


def _same_signs(left: Record, right: Record) -> bool:
    """Whether the same letters, numbers and words of two letters stand in both."""
    ours, theirs = (
        [word for word in record.title if len(word) < 3 and word not in SMALL]
        for record in (left, right)
    )
    return ours == theirs


def _numeral(word: str) -> bool:
    return bool(roman(word)) or word[0].isdigit()


def _worth_comparing(left: Record, right: Record, *, closely: bool) -> bool:
    """Whether enough words or, of short titles, lengths are shared for a closer look."""
    ours, theirs = left.bag, right.bag
    common = len(ours & theirs)
    fewer = min(len(ours), len(theirs))
    if not closely and common < fewer and not _same_letters(ours - theirs, theirs - ours):
        return False
    if common * 2 >= fewer:
        return True
    shorter, longer = sorted((len(left.joined), len(right.joined)))
    return fewer <= _TELLING_WORDS and shorter * 10 >= longer * 7


def _same_letters(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the letters of the words on one side alone are, but for slips, on the other too."""
    short, full = sorted(("".join(ours), "".join(theirs)), key=len)
    missing, most = 0, min(_MOST_SLIPS, len(short) // 3)
    for letter in set(short):
        missing += max(0, short.count(letter) - full.count(letter))
        if missing > most:
            return False
    return True


def _two_words(left: Record, right: Record, vocabulary: Mapping[str, int]) -> bool:
    """Whether the words in which the titles differ are all known from other titles.

    Slips recur as well, but a hundred times less than the word that was meant; a scanner's four
    times less, for it makes the same one again and again.
    """
    ours = [word for word in left.title if word not in right.bag]
    theirs = [word for word in right.title if word not in left.bag]
    if len(ours) != len(theirs) or not ours:
        return False
    for one, other in zip(ours, theirs, strict=True):
        rare, common = sorted((vocabulary.get(one, 0), vocabulary.get(other, 0)))
        rarer = _MISREAD_RARER if _scanned(one) == _scanned(other) else _SLIPS_RARER
        if rare < _KNOWN or rare * rarer < common:
            return False
    return True


def _scanned(word: str) -> str:
    """The word with one letter for those that scanners take for one another."""
    for seen, letter in _LOOK_ALIKE:
        word = word.replace(seen, letter)
    return word


def _misspelt(left: Record, right: Record, vocabulary: Mapping[str, int]) -> bool:
    """Whether each word that differs is one that no other title holds, and like its partner."""
    if len(left.title) != len(right.title) or not _same_signs(left, right):
        return False
    differing = [
        (one, other) for one, other in zip(left.title, right.title, strict=True) if one != other
    ]
    return len(differing) <= _MOST_MISSPELT and all(
        one[0] == other[0]
        and min(len(one), len(other)) >= _LONG_WORD
        and min(vocabulary.get(one, 0), vocabulary.get(other, 0)) < _KNOWN
        and distance(one, other, _MOST_MISSPELT) <= _MOST_MISSPELT
        for one, other in differing
    )


def _loose(left: Record, right: Record, ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether few words differ, or few letters in several words."""
    if _numbers(left) != _numbers(right):
        return False
    differing = sum(map(len, ours)) + sum(map(len, theirs))
    if differing * 4 <= len(left.joined) + len(right.joined):
        return True
    limit = min(_MOST_DISTANT, min(len(left.joined), len(right.joined)) // 8)
    return distance(left.joined, right.joined, limit) <= limit


def _numbers(record: Record) -> list[str]:
    return [
        word
        for word in record.title
        if any(c.isdigit() for c in word) or roman(word) or word in _ORDINALS
    ]
