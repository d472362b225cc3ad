"""A text as a row of words, with clauses, negations and turns of direction, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from exocite.linking.lexicon import LACKS, Role, Word, word

_TOKEN = re.compile(
    r"(?:(?i:up|down)[-‐‑](?=(?i:regulat|modulat)))?"
    r"(?:[^\W\d_]{1,12}(?:[-‐‑]?\d{1,6}[^\W\d_]{0,8})+|\d+(?:[.,·]\d+)*|"
    r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.;:!?,()%°])"
)
_REACH = 6
_SCOPE = 3
_LONGEST = 4000
_DEGREES = frozenset(
    "signific substanti mark clear strong great high consider notabl statist direct general".split()
)
_PAST = frozenset("fell rose grew lost shrank".split())
_HYPHENS = "-‐‑"
COPULAS = frozenset("is are was were be been being".split())
_EMPTY_NEGATIONS = {("not", "only"), ("not", "just"), ("not", "merely"), ("no", "doubt")}
_DIRECTIONS = frozenset(("amount", "activity", "outcome", "measure"))


@dataclass(frozen=True, slots=True)
class Turn:
    """A word with an opposite: where it stands, its poles after reversals, and what is around it.

    `undone` tells that its clause takes something away before it ("loss of A increased B").
    """

    place: int
    text: str
    poles: tuple[tuple[str, int], ...]
    negated: bool
    undone: bool
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator: where it stands, as written, the places of the words that it may deny.

    `lack` tells that it denies a noun, as "without" does, not what its clause says of it.
    """

    place: int
    text: str
    scope: tuple[int, ...]
    lack: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A text read as words: `starts` their offsets, `clauses` and `sentences` numbers of theirs.

    `content` are the places of the words that have a stem, in order; `rank` the number of content
    words before each place; `places` where each stem stands; `marked` are the words with a role.
    """

    words: list[Word]
    starts: list[int]
    clauses: list[int]
    sentences: list[int]
    content: list[int]
    rank: list[int]
    places: dict[str, list[int]]
    marked: list[int]
    negations: list[Negation]
    denied: frozenset[int]
    turns: list[Turn]

    def around(self, place: int, reach: int = _REACH) -> frozenset[str]:
        """The stems of the content words near a place in its sentence, itself left out."""
        return frozenset(
            self.words[other].stem for other in self.near(place, reach) if other != place
        )

    def near(self, place: int, reach: int = _REACH) -> Iterator[int]:
        """The places of the content words near a place in its sentence."""
        at = self.rank[place]
        for other in self.content[max(0, at - reach) : at + reach + 1]:
            if self.sentences[other] == self.sentences[place]:
                yield other


def statement(text: str) -> Statement:
    """Read a text; of an endless one the first words."""
    found = list(islice(_TOKEN.finditer(text), _LONGEST))
    words = [word(match[0]) for match in found]
    clauses = list(accumulate([int(one.divides > 0) for one in words]))
    sentences = list(accumulate([int(one.divides > 1) for one in words]))
    content = [place for place, one in enumerate(words) if one.stem]
    rank = list(accumulate([int(one.stem != "") for one in words], initial=0))
    places: dict[str, list[int]] = {}
    for place in content:
        places.setdefault(words[place].stem, []).append(place)
    starts = [match.start() for match in found]
    marked = [place for place, one in enumerate(words) if one.role is not Role.PLAIN]
    negations = list(_negations(words, clauses, content, rank))
    negations += _prefixed(text, words, starts, clauses)
    denied = frozenset(place for negation in negations for place in negation.scope)
    made = Statement(
        words, starts, clauses, sentences, content, rank, places, marked, negations, denied, []
    )
    made.turns.extend(_turns(made))
    return made


def _negations(
    words: Sequence[Word], clauses: Sequence[int], content: Sequence[int], rank: Sequence[int]
) -> Iterator[Negation]:
    for place, one in enumerate(words):
        following = words[place + 1].text if place + 1 < len(words) else ""
        failing = one.stem == "fail" and following in {"to", "in"}
        freed = one.text == "free" and following in {"of", "from"}
        if not failing and not freed and one.role is not Role.NEGATOR:
            continue
        if (one.text, following) in _EMPTY_NEGATIONS or _no_denial(words, place, following):
            continue
        lack = one.text in LACKS
        first = rank[place] + (1 if one.stem else 0)
        scope: list[int] = []
        for other in content[first : first + _SCOPE + 2]:
            if clauses[other] != clauses[place] or len(scope) == _SCOPE:
                break
            if lack and scope and _says(words[other]):
                break
            scope.append(other)
        yield Negation(place, one.text, tuple(scope), lack)


def _prefixed(
    text: str, words: Sequence[Word], starts: Sequence[int], clauses: Sequence[int]
) -> Iterator[Negation]:
    """What is "alcohol-free", and what a sentence says [is] "non-toxic"."""
    for place in range(1, len(words)):
        one, before = words[place], words[place - 1]
        if one.text == "free" and before.stem and text[starts[place] - 1] in _HYPHENS:
            if clauses[place - 1] == clauses[place]:
                yield Negation(place, "free", (place - 1,), lack=True)
        elif one.text == "non" and before.text in COPULAS and len(words) > place + 1:
            yield Negation(place, "non", (place + 1,))


def _says(one: Word) -> bool:
    """A verb of change behind the noun that is lacking: "a lack of iron [reduces]"."""
    if one.text in _PAST or (one.text.endswith("ed") and _moves(one)):
        return True
    return one.text.endswith("s") and _moves(one) and not one.nominal


def _no_denial(words: Sequence[Word], place: int, following: str) -> bool:
    """Rather [high], [whether or] not, no [more than], No. [5]."""
    one = words[place].text
    before = words[place - 1].text if place else ""
    return (
        (one == "rather" and following != "than")
        or (one == "not" and before == "or")
        or (one == "no" and following in {".", "less", "more", "fewer"})
    )


def heads(side: Statement, negation: Negation) -> list[int]:
    """The words that a negation most likely denies: the first that is no adverb of degree."""
    found = []
    for place in negation.scope:
        found.append(place)
        one = side.words[place]
        if one.stem not in _DEGREES and not one.text.endswith("ly"):
            break
    return found[-1:]


def _turns(side: Statement) -> Iterator[Turn]:
    words, clauses = side.words, side.clauses
    used: set[int] = set()
    undone_in = -1
    clause = -1
    for place, one in enumerate(words):
        if clauses[place] != clause:
            clause, undone_in = clauses[place], -1
        if one.poles and place not in used:
            poles = one.poles
            reversed_by = _object(side, place)
            if reversed_by is not None:
                used.add(reversed_by)
                inner = (sign for axis, sign in words[reversed_by].poles if axis in _DIRECTIONS)
                flip = min(inner)
                poles = tuple((axis, sign * flip) for axis, sign in poles)
            around = frozenset(
                words[other].stem
                for other in side.near(place)
                if other != place and not words[other].poles
            )
            negated = place in side.denied
            yield Turn(place, one.text, poles, negated, 0 <= undone_in < place, around)
        if one.undone:
            undone_in = place


def _object(side: Statement, place: int) -> int | None:
    """The noun of change that a word of change governs, as in "reduces the inhibition"."""
    words, clauses = side.words, side.clauses
    if not _moves(words[place]) or words[place].nominal:
        return None
    passed = 0
    for other in range(place + 1, min(place + 5, len(words))):
        one = words[other]
        if clauses[other] != clauses[place] or one.text in {",", "(", "and", "or"}:
            return None
        if one.nominal and _moves(one):
            return other
        passed += bool(one.stem)
        if passed > 1:
            return None
    return None


def _moves(one: Word) -> bool:
    return any(axis in _DIRECTIONS for axis, _ in one.poles)
