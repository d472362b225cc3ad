"""Shipped models: found in their package's folder, checked against their recorded hashes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from exocite.claims.detect import ClaimModel
from exocite.errors import WeightsError

CLAIMS = "claims.json"
HASHES = "hashes.json"

_HINT = (
    "install it again (pip install --force-reinstall exocite exocite-models); a folder of your own "
    "in the setting `models` must hold it too"
)


def claim_model(folder: Traversable | None = None) -> ClaimModel:
    """The shipped model that tells claims from the rest.

    `folder` replaces the package's data folder. Raises WeightsError where the file is missing, is
    not the one that was shipped, or does not hold a model.
    """
    data = _object(CLAIMS, load(CLAIMS, folder))
    weights = data.get("weights")
    if not isinstance(weights, dict) or not all(map(_is_number, weights.values())):
        raise _damaged(CLAIMS, "its weights are not numbers")
    bias, threshold = data.get("bias"), data.get("threshold")
    if not isinstance(bias, float) or not isinstance(threshold, float):
        raise _damaged(CLAIMS, "it lacks a bias or a threshold")
    return ClaimModel(weights, bias, threshold)


def load(name: str, folder: Traversable | None = None) -> bytes:
    """The bytes of a shipped file, after its SHA-256 was compared with the recorded one.

    Raises WeightsError where the file is missing or differs.
    """
    where = _data() if folder is None else folder
    wanted = recorded(name, where)
    data = _read(where, name)
    if sha256(data).hexdigest() != wanted:
        raise _damaged(name, "its SHA-256 is not the recorded one")
    return data


def recorded(name: str, folder: Traversable) -> str:
    """The SHA-256 that hashes.json of the folder gives a file, "" for one that it does not name."""
    value = _object(HASHES, _read(folder, HASHES)).get(name)
    return value if isinstance(value, str) else ""


def models() -> Traversable:
    """The folder of the large models, which the distribution exocite-models brings.

    Raises WeightsError where it is not installed.
    """
    try:
        return files("exocite_models")
    except ModuleNotFoundError as error:
        raise WeightsError(
            "the models of the mode semantic are not installed",
            hint="pip install exocite-models (from a checkout: pip install ./models), "
            "or use the mode core",
        ) from error


def _data() -> Traversable:
    return files("exocite") / "data"


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise WeightsError(f"{folder / name}: the model is missing", hint=_HINT) from error


def _object(name: str, data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged(name, "it is not JSON") from error
    if not isinstance(value, dict):
        raise _damaged(name, "it is not a JSON object")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _damaged(name: str, why: str) -> WeightsError:
    return WeightsError(f"{name}: the shipped model is damaged: {why}", hint=_HINT)
