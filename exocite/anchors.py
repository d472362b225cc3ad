"""Quotations that are found again in an edited text, and what an edit did to their meaning.

Source: TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model; the order
of the search and the weights of its last step are those of the Hypothesis client.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from exocite.frozen import dataclass
from exocite.model import Anchor, Span
from exocite.patterns import regex

if TYPE_CHECKING:
    from difflib import SequenceMatcher

CONTEXT = 32
"""Code points of the text before and after that an anchor remembers."""

_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_WEIGHTS = _QUOTE + _PREFIX + _SUFFIX + _POSITION
_ENOUGH = 0.6
_SAME_QUOTE = 0.45
_WINDOWS = 6
_LONGEST = 200
_SEED = 3
_SEED_PLACES = 4

_WORD = regex(r"[^\W_]+(?:[.,'’-][^\W_]+)*|[%‰°]")
_VIEW = regex(r"\s+|[*_`~]+|[^\s*_`~]+")
_STOP = regex(r"[.!?:]")
_BLANK_LINE = regex(r"\n\s*\n")
_GAP = regex(r"\W*")
_BEGINS = regex(r"(?:\A|[.!?]\W*\s|\n)\W*\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands now; `span` is None when its sentence is gone.

    `exact` says that its words are unchanged, white space and emphasis aside. `score` in 0..1 is
    the likeness of quotation and surroundings. `changed` says in words what a reader would call a
    change of meaning, see `meaning_changes`.
    """

    span: Span | None
    exact: bool
    score: float
    changed: tuple[str, ...] = ()


def make(source: str, span: Span) -> Anchor:
    """The anchor of a stretch of the source: its words, some text on both sides, its position."""
    return Anchor(
        exact=source[span.start : span.end],
        prefix=source[max(0, span.start - CONTEXT) : span.start],
        suffix=source[span.end : span.end + CONTEXT],
        start=span.start,
        end=span.end,
    )


def find(anchor: Anchor, source: str) -> Found:
    """Find the quotation again: at its old position, elsewhere, or as it was edited.

    Time is linear in the length of the source: the approximate search compares only the few
    windows that share the most runs of words with the quotation.
    """
    return Searched(source).find(anchor)


class Searched:
    """A source in which many quotations are looked for; what all of them need is made once."""

    def __init__(self, source: str) -> None:
        self._source = source

    def find(self, anchor: Anchor) -> Found:
        """As the function `find`."""
        source = self._source
        if not anchor.exact.strip():
            return Found(None, exact=False, score=0.0)
        if source[anchor.start : anchor.end] == anchor.exact:
            return Found(Span(anchor.start, anchor.end), exact=True, score=1.0)
        places = _occurrences(anchor.exact, source) or _respaced(anchor.exact, self._plain)
        if places:
            best = max(places, key=lambda span: (_surroundings(anchor, source, span), -span.start))
            return Found(best, exact=True, score=_score(anchor, source, best, 1.0))
        return _approximate(anchor, source, self._words)

    @cached_property
    def _plain(self) -> tuple[str, list[int], list[int]]:
        return _plain(self._source)

    @cached_property
    def _words(self) -> _Words:
        return _words(self._source)


# --------------------------------------------------------------------------- the same words


def _occurrences(exact: str, source: str) -> list[Span]:
    places, at = [], source.find(exact)
    while at >= 0:
        places.append(Span(at, at + len(exact)))
        at = source.find(exact, at + len(exact))
    return places


def _respaced(exact: str, plain: tuple[str, list[int], list[int]]) -> list[Span]:
    """Where the quotation stands when line ends, spaces and emphasis marks do not count."""
    wanted = _plain(exact)[0].strip()
    if not wanted:
        return []
    text, ends, shifts = plain
    return [
        Span(_original(ends, shifts, span.start), _original(ends, shifts, span.end - 1) + 1)
        for span in _occurrences(wanted, text)
    ]


def _plain(text: str) -> tuple[str, list[int], list[int]]:
    """The text without emphasis, white space collapsed; each piece's end in it, and its shift."""
    pieces: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    length = 0
    for match in _VIEW.finditer(text):
        piece = match[0]
        if piece[0] in "*_`~":
            continue
        if piece[0].isspace():
            if pieces and pieces[-1] == " ":
                continue
            piece = " "
        shifts.append(match.start() - length)
        pieces.append(piece)
        length += len(piece)
        ends.append(length)
    return "".join(pieces), ends, shifts


def _original(ends: Sequence[int], shifts: Sequence[int], offset: int) -> int:
    return offset + shifts[bisect_left(ends, offset + 1)]


# --------------------------------------------------------------------------- edited words


@dataclass(frozen=True)
class _Words:
    """The words of a text in lower case, with their places."""

    text: list[str]
    spans: list[tuple[int, int]]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.text):
            found.setdefault(word, []).append(number)
        return found

    def runs(self, run: Sequence[str]) -> Iterable[int]:
        """The numbers of the words at which this run of words begins."""
        numbers, size = self._numbers, len(run)
        held = [numbers.get(word, []) for word in run]
        rarest = min(range(size), key=lambda place: len(held[place]))
        wanted = list(run)
        for number in held[rarest]:
            first = number - rarest
            if first >= 0 and self.text[first : first + size] == wanted:
                yield first


def _words(text: str) -> _Words:
    matches = list(_WORD.finditer(text))
    return _Words([match[0].casefold() for match in matches], [match.span() for match in matches])


def _approximate(anchor: Anchor, source: str, words: _Words) -> Found:
    quote = _words(anchor.exact)
    best = Found(None, exact=False, score=0.0)
    for first in _windows(quote.text, words):
        found = _aligned(anchor, quote.text, source, words, first)
        if found.score > best.score:
            best = found
    if best.span is None or best.score < _ENOUGH:
        return Found(None, exact=False, score=best.score)
    changed = meaning_changes(anchor.exact, source[best.span.start : best.span.end])
    return Found(best.span, exact=False, score=best.score, changed=changed)


def _windows(quote: Sequence[str], words: _Words) -> list[int]:
    """Numbers of the words where the quotation may begin, those with most shared runs first."""
    size = min(_SEED, len(quote))
    while size:
        places: dict[tuple[str, ...], list[int]] = {}
        for index in range(len(quote) - size + 1):
            held = places.setdefault(tuple(quote[index : index + size]), [])
            if len(held) < _SEED_PLACES:
                held.append(index)
        step = max(1, len(quote) // 2)
        votes: Counter[int] = Counter()
        for run, held in places.items():
            for index in words.runs(run):
                for place in held:
                    votes[(index - place) // step] += 1
        if votes:
            ranked = sorted(votes, key=lambda bucket: (-votes[bucket], bucket))
            return [max(0, bucket * step) for bucket in ranked[:_WINDOWS]]
        size -= 1
    return []


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    from difflib import SequenceMatcher  # Where every quotation stands as it stood, not needed.

    return SequenceMatcher(None, old, new, autojunk=False)


def _aligned(anchor: Anchor, quote: Sequence[str], source: str, words: _Words, first: int) -> Found:
    """The best alignment of the quotation with the words around the `first` one."""
    quote = quote[:_LONGEST]
    pad = max(4, len(quote) // 2)
    low = max(0, first - pad)
    window = words.text[low : first + len(quote) + 2 * pad]
    matcher = _matcher(quote, window)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return Found(None, exact=False, score=0.0)
    begin, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    lost = blocks[0].a, len(quote) - blocks[-1].a - blocks[-1].size
    spare = len(quote) // 2 + 2
    sentence = _BEGINS.search(anchor.prefix) is not None, _ends(anchor)
    begin = _widened(source, words, low + begin, -1, lost[0], spare * sentence[0])
    end = 1 + _widened(source, words, low + end - 1, 1, lost[1], spare * sentence[1])
    span = Span(words.spans[begin][0], words.spans[end - 1][1])
    span = Span(span.start, _closed(anchor.exact, source, span.end))
    shared = sum(block.size for block in blocks)
    likeness = 2 * shared / (len(quote) + end - begin)
    if likeness < _SAME_QUOTE:
        return Found(None, exact=False, score=0.0)
    return Found(span, exact=False, score=_score(anchor, source, span, likeness))


def _ends(anchor: Anchor) -> bool:
    gap = _GAP.match(anchor.suffix)
    return not anchor.suffix or _breaks(anchor.exact[-1:] + (gap[0] if gap else ""))


def _widened(source: str, words: _Words, at: int, step: int, lost: int, spare: int) -> int:
    """Take in the words that an edit replaced or put in at an end, within the sentence.

    Up to `lost` words that stand where some of the quotation's stood; up to `spare` more where
    this reaches the end of the sentence, as the quotation did.
    """
    taken = 0
    while taken < lost + spare:
        following = at + step * (taken + 1)
        if not 0 <= following < len(words.spans) or _break_between(source, words, following, step):
            return at + step * taken
        taken += 1
    return at + step * min(lost, taken)


def _break_between(source: str, words: _Words, following: int, step: int) -> bool:
    first, second = sorted((following - step, following))
    return _breaks(source[words.spans[first][1] : words.spans[second][0]])


def _breaks(between: str) -> bool:
    """Whether a sentence ends in what stands between two words: a stop and then white space."""
    stop = _STOP.search(between)
    if stop and any(letter.isspace() for letter in between[stop.end() :]):
        return True
    return _BLANK_LINE.search(between) is not None


def _closed(exact: str, source: str, end: int) -> int:
    """Take in the closing punctuation where the quotation had some."""
    closing = exact[len(exact.rstrip('.!?…)]”"’')) :]
    while closing and end < len(source) and source[end] in '.!?…)]”"’':
        end += 1
    return end


# --------------------------------------------------------------------------- how alike


def _surroundings(anchor: Anchor, source: str, span: Span) -> float:
    """Likeness of what stands before and after, and of the position, weighed as Hypothesis does."""
    before = source[max(0, span.start - CONTEXT) : span.start]
    after = source[span.end : span.end + CONTEXT]
    distance = abs(span.start - anchor.start) / max(1, len(source))
    return (
        _PREFIX * _alike(anchor.prefix[::-1], before[::-1])
        + _SUFFIX * _alike(anchor.suffix, after)
        + _POSITION * (1 - min(1.0, distance))
    )


def _alike(old: str, new: str) -> float:
    """Share of the old text that runs on unchanged from the quotation, or is found close by."""
    if not old:
        return 1.0 if not new else 0.5
    return _matcher(old, new).ratio()


def _score(anchor: Anchor, source: str, span: Span, quote: float) -> float:
    return (_QUOTE * quote + _surroundings(anchor, source, span)) / _WEIGHTS


# --------------------------------------------------------------------------- what an edit did

_TOKEN = regex(r"\S+")
_HUNKS = 3
_SHOWN = 12


def difference(old: str, new: str) -> str:
    """What an edit put for what, as a person reads it: “by 12 minutes” → “by 21 minutes”.

    Each change stands with a word on both sides; of many the first are shown. "" for the same
    words.
    """
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = _matcher(ours[:_LONGEST], theirs[:_LONGEST])
    said = [
        f"{_excerpt(ours, a, b)} → {_excerpt(theirs, c, d)}"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    more = f"; and {len(said) - _HUNKS} more" if len(said) > _HUNKS else ""
    return "; ".join(said[:_HUNKS]) + more


def _excerpt(words: Sequence[str], start: int, end: int) -> str:
    shown = words[max(0, start - 1) : end + 1]
    if len(shown) > _SHOWN:
        shown = [*shown[: _SHOWN // 2], "…", *shown[-_SHOWN // 2 :]]
    return f"“{' '.join(shown)}”"


# --------------------------------------------------------------------------- meaning

_NUMBER = regex(r"(?<![^\W_])\d+(?:[.,·]\d+)*(?![^\W_]*[^\W\d_]\d)")
_NUMBER_WORDS = """
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty
    seventy eighty ninety hundred thousand million billion dozen half third quarter twice
    """
_SPELLED = frozenset(_NUMBER_WORDS.split())
_NEGATIONS = frozenset(
    ("not", "no", "never", "neither", "nor", "none", "without", "cannot", "hardly")
)
_UNIT = regex(
    r"(?<=\d)[\s-]{0,2}(%|‰|°\s?[CFK]|percentage points?|per ?cent|fold|times"
    r"|[kmcnµμp]?m|[kmnµμp]?g|[mµμ]?[lL]|kDa|Da|bp|kb|Hz|[kM]Hz|mmHg|kcal|seconds?|minutes?|min|hours?|h|days?|weeks?"
    r"|months?|years?)(?![^\W_])"
)
_NAME = regex(r"[^\W_]*[^\W\d_][^\W_]*")


def meaning_changes(old: str, new: str) -> tuple[str, ...]:
    """What an edit changed of numbers, units, negations and names, in words; often nothing.

    White space, punctuation, emphasis and other wording are no such change.
    """
    old, new = (re.sub(r"[*_`~]+", "", text) for text in (old, new))
    return tuple(
        dict.fromkeys(
            [
                *_replaced(_numbers(old), _numbers(new)),
                *_replaced(_units(old), _units(new)),
                *_replaced(_negations(old), _negations(new)),
                *_renamed(old, new),
            ]
        )
    )


def _numbers(text: str) -> list[str]:
    words = ((match.start(), match[0]) for match in _NUMBER.finditer(text))
    spelled = (
        (match.start(), match[0].casefold())
        for match in _WORD.finditer(text)
        if match[0].casefold() in _SPELLED
    )
    return [word for _, word in sorted([*words, *spelled])]


def _units(text: str) -> list[str]:
    return [match[1].replace("μ", "µ") for match in _UNIT.finditer(text)]


def _negations(text: str) -> list[str]:
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("’", "'")
        if word in _NEGATIONS or word.endswith("n't"):
            found.append("not" if word.endswith("n't") else word)
    return found


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterable[str]:
    """What was put for what, what was added and what was removed, in the order of the text."""
    if list(old) == list(new):
        return
    for kind, a, b, c, d in _matcher(old, new).get_opcodes():
        if kind == "replace":
            yield f"{', '.join(old[a:b])} → {', '.join(new[c:d])}"
        elif kind == "delete":
            yield f"{', '.join(old[a:b])} was removed"
        elif kind == "insert":
            yield f"{', '.join(new[c:d])} was added"


def _renamed(old: str, new: str) -> Iterable[str]:
    before = {word.casefold() for word in _NAME.findall(old)}
    after = {word.casefold() for word in _NAME.findall(new)}
    gone = [name for name in _names(old) if name.casefold() not in after]
    come = [name for name in _names(new) if name.casefold() not in before]
    if gone and come:
        yield f"{', '.join(gone)} → {', '.join(come)}"
    elif gone:
        yield f"{', '.join(gone)} was removed"
    elif come:
        yield f"{', '.join(come)} was added"


def _names(text: str) -> list[str]:
    """Words that look like names: capitals inside, or one at the start within a sentence."""
    found, begins = [], True
    at = 0
    for match in _NAME.finditer(text):
        word = match[0]
        begins = begins or _breaks(text[at : match.start()])
        capital = word[:1].isupper() and len(word) > 1 and not begins
        if capital or any(letter.isupper() for letter in word[1:]):
            found.append(word)
        begins, at = False, match.end()
    return list(dict.fromkeys(found))
