"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE.

SHA-256 of what they were fitted on:
2f03780cdc2599b5e1759c3f325afe4e7498af7418ba03d6cec20d564a15fe01 scifact/claims.jsonl
1d03f7555a72bf7b6cf50dde0797a55463f91a2ceba5d8f3305a887a3a1a58d5 scifact/small.jsonl
31e8812c49b85ba1b145696360b16bc09aa2ff86ade63a4e176504fc639ec656 scifact/sources.jsonl.gz
545a93965099b837471aba34754a8eced88645de13136b3176fc8128e867ab9a wice/claims.jsonl
51c1b1ce427262718157db51171da55d447224ec0d078580bb07ca6fbedd4d4d wice/sources.jsonl.gz
"""

from __future__ import annotations

WORK = (4.683, 3.337, 3.845, 3.787, 2.163, 0.997, 2.435)
"""One for each of compare.WORK_FEATURES."""

SENTENCE = (5.69, 5.624, 2.682, 1.489, 1.817, 2.381, -1.987, 2.594, -4.362)
"""One for each of compare.SENTENCE_FEATURES."""

EVIDENCE_SHARE = 0.2
"""Odds against the best sentence from which a further one is shown."""

CONFIDENCE = (-5.601, 4.184, 3.992, 3.689, 2.491, 7.5, 1.259)
"""One for each of scoring.confidence_features."""

OPERATING_POINTS = {
    "0.95": 0.91,
    "0.90": 0.649,
    "0.80": 0.397,
    "0.70": 0.196,
}
"""Least confidence from which the first work was right as often as the name says."""
