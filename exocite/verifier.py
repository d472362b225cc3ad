"""Whether a passage says what a claim says, by the trained verifier of the extra `verify`.

A cross-encoder (training/README.md) reads `[CLS] passage [SEP] claim [SEP]` and gives three logits;
verifier.json beside it holds how it was calibrated. Each pair goes through the model alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from exocite import runtime, weights
from exocite.errors import WeightsError
from exocite.linking.verifying import LABELS, Calibration, Chances, softmax
from exocite.vectors import Vectors

MODEL, CARD, TOKENIZER = "verifier.onnx", "verifier.json", "embedder-tokenizer.json"
MOST_TOKENS = 512
"""The most that a pair may be said to have; what the model was made for stands in verifier.json."""

_KIND = runtime.Kind(
    MODEL,
    TOKENIZER,
    extra="the verifier needs ONNX Runtime and its models",
    install="pip install 'exocite[verify]' exocite-models, or set verify = off",
    row="the model takes `ids`, `mask` and `types` and gives the three logits of a pair",
)
_MARKS = 3


@dataclass(frozen=True, slots=True)
class _Card:
    """What verifier.json says of the model. Lengths are in tokens, those of a pair with marks."""

    model: str
    longest_claim: int
    longest_pair: int
    calibration: Calibration


class Verifier:
    """Probabilities that a passage supports a claim, refutes it, or does neither.

    `folder` holds the model, verifier.json, the embedder's tokenizer and hashes.json (None: the
    package exocite-models); `cache` is the folder for logits kept between runs, None for none.
    `threads` is how many the model may use. The model is opened, and compared with its hash, for
    the first pair that is not known from an earlier run. Raises WeightsError where the extra or a
    model is missing, damaged, or another one than its card tells.
    """

    def __init__(
        self,
        folder: Traversable | None = None,
        *,
        cache: Path | None = None,
        threads: int = 1,
    ) -> None:
        where = _installed() if folder is None else folder
        self._card = _card(weights.load(CARD, where), where)
        recorded = [weights.recorded(name, where) for name in (MODEL, TOKENIZER)]
        if recorded[0] != self._card.model:
            raise _unfit(where, f"it is not of this {MODEL}")
        self.hash = sha256("".join(recorded).encode()).hexdigest()
        path = cache / f"verified-{self.hash[:12]}.bin" if cache is not None else None
        self.kept = Vectors(path)
        self.runner = runtime.Runner(_KIND, where, threads)

    @property
    def calibration(self) -> Calibration:
        """How the probabilities become an answer."""
        return self._card.calibration

    def __call__(self, pairs: Sequence[tuple[str, str]], /) -> list[Chances]:
        """The probabilities for each claim and passage, in their order."""
        return [softmax(self._logits(claim, passage)) for claim, passage in pairs]

    def save(self) -> None:
        """Keep the logits for the next run."""
        self.kept.save()

    def tokens(self, claim: str, passage: str) -> tuple[list[int], list[int]]:
        """Ids and types of `[CLS] passage [SEP] claim [SEP]`, cut to what the model was made for.

        The claim is cut first to its own length, then the passage to what is left.
        """
        second = self.runner.ids(claim, marked=False)[: self._card.longest_claim]
        room = self._card.longest_pair - len(second) - _MARKS
        first = self.runner.ids(passage, marked=False)[:room]
        start, end = self.runner.id_of("[CLS]"), self.runner.id_of("[SEP]")
        ids = [start, *first, end, *second, end]
        return ids, [0] * (len(first) + 2) + [1] * (len(second) + 1)

    def _logits(self, claim: str, passage: str) -> list[float]:
        import numpy as np

        claim, passage = runtime.plain(claim), runtime.plain(passage)
        text = f"{self.hash} {len(passage)} {passage} {claim}"
        packed = self.kept.get(text)
        if packed is None:
            ids, types = self.tokens(claim, passage)
            row = self.runner.row(ids=ids, mask=[1] * len(ids), types=types)
            if len(row) != len(LABELS):
                raise self.runner.unfit(f"it gives {len(row)} numbers a pair, not {len(LABELS)}")
            packed = row.astype("<f4").tobytes()
            self.kept.put(text, packed)
        return [float(value) for value in np.frombuffer(packed, dtype="<f4")]


def absent(folder: Traversable | None = None) -> str:
    """Why no verifier can be used, "" where one can; nothing large is read or imported.

    Raises WeightsError where the folder's hashes.json is missing or damaged.
    """
    try:
        where = weights.models() if folder is None else folder
    except WeightsError as error:
        return error.message
    if not weights.recorded(MODEL, where):
        return "the models that are installed hold no verifier"
    if missing := runtime.missing():
        return f"{', '.join(missing)}: not installed"
    return ""


def _installed() -> Traversable:
    try:
        return weights.models()
    except WeightsError as error:
        raise WeightsError(
            f"{_KIND.extra}, and exocite-models is not installed", hint=_KIND.install
        ) from error


def _card(data: bytes, where: Traversable) -> _Card:
    """What verifier.json says. Raises WeightsError where that fits no verifier."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unfit(where, "it is not JSON") from error
    if not isinstance(held, dict):
        raise _unfit(where, "it is not a JSON object")
    if held.get("labels") != list(LABELS):
        raise _unfit(where, f"its labels are not {', '.join(LABELS)}")
    claim = _whole(held, "longest_claim", 1, MOST_TOKENS, where)
    return _Card(
        model=str(held.get("sha256")),
        longest_claim=claim,
        longest_pair=_whole(held, "longest_pair", claim + _MARKS + 1, MOST_TOKENS, where),
        calibration=Calibration(
            reader=_number(held, "reader", 0, 100, where),
            rules=_number(held, "rules", 0, 100, where),
            supports=_number(held, "supports", 0, 1, where),
            agrees=_number(held, "agrees", 0, 1, where),
            refutes=_number(held, "refutes", 0, 1, where),
            bias=_three(held, "bias", where),
            prior=_three(held, "prior", where),
        ),
    )


def _three(held: Mapping[str, Any], name: str, where: Traversable) -> Chances:
    values = held.get(name)
    if not isinstance(values, list) or len(values) != len(LABELS):
        raise _unfit(where, f"{name} is not three numbers")
    one, two, three = (_number({name: value}, name, -100, 100, where) for value in values)
    return one, two, three


def _number(
    held: Mapping[str, Any], name: str, least: float, most: float, where: Traversable
) -> float:
    value = held.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise _unfit(where, f"{name} is not a number")
    if not least <= value <= most:
        raise _unfit(where, f"{name} is not between {least} and {most}")
    return float(value)


def _whole(held: Mapping[str, Any], name: str, least: int, most: int, where: Traversable) -> int:
    value = _number(held, name, least, most, where)
    if value != int(value):
        raise _unfit(where, f"{name} is not a whole number")
    return int(value)


def _unfit(where: Traversable, why: str) -> WeightsError:
    return WeightsError(
        f"{where / CARD}: this verifier cannot be used: {why}",
        hint=f"verifier.json and {MODEL} belong together: install exocite-models again, or set "
        "verify = off",
    )
