"""Trains the model that tells claims from the rest, and writes it with its hash.

`python -m training.claims --plos plos_train.jsonl.gz`

Trained on: cited and uncited sentences of PLOS articles (CC BY, CC0; rows marked weak left out) and
the labelled sentences of training/claims/*.txt, written for this project under docs/claims.md.
The threshold is the one with the best mean F1 of both over folds of documents that the scored
model has not seen. Needs scikit-learn (training only), see training/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from exocite.claims.appearance import appearance
from exocite.claims.features import features

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "training" / "claims"
DATA = ROOT / "exocite" / "data"

NAMES = ("plos", "own", "own alone")
SEED = 20260
FOLDS = 5
OWN_WEIGHT = 8.0
ALONE_WEIGHT = 4.0
STRENGTH = 0.15
LEAST_COUNT = 3
DECIMALS = 3
SMALLEST = 0.003

# A feature that is one of many of its family counts for less, which regularises it more.
SCALES = {
    "prose": 0.5,
    "research": 0.5,
    "w": 0.5,
    "b": 0.5,
    "both": 0.35,
    "before": 0.35,
    "after": 0.35,
    "s": 0.4,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its surroundings, its label, and where it is from."""

    doc: str
    section: str
    before: str
    text: str
    after: str
    label: int


def plos(path: Path) -> list[Row]:
    """The rows of a PLOS file that are neither weak nor told by their look."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    kept = (row for row in rows if not row["weak"])
    return _prose(
        Row(r["doc"], r["section"], r["before"], r["text"], r["after"], r["label"]) for r in kept
    )


def labelled(folder: Path) -> list[Row]:
    """The project's own labelled sentences that are not told by their look."""
    return _prose(row for path in sorted(folder.glob("*.txt")) for row in _read(path))


def _read(path: Path) -> Iterator[Row]:
    """A file of small articles.

    "# name" begins an article, "## heading" a section, an empty line a paragraph; "= line" is a
    line that is no sentence; "1 sentence" needs a source, "0 sentence" does not.
    """
    doc, section = "", ""
    paragraph: list[tuple[int, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        mark, _, text = line.partition(" ")
        if mark in ("0", "1"):
            paragraph.append((int(mark), text))
            continue
        for index, (label, sentence) in enumerate(paragraph):
            before = paragraph[index - 1][1] if index else ""
            after = paragraph[index + 1][1] if index + 1 < len(paragraph) else ""
            yield Row(doc, section, before, sentence, after, label)
        paragraph = []
        if mark == "#":
            doc, section = text, ""
        elif mark == "##":
            section = text
        elif mark == "=":
            yield Row(doc, section, "", text, "", 0)
        elif line:
            raise SystemExit(f"{path.name}: a line of no known kind: {line!r}")


def _prose(rows: Iterator[Row]) -> list[Row]:
    """The rows that reach the model, neighbours that are no prose left out as `detect` does."""
    return [
        Row(
            row.doc,
            row.section,
            "" if appearance(row.before) else row.before,
            row.text,
            "" if appearance(row.after) else row.after,
            row.label,
        )
        for row in rows
        if not appearance(row.text)
    ]


def alone(rows: Sequence[Row]) -> list[Row]:
    """The rows without paragraph and section, as list items and short texts have them."""
    return [Row(row.doc, "", "", row.text, "", row.label) for row in rows]


def scale(name: str) -> float:
    """How much a feature counts before its weight is learned."""
    return SCALES.get(name.partition(" ")[0], 1.0)


class Data:
    """Both sets as one sparse matrix, with labels, weights of rows, and folds of documents."""

    def __init__(self, sources: Sequence[tuple[list[Row], float]]) -> None:
        rows = [row for source, _ in sources for row in source]
        found = [features(r.text, r.before, r.after, r.section) for r in rows]
        counts = Counter(name for names in found for name in names)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
        column = {name: index for index, name in enumerate(self.names)}
        cells = [
            (index, column[name], scale(name))
            for index, names in enumerate(found)
            for name in names
            if name in column
        ]
        lines, columns, values = zip(*cells, strict=True)
        self.x = csr_matrix((values, (lines, columns)), shape=(len(rows), len(self.names)))
        self.y = np.array([row.label for row in rows])
        self.weight = np.concatenate([np.full(len(source), weight) for source, weight in sources])
        self.source = np.concatenate(
            [np.full(len(source), number) for number, (source, _) in enumerate(sources)]
        )
        self.fold = np.array([_fold(row.doc) for row in rows])

    def fit(self, keep: Any) -> LogisticRegression:
        """A model of the rows in `keep`."""
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1000, random_state=SEED)
        return model.fit(self.x[keep], self.y[keep], sample_weight=self.weight[keep])

    def unseen_scores(self) -> Any:
        """The score of each row by a model that has not seen its document."""
        scores = np.zeros(len(self.y))
        for number in range(FOLDS):
            held = self.fold == number
            scores[held] = self.fit(~held).predict_proba(self.x[held])[:, 1]
        return scores


def _fold(doc: str) -> int:
    return int(sha256(f"{SEED} {doc}".encode()).hexdigest(), 16) % FOLDS


def f1(labels: Any, chosen: Any) -> float:
    """F1 of a choice."""
    right = int((labels & chosen).sum())
    return 2 * right / max(int(labels.sum() + chosen.sum()), 1)


def best_threshold(data: Data, scores: Any) -> tuple[float, dict[str, float]]:
    """The threshold with the best mean F1 over the sets, and the F1 of each at it."""
    labels = data.y.astype(bool)
    share = np.array([0.5, 0.25, 0.25])
    best: tuple[float, float, list[float]] = (-1.0, 0.0, [])
    for threshold in np.arange(0.10, 0.70, 0.01):
        each = [
            f1(labels[data.source == number], scores[data.source == number] >= threshold)
            for number in np.unique(data.source)
        ]
        best = max(best, (float(np.dot(share, each)), round(float(threshold), 2), each))
    return best[1], {name: round(value, 4) for name, value in zip(NAMES, best[2], strict=True)}


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 over the contents of the files, in order, text with LF."""
    total = sha256()
    for path in paths:
        total.update(
            path.read_bytes().replace(b"\r\n", b"\n")
            if path.suffix == ".txt"
            else path.read_bytes()
        )
    return total.hexdigest()


def main() -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.claims")
    parser.add_argument("--plos", type=Path, required=True, help="plos_train.jsonl.gz")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    own = labelled(LABELLED)
    sets = [(plos(options.plos), 1.0), (own, OWN_WEIGHT), (alone(own), ALONE_WEIGHT)]
    made: dict[str, Any] = {"seed": SEED, "folds": FOLDS, "C": STRENGTH}
    for name, (rows, weight) in zip(NAMES, sets, strict=True):
        made[name] = {"rows": len(rows), "claims": sum(r.label for r in rows), "weight": weight}
    made["plos"]["sha256"] = digest([options.plos])
    made["own"]["sha256"] = digest(sorted(LABELLED.glob("*.txt")))
    data = Data(sets)
    threshold, made["unseen_f1"] = best_threshold(data, data.unseen_scores())
    model = data.fit(np.ones(len(data.y), bool))
    pairs = ((n, float(w) * scale(n)) for n, w in zip(data.names, model.coef_[0], strict=True))
    weights = {name: round(weight, DECIMALS) for name, weight in pairs if abs(weight) >= SMALLEST}
    made["features"] = len(weights)
    bias = round(float(model.intercept_[0]), DECIMALS)
    content = {"bias": bias, "threshold": threshold, "made": made, "weights": weights}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    write(options.out, "claims.json", text.encode("utf-8"))
    print(json.dumps({**made, "threshold": threshold, "bytes": len(text)}, indent=2))


def write(folder: Path, name: str, content: bytes) -> None:
    """Write a model and record its hash beside those of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    record = folder / "hashes.json"
    hashes = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    hashes[name] = sha256(content).hexdigest()
    record.write_bytes((json.dumps(hashes, indent=2, sort_keys=True) + "\n").encode())


if __name__ == "__main__":
    main()
