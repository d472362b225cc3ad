import builtins
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from exocite import weights
from exocite.embedding import MODEL, TOKENIZER, Embedder
from exocite.errors import WeightsError
from tests.fakes import onnx_models

MODELS = Path(__file__).parent.parent / "models" / "exocite_models"

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")


@pytest.fixture(scope="module")
def embedder():
    return Embedder(MODELS)


def folder_with(path: Path, model: bytes) -> Path:
    """A folder of models as somebody may configure it, with hashes that agree."""
    path.mkdir()
    shutil.copy(MODELS / TOKENIZER, path)
    (path / MODEL).write_bytes(model)
    hashes = {n: sha256((path / n).read_bytes()).hexdigest() for n in (MODEL, TOKENIZER)}
    (path / weights.HASHES).write_text(json.dumps(hashes), encoding="utf-8")
    return path


def test_nearer_in_meaning_is_higher(embedder):
    same, near, far = embedder(
        "The drug shortened hospital stays.",
        [
            "The drug shortened hospital stays.",
            "Patients who took the medicine went home sooner.",
            "The museum opens at nine on weekdays.",
        ],
    )
    assert same == pytest.approx(1.0, abs=0.002)
    assert same > near > far
    assert near > far + 0.2


def test_vectors_do_not_depend_on_company_order_or_run(embedder, tmp_path):
    texts = ["Rain fell for three days.", "Sheep graze on the hill.", "word " * 3_000, "…", ""]
    together = embedder("It rained.", texts)
    assert [embedder("It rained.", [text])[0] for text in texts] == together
    cold = Embedder(MODELS, cache=tmp_path)
    assert cold("It rained.", list(reversed(texts))) == list(reversed(together))
    cold.save()
    warm = Embedder(MODELS, cache=tmp_path)
    assert warm("It rained.", texts) == together
    assert not warm.runner.opened, "the model is not even read"


def test_nothing_to_compare(embedder):
    assert embedder("It rained.", []) == []


def test_odd_texts(embedder):
    for value in embedder("\x00\x1b[2J 🧪 \ud800", ["\u202eabc", "a" * 100_000, "１２"]):
        assert -1.0 <= value <= 1.0


def test_another_width_is_used_as_it_is(tmp_path):
    small = Embedder(folder_with(tmp_path / "m", onnx_models.of_width(4)), cache=tmp_path)
    assert len(small("a", ["b", "c"])) == 2
    small.save()
    assert [path.name for path in tmp_path.glob("vectors-*")] == [f"vectors-{small.hash[:12]}.bin"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (b"nothing of the kind", MODEL),
        (onnx_models.of_other_inputs(), "attention_mask"),
        (onnx_models.of_no_numbers(), "numbers that are none"),
    ],
)
def test_a_model_that_does_not_fit_is_said(tmp_path, model, said):
    with pytest.raises(WeightsError, match=said) as caught:
        Embedder(folder_with(tmp_path / "m", model))("a", ["b"])
    assert caught.value.hint


def test_vectors_of_many_lengths_are_refused(tmp_path):
    embedder = Embedder(folder_with(tmp_path / "m", onnx_models.of_many_lengths()))
    with pytest.raises(WeightsError, match="one length"):
        embedder("a longer claim", ["b"])


def test_a_changed_model_is_refused(tmp_path):
    folder = folder_with(tmp_path / "m", onnx_models.of_width(4))
    with (folder / MODEL).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(WeightsError, match="SHA-256"):
        Embedder(folder)("a", ["b"])


def test_the_shipped_hashes_are_right():
    recorded = json.loads((MODELS / weights.HASHES).read_text(encoding="utf-8"))
    files = {p.name for p in MODELS.iterdir() if p.is_file() and p.suffix in {".onnx", ".json"}}
    assert set(recorded) == files - {weights.HASHES}
    for name, wanted in recorded.items():
        assert sha256((MODELS / name).read_bytes()).hexdigest() == wanted


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_says_what_to_install(monkeypatch, missing):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name == missing:
            raise ImportError(f"No module named {name!r}")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WeightsError, match=missing) as caught:
        Embedder(MODELS)("a", ["b"])
    assert "exocite[semantic]" in caught.value.hint


def test_without_numpy_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("exocite.runtime.missing", lambda: ("numpy",))
    with pytest.raises(WeightsError, match="numpy is not installed") as caught:
        Embedder(MODELS)
    assert "exocite[semantic]" in caught.value.hint
