"""A folder of models with a tiny verifier, as somebody may configure it."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

from exocite import weights
from exocite.verifier import CARD, MODEL, TOKENIZER
from tests.fakes import onnx_models

MODELS = Path(__file__).resolve().parents[2] / "models" / "exocite_models"

ZERO = [0.0, 0.0, 0.0]


def folder_with(path: Path, model: bytes | None = None, **card: object) -> Path:
    """The tokenizer, this model, a card that agrees but for what is given, and their hashes."""
    path.mkdir()
    data = onnx_models.of_pairs() if model is None else model
    (path / MODEL).write_bytes(data)
    shutil.copy(MODELS / TOKENIZER, path)
    held = {
        "labels": ["supports", "refutes", "neutral"],
        "reader": 0.5,
        "rules": 0.0,
        "prior": ZERO,
        "bias": ZERO,
        "supports": 0.4,
        "agrees": 0.0,
        "refutes": 0.5,
        "longest_claim": 8,
        "longest_pair": 20,
        "sha256": sha256(data).hexdigest(),
    }
    (path / CARD).write_text(json.dumps(held | card), encoding="utf-8")
    record(path)
    return path


def record(path: Path) -> None:
    """Write the hashes of what is in the folder."""
    names = (MODEL, CARD, TOKENIZER)
    hashes = {name: sha256((path / name).read_bytes()).hexdigest() for name in names}
    (path / weights.HASHES).write_text(json.dumps(hashes), encoding="utf-8")
