"""What linking by words reached when it was built: a change that loses it is seen here."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.linking.__main__ import measured
from benchmarks.linking.report import Report

FLOORS = {
    "scifact.full.r1": 0.79,
    "scifact.near20.r1": 0.82,
    "scifact.near60.r1": 0.81,
    "scifact.random60.r1": 0.95,
    "scifact.sentence.hit1": 0.65,
    "scifact.rationale_f1": 0.55,
    "scifact.has_source.auroc": 0.85,
    "quote.hit": 0.66,
    "points.0.95.precision": 0.92,
    "points.0.95.coverage": 0.17,
    "wice.r1": 0.95,
    "wice.hit1": 0.83,
    "relation.macro_f1": 0.63,
    "citint.macro_f1": 0.37,
    "supported_recall": 0.25,
    "flips.supports_kept": 0.85,
    "flips.conflicts_named": 0.8,
}
CEILINGS = {
    "scifact.has_source.aurc": 0.155,
    "ece": 0.1,
    "contradicted_as_supported": 0.15,
    "flips.refuted_called_supports": 0.1,
    "flips.false_conflicts": 0.02,
    "cost.cold_s": 2.0,
    "cost.cached_s": 1.5,
    "cost.rss_mb": 150.0,
}


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    return measured(shared / "data" / "linking", "core", out=lambda _: None)


@pytest.mark.slow
@pytest.mark.parametrize("key", FLOORS)
def test_floor(report: Report, key: str) -> None:
    assert report.figures[key].value >= FLOORS[key]


@pytest.mark.slow
@pytest.mark.parametrize("key", CEILINGS)
def test_ceiling(report: Report, key: str) -> None:
    assert report.figures[key].value <= CEILINGS[key]
