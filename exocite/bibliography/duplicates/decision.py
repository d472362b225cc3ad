"""Whether two records are of one work: the evidence of each field, weighed, and what it comes to.

The weights are log-odds in bits as I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage
(1969), add them up: rough, for what agrees by chance is counted low. Some conflicts no sum
outweighs; where the evidence points both ways the answer is "perhaps".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from exocite.bibliography.duplicates.evidence import Agreement, Evidence, gather
from exocite.bibliography.duplicates.record import Record
from exocite.bibliography.duplicates.titles import Likeness
from exocite.bibliography.duplicates.wording import reason


class Answer(StrEnum):
    """What two records are to each other.

    SAME: one work. PERHAPS: a person must look. VERSION: a preprint and its article, a conference
    paper and its journal version: linked, never merged. APART: two works.
    """

    SAME = "same"
    PERHAPS = "perhaps"
    VERSION = "version"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Pair:
    """The answer for two records, given by number, and why in words; a higher score is surer."""

    left: int
    right: int
    answer: Answer
    score: float
    reason: str


_SAME = 13.0
_PERHAPS = 8.0
_CERTAIN = 20.0
"""Needed where the pages speak against all the rest."""

_ENOUGH = 3
"""Fields beside the title that agree before a title that is cut short counts as one."""

_TWO = 2

_ALL = 5
"""Author, year, journal, volume and page."""

_FEWEST_WORDS = 3
_TITLE_BITS = 2.0
_MOST_WORDS = 6
_TITLE_SHARE: Mapping[Likeness, float] = {
    Likeness.SAME: 1.0,
    Likeness.SLIP: 0.85,
    Likeness.TAIL: 0.6,
    Likeness.LOOSE: 0.4,
    Likeness.MISSING: 0.0,
    Likeness.CONTINUED: -1.0,
    Likeness.APART: -1.0,
}
# Weights of a field that agrees, nearly agrees, conflicts.
_WEIGHTS: Mapping[str, tuple[float, float, float]] = {
    "author": (4.0, 0.0, -9.0),
    "year": (2.0, -1.0, -5.0),
    "container": (3.0, 0.0, -4.0),
    "volume": (3.0, 1.0, -4.0),
    "issue": (1.0, 0.0, -3.0),
    "page": (5.0, 0.0, -5.0),
    "doi": (14.0, 0.0, -6.0),
    "isbn": (6.0, 0.0, -1.0),
    "edition": (1.0, 0.0, -12.0),
}
_INDEX = {Agreement.AGREE: 0, Agreement.NEAR: 1, Agreement.CONFLICT: 2}


def score(evidence: Evidence) -> float:
    """The sum of the evidence in bits."""
    words = min(evidence.telling, _MOST_WORDS)
    total = _TITLE_SHARE[evidence.title] * words * _TITLE_BITS
    for name, weights in _WEIGHTS.items():
        result: Agreement = getattr(evidence, name)
        if result is not Agreement.MISSING:
            total += weights[_INDEX[result]]
    if evidence.author is Agreement.AGREE:
        total += min(evidence.coauthors, 4) - 1
    return round(total, 3)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer for two records, the score, and why in words.

    `opposed` says that something tells the two apart that a third record cannot explain away.
    """

    answer: Answer
    score: float = 0.0
    reason: str = ""
    opposed: bool = False


_APART = Comparison(Answer.APART, opposed=True)


def compare(
    left: Record, right: Record, *, vocabulary: Mapping[str, int] | None = None
) -> Comparison:
    """What two records are to each other, whichever comes first.

    `vocabulary` says how many records of the library have each word in their title.
    """
    words = vocabulary or {}
    found = weighed(*_sorted(left, right), words)
    return replace(found, reason=why(left, right, words))


def weighed(left: Record, right: Record, vocabulary: Mapping[str, int]) -> Comparison:
    """The same, without a reason, for records of which the first comes first in their own order."""
    evidence = gather(left, right, vocabulary)
    if evidence is None:
        return _APART
    total = score(evidence)
    answer = _answer(evidence, total)
    return Comparison(answer, total, "", answer is not Answer.SAME and _opposed(evidence))


def why(left: Record, right: Record, vocabulary: Mapping[str, int]) -> str:
    """What agrees and what differs, in words, the left one's values first."""
    evidence = gather(*_sorted(left, right), vocabulary)
    return reason(evidence, left, right) if evidence else ""


def _sorted(left: Record, right: Record) -> tuple[Record, Record]:
    return (right, left) if right.order < left.order else (left, right)


def _opposed(evidence: Evidence) -> bool:
    conflict = Agreement.CONFLICT
    if conflict in {evidence.edition, evidence.translator}:
        return True
    if evidence.doi is conflict:
        # A third record may tell that one of the two DOIs was copied wrongly.
        place = (evidence.year, evidence.container, evidence.volume, evidence.page)
        against = conflict in {*place, evidence.author, evidence.issue} or evidence.kinds
        told = evidence.title >= Likeness.TAIL and evidence.telling >= _FEWEST_WORDS
        somewhere = Agreement.AGREE in {evidence.volume, evidence.page}
        return against or not told or not somewhere or place.count(Agreement.AGREE) < _TWO
    if _placed(evidence) or evidence.doi is Agreement.AGREE:
        return False
    if not _another_container(evidence):
        return evidence.title <= Likeness.CONTINUED or evidence.page is conflict
    apart = evidence.title <= Likeness.CONTINUED
    return apart or evidence.kinds or conflict in {evidence.container, evidence.page}


def _answer(evidence: Evidence, total: float) -> Answer:
    if evidence.title <= Likeness.CONTINUED:
        # A shortened or translated title: a notice of a work has a place and a DOI of its own.
        support = _supports(evidence) if evidence.title is Likeness.CONTINUED else 0
        if evidence.doi is Agreement.AGREE and (support >= _ENOUGH or _placed(evidence)):
            return Answer.SAME
        if support == _ALL and evidence.doi is not Agreement.CONFLICT:
            return Answer.SAME
        contradictory = evidence.doi is Agreement.AGREE or _placed(evidence)
        return Answer.PERHAPS if contradictory else Answer.APART
    if Agreement.CONFLICT in {evidence.edition, evidence.translator}:
        return Answer.APART
    if evidence.doi is Agreement.AGREE:
        return _one_doi(evidence)
    if _another_container(evidence):
        return _version(evidence)
    if evidence.title is Likeness.LOOSE and evidence.page is Agreement.CONFLICT:
        return Answer.APART
    if total >= _needed(evidence) and not _doubtful(evidence):
        return Answer.SAME
    return Answer.PERHAPS if total >= _PERHAPS else Answer.APART


def _placed(evidence: Evidence) -> bool:
    """Whether volume and page agree, and more with them, so that no other work stands there."""
    agree, conflict = Agreement.AGREE, Agreement.CONFLICT
    if evidence.volume is not agree or conflict in {evidence.author, evidence.year}:
        return False
    others = (evidence.author, evidence.container, evidence.year)
    if evidence.page is Agreement.NEAR:
        return others.count(agree) == len(others)
    return evidence.page is agree and agree in others


def _one_doi(evidence: Evidence) -> Answer:
    """A DOI may be copied to a wrong record: something else must agree, and not all may differ."""
    against = [evidence.author, evidence.year, evidence.page].count(Agreement.CONFLICT)
    if against >= 2 or (evidence.title is Likeness.MISSING and against):
        return Answer.PERHAPS
    return Answer.SAME


def _another_container(evidence: Evidence) -> bool:
    """Whether they were published in two places, as far as both tell."""
    if evidence.container in {Agreement.AGREE, Agreement.NEAR} or _placed(evidence):
        return False
    agree = Agreement.AGREE
    numbers = evidence.page is agree or (evidence.volume is agree and evidence.issue is agree)
    # The same numbers in another journal are no chance: its name is written in another way.
    if evidence.year is agree and numbers and not evidence.kinds:
        return False
    return evidence.container is Agreement.CONFLICT or evidence.kinds


def _version(evidence: Evidence) -> Answer:
    """Records of two places: linked where title and authors leave no doubt, else apart."""
    conflict = Agreement.CONFLICT
    if evidence.title < Likeness.TAIL or evidence.telling < _FEWEST_WORDS:
        return Answer.APART
    if evidence.author is Agreement.MISSING:
        known = evidence.telling >= _MOST_WORDS and evidence.year is not conflict
        return Answer.PERHAPS if known else Answer.APART
    if evidence.author is not Agreement.AGREE:
        return Answer.APART
    if evidence.year is conflict and not evidence.kinds:
        return Answer.APART
    told = evidence.kinds or conflict in {evidence.doi, evidence.volume, evidence.page}
    return Answer.VERSION if told else Answer.PERHAPS


def _needed(evidence: Evidence) -> float:
    return _CERTAIN if evidence.page is Agreement.CONFLICT else _SAME


def _doubtful(evidence: Evidence) -> bool:
    """Whether the evidence points both ways, so that no sum decides."""
    agree, conflict = Agreement.AGREE, Agreement.CONFLICT
    at_one_page = evidence.page is agree and evidence.volume is not conflict
    if evidence.doi is conflict and not (
        (_placed(evidence) and evidence.year is not conflict) or _copied_wrongly(evidence)
    ):
        return True
    if (evidence.year is conflict and not at_one_page) or evidence.translator is Agreement.NEAR:
        return True
    if evidence.page is conflict and (
        evidence.volume is not agree or evidence.title < Likeness.SAME
    ):
        return True
    if evidence.volume is conflict and evidence.title < Likeness.SAME and not at_one_page:
        return True
    if evidence.title is Likeness.TAIL:
        return not at_one_page and _supports(evidence) < _ENOUGH
    if evidence.title in {Likeness.LOOSE, Likeness.MISSING}:
        return not _placed(evidence)
    return False


def _copied_wrongly(evidence: Evidence) -> bool:
    """Whether so much agrees beside two DOIs, and nothing conflicts, that one is a slip."""
    agree, conflict = Agreement.AGREE, Agreement.CONFLICT
    place = (evidence.year, evidence.container, evidence.volume, evidence.issue, evidence.page)
    if evidence.title < Likeness.SLIP or evidence.telling < _FEWEST_WORDS or evidence.kinds:
        return False
    if {evidence.author, evidence.container} != {agree} or conflict in place:
        return False
    if evidence.page is agree:
        return True
    if {evidence.year, evidence.volume} != {agree}:
        return False
    return evidence.issue is agree or evidence.coauthors > 1


def _supports(evidence: Evidence) -> int:
    """How many fields beside the title agree, 0 where one conflicts or the author does not."""
    fields = (evidence.author, evidence.year, evidence.container, evidence.volume, evidence.page)
    if evidence.author is not Agreement.AGREE or Agreement.CONFLICT in fields:
        return 0
    return fields.count(Agreement.AGREE) if evidence.telling >= _FEWEST_WORDS else 0
