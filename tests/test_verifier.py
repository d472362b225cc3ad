from __future__ import annotations

import builtins
import json
from importlib import resources
from pathlib import Path

import pytest

from exocite import runtime, weights
from exocite.errors import WeightsError
from exocite.linking.verifying import Calibration, softmax
from exocite.verifier import CARD, MODEL, Verifier, absent
from tests.fakes import onnx_models
from tests.fakes.verifiers import MODELS, folder_with, record

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

CLAIM, PASSAGE = "rain fell", "rain fell for three days"


def test_the_models_logits_become_probabilities(tmp_path: Path) -> None:
    verifier = Verifier(folder_with(tmp_path / "m"))
    ((supports, refutes, neutral),) = verifier([(CLAIM, PASSAGE)])
    # [CLS] and five words and [SEP] are of type 0, two words and [SEP] of type 1.
    wanted = softmax([0.3, 1.0, 1.0])
    assert (supports, refutes, neutral) == pytest.approx(wanted, abs=1e-6)
    assert verifier.calibration == Calibration(0.5, 0.0, 0.4, 0.0, 0.5)


def test_what_is_read_is_cut_to_what_the_model_was_made_for(tmp_path: Path) -> None:
    verifier = Verifier(folder_with(tmp_path / "m"))
    ids, types = verifier.tokens("rain " * 50, "days " * 50)
    assert len(ids) == len(types) == 20
    assert types == [0] * 11 + [1] * 9
    start, end = verifier.runner.id_of("[CLS]"), verifier.runner.id_of("[SEP]")
    assert (ids[0], ids[10], ids[19]) == (start, end, end)
    assert set(ids[1:10]) == set(verifier.runner.ids("days", marked=False))
    assert set(ids[11:19]) == set(verifier.runner.ids("rain", marked=False))
    short, _ = verifier.tokens("rain", "days " * 50)
    assert len(short) == 20, "what a short claim leaves is the passage's"


def test_the_shipped_verifier_reads() -> None:
    verifier = Verifier(MODELS)
    same, other = verifier([(PASSAGE, PASSAGE), (PASSAGE, "Copper is mined in the hills.")])
    assert same[0] > other[0]


def test_a_pair_does_not_depend_on_company_order_or_run(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m")
    pairs = [
        (CLAIM, PASSAGE),
        ("", ""),
        ("x" * 90_000, "…"),
        ("\ud800\x1b[2J", "１２\u202e"),
        ("a", "b"),
    ]
    cold = Verifier(folder, cache=tmp_path)
    together = cold(pairs)
    assert cold(pairs[::-1]) == together[::-1]
    assert [Verifier(folder)([pair])[0] for pair in pairs] == together
    cold.save()
    warm = Verifier(folder, cache=tmp_path)
    assert warm(pairs) == together
    assert not warm.runner.opened, "the model is not even read"


def test_claim_and_passage_are_not_mixed_up_in_the_cache(tmp_path: Path) -> None:
    verifier = Verifier(folder_with(tmp_path / "m"), cache=tmp_path)
    pairs = [("a b", "c"), ("a", "b c"), ("b c", "a"), ("c", "a b"), ("a b c", ""), ("", "a b c")]
    found = verifier(pairs)
    assert len(verifier.kept) == len(pairs)
    assert [Verifier(tmp_path / "m")([pair])[0] for pair in pairs] == found


@pytest.mark.parametrize("data", [b"", b"something else", None])
def test_a_damaged_cache_is_said_and_not_used(tmp_path: Path, data: bytes | None) -> None:
    folder = folder_with(tmp_path / "m")
    first = Verifier(folder, cache=tmp_path)
    wanted = first([(CLAIM, PASSAGE)])
    first.save()
    (path,) = tmp_path.glob("verified-*.bin")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if data is None else data)
    second = Verifier(folder, cache=tmp_path)
    assert second.kept.problem
    assert second([(CLAIM, PASSAGE)]) == wanted


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (b"nothing of the kind", MODEL),
        (onnx_models.of_width(3), "types"),
        (onnx_models.of_other_inputs(), "attention_mask|types"),
        (onnx_models.of_pairs(2), "2 numbers a pair, not 3"),
        (onnx_models.of_pairs(384), "384 numbers a pair, not 3"),
    ],
)
def test_a_model_that_does_not_fit_is_said(tmp_path: Path, model: bytes, said: str) -> None:
    with pytest.raises(WeightsError, match=said) as caught:
        Verifier(folder_with(tmp_path / "m", model))([(CLAIM, PASSAGE)])
    assert caught.value.hint


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"labels": ["entailment", "contradiction", "neutral"]}, "its labels are not supports"),
        ({"labels": None}, "its labels"),
        ({"bias": [0, 0]}, "bias is not three numbers"),
        ({"bias": [0, "1", 0]}, "bias is not a number"),
        ({"reader": -0.1}, "reader is not between"),
        ({"reader": float("nan")}, "reader is not a number"),
        ({"rules": True}, "rules is not a number"),
        ({"rules": -1}, "rules is not between"),
        ({"rules": float("inf")}, "rules is not between"),
        ({"rules": 10**400}, "rules is not between"),
        ({"supports": 1.5}, "supports is not between"),
        ({"refutes": None}, "refutes is not a number"),
        ({"longest_claim": 8.5}, "longest_claim is not a whole number"),
        ({"longest_pair": 8}, "longest_pair is not between"),
        ({"longest_pair": 100_000}, "longest_pair is not between"),
        ({"sha256": "0" * 64}, "it is not of this verifier.onnx"),
    ],
)
def test_a_card_of_another_model_is_refused(
    tmp_path: Path, card: dict[str, object], said: str
) -> None:
    with pytest.raises(WeightsError, match=said) as caught:
        Verifier(folder_with(tmp_path / "m", **card))
    assert "verify = off" in caught.value.hint


@pytest.mark.parametrize(("data", "said"), [(b"[]", "object"), (b"{", "JSON"), (b"[" * 9, "JSON")])
def test_a_card_that_is_none_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    folder = folder_with(tmp_path / "m")
    (folder / CARD).write_bytes(data)
    record(folder)
    with pytest.raises(WeightsError, match=said):
        Verifier(folder)


@pytest.mark.parametrize("name", [MODEL, CARD])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = folder_with(tmp_path / "m")
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(WeightsError, match="SHA-256"):
        Verifier(folder)([(CLAIM, PASSAGE)])


@pytest.mark.parametrize("name", [MODEL, CARD])
def test_a_missing_file_is_said(tmp_path: Path, name: str) -> None:
    folder = folder_with(tmp_path / "m")
    (folder / name).unlink()
    with pytest.raises(WeightsError, match="missing"):
        Verifier(folder)([(CLAIM, PASSAGE)])


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **named: object) -> object:
        if name == missing:
            raise ImportError(f"No module named {name!r}")
        return real(name, *rest, **named)

    folder = folder_with(tmp_path / "m")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WeightsError, match=missing) as caught:
        Verifier(folder)([(CLAIM, PASSAGE)])
    assert "exocite[verify]" in caught.value.hint


def test_why_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_with(tmp_path / "m")
    assert absent(folder) == ""
    monkeypatch.setattr(runtime, "PACKAGES", ("numpy", "no_such_package"))
    assert absent(folder) == "no_such_package: not installed"
    (folder / weights.HASHES).write_text(json.dumps({}), encoding="utf-8")
    assert "hold no verifier" in absent(folder)
    monkeypatch.setattr(resources, "files", lambda _: _gone())
    assert "not installed" in absent()
    with pytest.raises(WeightsError, match="exocite-models is not installed") as caught:
        Verifier()
    assert "exocite[verify]" in caught.value.hint


def _gone() -> None:
    raise ModuleNotFoundError("exocite_models")
