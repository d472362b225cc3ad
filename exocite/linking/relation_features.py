"""What is measured of a claim and a passage to tell what the one says of the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from exocite.linking.attribution import Attribution
from exocite.linking.background import SENTENCES, frequencies
from exocite.linking.conflicts import Conflict, turned
from exocite.linking.lexicon import Role
from exocite.linking.statement import Statement, statement

_FREQUENT = 12
_JOINING = frozenset((",", "and", "or"))
_FOUND = frozenset(
    "differ associ effect chang signific benefit impact evid improv relationship".split()
)
_DIRECTIONS = frozenset(("amount", "activity", "outcome", "measure"))

NAMES = (
    "one", "covered", "best sentence", "adjacent", "rarest missing", "missing", "numbers found",
    "numbers missing", "number conflict", "opposite conflict", "negation conflict",
    "other conflict", "soft conflict", "claim denies", "passage denies", "one denies",
    "turns agree", "turns disagree", "turn missing", "claim up", "claim down", "slant",
    "claim hedges", "passage hedges", "claim length", "passage length", "small words",
    "claim need", "claim compares", "denied agree", "complete", "complete and calm",
    "undone", "covered squared",
    "objects agree", "objects disagree", "null finding", "claims none", "parts", "second sentence",
)  # fmt: skip

CITED_NAMES = (
    "cited", "cited with others", "cited elsewhere", "words after", "cited alone",
    "stretch covered", "stretch in best", "stretch in second", "stretch in mean",
)  # fmt: skip


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    return frequencies()


@lru_cache(maxsize=1 << 16)
def weight(stem: str) -> float:
    """How much a stem tells: its surprise in scientific prose, 1 for one that is hardly met."""
    return math.log((SENTENCES + 1) / (_counts().get(stem, 2) + 1)) / math.log((SENTENCES + 1) / 3)


def features(ours: Statement, theirs: Statement, found: Sequence[Conflict]) -> tuple[float, ...]:
    """The measures of NAMES."""
    stems = list(dict.fromkeys(ours.words[place].stem for place in ours.content))
    weights = [weight(stem) for stem in stems]
    total = sum(weights) or 1.0
    held = [stem in theirs.places for stem in stems]
    covered = sum(w for w, h in zip(weights, held, strict=True) if h) / total
    sentence, best, second = best_sentence(stems, weights, theirs)
    missing = [w for w, h in zip(weights, held, strict=True) if not h]
    numbers = [stem for stem in stems if stem[0].isdigit()]
    numbers_held = sum(stem in theirs.places for stem in numbers)
    kinds = [one.kind for one in found]
    grave = sum(one.grave for one in found)
    mine = bool(ours.negations)
    local = [n for n in theirs.negations if theirs.sentences[n.place] == sentence]
    agree, disagree, absent = turned(ours, theirs)
    up = sum(_direction(t.poles) * (-1 if t.negated else 1) for t in ours.turns)
    down = sum(
        _direction(t.poles) * (-1 if t.negated else 1)
        for t in theirs.turns
        if theirs.sentences[t.place] == sentence
    )
    small = [word.text for word in ours.words if not word.stem and word.text.isalpha()]
    theirs_small = {word.text for word in theirs.words}
    hedges = sum(w.role is Role.HEDGE for w in ours.words)
    hedged = sum(
        w.role is Role.HEDGE
        for w, s in zip(theirs.words, theirs.sentences, strict=True)
        if s == sentence
    )
    complete = best / total >= 0.97
    return (
        1.0,
        covered,
        best / total,
        _adjacent(ours, theirs),
        max(missing, default=0.0),
        math.log1p(sum(missing)),
        float(bool(numbers)) * numbers_held / (len(numbers) or 1),
        float(len(numbers) > numbers_held),
        float("number" in kinds),
        float("opposite" in kinds or "comparison" in kinds),
        float("negation" in kinds),
        float("quantifier" in kinds),
        float(len(found) > grave),
        float(mine),
        float(bool(local)),
        float(mine != bool(local)),
        agree,
        disagree,
        absent,
        float(up > 0),
        float(up < 0),
        float((up > 0 > down) or (up < 0 < down)) - float((up > 0 < down) or (up < 0 > down)),
        float(bool(hedges)),
        float(bool(hedged)),
        math.log1p(len(ours.content)),
        math.log1p(len(theirs.content)),
        sum(w in theirs_small for w in small) / (len(small) or 1),
        float(any(axis == "need" for t in ours.turns for axis, _ in t.poles)),
        float(any(w.role is Role.THAN for w in ours.words)),
        float(mine and bool(local)),
        float(complete),
        float(complete and not grave and mine == bool(local)),
        float(any(t.undone for t in ours.turns) != any(t.undone for t in theirs.turns)),
        covered * covered,
        *_objects(ours, theirs),
        float(_finds_nothing(theirs) and not mine),
        float(_finds_nothing(ours)),
        math.log1p(sum(w.text in _JOINING for w in ours.words)),
        second / total,
    )


def cited_features(given: Attribution | None, theirs: Statement) -> tuple[float, ...]:
    """The measures of CITED_NAMES: how the claim cites the work, and its own stretch against it.

    All are zero where the claim does not cite the work.
    """
    if given is None:
        return (0.0,) * len(CITED_NAMES)
    ours = statement(given.stretch)
    stems = list(dict.fromkeys(ours.words[place].stem for place in ours.content))
    weights = [weight(stem) for stem in stems]
    total = sum(weights) or 1.0
    pairs = list(zip(stems, weights, strict=True))
    covered = sum(worth for stem, worth in pairs if stem in theirs.places)
    each = sum(
        worth * len({theirs.sentences[place] for place in theirs.places.get(stem, ())})
        for stem, worth in pairs
    )
    _, best, second = best_sentence(stems, weights, theirs)
    return (
        1.0,
        float(given.shared),
        math.log1p(given.others),
        given.after,
        float(not given.shared and not given.others),
        covered / total,
        best / total,
        second / total,
        each / total / (max(theirs.sentences, default=0) + 1),
    )


def _finds_nothing(side: Statement) -> bool:
    """Whether the text reports that there was no effect, difference or association."""
    return any(side.words[place].stem in _FOUND for n in side.negations for place in n.scope)


def _objects(ours: Statement, theirs: Statement) -> tuple[float, float]:
    """Whether a turn of the claim has in the passage the same object with the same, other sign."""
    held: dict[str, set[int]] = {}
    for turn in theirs.turns:
        sign = _direction(turn.poles) * (-1 if turn.negated else 1)
        for stem in _beside(theirs, turn.place):
            held.setdefault(stem, set()).add(sign)
    agree = disagree = 0.0
    for turn in ours.turns:
        sign = _direction(turn.poles) * (-1 if turn.negated else 1)
        for stem in _beside(ours, turn.place) if sign else ():
            agree += sign in held.get(stem, ())
            disagree += -sign in held.get(stem, ())
    return float(agree > disagree), float(disagree > agree)


def _beside(side: Statement, place: int) -> list[str]:
    at = side.rank[place] + bool(side.words[place].stem)
    return [side.words[other].stem for other in side.content[at : at + 2]]


def best_sentence(
    stems: Sequence[str], weights: Sequence[float], side: Statement
) -> tuple[int, float, float]:
    """The sentence that holds most of the stems by weight, that weight, and the next one's."""
    held: dict[int, float] = {}
    for stem, worth in zip(stems, weights, strict=True):
        for number in {side.sentences[p] for p in side.places.get(stem, ())[:_FREQUENT]}:
            held[number] = held.get(number, 0.0) + worth
    if not held:
        return 0, 0.0, 0.0
    number = max(held, key=lambda n: (held[n], -n))
    following = max((worth for n, worth in held.items() if n != number), default=0.0)
    return number, held[number], following


def _adjacent(ours: Statement, theirs: Statement) -> float:
    """The share of the claim's neighbouring content words that are neighbours in the passage."""
    pairs = found = 0
    for here, after in zip(ours.content, ours.content[1:], strict=False):
        pairs += 1
        follower = ours.words[after].stem
        for place in theirs.places.get(ours.words[here].stem, ())[:_FREQUENT]:
            at = theirs.rank[place]
            if any(theirs.words[p].stem == follower for p in theirs.content[at + 1 : at + 3]):
                found += 1
                break
    return found / pairs if pairs else 0.0


def _direction(poles: Sequence[tuple[str, int]]) -> int:
    return next((s for axis, s in poles if axis in _DIRECTIONS), 0)
