from __future__ import annotations

import gzip
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.linking import (
    aurc,
    auroc,
    calibration_error,
    cost,
    first_is_gold,
    macro_f1,
    overlap_f1,
    relations,
)
from benchmarks.linking.__main__ import main, measured
from benchmarks.linking.document import BEGIN, END, rewritten
from benchmarks.linking.measures import Sample, mean
from benchmarks.linking.report import Figure, Report, followed
from benchmarks.linking.sources import scifact, wice
from exocite.embedding import MODEL as EMBEDDER
from exocite.linking.attribution import Attribution
from exocite.linking.relation import Pair, Reading, judge
from exocite.model import Relation
from exocite.weights import HASHES
from tests.fakes.verifiers import MODELS, folder_with

ROOT = Path(__file__).resolve().parents[2]
BEES = {"id": "b", "title": "Bees", "sentences": ["Bees dance.", "They fly in May."]}
TIDES = {"id": "t", "title": "Tides", "sentences": ["Tides follow the moon.", "Ships wait."]}


def write(path: Path, *rows: dict, packed: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if packed else data)


def asked(
    number: str, words: str, *gold: str, decoys: Sequence[str] = (), label: str = "supports"
) -> dict:
    held = [{"source": key, "label": label, "sentences": [[0]]} for key in gold]
    return {
        "id": number,
        "claim": words,
        "candidates": None,
        "gold": held,
        "decoys": list(decoys),
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All four sets, tiny, without folds."""
    folder = tmp_path / "data"
    write(folder / "scifact" / "sources.jsonl.gz", BEES, TIDES, packed=True)
    write(
        folder / "scifact" / "claims.jsonl",
        asked("1", "Bees dance.", "b"),
        asked("2", "Copper is red.", decoys=["t"]),
    )
    lists = ({"claim_id": "1", "size": 20, "kind": "near", "candidates": ["t", "b"]},)
    write(folder / "scifact" / "small.jsonl", *lists)
    write(folder / "wice" / "sources.jsonl", BEES, TIDES)
    write(folder / "wice" / "claims.jsonl", asked("1", "Tides follow the moon.", "t"))
    write(folder / "citint" / "sources.jsonl", {**BEES, "article": "a"})
    given = asked("1", "Bees dance [<|cit|>].", "b") | {"candidates": ["b"]}
    given["gold"][0]["sentences"] = []
    write(folder / "citint" / "claims.jsonl", given)
    flip = {"id": "f", "premise": "Bees fly in May.", "hypothesis": "Bees fly in May."}
    write(folder / "flips_other.jsonl", flip | {"label": "supports"})
    return folder


def figure(figures: dict, key: str) -> float:
    for name in key.split("."):
        figures = figures[name]
    return float(figures)


def test_the_command_measures_every_set_and_its_cost(data: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.linking", "--data", str(data)]
    done = subprocess.run(
        [*command, "--mode", "core", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    figures = json.loads(done.stdout.splitlines()[-1])
    right = (
        "scifact.full.r1",
        "scifact.near20.r1",
        "scifact.sentence.hit1",
        "scifact.rationale_f1",
        "scifact.has_source.auroc",
        "quote.hit",
        "quote.sentences",
        "wice.r1",
        "wice.hit1",
        "bm25.scifact.full.r1",
        "bm25.scifact.sentence.hit1",
        "flips.supports_kept",
    )
    assert {key: figure(figures, key) for key in right} == dict.fromkeys(right, 1.0)
    assert figures["scifact"]["n_scored"] == 2
    assert figures["n"]["scifact"]["full"]["r1"] == 1
    assert "random60" not in figures["scifact"]
    intervals = figures["intervals"]
    assert intervals["scifact"]["full"]["r1"] == [1.0, 1.0]
    for key in ("ece", "supported_recall"):
        assert len(intervals[key]) == 2
    assert {"aurc", "auroc"} <= intervals["scifact"]["has_source"].keys()
    assert figures["points"]["0.95"]["coverage"] <= figures["points"]["0.70"]["coverage"]
    cost = figures["cost"]
    assert (cost["works"], cost["claims"]) == (2, 2)
    assert 0 < cost["load_s"] < cost["cold_s"] < cost["process_s"]
    assert 0 < cost["cached_s"] < cost["cold_s"]
    assert "contradicted_as_supported" not in figures


def meaning(claim: str, sentences: Sequence[str], /) -> list[float]:
    """A sentence embedder for which "insects sway" is nearly "bees dance"."""
    near = claim.replace("Insects sway", "Bees dance")
    return [0.9 if near == sentence else 0.1 for sentence in sentences]


def test_semantic_tells_apart_what_shares_the_same_words(tmp_path: Path) -> None:
    ships = {"id": "a", "title": "", "sentences": ["Ships rest at noon."]}
    bees = {"id": "b", "title": "", "sentences": ["Bees dance at noon."]}
    write(tmp_path / "sources.jsonl", ships, bees)
    write(tmp_path / "claims.jsonl", asked("1", "Insects sway at noon.", "b"))
    found = []
    for mode, similarity in (("core", None), ("semantic", meaning)):
        report = Report(mode, lambda _: None)
        wice(tmp_path, report, similarity)
        found.append(report.figures["wice.r1"].value)
    assert found == [0.0, 1.0]


def test_in_semantic_the_judge_is_told_how_near_the_passage_is(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Pair] = []

    def recording(pairs: Sequence[Pair]) -> list:
        told.extend(Pair(pair.claim, pair.passage, pair.similarity) for pair in pairs)
        cited.extend(pair.attribution for pair in pairs)
        return judge([Pair(pair.claim, pair.passage) for pair in pairs])

    cited: list[Attribution | None] = []
    monkeypatch.setattr(relations, "judge", recording)
    relations.relations(data, Report("semantic", lambda _: None), meaning)
    assert Pair("Bees dance .", "Bees dance. They fly in May.", 0.1) in told
    assert Pair("Bees dance.", "Bees dance.", 0.9) in told
    assert any(cited), "how a claim of Citation-Integrity cites the work is told"
    told.clear()
    relations.relations(data, Report("core", lambda _: None), None)
    assert {pair.similarity for pair in told} == {None}


def with_embedder(models: Path) -> Path:
    """The folder with the shipped embedder beside what it holds."""
    shutil.copy(MODELS / EMBEDDER, models)
    hashes = json.loads((models / HASHES).read_text(encoding="utf-8"))
    hashes[EMBEDDER] = sha256((models / EMBEDDER).read_bytes()).hexdigest()
    (models / HASHES).write_text(json.dumps(hashes), encoding="utf-8")
    return models


def test_a_verifier_judges_in_place_of_the_rules_what_no_marker_cites(data: Path) -> None:
    seas = {"id": "s", "title": "", "sentences": ["Bees dance.", "A.", "B.", "C.", "D."]}
    write(data / "citint" / "sources.jsonl", seas | {"article": "a"})
    given = asked("1", "Bees dance [<|cit|>].", "s") | {"candidates": ["s"]}
    write(data / "citint" / "claims.jsonl", given)
    told: list[Pair] = []

    def verifier(pairs: Sequence[Pair]) -> list[Reading]:
        told.extend(pairs)
        return [Reading(Relation.SUPPORTS, 0.2, 0.5, (), "verifier") for _ in pairs]

    report = Report("semantic", lambda _: None)
    relations.relations(data, report, meaning, verifier)
    relations.flips(data / "flips_other.jsonl", report, meaning, verifier)
    assert {pair.similarity for pair in told} == {None}
    assert "Bees dance ." not in {pair.claim for pair in told}
    assert report.figures["relation.macro_f1"].value == 0.0
    assert report.figures["flips.supports_kept"].value == 1.0


def test_the_verifier_among_the_models_judges_unless_it_is_left_out(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("onnxruntime")
    models = with_embedder(folder_with(tmp_path / "models", supports=0.0))
    write(data / "citint" / "sources.jsonl", {**TIDES, "id": "b", "article": "a"})
    for name in ("wice", "scifact"):
        shutil.rmtree(data / name)
    found = []
    for options in ([], ["--no-verifier"]):
        assert main(["--data", str(data), "--models", str(models), "--json", *options]) == 0
        figures = json.loads(capsys.readouterr().out.splitlines()[-1])
        found.append(figures["judge"])
    assert found == ["verifier", "rules"]


def test_the_cost_with_a_verifier_counts_what_it_reads(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setattr(cost, "RUNS", 1)
    models = with_embedder(folder_with(tmp_path / "models"))
    report = Report("semantic", lambda _: None)
    cost.costs(data / "scifact", report, models, verified=True)
    assert report.facts["cost.verified_pairs"] == 1
    assert report.figures["cost.cached_s"].value < report.figures["cost.cold_s"].value


def test_semantic_with_the_shipped_model_is_the_mode_where_none_is_given(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("onnxruntime")
    for name in ("wice", "citint"):
        for path in (data / name).iterdir():
            path.unlink()
        (data / name).rmdir()
    page, kept = tmp_path / "page.md", tmp_path / "vectors"
    models = ROOT / "models" / "exocite_models"
    options = ["--data", str(data), "--models", str(models), "--cache", str(kept), "--json"]
    assert main([*options, "--document", str(page)]) == 0
    shown = capsys.readouterr().out.splitlines()
    figures = json.loads(shown[-1])
    assert [line for line in shown if line.startswith("mode")] == ["mode core", "mode semantic"]
    assert figures["scifact"]["sentence"]["hit1"] == 1.0
    assert figures["cost"]["cached_s"] > 0
    assert list(kept.glob("vectors-*.bin"))
    text = page.read_text(encoding="utf-8")
    assert "| figure | BM25 | core | semantic | n |" in text
    assert "| `scifact.full.r1` | 1.000 | 1.000 (1.000 to 1.000) | 1.000 (" in text


@pytest.mark.parametrize("mode", [[], ["--mode", "semantic"]])
def test_without_models_semantic_says_what_to_install(
    data: Path, tmp_path: Path, mode: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data), *mode, "--models", str(tmp_path / "nowhere")]) == 2
    said = capsys.readouterr().err
    assert "hashes.json" in said
    assert "hint: " in said


def test_without_the_extra_semantic_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    assert main(["--data", str(data)]) == 2
    assert "exocite[semantic]" in capsys.readouterr().err


BAD_CLAIMS = [
    (b'{"id": "1"', "claims.jsonl:1: not JSON"),
    (b"[1]\n", "claims.jsonl:1: not a JSON object"),
    (b"\xff\xfe", "claims.jsonl: "),
    (json.dumps(asked("7", "Bees.", "gone")).encode(), "claim 7: there is no source gone"),
]


@pytest.mark.parametrize(("claims", "said"), BAD_CLAIMS)
def test_what_is_no_set_is_said(
    data: Path, claims: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "scifact" / "claims.jsonl").write_bytes(claims)
    assert main(["--data", str(data), "--mode", "core"]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_any_set_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "flips_train.jsonl", {"id": "f"})
    assert main(["--data", str(tmp_path), "--mode", "core"]) == 2
    assert "neither scifact" in capsys.readouterr().err


def test_only_fold_0_is_scored_where_there_are_folds(data: Path) -> None:
    claims = [asked("1", "Bees dance.", "b"), asked("2", "Ships wait.", "t")]
    write(data / "scifact" / "claims.jsonl", claims[0] | {"fold": 3}, claims[1] | {"fold": 0})
    report = Report("core", lambda _: None)
    scifact(data / "scifact", report, None)
    assert report.facts["scifact.n_scored"] == 1
    assert report.figures["scifact.full.r1"].n == 1


def test_a_set_alone_is_measured(tmp_path: Path) -> None:
    flip = {"id": "f", "premise": "Bees fly in May.", "hypothesis": "Bees fly in May."}
    write(tmp_path / "flips.jsonl.gz", flip | {"label": "refutes"}, packed=True)
    report = measured(tmp_path, "core", out=lambda _: None)
    assert set(report.figures) == {"flips.refuted_called_supports", "flips.conflicts_named"}


def test_the_page_keeps_its_other_parts_and_is_the_same_again(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Ours\n\n{BEGIN}\nyesterday\n{END}\n\n## Another part\n", encoding="utf-8")
    report = Report("core", lambda _: None)
    report.keep("scifact.full.r1", Figure(0.5, (0.25, 0.75), 0.4, 12))
    report.keep("cost.rss_mb", Figure(28.9))
    rewritten(page, {"core": report})
    once = page.read_text(encoding="utf-8")
    assert once.startswith("# Ours\n")
    assert once.endswith(f"{END}\n\n## Another part\n")
    assert "yesterday" not in once
    assert "| `scifact.full.r1` | 0.400 | 0.500 (0.250 to 0.750) | 12 |" in once
    assert "| `cost.rss_mb` |  | 29 |  |" in once
    rewritten(page, {"core": report})
    assert page.read_text(encoding="utf-8") == once
    assert BEGIN in (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(followed([1, 2], "claims")) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(followed([1, 2], "claims")) == [1, 2]
    assert "claims 2/2" in capsys.readouterr().err


def test_an_interval_holds_together_what_shares_a_document() -> None:
    apart, together = Sample[int](), Sample[int]()
    for number in range(40):
        apart.add(number % 2, str(number))
        together.add(number % 2, str(number % 4))
    near, wide = apart.interval(mean), together.interval(mean)
    assert near
    assert wide == (0.0, 1.0)
    assert 0.3 < near[0] < 0.5 < near[1] < 0.7
    assert near == apart.interval(mean)
    assert Sample[int]().interval(mean) is None


def test_an_interval_of_what_chance_can_only_raise_holds_the_value() -> None:
    sample = Sample[tuple[float, bool, bool]]()
    for number in range(90):
        sample.add((number / 90, True, number % 3 == 0), str(number))
    value = calibration_error(sample.items)
    centred = sample.interval(calibration_error, centred=True)
    assert centred
    assert 0 <= centred[0] < value < centred[1]


def test_a_tie_counts_against() -> None:
    assert first_is_gold([(1.0, "a"), (0.5, "b")], {"a"})
    assert not first_is_gold([(1.0, "a"), (1.0, "b")], {"a"})
    assert not first_is_gold([], {"a"})


def test_measures_by_hand() -> None:
    results = [(0.9, True, True), (0.8, False, False), (0.3, True, False), (0.1, False, False)]
    assert auroc(results) == pytest.approx(0.75)
    assert auroc([(0.5, True, True), (0.5, False, False)]) == pytest.approx(0.5)
    assert aurc(results) == pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4)
    assert calibration_error(results) == pytest.approx((0.1 + 0.8 + 0.3 + 0.1) / 4)
    assert math.isnan(auroc([(0.5, True, True)]))
    pairs = [("supports", "mentions"), ("refutes", "refutes")]
    assert macro_f1(("supports", "refutes"))(pairs) == pytest.approx(0.5)
    assert overlap_f1([(1, 2, 1), (0, 1, 2)]) == pytest.approx(2 / 6)
