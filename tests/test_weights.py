"""Shipped models: the ones that ship load, anything else is refused with a next step."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

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
    assert len(model.prose.weights) > 1000
    assert len(model.research.weights) > 1000
    assert len(model.words.places) > 1000
    assert len(load(CLAIMS)) < 5_000_000
    assert claim_model() == model


_MODEL: dict[str, Any] = {
    "threshold": 0.5,
    "profiles": {"strict": 0.2, "news": 0.5, "science": 0.7},
    "heads": {
        "prose": {"bias": -1000, "names": "cue number|w goats", "numbers": "AgD+/w=="},
        "research": {"bias": 0, "names": "", "numbers": ""},
    },
    "words": "goats|sheep",
    "numbers": ["AQACAA==", "/f8EAA==", "BQAGAA==", "BwD4/w=="],
}


def _with(path: str, value: object) -> bytes:
    """The small model with one value replaced."""
    model = json.loads(json.dumps(_MODEL))
    *way, last = path.split("/")
    place = model
    for step in way:
        place = place[step]
    place[last] = value
    return json.dumps(model).encode()


def test_good_model(tmp_path: Path) -> None:
    model = claim_model(_ship(tmp_path, json.dumps(_MODEL).encode()))
    assert model.prose.weights == {"cue number": 2, "w goats": -2}
    assert model.research.weights == {}
    assert [model.words.of(["sheep", "cows", "goats"], place) for place in range(4)] == [
        *([2, 1], [4, -3], [6, 5], [-8, 7])
    ]
    assert model.least("strict") == 0.2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "heads"),
        (_with("heads", []), "heads"),
        (_with("heads", {}), "head has no bias"),
        (_with("heads/research/bias", None), "head has no bias"),
        (_with("heads/research/bias", True), "head has no bias"),
        (_with("heads/prose/names", []), "names are no text"),
        (_with("heads/prose/names", "cue number"), "one weight for each name"),
        (_with("heads/prose/names", "a|a"), "one weight for each name"),
        (_with("heads/prose/numbers", "AgA="), "one weight for each name"),
        (_with("heads/prose/numbers", [2, -2]), "no whole numbers in base64"),
        (_with("heads/prose/numbers", "AgD+"), "no whole numbers in base64"),
        (_with("heads/prose/numbers", "AgD+/w"), "no whole numbers in base64"),
        (_with("heads/prose/numbers", "AgD+/w==\n"), "no whole numbers in base64"),
        (_with("heads/prose/numbers", "\N{LATIN SMALL LETTER E WITH ACUTE}"), "in base64"),
        (_with("words", None), "names are no text"),
        (_with("words", ["goats", "sheep"]), "names are no text"),
        (_with("words", "goats"), "four whole numbers"),
        (_with("words", "goats|goats"), "four whole numbers"),
        (_with("numbers", None), "four whole numbers"),
        (_with("numbers", ["AQACAA=="] * 3), "four whole numbers"),
        (_with("numbers", [*["AQACAA=="] * 3, "AQA="]), "four whole numbers"),
        (_with("numbers", [*["AQACAA=="] * 3, None]), "in base64"),
        (_with("threshold", "0.5"), "threshold"),
        (_with("profiles", None), "profiles"),
        (_with("profiles", {"strict": 0.1}), "strict, news, science"),
        (_with("profiles/news", True), "strict, news, science"),
    ],
)
def test_not_a_model(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(WeightsError, match=why) as caught:
        claim_model(_ship(tmp_path, content))
    assert "install" in caught.value.hint


def test_changed_file(tmp_path: Path) -> None:
    good = b"{}"
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
