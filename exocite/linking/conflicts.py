"""What speaks against a passage bearing out a claim, each in words that a fact-checker uses.

Rules only: each fires where claim and passage speak of the same thing in the same words, because a
false alarm costs a reader more than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exocite.linking.figures import differing, figures
from exocite.linking.lacks import PREFIX, lacking, opposed
from exocite.linking.lexicon import Role
from exocite.linking.statement import Negation, Statement, Turn, heads

_SHARED = 2
_FREQUENT = 12
_MODAL = frozenset(("may", "might", "could", "possibly", "perhaps"))
_QUANTIFIERS = (Role.ALL, Role.MOST, Role.SOME)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference said in words; a `grave` one cannot be true together with the claim."""

    kind: str
    said: str
    grave: bool = True


def differences(
    claim: str, passage: str, ours: Statement, theirs: Statement
) -> tuple[Conflict, ...]:
    """All conflicts between claim and passage, in the order of the rules below."""
    if [one.text for one in ours.words] == [one.text for one in theirs.words]:
        return ()
    found = [
        *_numbers(claim, passage, ours, theirs),
        *_opposites(ours, theirs),
        *_negations(ours, theirs),
        *_swapped(ours, theirs),
        *_quantifiers(ours, theirs),
        *_certainty(ours, theirs),
        *_population(ours, theirs),
    ]
    return tuple(dict.fromkeys(found))


def _numbers(claim: str, passage: str, ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    mine = figures(claim, ours)
    if mine:
        for one, other in differing(mine, figures(passage, theirs)):
            yield Conflict("number", f"claim: {one.text}, passage: {other.text}")


# --------------------------------------------------------------------------- opposites


def _opposites(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    index = _index(theirs.turns)
    back = _index(ours.turns)
    crossed = None
    for mine in ours.turns:
        rivals = _nearest(mine, theirs.turns, index)
        if not rivals or any(_sign(mine, other) > 0 for other in rivals):
            continue
        other = rivals[0]
        if mine.negated or other.negated or mine.undone != other.undone:
            continue
        if any(_sign(other, one) > 0 for one in _nearest(other, ours.turns, back)):
            continue
        crossed = _crossed(ours, theirs) if crossed is None else crossed
        if not crossed and not opposed(ours, mine.place, theirs, other.place, PREFIX):
            said = f"opposite directions: claim “{mine.text}”, passage “{other.text}”"
            yield Conflict("opposite", said)
            return


def _index(turns: list[Turn]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, turn in enumerate(turns):
        for stem in turn.around:
            held = found.setdefault(stem, [])
            if len(held) < _FREQUENT:
                held.append(number)
    return found


def _nearest(turn: Turn, turns: list[Turn], index: dict[str, list[int]]) -> list[Turn]:
    """The turns of the same pair of opposites that share most words with this one, two at least."""
    counts: dict[int, int] = {}
    for stem in turn.around:
        for number in index.get(stem, ()):
            counts[number] = counts.get(number, 0) + 1
    alike = {number: n for number, n in counts.items() if _sign(turn, turns[number])}
    most = max(alike.values(), default=0)
    if most < _SHARED:
        return []
    return [turns[number] for number in sorted(alike) if alike[number] == most]


def _sign(one: Turn, other: Turn) -> int:
    """1 where both stand on the same side of a pair of opposites, -1 on different, 0 no pair."""
    mine = dict(one.poles)
    signs = [mine[axis] * sign for axis, sign in other.poles if axis in mine]
    return max(signs, default=0) if signs else 0


# --------------------------------------------------------------------------- comparisons


def _comparisons(side: Statement) -> Iterator[tuple[Turn, frozenset[str], frozenset[str]]]:
    """Each "A is more than B": the word of comparison, the stems of A and of B."""
    at = 0
    for place in side.marked:
        if side.words[place].role is not Role.THAN:
            continue
        while at < len(side.turns) and side.turns[at].place < place:
            at += 1
        if not at or side.sentences[side.turns[at - 1].place] != side.sentences[place]:
            continue
        turn = side.turns[at - 1]
        rank = side.rank[place]
        near = [
            other
            for other in side.content[max(0, rank - 10) : rank + 8]
            if side.sentences[other] == side.sentences[place] and not side.words[other].poles
        ]
        first = frozenset(side.words[other].stem for other in near if other < place)
        second = frozenset(side.words[other].stem for other in near if other > place)
        yield turn, first - second, second - first


def _crossed(ours: Statement, theirs: Statement) -> bool:
    """Whether both compare the same two things, one of them the other way round."""
    others = list(_comparisons(theirs))[:_FREQUENT]
    return bool(others) and any(
        _exchanged(a, b, c, d)
        for _, a, b in list(_comparisons(ours))[:_FREQUENT]
        for _, c, d in others
    )


def _exchanged(
    first: frozenset[str], second: frozenset[str], other: frozenset[str], last: frozenset[str]
) -> bool:
    across = len(first & last), len(second & other)
    return min(across) >= 1 and sum(across) > len(first & other) + len(second & last)


def _swapped(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    mine = list(_comparisons(ours))[:_FREQUENT]
    others = list(_comparisons(theirs))[:_FREQUENT] if mine else []
    for turn, first, second in mine:
        for other, third, fourth in others:
            if _sign(turn, other) > 0 and _exchanged(first, second, third, fourth):
                said = f"the comparison is the other way round: “{turn.text}” of the other one"
                yield Conflict("comparison", said)
                return


# --------------------------------------------------------------------------- negation


def _negations(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    for holder, side, bare, plain in (
        ("claim", ours, "passage", theirs),
        ("passage", theirs, "claim", ours),
    ):
        for negation in side.negations:
            if _contradicted(side, negation, plain):
                said = f"the {holder} says “{negation.text}”, the {bare} does not"
                yield Conflict("negation", said)
                return


def _contradicted(side: Statement, negation: Negation, plain: Statement) -> bool:
    head = next(iter(heads(side, negation)), None)
    if head is None:
        return False
    twins = plain.places.get(side.words[head].stem, [])[:_FREQUENT]
    denied = _denied(plain, negation)
    if not twins or any(twin in denied for twin in twins):
        return False
    affirmed = side.places[side.words[head].stem]
    if any(place not in side.denied for place in affirmed):
        return False
    around = side.around(head)
    near = {twin: around & plain.around(twin) for twin in twins}
    near = {twin: shared for twin, shared in near.items() if len(shared) >= _SHARED}
    if not near or not _missing(plain, negation).isdisjoint(twins):
        return False
    if negation.lack:
        return _preceded(side, negation)
    return not all(opposed(side, head, plain, twin) for twin in near)


def _denied(plain: Statement, negation: Negation) -> frozenset[int]:
    """What the other side denies; "lack of iron causes" does not deny that it causes."""
    if negation.lack:
        return plain.denied
    return frozenset(place for one in plain.negations if not one.lack for place in one.scope)


def _missing(plain: Statement, negation: Negation) -> frozenset[int]:
    """What the other side is without; "not" is answered by "non-" alone."""
    return lacking(plain) if negation.lack or negation.text == "no" else lacking(plain, PREFIX)


def _preceded(side: Statement, negation: Negation) -> bool:
    """Whether anything stands before a lack in its sentence: else the lack is but a condition.

    "Without oxygen yeast makes alcohol" and "with oxygen yeast makes alcohol" can both be true.
    """
    first = min(negation.place, *negation.scope)
    return any(place < first for place in side.near(negation.place))


# --------------------------------------------------------------------------- quantity, certainty


def _quantifiers(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    for place in ours.marked:
        one = ours.words[place]
        if one.role not in _QUANTIFIERS and one.role is not Role.ONLY:
            continue
        head = _following(ours, place)
        twins = theirs.places.get(head, [])[:_FREQUENT]
        around = ours.around(place) - {head}
        near = [twin for twin in twins if len(around & theirs.around(twin)) >= _SHARED]
        before = [[theirs.words[p] for p in range(max(0, t - 3), t)] for t in near]
        if any(word.role is one.role for words in before for word in words):
            continue
        if one.role is Role.ONLY:
            if near and ours.words[place - 1].text != "not":
                said = "the claim says “only”, the passage does not"
                yield Conflict("quantifier", said, grave=False)
            continue
        other = next((w for words in before for w in words if w.role in _QUANTIFIERS), None)
        if other:
            yield Conflict("quantifier", f"claim “{one.text}”, passage “{other.text}”")


def _following(side: Statement, place: int) -> str:
    for one in side.words[place + 1 : place + 4]:
        if one.role is not Role.PLAIN:
            return ""
        if one.stem:
            return one.stem
    return ""


def _certainty(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    """The claim is sure of what the passage only thinks possible."""
    marked = (ours.words[place] for place in ours.marked)
    sure = next((one for one in marked if one.role is Role.CERTAIN), None)
    for place in theirs.marked:
        one = theirs.words[place]
        if one.role is not Role.HEDGE:
            continue
        head = _following(theirs, place)
        twins = ours.places.get(head, [])[:_FREQUENT] if head else []
        if any(_hedged(ours, twin) for twin in twins):
            continue
        for twin in twins:
            shared = len(ours.around(twin) & theirs.around(place))
            if shared > _SHARED and (sure or one.text in _MODAL):
                what = f"“{sure.text}”" if sure else "it flatly"
                said = f"the passage says “{one.text}”, the claim says {what}"
                yield Conflict("certainty", said, grave=False)
                return


def _hedged(side: Statement, place: int) -> bool:
    return any(one.role is Role.HEDGE for one in side.words[max(0, place - 4) : place])


def _population(ours: Statement, theirs: Statement) -> Iterator[Conflict]:
    """The claim is about people, the passage about animals alone, or the other way round."""
    mine = {one.about: one.text for one in reversed(ours.words) if one.about}
    other = {one.about: one.text for one in reversed(theirs.words) if one.about}
    if len(mine) == 1 and len(other) == 1 and mine.keys() != other.keys():
        (here,), (there,) = mine.values(), other.values()
        said = f"the claim is about {here}, the passage about {there}"
        yield Conflict("population", said, grave=False)


def turned(ours: Statement, theirs: Statement) -> tuple[float, float, float]:
    """How many of the claim's turns the nearest of the passage bear out, contradict, or leave out.

    Shares of the claim's turns; a denial turns round, and so does a subject that is taken away.
    """
    if not ours.turns:
        return 0.0, 0.0, 0.0
    index = _index(theirs.turns)
    agree = disagree = 0.0
    for mine in ours.turns:
        counts: dict[int, int] = {}
        for stem in mine.around:
            for number in index.get(stem, ()):
                counts[number] = counts.get(number, 0) + 1
        said = 0.0
        weights = 0.0
        for number, count in counts.items():
            other = theirs.turns[number]
            sign = _sign(mine, other)
            if sign:
                flips = (mine.negated != other.negated) + (mine.undone != other.undone)
                said += sign * (-1) ** flips * count * count
                weights += count * count
        if weights:
            agree += max(said, 0.0) / weights
            disagree += max(-said, 0.0) / weights
    total = len(ours.turns)
    return agree / total, disagree / total, 1 - (agree + disagree) / total
