from __future__ import annotations

import gzip
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.linking import aurc, auroc, calibration_error, first_is_gold, macro_f1
from exocite.model import Relation

ROOT = Path(__file__).resolve().parents[2]


def write(path: Path, *rows: dict, packed: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if packed else data)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.linking", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_set_without_folds_is_scored_whole_and_missing_sets_are_left_out(tmp_path: Path) -> None:
    bees = {"id": "b", "title": "Bees", "sentences": ["Bees dance.", "They fly in May."]}
    tides = {"id": "t", "title": "Tides", "sentences": ["Tides follow the moon.", "Ships wait."]}
    write(tmp_path / "scifact" / "sources.jsonl.gz", bees, tides, packed=True)
    gold = {"source": "b", "label": "supports", "sentences": [[0]]}
    write(
        tmp_path / "scifact" / "claims.jsonl",
        {"id": "1", "claim": "Bees dance.", "candidates": None, "gold": [gold], "decoys": []},
        {"id": "2", "claim": "Copper is red.", "candidates": None, "gold": [], "decoys": ["t"]},
    )
    done = run("--data", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["scifact"]["full"]["r1"] == 1.0
    assert figures["scifact"]["sentence"]["hit1"] == 1.0
    assert figures["scifact"]["has_source"]["auroc"] == 1.0
    assert figures["scifact"]["n_scored"] == 2
    assert "wice" not in figures
    assert "near20" not in figures["scifact"]


def test_semantic_is_said_not_to_be_there(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path), "--mode", "semantic")
    assert done.returncode == 2
    assert "not there yet" in done.stderr


def test_a_tie_counts_against() -> None:
    assert first_is_gold([(1.0, "a"), (0.5, "b")], {"a"})
    assert not first_is_gold([(1.0, "a"), (1.0, "b")], {"a"})
    assert not first_is_gold([], {"a"})


def test_measures_by_hand() -> None:
    results = [(0.9, True, True), (0.8, False, False), (0.3, True, False), (0.1, False, False)]
    assert auroc(results) == pytest.approx(0.75)
    assert aurc(results) == pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4)
    assert calibration_error(results) == pytest.approx((0.1 + 0.8 + 0.3 + 0.1) / 4)
    assert math.isnan(auroc([(0.5, True, True)]))
    pairs = [("supports", Relation.MENTIONS), ("refutes", Relation.REFUTES)]
    assert macro_f1(pairs, ("supports", "refutes")) == pytest.approx(0.5)
