"""How likely a sentence needs a source: two logistic models, one for research articles.

Each adds up the weights of named features, and of its words by their meaning: one number a word and
place (the sentence, the one before, the one after), which is what a linear model over averaged word
vectors comes down to. training/claims.py makes them. All weights are whole thousandths, so that
sums are exact and every platform gives the same score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from exocite.claims.features import body, features, words
from exocite.claims.surroundings import Surrounded, surroundings
from exocite.frozen import dataclass

_UNIT = 1000.0
_FARTHEST = 30.0

COLUMNS = 4
OWN, RESEARCH_OWN, RESEARCH_BEFORE, RESEARCH_AFTER = range(COLUMNS)
"""The numbers of a word: in prose, and in research articles in the sentence, before and after."""


@dataclass(frozen=True, slots=True)
class Head:
    """A linear model: the weight of each feature, and the bias, in thousandths."""

    weights: Mapping[str, int]
    bias: int

    def total(self, names: Iterable[str]) -> int:
        """The sum for a sentence with these features."""
        return self.bias + sum(filter(None, map(self.weights.get, names)))


@dataclass(frozen=True, slots=True)
class Words:
    """The numbers of words: where each word stands, and a column for each place, in thousandths."""

    places: Mapping[str, int]
    columns: Sequence[Sequence[int]]

    def of(self, names: Iterable[str], column: int) -> list[int]:
        """The numbers of those words that are known."""
        numbers = self.columns[column]
        return [numbers[place] for place in map(self.places.get, names) if place is not None]


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """The model of claims: a head for prose, one for research articles, the words of both.

    `threshold` is the score that makes a claim; `profiles` are others, by name.
    """

    prose: Head
    research: Head
    words: Words
    threshold: float
    profiles: Mapping[str, float]

    def least(self, threshold: float | str | None) -> float:
        """The score in force: the one given, that of a profile, or the model's own."""
        if threshold is None:
            return self.threshold
        return self.profiles[threshold] if isinstance(threshold, str) else threshold


class Scorer:
    """The scores of the sentences of one article, each from 0 to 1.

    `research` is whether `exocite.claims.genre` reads the article as research.
    """

    def __init__(
        self, model: ClaimModel, sentences: Sequence[Surrounded], *, research: bool
    ) -> None:
        self._model = model
        self._sentences = sentences
        self._surroundings = surroundings(sentences) if research else None

    def score(self, index: int) -> float:
        """The score of one sentence, to four decimals."""
        one, model = self._sentences[index], self._model
        names = features(one.text, one.before, one.after, one.section)
        if self._surroundings is None:
            meaning = meaning_of(one.text, model.words, OWN)
            return _share(model.prose.total(names) / _UNIT + meaning)
        meaning = sum(
            meaning_of(text, model.words, column)
            for text, column in (
                (one.text, RESEARCH_OWN),
                (one.before, RESEARCH_BEFORE),
                (one.after, RESEARCH_AFTER),
            )
        )
        total = model.research.total([*names, *self._surroundings[index]])
        return _share(total / _UNIT + meaning)


def meaning_of(text: str, table: Words, column: int) -> float:
    """The numbers of a text's words, added up and divided by their count to the power of 3/4."""
    if not text:
        return 0.0
    found = table.of(words(body(text)), column)
    # Square roots are exact to the last digit everywhere, which powers are not.
    root = math.sqrt(len(found))
    return sum(found) / (_UNIT * root * math.sqrt(root)) if found else 0.0


def _share(total: float) -> float:
    bounded = max(-_FARTHEST, min(_FARTHEST, total))
    return round(1.0 / (1.0 + math.exp(-bounded)), 4)
