"""Word vectors for the claim model: what the sentence embedder makes of each word alone.

After model2vec (Tulkens and van Dongen 2024): one vector a word, the frequent directions kept,
frequent words weighted down (Arora et al. 2017). The vectors are used in training only: what a
linear model learns of them is one number a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from exocite.claims.features import body, words
from exocite.embedding import MODEL, TOKENIZER, Embedder

WIDTH = 128
_RARE = 1e-3
_STRENGTH = 0.3
_LEAST = 2


class WordVectors:
    """Vectors for the words of the texts and of the embedder's own vocabulary.

    `kept` is a file for the embedder's answers between runs: they take two minutes.
    """

    def __init__(self, texts: Iterable[str], models: Path, kept: Path | None) -> None:
        counts = Counter(word for text in texts for word in words(text))
        tokenizer = Tokenizer.from_file(str(models / TOKENIZER))
        pieces = {p for p in tokenizer.get_vocab() if p.isalpha() and p.isascii() and len(p) > 1}
        frequent = {word for word, count in counts.items() if count >= _LEAST}
        self.words = sorted(frequent | pieces)
        self.place = {word: index for index, word in enumerate(self.words)}
        self.model = sha256((models / MODEL).read_bytes()).hexdigest()
        share = np.array([counts[word] + 1.0 for word in self.words])
        share /= share.sum()
        self.weights = np.sqrt(_RARE / (_RARE + share))
        self.vectors = _main_directions(_embedded(self.words, models, kept), np.sqrt(share))

    def means(self, texts: Sequence[str]) -> Any:
        """(texts, WIDTH): weighted sums over the words of each, over their count to the 3/4."""
        found = np.zeros((len(texts), WIDTH))
        for row, text in enumerate(texts):
            places = [self.place[word] for word in words(body(text)) if word in self.place]
            if places:
                total = (self.vectors[places] * self.weights[places, None]).sum(axis=0)
                found[row] = total / len(places) ** 0.75
        return found * _STRENGTH

    def numbers(self, coefficients: Any) -> Any:
        """(words,): what a linear model with these coefficients of the means adds for each word."""
        return (self.vectors @ coefficients) * self.weights * _STRENGTH


def _embedded(wanted: Sequence[str], models: Path, kept: Path | None) -> Any:
    """(words, 384): each word through the embedder alone, or out of the file `kept`."""
    known: dict[str, Any] = {}
    if kept is not None and kept.exists():
        held = np.load(kept)
        known = dict(zip(held["words"].tolist(), held["vectors"], strict=True))
    runner = Embedder(models).runner
    for word in wanted:
        if word not in known:
            ids = runner.ids(word, marked=True)
            known[word] = runner.row(ids=ids, mask=[1] * len(ids)).astype(np.float32)
    vectors = np.stack([known[word] for word in wanted])
    if kept is not None:
        np.savez(kept, words=np.array(wanted), vectors=vectors)
    return vectors


def _main_directions(vectors: Any, weights: Any) -> Any:
    """The vectors about their weighted mean, in their WIDTH strongest directions, at unit scale."""
    weights = weights / weights.sum()
    centred = vectors - (vectors * weights[:, None]).sum(axis=0)
    _, _, directions = np.linalg.svd(centred * np.sqrt(weights)[:, None], full_matrices=False)
    turned = centred @ directions[:WIDTH].T
    return turned / turned.std()
