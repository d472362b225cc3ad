"""Raised numbers that lost their height: "age.1,2 Skin", "software4 and plotly33".

Citations are numbered by first appearance, so the numbers that appear for the first time count
1, 2, 3, … through the article. The chain of candidates that counts best is looked for first; then
numbers that repeat one of it. That tells "plotly33" from "CO2" and "ggplot25" (ggplot2, citation 5)
from the twenty-fifth citation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from exocite.claims.markers.prose import Prose
from exocite.frozen import dataclass
from exocite.model import Citation, CitationKind
from exocite.patterns import regex
from exocite.readers.labels import numbered_items
from exocite.readers.vocabulary import words

# Both begin with a digit, not with what stands before: such a search is many times quicker.
_NUMBERS = regex(r"\d(?<!\d\d)\d{0,2}(?:[,–‐-]\d{1,3}){0,30}(?![\w%°€$£]|[.,:/–-]\d|\.[^\W\d_])")
_SIGNAL = regex(r"(?<=[a-z)])(?:see(?: also)?|e\.\s?g\.,?|cf\.)\s\Z")
_SIGNAL_ENDS = ("see", "also", ".", ",")
_SIGNAL_REACH = 12
_NOT_BEFORE = frozenset("([{$#<>=+*/^~@_–—−-‐\ufffc°%€£&|\\")
_VERSIONED = regex(
    r"\d(?<=[^\W\d_]\d)\d?\.\d(?P<digits>[1-9]\d?)(?![\w%°€$£]|[.,:/–-]\d|\.[^\W\d_])"
)
_BARE_WORD = regex(r"[^\W\d_]++(?!\d)")
_INFLECTED = regex(r"(?:[^s]s|tion|sion|ing|ed|ity|ment|ness|ance|ence|ical|ive|ous|able|ism)$")
_REACH = 30
# Words that a number follows in its own right.
_NUMBERED = words(
    """
    fig figs figure figures table tables tab eq eqs eqn equation no nos nr vol p pp page v
    ver sec section ch chap chapter ref refs step type phase grade stage day week month year
    version part appendix covid h co o n ca na k mg fe zn b c d e t q x y z s l m
    """
)
# Words before a number that stands for an author's name: "as implemented in 10, for example".
_PREPOSITIONS = words(
    """
    in by and of see from with using to or at than e.g. cf.
    """
)
_AFTER_NAME = regex(
    r"[.,;)](?!\d)|\s(?:and|or|for|to|as|that|have|has|provides?|showed|shows?|found)\b|$"
)

_NAMING = frozenset({"by", "in", "see", "and"})
_CLAUSE_ENDS = regex(r"[.;:)]\S*\s")
_CLOSES = regex(r"[.;)](?!\w)|$")

_FEWEST_LISTED = 2
_FEWEST = 4
_COVERAGE = 0.3
_SURE = 0.55
_WIDEST_GAP = 10
_GAP_COST = 0.5
_UNLISTED = 400
_FILE_ENDING = 9  # "track.mp3" and "data.h5" are names of files.


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Digits that can be a citation; `weight` says how much they look like one."""

    prose: Prose
    start: int
    digits: tuple[int, int]
    numbers: tuple[int, ...]
    word: str
    weight: float
    repeats: bool

    @property
    def token(self) -> str:
        return self.word + self.prose.view[slice(*self.digits)]

    @property
    def dotted(self) -> bool:
        """Whether the word is the last part of a program's name: "Limbdark.jl12"."""
        at = self.digits[0] - len(self.word) - 1
        return len(self.word) > 1 and at >= 0 and self.prose.view[at] == "."


@dataclass(frozen=True, slots=True)
class _Chain:
    """The best way to count up to a number: the candidates that introduce numbers, last first."""

    score: float
    index: int = -1
    before: _Chain | None = None


class _Words:
    """How often the article has each word in lower case; counted when that is first asked."""

    def __init__(self, texts: Sequence[Prose]) -> None:
        self._texts = texts

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(w.lower() for prose in self._texts for w in _BARE_WORD.findall(prose.view))

    def count(self, word: str) -> int:
        """How often."""
        return self._counts[word.lower()]


def find(texts: Sequence[Prose], labels: Collection[str]) -> list[Citation]:
    """The citations, where the article's numbered list or the count itself makes them sure.

    Without a numbered list at least four are wanted, from 1 and without a gap, half of them after a
    full stop or another mark.
    """
    limit = max((int(label) for label in labels if label.isdigit()), default=0)
    words = _Words(texts)
    candidates = [c for prose in texts for c in _candidates(prose, limit or _UNLISTED, words)]
    chain = _best_chain(candidates)
    if not _is_sure(chain, candidates, limit):
        return []
    tokens = Counter(candidate.token for candidate in candidates)
    found, highest = [], 0
    introduced = set(chain)
    taken_until: dict[int, int] = {}
    for index, candidate in enumerate(candidates):
        if index not in introduced and not (
            candidate.repeats
            and max(candidate.numbers) <= highest
            and _may_repeat(candidate, words, tokens)
        ):
            continue
        if taken_until.get(id(candidate.prose), -1) >= candidate.digits[1]:
            continue  # another reading of the same digits
        if index in introduced:
            highest = max(highest, *candidate.numbers)
        taken_until[id(candidate.prose)] = candidate.digits[1]
        found.append(_citation(candidate))
    return found


def _citation(candidate: _Candidate) -> Citation:
    prose = candidate.prose
    items = numbered_items(prose.text, *candidate.digits, prose.place)
    return prose.citation(CitationKind.SUPERSCRIPT, candidate.start, candidate.digits[1], items)


# --------------------------------------------------------------------------- candidates


def _candidates(prose: Prose, limit: int, words: _Words) -> list[_Candidate]:
    found: list[_Candidate] = []
    view = prose.view
    for match in _NUMBERS.finditer(view):
        start, end = match.span()
        marked = _signal_before(view, start)
        weight, word = _weight(view, marked, match, words)
        if weight <= 0:
            continue
        single = match[0].isdecimal()
        for skip in range(end - start if single and word else 1):
            numbers = _expanded(view[start + skip : end])
            if not numbers or max(numbers) > limit:
                continue
            begin = start + skip if skip else marked
            split = 0.5 if skip else 1.0
            apart = not word and _names_work(view, start, end)
            found.append(
                _Candidate(
                    prose,
                    begin,
                    (start + skip, end),
                    numbers,
                    word,
                    weight * split,
                    repeats=not skip and (weight > _WEAK or apart),
                )
            )
    found.extend(_versioned(prose, limit))
    return sorted(found, key=lambda candidate: candidate.start)


def _signal_before(view: str, at: int) -> int:
    """Where the signal begins that stands right before, `at` where none does."""
    if not view.endswith(_SIGNAL_ENDS, 0, max(0, at - 1)):
        return at
    signal = _SIGNAL.search(view, max(0, at - _SIGNAL_REACH), at)
    return signal.start() if signal else at


_WEAK = 0.5
_SPLIT_VERSION = 0.3


def _versioned(prose: Prose, limit: int) -> list[_Candidate]:
    """The raised digits behind a program's version: "AutoPrognosis2.05" is 2.0, citation 5."""
    return [
        _Candidate(
            prose,
            match.start("digits"),
            match.span("digits"),
            (number,),
            "",
            _SPLIT_VERSION,
            repeats=False,
        )
        for match in _VERSIONED.finditer(prose.view)
        if (number := int(match["digits"])) <= limit
    ]


def _names_work(view: str, start: int, end: int) -> bool:
    """Whether a number that stands alone and ends its clause is a work, as in "described by 18".

    A number before it may make it the end of a range or of a count, "between 5 and 16".
    """
    before = _CLAUSE_ENDS.split(view[max(0, start - _REACH) : start])[-1]
    word = before.split()[-1:]
    named = before[-1:] == " " and bool(word) and word[0].lower() in _NAMING
    return named and not any(map(str.isdigit, before)) and _CLOSES.match(view, end) is not None


def _weight(view: str, start: int, match: re.Match[str], words: _Words) -> tuple[float, str]:
    """How much digits look like a citation by what stands around them, and the word before.

    They are marked from `start` on, where a signal such as "see" stands before them.
    """
    signalled = start < match.start()
    if start == 0:
        return (0.3 if _starts_clause(view, match.end()) else 0.0), ""
    before = view[start - 1]
    if before in _NOT_BEFORE:
        return 0.0, ""
    if before.isspace():
        return _weight_apart(view, start, signalled, match.end()), ""
    word = _word_before(view, start)
    if not word:
        if before in ".,:" and start > 1 and view[start - 2].isdigit():
            return 0.0, ""
        return (0.0 if _abbreviated(view, start) else 1.0), ""
    dotted = view[max(0, start - len(word) - 1)] == "."  # "data.table5", "Limbdark.jl12"
    numbered = word.lower() in _NUMBERED and not signalled and not dotted
    if word[0].isdigit() or numbered:
        return 0.0, ""
    if signalled or words.count(word) > 0 or (word.islower() and len(word) > 3):
        return 1.0, word
    return (0.6 if len(word) > 3 or dotted else 0.35), word


def _word_before(view: str, at: int) -> str:
    """The letters and digits right before, as far as `_REACH`."""
    start = at
    while start > max(0, at - _REACH) and view[start - 1].isalnum():
        start -= 1
    return view[start:at]


def _weight_apart(view: str, start: int, signalled: bool, end: int) -> float:
    """Digits that stand alone, where an author's name would: weak, good only as the next number."""
    if signalled:
        return 0.6
    word = view[max(0, start - _REACH) : start].split()[-1:]
    if view[start - 1] == "\u00a0":
        named = bool(word) and word[0].rstrip(".").lower() not in _NUMBERED
        return 0.5 if named and _AFTER_NAME.match(view, end) else 0.0
    if word and word[0].lower() in _PREPOSITIONS and _AFTER_NAME.match(view, end):
        return 0.45
    return 0.0


def _starts_clause(view: str, end: int) -> bool:
    following = view[end : end + 2]
    return len(following) == 2 and following[0] == " " and following[1].islower()


def _abbreviated(view: str, at: int) -> bool:
    """Whether the full stop belongs to a word that takes a number: "Fig.3", "No.5"."""
    before = re.search(r"([^\W\d_]+)\.$", view[max(0, at - _REACH) : at])
    return before is not None and before[1].lower() in _NUMBERED


def _expanded(text: str) -> tuple[int, ...]:
    """The numbers written, ranges filled in; none where they do not rise or begin with 0."""
    numbers: list[int] = []
    at = 0
    for match in re.finditer(r"\d+", text):
        number = int(match[0])
        if match[0][0] == "0" or (numbers and number <= numbers[-1]):
            return ()
        if numbers and text[at : match.start()] != ",":
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
        at = match.end()
    return tuple(numbers) if len(numbers) <= 100 else ()


# --------------------------------------------------------------------------- the count


def _best_chain(candidates: Sequence[_Candidate]) -> list[int]:
    """Indices of the candidates that introduce the numbers, in order, as one best count."""
    best: dict[int, _Chain] = {0: _Chain(0.0)}
    for index, candidate in enumerate(candidates):
        numbers = candidate.numbers
        offered: _Chain | None = None
        for place, first in enumerate(numbers):
            floor = numbers[place - 1] if place else 0
            for gap in range(_WIDEST_GAP + 1):
                below = first - 1 - gap
                chain = best.get(below)
                if below < floor or chain is None:
                    continue
                holes = numbers[-1] - first + 1 - (len(numbers) - place)
                score = chain.score + candidate.weight - _GAP_COST * (gap + holes)
                if offered is None or score > offered.score:
                    offered = _Chain(score, index, chain)
        top = numbers[-1]
        if offered is not None and (top not in best or offered.score > best[top].score):
            best[top] = offered
    chain = max(best.values(), key=lambda chain: chain.score)
    indices = []
    while chain.before is not None:
        indices.append(chain.index)
        chain = chain.before
    return indices[::-1]


def _is_sure(chain: Sequence[int], candidates: Sequence[_Candidate], limit: int) -> bool:
    introduced = [number for index in chain for number in candidates[index].numbers]
    if not introduced:
        return False
    covered = len(set(introduced))
    weight = sum(candidates[index].weight for index in chain)
    if limit:
        few = min(_FEWEST_LISTED, limit)
        return covered >= max(few, _COVERAGE * limit) and weight >= _SURE * len(chain)
    marked = sum(not candidates[index].word for index in chain)
    gapless = max(introduced) == covered
    return covered >= _FEWEST and gapless and 2 * marked >= len(chain)


def _may_repeat(candidate: _Candidate, words: _Words, tokens: Counter[str]) -> bool:
    """Whether digits that repeat a number are a citation: the word stands without them too."""
    word = candidate.word
    if not word or len(candidate.numbers) > 1:
        return True
    if tokens[candidate.token] > 2:
        return False
    if words.count(word) > 0 or (candidate.dotted and candidate.numbers[0] > _FILE_ENDING):
        return True
    if len(word) < 5 or not (word.islower() or word.istitle()):
        return False
    return candidate.numbers[0] > 3 or (word.islower() and bool(_INFLECTED.search(word)))
