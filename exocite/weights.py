"""Shipped models: found in their package's folder, checked against their recorded hashes."""

from __future__ import annotations

import json
import math
import sys
from array import array
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exocite.claims.scoring import COLUMNS, ClaimModel, Head, Words
from exocite.errors import WeightsError
from exocite.policy import PROFILES

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from exocite.references.tagging import ReferenceModel

CLAIMS = "claims.json"
REFERENCES = "references.crfsuite.gz"
REFERENCES_LEXICON = "references.json.gz"
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
    heads, profiles = data.get("heads"), data.get("profiles")
    if not isinstance(heads, dict):
        raise _damaged(CLAIMS, "it lacks its heads")
    threshold = data.get("threshold")
    if not isinstance(threshold, float) or not isinstance(profiles, dict):
        raise _damaged(CLAIMS, "it lacks a threshold or profiles")
    if set(profiles) != set(PROFILES) or not all(map(_is_number, profiles.values())):
        raise _damaged(CLAIMS, "its profiles are not " + ", ".join(PROFILES))
    return ClaimModel(
        _head(heads.get("prose")),
        _head(heads.get("research")),
        _words(data.get("words"), data.get("numbers")),
        threshold,
        profiles,
    )


def _head(value: object) -> Head:
    """One head of the claim model."""
    if not isinstance(value, dict) or type(value.get("bias")) is not int:
        raise _damaged(CLAIMS, "a head has no bias")
    names, weights = _names(value.get("names")), _numbers(value.get("numbers"))
    known = dict(zip(names, weights, strict=False))
    if not len(names) == len(weights) == len(known):
        raise _damaged(CLAIMS, "a head does not have one weight for each name")
    return Head(known, value["bias"])


def _words(words: object, numbers: object) -> Words:
    """The words of the claim model, with a column of numbers for each place."""
    names = _names(words)
    columns = [*map(_numbers, numbers)] if isinstance(numbers, list) else []
    places = dict(zip(names, range(len(names)), strict=True))
    if len(columns) != COLUMNS or {len(names), *map(len, columns)} != {len(places)}:
        raise _damaged(CLAIMS, "its words do not have four whole numbers each")
    return Words(places, columns)


def _names(value: object) -> list[str]:
    """The names that one text holds, with a bar between two, which no name holds."""
    if not isinstance(value, str):
        raise _damaged(CLAIMS, "its names are no text")
    return value.split("|") if value else []


def _numbers(value: object) -> Sequence[int]:
    """The whole numbers that a text in base64 holds: two bytes each, the lower first."""
    numbers = array("h")
    try:
        numbers.frombytes(a2b_base64(value, strict_mode=True) if isinstance(value, str) else b"?")
    except ValueError as error:
        raise _damaged(CLAIMS, "its numbers are no whole numbers in base64") from error
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def reference_model(folder: Traversable | None = None) -> ReferenceModel:
    """The shipped model that reads printed references.

    `folder` replaces the package's data folder. Raises WeightsError where a file is missing, is
    not the one that was shipped, or does not hold a model.
    """
    import pycrfsuite

    from exocite.references.tagging import ReferenceModel

    data = _unpacked(REFERENCES, load(REFERENCES, folder))
    phrases = load(REFERENCES_LEXICON, folder)
    lexicon = _object(REFERENCES_LEXICON, _unpacked(REFERENCES_LEXICON, phrases))
    if not all(isinstance(value, str) for value in lexicon.values()):
        raise _damaged(REFERENCES_LEXICON, "its phrases do not name fields")
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open_inmemory(data)
    except (ValueError, RuntimeError) as error:
        raise _damaged(REFERENCES, "it is no model of CRFsuite") from error
    return ReferenceModel(tagger, lexicon, data)


def _unpacked(name: str, data: bytes) -> bytes:
    """What a gzipped model holds."""
    import gzip
    import zlib

    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(name, "it is not a gzip file") from error


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
    from importlib.resources import files

    try:
        return files("exocite_models")
    except ModuleNotFoundError as error:
        raise WeightsError(
            "the models of the mode semantic are not installed",
            hint="pip install exocite-models (from a checkout: pip install ./models), "
            "or use the mode core",
        ) from error


def _data() -> Traversable:
    folder = Path(__file__).parent / "data"
    if folder.is_dir():
        return folder
    # Out of an archive: what can read that takes longer to import than a model to load.
    from importlib.resources import files

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
