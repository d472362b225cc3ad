"""BM25 as it stands in the books, over the same terms: the baseline."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from exocite.linking.documents import Document


class Plain:
    """BM25 with k1 1.2 and b 0.75 over documents, their titles included."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        lengths = sum(one.length for one in self.documents)
        self.mean = lengths / len(self.documents) if lengths else 1.0
        self.frequency = Counter(stem for d in self.documents for stem in d.counts)
        self.postings: dict[str, list[tuple[int, float]]] = {}
        for number, one in enumerate(self.documents):
            damping = 1.2 * (0.25 + 0.75 * one.length / self.mean)
            for stem, count in one.counts.items():
                share = 2.2 * count / (count + damping)
                self.postings.setdefault(stem, []).append((number, share))

    def weight(self, stem: str) -> float:
        """The stem's inverse document frequency."""
        held = self.frequency.get(stem, 0)
        return math.log(1 + (len(self.documents) - held + 0.5) / (held + 0.5))

    def rank(self, stems: Iterable[str]) -> list[tuple[float, str]]:
        """Score and key of the works that share a term, best first."""
        scores: dict[int, float] = {}
        for stem in sorted(set(stems)):
            for number, share in self.postings.get(stem, ()):
                scores[number] = scores.get(number, 0.0) + self.weight(stem) * share
        return sorted(((score, self.documents[n].key) for n, score in scores.items()), reverse=True)

    def best_sentence(self, stems: Iterable[str], one: Document) -> int:
        """The number of the sentence with the highest BM25 score, the first of equal ones."""
        mean = sum(len(unit.stems) for unit in one.units) / len(one.units) or 1.0
        scores = [0.0] * len(one.units)
        for stem in sorted(set(stems)):
            for number in one.places.get(stem, ()):
                unit = one.units[number]
                count = unit.stems.count(stem)
                damping = 1.2 * (0.25 + 0.75 * len(unit.stems) / mean)
                scores[number] += self.weight(stem) * 2.2 * count / (count + damping)
        return max(range(len(scores)), key=lambda number: (scores[number], -number))
