"""What linking reached when it was built: a change that loses it is seen here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import linking

FLOORS = {
    "scifact.full.r1": 0.77,
    "scifact.near20.r1": 0.80,
    "scifact.near60.r1": 0.79,
    "scifact.random60.r1": 0.97,
    "scifact.sentence.hit1": 0.58,
    "scifact.rationale_f1": 0.50,
    "scifact.has_source.auroc": 0.84,
    "wice.r1": 0.94,
    "wice.hit1": 0.83,
    "flips.conflicts_named": 0.55,
}
CEILINGS = {"scifact.has_source.aurc": 0.16, "ece": 0.1, "flips.false_conflicts": 0.02}


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, object]:
    data = str(shared / "data" / "linking")
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr(sys, "argv", ["linking", "--data", data, "--json"])
        patch.setattr("builtins.print", lambda *words, **_: lines.append(" ".join(map(str, words))))
        assert linking.main() == 0
    return json.loads(lines[-1])


def figure(figures: dict, key: str) -> float:
    for name in key.split("."):
        figures = figures[name]
    return float(figures)


@pytest.mark.slow
@pytest.mark.parametrize("key", FLOORS)
def test_floor(figures: dict, key: str) -> None:
    assert figure(figures, key) >= FLOORS[key]


@pytest.mark.slow
@pytest.mark.parametrize("key", CEILINGS)
def test_ceiling(figures: dict, key: str) -> None:
    assert figure(figures, key) <= CEILINGS[key]
