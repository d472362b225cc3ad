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
from typing import TYPE_CHECKING, Any

from exocite import weights
from exocite.errors import WeightsError
from exocite.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL, TOKENIZER = "embedder.onnx", "embedder-tokenizer.json"
LONGEST = 256
"""Tokens of a sentence that are read; what follows does not count."""

_MOST_CHARACTERS = 4_000
_DECIMALS = 4
_EXTRA = "the mode semantic needs ONNX Runtime and its models"
_INSTALL = "pip install 'exocite[semantic]' exocite-models, or use the mode core"


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
        self.shown = str(where)
        self._where = where
        self._threads = threads
        self._opened: tuple[Any, Any] | None = None
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

        # The tokenizer takes no lone surrogates.
        plain = text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        text = " ".join(plain.split())
        known = self._held.get(text)
        if known is None:
            packed = self.vectors.get(text)
            if packed is None:
                packed = self._run(text).astype("<f2").tobytes()
                try:
                    self.vectors.put(text, packed)
                except ValueError as error:
                    raise self._unfit("its vectors are not all of one length") from error
            known = np.frombuffer(packed, dtype="<f2").astype(np.float32)
            self._held[text] = known
        return known

    def _run(self, text: str) -> NDArray[np.float32]:
        import numpy as np

        tokenizer, session = self._opened or self._open()
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        try:
            (found,) = session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        except Exception as error:
            # ONNX Runtime's exceptions have no common base of their own.
            raise self._unfit(str(error).splitlines()[0]) from error
        if not isinstance(found, np.ndarray) or found.ndim != 2 or found.shape[0] != 1:
            raise self._unfit("it does not give one vector a sentence")
        vector: NDArray[np.float32] = found[0].astype(np.float32)
        if not np.isfinite(vector).all():
            raise self._unfit("it gives numbers that are none")
        return vector

    def _open(self) -> tuple[Any, Any]:
        tokenizer = _tokenizer(weights.load(TOKENIZER, self._where))
        session = _session(weights.load(MODEL, self._where), self._threads)
        self._opened = tokenizer, session
        return self._opened

    def _unfit(self, why: str) -> WeightsError:
        return WeightsError(
            f"{self.shown}: {MODEL} cannot be used: {why}",
            hint="the model takes `ids` and `mask` and gives one vector a sentence",
        )


def _tokenizer(data: bytes) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise WeightsError(f"{_EXTRA}: {error}", hint=_INSTALL) from error
    try:
        made = Tokenizer.from_buffer(data)
    except Exception as error:
        # The bindings raise bare Exception.
        raise WeightsError(f"{TOKENIZER}: {error}", hint=_INSTALL) from error
    made.no_padding()
    made.enable_truncation(LONGEST)
    return made


def _session(data: bytes, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise WeightsError(f"{_EXTRA}: {error}", hint=_INSTALL) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # As above: no common base.
        raise WeightsError(
            f"{MODEL}: {str(error).splitlines()[0]}", hint="the file is no model that can be run"
        ) from error
