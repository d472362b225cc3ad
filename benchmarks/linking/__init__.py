"""How well exocite finds the source of a claim, its sentences, and that there is none.

    python -m benchmarks.linking --data DIR [--mode core|semantic] [--json]
                                 [--models FOLDER] [--cache FOLDER] [--no-verifier]
                                 [--document FILE]

DIR holds scifact, wice, citint and flips.jsonl, one folder or file a set; what is not there is left
out. Weights and thresholds were fitted on folds 1 to 4 of scifact, wice and citint, so of these
only fold 0 is scored; in a DIR without folds everything is. Plain BM25 is measured beside in the
same run. Intervals are 95 % bootstrap over claims that share a source. The mode semantic takes the
embedder of the installed exocite-models, else of this checkout, or that in --models; vectors are
kept between runs in --cache. A verifier among those models judges what passages say. With
--document both modes run, and the page's part on linking is written anew.
"""

from benchmarks.linking.data import Corpus, group_of, present, rows
from benchmarks.linking.measures import (
    aurc,
    auroc,
    calibration_error,
    first_is_gold,
    macro_f1,
    overlap_f1,
)
from benchmarks.linking.plain import Plain

__all__ = [
    "Corpus",
    "Plain",
    "aurc",
    "auroc",
    "calibration_error",
    "first_is_gold",
    "group_of",
    "macro_f1",
    "overlap_f1",
    "present",
    "rows",
]
