"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE.

SHA-256 of what they were fitted on:
2f03780cdc2599b5e1759c3f325afe4e7498af7418ba03d6cec20d564a15fe01 scifact/claims.jsonl
1d03f7555a72bf7b6cf50dde0797a55463f91a2ceba5d8f3305a887a3a1a58d5 scifact/small.jsonl
31e8812c49b85ba1b145696360b16bc09aa2ff86ade63a4e176504fc639ec656 scifact/sources.jsonl.gz
545a93965099b837471aba34754a8eced88645de13136b3176fc8128e867ab9a wice/claims.jsonl
51c1b1ce427262718157db51171da55d447224ec0d078580bb07ca6fbedd4d4d wice/sources.jsonl.gz
"""

from __future__ import annotations

WORK = (4.826, 3.428, 3.766, 3.699, 1.899, 1.009, 2.497)
"""One for each of compare.WORK_FEATURES."""

SENTENCE = (6.628, 5.547, 2.249, 2.277, 1.352, 2.462, -1.851, 3.913)
"""One for each of compare.SENTENCE_FEATURES."""

EVIDENCE_SHARE = 0.15
"""Odds against the best sentence from which a further one is shown."""

CONFIDENCE = (-5.709, 4.23, 4.082, 3.328, 2.585, 7.954)
"""One for each of scoring.confidence_features."""

OPERATING_POINTS = {
    "0.95": 0.907,
    "0.90": 0.665,
    "0.80": 0.405,
    "0.70": 0.196,
}
"""Least confidence from which the first work was right as often as the name says."""
