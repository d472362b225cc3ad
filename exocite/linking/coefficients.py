"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE."""

from __future__ import annotations

WORK = (4.915, 3.429, 3.757, 3.71, 2.006, 1.058, 2.429)
"""One for each of compare.WORK_FEATURES."""

SENTENCE = (6.622, 5.543, 2.246, 2.277, 1.345, 2.472, -1.853, 3.913)
"""One for each of compare.SENTENCE_FEATURES."""

EVIDENCE_SHARE = 0.15
"""Odds against the best sentence from which a further one is shown."""

CONFIDENCE = (-5.847, 4.084, 4.337, 3.234, 2.753, 8.123)
"""One for each of scoring.confidence_features."""

OPERATING_POINTS = {
    "0.95": 0.908,
    "0.90": 0.66,
    "0.80": 0.397,
    "0.70": 0.207,
}
"""Least confidence from which the first work was right as often as the name says."""
