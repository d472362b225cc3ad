"""How near two sentences are in meaning, by the sentence embedder of the extra `semantic`.

Vectors are those of all-MiniLM-L6-v2 (sentence-transformers; Wang et al. 2020) in int8: the mean
over tokens, of length one, kept as half floats. Each sentence goes through the model alone: with
int8 activations a vector would otherwise depend on the sentences beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from exocite import runtime, weights
from exocite.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL, TOKENIZER = "embedder.onnx", "embedder-tokenizer.json"
LONGEST = 256
"""Tokens of a sentence that are read; what follows does not count."""

_DECIMALS = 4
_KIND = runtime.Kind(
    MODEL,
    TOKENIZER,
    extra="the mode semantic needs ONNX Runtime and its models",
    install="pip install 'exocite[semantic]' exocite-models, or use the mode core",
    row="the model takes `ids` and `mask` and gives one vector a sentence",
    longest=LONGEST,
)


class Embedder:
    """Cosines between a claim and sentences, -1 to 1, to four decimals.

    `folder` holds the model, its tokenizer and hashes.json (None: the package exocite-models);
    `cache` is the folder for vectors kept between runs, None for none. `threads` is how many the
    model may use. The model is opened, and compared with its hash, for the first text that is not
    known from an earlier run. Raises WeightsError where the extra or a model is missing or damaged.
    """

    def __init__(
        self,
        folder: Traversable | None = None,
        *,
        cache: Path | None = None,
        threads: int = 1,
    ) -> None:
        where = weights.models() if folder is None else folder
        self.runner = runtime.Runner(_KIND, where, threads)
        recorded = [weights.recorded(name, where) for name in (MODEL, TOKENIZER)]
        self.hash = sha256("".join(recorded).encode()).hexdigest()
        path = cache / f"vectors-{self.hash[:12]}.bin" if cache is not None else None
        self.vectors = Vectors(path)
        self._held: dict[str, NDArray[np.float32]] = {}

    def __call__(self, claim: str, sentences: Sequence[str]) -> list[float]:
        """The cosine of the claim with each of the sentences."""
        import numpy as np

        if not sentences:
            return []
        matrix = np.stack([self._vector(sentence) for sentence in sentences])
        # Sums in double precision, so that the order in which a machine adds does not show.
        cosines = matrix.astype(np.float64) @ self._vector(claim).astype(np.float64)
        return [round(float(value), _DECIMALS) for value in cosines]

    def save(self) -> None:
        """Keep the vectors for the next run."""
        self.vectors.save()

    def _vector(self, text: str) -> NDArray[np.float32]:
        import numpy as np

        known = self._held.get(text)
        if known is None:
            plain = runtime.plain(text)
            packed = self.vectors.get(plain)
            if packed is None:
                ids = self.runner.ids(plain, marked=True)
                vector = self.runner.row(ids=ids, mask=[1] * len(ids))
                packed = vector.astype("<f2").tobytes()
                try:
                    self.vectors.put(plain, packed)
                except ValueError as error:
                    raise self.runner.unfit("its vectors are not all of one length") from error
            known = np.frombuffer(packed, dtype="<f2").astype(np.float32)
            self._held[text] = known
        return known
