"""Shipped models: the ones that ship load, anything else is refused with a next step."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from exocite.errors import WeightsError
from exocite.weights import CLAIMS, HASHES, claim_model, load


def _ship(folder: Path, content: bytes, recorded: bytes | None = None) -> Path:
    (folder / CLAIMS).write_bytes(content)
    known = sha256(content if recorded is None else recorded).hexdigest()
    (folder / HASHES).write_text(json.dumps({CLAIMS: known}), encoding="utf-8")
    return folder


def test_shipped_model() -> None:
    model = claim_model()
    assert 0.0 < model.threshold < 1.0
    assert len(model.weights) > 1000
    assert len(load(CLAIMS)) < 5_000_000
    assert claim_model() == model


def test_good_model(tmp_path: Path) -> None:
    folder = _ship(tmp_path, b'{"bias": -1.0, "threshold": 0.5, "weights": {"cue number": 2}}')
    assert claim_model(folder).weights == {"cue number": 2}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"bias": 1.0, "threshold": 0.5}', "weights"),
        (b'{"bias": 1.0, "threshold": 0.5, "weights": {"a": "b"}}', "weights"),
        (b'{"bias": 1.0, "threshold": 0.5, "weights": {"a": NaN}}', "weights"),
        (b'{"bias": 1.0, "threshold": 0.5, "weights": {"a": true}}', "weights"),
        (b'{"bias": null, "threshold": 0.5, "weights": {}}', "bias"),
    ],
)
def test_not_a_model(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(WeightsError, match=why) as caught:
        claim_model(_ship(tmp_path, content))
    assert "install" in caught.value.hint


def test_changed_file(tmp_path: Path) -> None:
    good = b'{"bias": -1.0, "threshold": 0.5, "weights": {}}'
    with pytest.raises(WeightsError, match="SHA-256"):
        load(CLAIMS, _ship(tmp_path, good + b" ", good))


@pytest.mark.parametrize("missing", [CLAIMS, HASHES])
def test_missing_file(tmp_path: Path, missing: str) -> None:
    (_ship(tmp_path, b"{}") / missing).unlink()
    with pytest.raises(WeightsError, match=f"{missing}: the model is missing"):
        load(CLAIMS, tmp_path)


def test_file_without_a_hash(tmp_path: Path) -> None:
    _ship(tmp_path, b"{}")
    (tmp_path / HASHES).write_text("{}", encoding="utf-8")
    with pytest.raises(WeightsError, match="SHA-256"):
        load(CLAIMS, tmp_path)


def test_hashes_nested_beyond_measure_are_damage(tmp_path: Path) -> None:
    (_ship(tmp_path, b"{}") / HASHES).write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(WeightsError, match="not JSON"):
        claim_model(tmp_path)
