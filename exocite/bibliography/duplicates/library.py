"""The duplicates of a whole library: candidates compared, and groups that contradict nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from exocite.bibliography.duplicates.blocking import candidates, vocabulary
from exocite.bibliography.duplicates.decision import Answer, Comparison, Pair, compare, weighed, why
from exocite.bibliography.duplicates.record import Record

_MOST_CROSSED = 400


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, records by number.

    `groups` are the records of one work each, two or more, in order; `pairs` are what was
    compared and is not apart, the surest first within same, perhaps and version.
    """

    groups: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...]


def find(records: Sequence[Record]) -> Found:
    """The duplicates among these records. Their order changes nothing but the numbers.

    A record that fits two others which are not one work goes with the better; the other pair
    becomes "perhaps".
    """
    numbers: dict[Record, list[int]] = {}
    for number, record in enumerate(records):
        numbers.setdefault(record, []).append(number)
    distinct = sorted(numbers, key=lambda record: record.order)
    words = vocabulary(distinct)
    compared: dict[tuple[int, int], Comparison] = {}
    for left, right in candidates(distinct, words):
        result = weighed(distinct[left], distinct[right], words)
        if result.answer is not Answer.APART:
            compared[left, right] = result
    groups = _Groups(distinct, words, compared)
    refused = groups.join()
    pairs = []
    for pair, result in compared.items():
        # Numbers decide which is told first.
        one, other = sorted(pair, key=lambda index: numbers[distinct[index]][0])
        answer, said = result.answer, why(distinct[one], distinct[other], words)
        if pair in refused:
            answer, said = Answer.PERHAPS, f"{said}; it fits another record better"
        left, right = (numbers[distinct[index]][0] for index in (one, other))
        pairs.append(Pair(left, right, answer, result.score, said))
    copies = [_copies(record, own) for record, own in numbers.items() if len(own) > 1]
    certain = {pair.left for pair in copies if pair.answer is Answer.SAME}
    members = [
        tuple(sorted(number for one in group for number in numbers[distinct[one]]))
        for group in groups.all()
        if len(group) > 1 or numbers[distinct[group[0]]][0] in certain
    ]
    same = [
        Pair(pair.left, other, pair.answer, pair.score, pair.reason)
        for pair in copies
        for other in numbers[records[pair.left]][1:]
        if pair.answer is not Answer.APART
    ]
    order = {answer: place for place, answer in enumerate(Answer)}
    ranked = sorted([*same, *pairs], key=lambda p: (order[p.answer], -p.score, p.left, p.right))
    return Found(tuple(sorted(members)), tuple(ranked))


def _copies(record: Record, own: Sequence[int]) -> Pair:
    """The first two of records that are equal in all that is compared: too little may be told."""
    result = compare(record, record)
    return Pair(own[0], own[1], result.answer, result.score, result.reason)


class _Groups:
    """Groups of records of one work, joined surest first as long as nothing in them is opposed."""

    def __init__(
        self,
        records: Sequence[Record],
        words: Mapping[str, int],
        compared: Mapping[tuple[int, int], Comparison],
    ) -> None:
        self._records = records
        self._words = words
        self._compared = compared
        self._group: dict[int, list[int]] = {}
        self._opposed: dict[tuple[int, int], bool] = {}

    def join(self) -> set[tuple[int, int]]:
        """Join what is the same; gives the pairs that could not be."""
        same = [pair for pair, result in self._compared.items() if result.answer is Answer.SAME]
        refused = set()
        for left, right in sorted(same, key=lambda pair: (-self._compared[pair].score, pair)):
            ours, theirs = self._of(left), self._of(right)
            if ours is theirs:
                continue
            if self._contradict(ours, theirs, self._dois(left, right)):
                refused.add((left, right))
                continue
            ours.extend(theirs)
            for member in theirs:
                self._group[member] = ours
        return refused

    def all(self) -> list[list[int]]:
        """The groups; records alone are groups of one."""
        own = (self._of(index) for index in range(len(self._records)))
        return list({id(group): group for group in own}.values())

    def _of(self, index: int) -> list[int]:
        return self._group.setdefault(index, [index])

    def _dois(self, left: int, right: int) -> frozenset[str]:
        return frozenset({self._records[left].doi, self._records[right].doi} - {""})

    def _contradict(self, ours: Sequence[int], theirs: Sequence[int], dois: frozenset[str]) -> bool:
        """Whether something opposes a pair across two groups.

        `dois` are those of the pair that joins them: two of them are one work's, whoever has them.
        """
        pairs = ((min(a, b), max(a, b)) for a in ours for b in theirs)
        return any(
            self._is_opposed(pair) and not self._explained(pair, dois)
            for pair in islice(pairs, _MOST_CROSSED)
        )

    def _explained(self, pair: tuple[int, int], dois: frozenset[str]) -> bool:
        if len(dois) < 2 or self._dois(*pair) != dois:
            return False
        left, right = (replace(self._records[index], doi="") for index in pair)
        return not weighed(left, right, self._words).opposed

    def _is_opposed(self, pair: tuple[int, int]) -> bool:
        if pair not in self._opposed:
            known = self._compared.get(pair) or weighed(
                self._records[pair[0]], self._records[pair[1]], self._words
            )
            self._opposed[pair] = known.opposed
        return self._opposed[pair]
