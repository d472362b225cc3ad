"""A sentence in its article, as named features: its place, and how its words are used elsewhere.

What an article says once is mostly others' knowledge; what it says again and again, and above all
in its results, is its own. A word or number that never comes back, a name that is new, a sentence
that shares nothing with the results: all speak for a source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import log

from exocite.claims.features import body, section_kind, words
from exocite.claims.shapes import names
from exocite.frozen import dataclass
from exocite.patterns import regex

_OWN = frozenset({"results", "methods", "results and discussion"})
_NUMBER = regex(r"\d{1,20}(?:[.,]\d{1,20})+|\d{2,40}")
_COMMON = frozenset(
    "this that with from have been were which these those their than when where while also more "
    "most such into between other some only both each they there about after before over under "
    "using used".split()
)
_SHARES = (0.05, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85)
_PLACES = (0.1, 0.25, 0.5, 0.75, 0.9)
_ARTICLE_PLACES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
_PARAGRAPHS = (2, 3, 4, 6, 8, 11)
_SECTION_LENGTHS = (5, 10, 20, 40, 80)
_ARTICLE_LENGTHS = (30, 60, 120, 200, 300, 500)


@dataclass(frozen=True, slots=True)
class Surrounded:
    """A sentence without its citation markers, and what stands around it.

    `before` and `after` are its neighbours in the paragraph, "" at an edge; `section` is the
    heading above.
    """

    text: str
    before: str = ""
    after: str = ""
    section: str = ""


def surroundings(sentences: Sequence[Surrounded]) -> list[list[str]]:
    """For each sentence of an article, in order, the names of the features of its surroundings."""
    places = _places(sentences)
    vocabulary = _vocabulary(sentences)
    found = []
    for sentence, place, vocabular in zip(sentences, places, vocabulary, strict=True):
        neighbours = [f"nb {word}" for word in dict.fromkeys(words(sentence.before))]
        neighbours += [f"na {word}" for word in dict.fromkeys(words(sentence.after))]
        found.append([*place, *vocabular, *neighbours])
    return found


def _step(value: float, edges: Sequence[float]) -> int:
    """How many of the rising edges the value reaches."""
    return bisect_right(edges, value)


def _places(sentences: Sequence[Surrounded]) -> Iterator[list[str]]:
    """Where each sentence stands in its paragraph, section and article."""
    sections = [list(part) for _, part in groupby(sentences, key=lambda one: one.section)]
    before = 0
    for number, section in enumerate(sections):
        paragraphs = _paragraphs(section)
        kind = section_kind(section[0].section)
        seen = 0
        for index, length in enumerate(paragraphs):
            for at in range(length):
                signs = (
                    f"rel {_step((seen + 0.5) / len(section), _PLACES)}",
                    f"dpos {_step((before + seen + 0.5) / len(sentences), _ARTICLE_PLACES)}",
                    f"pi {min(index, 4)}",
                    f"pe {min(len(paragraphs) - 1 - index, 3)}",
                    f"k {min(at, 5)}",
                    f"ke {min(length - 1 - at, 3)}",
                    f"pl {_step(length, _PARAGRAPHS)}",
                    f"dl {_step(len(sentences), _ARTICLE_LENGTHS)}",
                    f"sl {_step(len(section), _SECTION_LENGTHS)}",
                    f"si {min(number, 4)}",
                    f"se {min(len(sections) - 1 - number, 3)}",
                )
                found = [f"p {sign}" for sign in signs]
                found += [f"pk {kind} {sign}" for sign in signs]
                found.append(f"pp {min(index, 3)} {min(at, 3)}")
                found.append(f"pp {kind} {min(len(paragraphs) - 1 - index, 2)} {min(at, 3)}")
                yield found
                seen += 1
        before += len(section)


def _paragraphs(section: Sequence[Surrounded]) -> list[int]:
    """How many sentences each paragraph of a section has."""
    lengths: list[int] = []
    for sentence in section:
        if sentence.before and lengths:
            lengths[-1] += 1
        else:
            lengths.append(1)
    return lengths


class _Counts:
    """How often an article uses each word, name and number, counted in sentences."""

    def __init__(self, sentences: Sequence[Surrounded]) -> None:
        self.content = [_content(one.text) for one in sentences]
        self.names = [dict.fromkeys(names(body(one.text))) for one in sentences]
        self.numbers = [set(_NUMBER.findall(one.text)) for one in sentences]
        kinds = [section_kind(one.section) for one in sentences]
        self.of_word = Counter(word for found in self.content for word in found)
        self.of_name = Counter(name for found in self.names for name in found)
        self.of_number = Counter(number for found in self.numbers for number in found)
        self.own = Counter(
            word
            for found, kind in zip(self.content, kinds, strict=True)
            if kind in _OWN
            for word in found
        )
        self.kinds = kinds
        self.last = {word: at for at, found in enumerate(self.content) for word in found}


def _content(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word for word in words(text) if len(word) > 3 and word not in _COMMON)
    )


def _vocabulary(sentences: Sequence[Surrounded]) -> Iterator[list[str]]:
    """How far the words of each sentence are the article's own, new in it, or said only there."""
    counts = _Counts(sentences)
    seen: set[str] = set()
    for at, content in enumerate(counts.content):
        yield [
            *_new(counts, at, seen),
            *_repeated(counts, at),
            *_own(counts, at),
            *_shared(counts, at),
        ]
        seen.update(content)
        seen.update(counts.names[at])


def _new(counts: _Counts, at: int, seen: set[str]) -> Iterator[str]:
    """What the sentence says for the first time."""
    content = counts.content[at]
    stage = min(2, len(seen) // 300)
    new = sum(word not in seen for word in content)
    yield f"nv new {stage} {min(new, 8)}"
    yield f"nv new share {stage} {_share(new, content)}"
    yield f"nv name {stage} {min(sum(name not in seen for name in counts.names[at]), 4)}"


def _repeated(counts: _Counts, at: int) -> Iterator[str]:
    """How often its words come elsewhere."""
    content, kind = counts.content[at], counts.kinds[at]
    often = [counts.of_word[word] for word in content]
    once = sum(number == 1 for number in often)
    yield f"nv once {min(once, 6)}"
    yield f"nv once share {_share(once, content)}"
    yield f"nvk {kind} once {_share(once, content)}"
    yield f"nv many {_share(sum(number >= 10 for number in often), content)}"
    yield f"dv two {min(sum(number == 2 for number in often), 4)}"
    yield f"dv few {_share(sum(number <= 3 for number in often), content)}"
    yield f"dv gone {min(sum(counts.last[w] == at and counts.of_word[w] > 1 for w in content), 3)}"
    # Rounded, so that the last digit of a platform's logarithm never decides.
    mean = round(sum(map(log, often)) / max(1, len(often)), 6)
    yield f"dv mean {int(mean * 3)}"
    yield f"dvk {kind} mean {int(mean * 2)}"
    lone = sum(counts.of_name[name] == 1 for name in counts.names[at])
    yield f"nv lone name {min(lone, 4)}"
    yield f"nvk {kind} lone name {min(lone, 3)}"
    yield f"dv own name {min(sum(counts.of_name[name] >= 6 for name in counts.names[at]), 4)}"
    numbers = counts.numbers[at]
    again = any(counts.of_number[number] > 1 for number in numbers)
    yield f"dv number {min(len(numbers), 2)} {again:d}"


def _own(counts: _Counts, at: int) -> Iterator[str]:
    """How many of its words the methods and results use, not counting itself."""
    content, kind = counts.content[at], counts.kinds[at]
    inside = kind in _OWN
    used = [counts.own[word] - inside for word in content]
    shared = _share(sum(number > 0 for number in used), content)
    yield f"dv own {inside:d} {shared}"
    yield f"dvk {kind} own {shared}"
    yield f"dv own often {inside:d} {_share(sum(number >= 5 for number in used), content)}"


def _shared(counts: _Counts, at: int) -> Iterator[str]:
    """How many of its words the sentences beside it use."""
    content = counts.content[at]
    for name, beside in (("previous", at - 1), ("next", at + 1)):
        near = set(counts.content[beside]) if 0 <= beside < len(counts.content) else set()
        yield f"dv {name} {_share(sum(word in near for word in content), content)}"


def _share(number: int, content: Sequence[str]) -> int:
    return _step(number / max(1, len(content)), _SHARES)
