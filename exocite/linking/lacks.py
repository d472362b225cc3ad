"""What a text says is lacking: "a lack of iron", "iron deficiency", "iron-free food".

A lack is held against the noun that is lacking, never against what its sentence goes on to say. So
two texts agree on a lack however each words it.
"""

from __future__ import annotations

from exocite.linking.statement import COPULAS, Statement

_LINKS = frozenset(("of", "in", "from"))
_BEFORE = frozenset(
    """
    lack lacks lacked lacking absence without devoid free deprived deprivation deficiency deficient
    deficit shortage scarcity want dearth paucity insufficiency insufficient inadequate loss
    depletion depleted removal withdrawal elimination omission exclusion missing skip skips skipped
    skipping omit omits omitted omitting forgo forgoes avoid avoids avoided avoiding exclude
    excludes excluded excluding no little low poor non scarce
    """.split()
)
_NEED_A_LINK = frozenset(
    """
    free deprived deprivation deficiency deficient deficit shortage scarcity want dearth
    insufficiency poor depleted loss
    """.split()
)
_BEHIND = frozenset(
    """
    deficiency deficient deficit deprivation deprived shortage scarcity insufficiency insufficient
    free starvation starved depletion depleted withdrawal null knockout poor absent lacking missing
    scarce
    """.split()
)
_SURE = frozenset(
    "lack lacks lacked lacking absence without devoid free deficiency deficient non".split()
)
PREFIX = frozenset(("non",))
"""The one that denies a quality as "not" does."""
_PASSED = frozenset("a an any the its their of in from".split())
_NOUN = 3
_NEXT = 2


def lacking(
    side: Statement, among: frozenset[str] = _BEFORE | _BEHIND, reach: int = _NOUN
) -> frozenset[int]:
    """The places of the words that the text says are lacking, too few or taken away.

    `among` are the words that may say so, `reach` is how many content words each may speak of.
    """
    found: set[int] = set()
    for place, one in enumerate(side.words):
        following = side.words[place + 1].text if place + 1 < len(side.words) else ""
        if one.text in among & _BEFORE and (following in _LINKS or one.text not in _NEED_A_LINK):
            found.update(_noun(side, place, 1, 1 if one.text in PREFIX else reach))
        if one.text in among & _BEHIND and (one.text != "free" or following not in _LINKS):
            found.update(_noun(side, place, -1, reach))
    return frozenset(found)


def _noun(side: Statement, place: int, step: int, reach: int) -> list[int]:
    """The content words next to a place, in its clause, `reach` at most, up to a small word.

    Articles and, going back, the verb of "is absent" are passed.
    """
    found: list[int] = []
    other = place + step
    while 0 <= other < len(side.words) and side.clauses[other] == side.clauses[place]:
        one = side.words[other]
        if one.stem:
            found.append(other)
        elif not _passed(one.text, step, found):
            break
        if len(found) == reach:
            break
        other += step
    return found


def _passed(text: str, step: int, found: list[int]) -> bool:
    if step > 0:
        return text in _PASSED
    return not found and text in COPULAS


def opposed(
    one: Statement, here: int, other: Statement, there: int, among: frozenset[str] = _SURE
) -> bool:
    """Whether the sentences of two places speak of two conditions, with a thing and without it.

    `among` are the words that may say what they are without.
    """
    mine = _without(one, here, among) - _partly(other, there, among)
    theirs = _without(other, there, among) - _partly(one, here, among)
    return any(_held(stem, other, there) for stem in mine) or any(
        _held(stem, one, here) for stem in theirs
    )


def _without(side: Statement, place: int, among: frozenset[str]) -> set[str]:
    """The stems of what the sentence of a place is without altogether; not the place itself."""
    sentence = side.sentences[place]
    missing = lacking(side, among, _NEXT)
    found = {side.words[other].stem for other in missing if other != place}
    return {
        stem
        for stem in found
        if all(at in missing for at in side.places[stem] if side.sentences[at] == sentence)
        and _held(stem, side, place)
    }


def _partly(side: Statement, place: int, among: frozenset[str]) -> set[str]:
    """The stems of what may be lacking somewhere in the sentence of a place."""
    sentence = side.sentences[place]
    return {
        side.words[other].stem
        for other in lacking(side, among)
        if side.sentences[other] == sentence
    }


def _held(stem: str, side: Statement, place: int) -> bool:
    sentence = side.sentences[place]
    return any(side.sentences[other] == sentence for other in side.places.get(stem, ()))
