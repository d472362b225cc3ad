"""Shipped ONNX models run in this process: opened once, on few threads, after a look at the hash.

Everything goes through a model alone, one row a run: with int8 activations the numbers of a row
would otherwise depend on the rows beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from exocite import weights
from exocite.errors import WeightsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGES = ("numpy", "onnxruntime", "tokenizers")

_MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model: its files' names, what is said where it cannot be used.

    `extra` says what needs the packages, `install` how to get them, `row` what the model takes and
    gives. `longest` is how many tokens a text has at most, None for as many as it has.
    """

    model: str
    tokenizer: str
    extra: str
    install: str
    row: str
    longest: int | None = None


class Runner:
    """A model and its tokenizer in a folder, opened when first needed.

    Each method raises WeightsError where a package or a file is missing, damaged or does not fit;
    so does making one where there is no numpy, which whoever holds it counts with.
    """

    def __init__(self, kind: Kind, folder: Traversable, threads: int) -> None:
        if "numpy" in missing():
            raise WeightsError(f"{kind.extra}: numpy is not installed", hint=kind.install)
        self.opened = False
        self._kind = kind
        self._folder = folder
        self._threads = threads
        self._pair: tuple[Any, Any] | None = None

    def ids(self, text: str, *, marked: bool) -> list[int]:
        """The numbers of the text's tokens, with the marks of beginning and end where `marked`.

        White space is collapsed; what follows _MOST_CHARACTERS is not read.
        """
        tokenizer, _ = self._opened()
        encoded: list[int] = tokenizer.encode(plain(text), add_special_tokens=marked).ids
        return encoded

    def id_of(self, token: str) -> int:
        """The number of one token that the tokenizer must know."""
        tokenizer, _ = self._opened()
        number = tokenizer.token_to_id(token)
        if number is None:
            raise self.unfit(f"{self._kind.tokenizer} has no token {token}")
        return int(number)

    def row(self, **inputs: Sequence[int]) -> NDArray[np.float32]:
        """The one row that the model gives for one row of each of its inputs; finite numbers."""
        import numpy as np

        _, session = self._opened()
        given = {name: np.array([values], dtype=np.int64) for name, values in inputs.items()}
        try:
            found = session.run(None, given)
        except Exception as error:
            # ONNX Runtime's exceptions have no common base of their own.
            raise self.unfit(_said(error)) from error
        if len(found) != 1 or not isinstance(found[0], np.ndarray) or found[0].ndim != 2:
            raise self.unfit("it does not give one row of numbers")
        if found[0].shape[0] != 1:
            raise self.unfit("it gives more rows than it was asked for")
        row: NDArray[np.float32] = found[0][0].astype(np.float32)
        if not np.isfinite(row).all():
            raise self.unfit("it gives numbers that are none")
        return row

    def unfit(self, why: str) -> WeightsError:
        """The error for a model that runs and does not do what it must."""
        return WeightsError(
            f"{self._folder}: {self._kind.model} cannot be used: {why}", hint=self._kind.row
        )

    def _opened(self) -> tuple[Any, Any]:
        if self._pair is None:
            kind = self._kind
            tokenizer = _tokenizer(kind, weights.load(kind.tokenizer, self._folder))
            session = _session(kind, weights.load(kind.model, self._folder), self._threads)
            self._pair = tokenizer, session
            self.opened = True
        return self._pair


def plain(text: str) -> str:
    """The beginning of a text as it is read: white space collapsed, no lone surrogates.

    The tokenizer takes no lone surrogates.
    """
    readable = text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    return " ".join(readable.split())


def missing() -> tuple[str, ...]:
    """The packages that are needed to run a model and are not installed; none is imported."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


def _tokenizer(kind: Kind, data: bytes) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise WeightsError(f"{kind.extra}: {error}", hint=kind.install) from error
    try:
        made = Tokenizer.from_buffer(data)
    except Exception as error:
        # The bindings raise bare Exception.
        raise WeightsError(f"{kind.tokenizer}: {_said(error)}", hint=kind.install) from error
    made.no_padding()
    if kind.longest is None:
        made.no_truncation()
    else:
        made.enable_truncation(kind.longest)
    return made


def _session(kind: Kind, data: bytes, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise WeightsError(f"{kind.extra}: {error}", hint=kind.install) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # As above: no common base.
        raise WeightsError(
            f"{kind.model}: {_said(error)}",
            hint="the file is no model that can be run",
        ) from error


def _said(error: Exception) -> str:
    """The first line of what a library says went wrong, its kind where it says nothing."""
    return next(iter(str(error).splitlines()), type(error).__name__)
