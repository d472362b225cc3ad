"""Whether a passage says nearly what a claim says, but with one word for another or turned round.

"Fell among teenagers" against "fell among pensioners", "boys beat girls" against "girls beat boys":
nothing here can be named as a conflict, since the other word may mean the same and the other order
may be a passive; but such a passage is not said to support the claim.
"""

from __future__ import annotations

from itertools import pairwise

from exocite.linking.statement import Statement

_FREQUENT = 12
_WHOLE = 0.97


def doubtful(ours: Statement, theirs: Statement) -> bool:
    """Whether a word of the claim is exchanged, denied by "non-", or its words change places."""
    return _exchanged(ours, theirs) or _prefixed(ours, theirs) or _turned_round(ours, theirs)


def _exchanged(ours: Statement, theirs: Statement) -> bool:
    """The one word that the passage lacks, where it has another between the same neighbours."""
    lacking = [
        number
        for number, place in enumerate(ours.content)
        if ours.words[place].stem not in theirs.places
    ]
    if len(lacking) != 1:
        return False
    before, after = (_neighbour(ours, lacking[0], step) for step in (-1, 1))
    if before:
        return _stands_between(theirs, before, after, 1, ours)
    return bool(after) and _stands_between(theirs, after, "", -1, ours)


def _neighbour(side: Statement, number: int, step: int) -> str:
    """The stem of the content word beside the one of this number, "" at the sentence's edge."""
    other = number + step
    if not 0 <= other < len(side.content):
        return ""
    here, there = side.content[number], side.content[other]
    return side.words[there].stem if side.sentences[here] == side.sentences[there] else ""


def _stands_between(side: Statement, stem: str, beyond: str, step: int, claim: Statement) -> bool:
    """Whether beside `stem` stands a word that the claim lacks, and behind that `beyond`."""
    for place in side.places.get(stem, ())[:_FREQUENT]:
        number = side.rank[place]
        other = _neighbour(side, number, step)
        if other and other not in claim.places and _neighbour(side, number + step, step) == beyond:
            return True
    return False


def _prefixed(ours: Statement, theirs: Statement) -> bool:
    """A word with "non" before it on one side alone."""
    one, other = _non(ours), _non(theirs)
    return any(stem in theirs.places for stem in one - other) or any(
        stem in ours.places for stem in other - one
    )


def _non(side: Statement) -> set[str]:
    return {
        side.words[place + 1].stem
        for place, one in enumerate(side.words[:-1])
        if one.text.casefold() == "non" and side.words[place + 1].stem
    }


def _turned_round(ours: Statement, theirs: Statement) -> bool:
    """A sentence that holds every word of the claim, each once, in another order."""
    stems = [ours.words[place].stem for place in ours.content]
    if len(set(stems)) != len(stems) or not stems:
        return False
    found: dict[int, list[int]] = {}
    for stem in stems:
        for place in theirs.places.get(stem, ())[:_FREQUENT]:
            found.setdefault(theirs.sentences[place], []).append(place)
    whole = [places for places in found.values() if len(places) >= _WHOLE * len(stems)]
    return bool(whole) and all(
        any(one > other for one, other in pairwise(places)) for places in whole
    )
