"""What each group of the tagger's features is worth: the tagger trained without it.

    python -m training.references_ablation --data DIR

Trains on a share of the training rows, scores on rows that were left out, and prints a table:
pieces labelled right, and rows of which every piece is. No set that measures is read. Smaller and
shorter than what ships, so that the table takes minutes: read the differences, not the heights.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from exocite.references.features import features
from exocite.references.parse import parse
from training.references import SETTINGS, lexicon, rows
from training.references_data import Row, phrases, pieces

GROUPS: Mapping[str, str] = {
    "the word itself": r"w=",
    "its beginning and end": r"[sp][34]=",
    "its form and its marks": r"(?:k|f|b|kb|fkb)=",
    "words beside it": r"w[-+]{1,2}=|ww=",
    "forms beside it": r"k(?:[-+]{1,2}|-\+)=",
    "place in the text": r"[ire]\d|g",
    "years and numbers before it": r"y\d|n\d|yb",
    "quotation marks and brackets": r"q\d",
    "kind of the whole text": r"o=",
    "what the rules read": r"R",
    "patterns of volume, issue, pages": r"L",
    "end of the author list by the rules": r"a\d",
    "lexicon of journals, publishers, places": r"x[jpl]",
    "stretch between commas": r"t[^=]",
    "stretch between full stops": r"S",
}
"""Name of a group and what its features begin with."""
TRAIN, TEST, ITERATIONS = 2000, 1200, 40


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """For "all" and for each group left out: share of pieces and of whole rows right."""
    every = rows(folder)[: TRAIN + TEST]
    test, train = every[:TEST], every[TEST:]
    counted: Counter[tuple[str, str]] = Counter()
    for row in train:
        counted.update(set(phrases(*pieces(row))))
    # A phrase of one row alone is hidden: it would tell that row its own answer.
    known = lexicon(Counter({key: count for key, count in counted.items() if count > 1}))
    made = [[_made(row, known) for row in part] for part in (train, test)]
    result = {}
    for name, pattern in {"all": "", **GROUPS}.items():
        result[name] = _score(*made, re.compile(pattern) if pattern else None)
        print(f"{name:42} pieces {result[name][0]:.4f}  rows {result[name][1]:.4f}", flush=True)
    return result


Made = tuple[list[list[str]], list[str]]


def _made(row: Row, known: Mapping[str, str]) -> Made:
    found, labels = pieces(row)
    return (features(found, parse(row.raw), known) if found else []), labels


def _score(
    train: Sequence[Made], test: Sequence[Made], without: re.Pattern[str] | None
) -> tuple[float, float]:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**SETTINGS, "max_iterations": ITERATIONS})
    for told, labels in train:
        trainer.append(pycrfsuite.ItemSequence(_left(told, without)), labels)
    with tempfile.TemporaryDirectory() as temporary:
        path = str(Path(temporary) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        said = [tagger.tag(_left(told, without)) if told else [] for told, _ in test]
        tagger.close()
    right = sum(a == b for (_, gold), ours in zip(test, said, strict=True)
                for a, b in zip(gold, ours, strict=True))  # fmt: skip
    whole = sum(gold == ours for (_, gold), ours in zip(test, said, strict=True))
    return right / sum(len(gold) for _, gold in test), whole / len(test)


def _left(told: Sequence[Sequence[str]], without: re.Pattern[str] | None) -> list[list[str]]:
    return [[name for name in row if not (without and without.match(name))] for row in told]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(argv)
    folder = options.data / "references" / "train"
    measure(folder if folder.is_dir() else options.data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
