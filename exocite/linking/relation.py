"""What speaks against a passage bearing out a claim: numbers, negations, directions that differ.

Rules only, and few: each fires where claim and passage speak of the same thing in the same words,
because a false alarm costs a reader more than a missed one. A conflict is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exocite.linking.quantities import Quantity, agree, quantities
from exocite.linking.stem import stem
from exocite.linking.terms import term
from exocite.model import Relation

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_REACH = 4
_ENOUGH = 0.6

_NEGATORS = frozenset(("not", "no", "never", "neither", "nor", "cannot", "fail", "fails", "failed"))
_UP = """
    increase raise rise elevate enhance promote stimulate activate induce upregulate accelerate
    improve boost strengthen augment more higher greater longer larger gain amplify expand upper
    better facilitate exacerbate faster earlier
    """
_DOWN = """
    decrease reduce lower decline diminish suppress inhibit attenuate inactivate downregulate
    slow impair weaken less fewer shorter smaller loss block repress lessen abolish prevent drop
    fall worse hinder alleviate slower later
    """
_DIRECTION = {stem(word): 1 for word in _UP.split()} | {stem(word): -1 for word in _DOWN.split()}
_PREFIXED = {"up": 1, "down": -1}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, its stem ("" for a stop word) and its place."""

    text: str
    stem: str
    place: int


def words(text: str) -> list[Word]:
    """The words of the text in order, stop words with an empty stem."""
    return [
        Word(match[0], term(match[0]), place) for place, match in enumerate(_WORD.finditer(text))
    ]


def relation(coverage: float, conflicts: Sequence[str]) -> Relation:
    """The relation that may be named: refutes where much is shared and something differs.

    Nothing here says supports: that needs a calibrated threshold which rules do not have.
    """
    return Relation.REFUTES if conflicts and coverage >= _ENOUGH else Relation.MENTIONS


def conflicts(claim: str, passage: str) -> tuple[str, ...]:
    """What differs between claim and passage, each in words; empty where nothing is sure."""
    ours, theirs = words(claim), words(passage)
    found = [
        *_numbers(quantities(claim), quantities(passage)),
        *_direction(ours, theirs),
        *_negation(ours, theirs),
    ]
    return tuple(dict.fromkeys(found))


def _numbers(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterable[str]:
    for quantity in ours:
        alone = sum(other.unit == quantity.unit for other in ours) == 1
        rivals = [other for other in theirs if other.unit == quantity.unit]
        if alone and len(rivals) == 1 and not agree(quantity, rivals[0]):
            yield f"claim: {quantity.text}, passage: {rivals[0].text}"


def _direction(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterable[str]:
    up, down = _directed(ours), _directed(theirs)
    if len({sign for _, sign in up}) != 1 or len({sign for _, sign in down}) != 1:
        return
    if up[0][1] == down[0][1] or _negated(ours) or _negated(theirs):
        return
    for mine, _ in up:
        for other, _ in down:
            if len(_around(ours, mine) & _around(theirs, other)) >= 2:
                yield f"opposite directions: claim “{mine.text}”, passage “{other.text}”"
                return


def _directed(sentence: Sequence[Word]) -> list[tuple[Word, int]]:
    found = []
    for word in sentence:
        sign = _DIRECTION.get(word.stem, 0)
        following = sentence[word.place + 1 : word.place + 2]
        if following and following[0].stem == "regul":
            sign = _PREFIXED.get(word.text.casefold(), sign)
        if sign:
            found.append((word, sign))
    return found


def _negated(sentence: Iterable[Word]) -> list[Word]:
    return [word for word in sentence if _is_negator(word.text)]


def _is_negator(text: str) -> bool:
    lower = text.casefold().replace("’", "'")
    return lower in _NEGATORS or lower.endswith("n't")


def _negation(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterable[str]:
    mine, other = _negated(ours), _negated(theirs)
    if bool(mine) == bool(other):
        return
    side, plain = (ours, theirs) if mine else (theirs, ours)
    for word in mine or other:
        head = _head(side, word)
        surroundings = _around(side, word)
        for twin in plain:
            if head and twin.stem == head and len(surroundings & _around(plain, twin)) >= 2:
                holder, bare = ("claim", "passage") if mine else ("passage", "claim")
                yield f"the {holder} says “{word.text}”, the {bare} does not"
                return


def _head(sentence: Sequence[Word], word: Word) -> str:
    following = sentence[word.place + 1 : word.place + 1 + _REACH]
    return next((item.stem for item in following if item.stem), "")


def _around(sentence: Sequence[Word], word: Word) -> set[str]:
    near = sentence[max(0, word.place - _REACH) : word.place + _REACH + 1]
    return {item.stem for item in near if item.stem and item.place != word.place}
