"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE.

SHA-256 of what they were fitted on:
2f03780cdc2599b5e1759c3f325afe4e7498af7418ba03d6cec20d564a15fe01 scifact/claims.jsonl
1d03f7555a72bf7b6cf50dde0797a55463f91a2ceba5d8f3305a887a3a1a58d5 scifact/small.jsonl
31e8812c49b85ba1b145696360b16bc09aa2ff86ade63a4e176504fc639ec656 scifact/sources.jsonl.gz
545a93965099b837471aba34754a8eced88645de13136b3176fc8128e867ab9a wice/claims.jsonl
51c1b1ce427262718157db51171da55d447224ec0d078580bb07ca6fbedd4d4d wice/sources.jsonl.gz
"""

from __future__ import annotations

from collections.abc import Mapping

from exocite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What one mode was fitted to.

    `work` has one for each of compare.WORK_FEATURES, `sentence` of compare.SENTENCE_FEATURES,
    `confidence` of scoring.confidence_features. A further sentence is shown from `evidence_share`,
    its odds against the best one. `operating_points`: the least confidence from which the first
    work was right as often as the name says.
    """

    work: tuple[float, ...]
    sentence: tuple[float, ...]
    evidence_share: float
    confidence: tuple[float, ...]
    operating_points: Mapping[str, float]


CORE = Weights(
    work=(
        2.106,
        1.656,
        2.381,
        2.206,
        0.562,
        0.605,
        0.971,
        1.839,
        2.182,
        2.248,
        2.707,
        2.001,
        1.585,
    ),
    sentence=(6.195, 5.493, 1.786, 1.611, 2.836, 2.063, -2.008, 2.43, -4.092),
    evidence_share=0.15,
    confidence=(-5.341, 5.733, 2.326, 6.403, 1.179, 7.503, 1.877),
    operating_points={"0.95": 0.929, "0.90": 0.753, "0.80": 0.513, "0.70": 0.342, "0.50": 0.033},
)

SEMANTIC = Weights(
    work=(
        1.396,
        1.467,
        1.892,
        1.596,
        0.402,
        0.793,
        0.842,
        1.529,
        1.805,
        1.703,
        1.539,
        0.68,
        1.095,
        4.501,
        4.363,
    ),
    sentence=(6.195, 5.493, 1.786, 1.611, 2.836, 2.063, -2.008, 2.43, -4.092),
    evidence_share=0.15,
    confidence=(-6.187, 7.646, 1.867, 7.768, 0.448, 9.185, 1.814),
    operating_points={"0.95": 0.891, "0.90": 0.781, "0.80": 0.529, "0.70": 0.33, "0.50": 0.021},
)

MODES = {"core": CORE, "semantic": SEMANTIC}
