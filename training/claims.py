"""Trains the model that tells claims from the rest, and writes it with its hash.

`python -m training.claims --plos plos_train.jsonl.gz --models models/exocite_models`

Trained on: cited and uncited sentences of PLOS articles (CC BY, CC0; rows marked weak left out) and
the labelled sentences of training/claims/*.txt, written for this project under docs/claims.md.
Two heads: research articles learn from PLOS, prose from both. The words' vectors are those of the
embedder (training/claims_words.py). Every threshold is chosen over folds of documents that the
scored model has not seen; the heads are shifted so that both have their best F1 at 0.5.
Needs scikit-learn and the extra semantic (training only), see training/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from exocite.claims.appearance import appearance
from exocite.claims.features import features
from exocite.claims.surroundings import Surrounded, surroundings
from training.claims_words import WordVectors

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "training" / "claims"
DATA = ROOT / "exocite" / "data"

SEED = 20260
FOLDS = 5
OWN_WEIGHT = 8.0
ALONE_WEIGHT = 4.0
PLOS_WEIGHT = 0.3
"""Weights of a row in the head for prose; that for research learns from PLOS alone."""
PROSE_STRENGTH = 0.15
RESEARCH_STRENGTH = 0.025
LEAST_COUNT = 3
UNIT = 1000
SMALLEST = 4
THRESHOLD = 0.5
PARTS = ("introduction", "background", "discussion")

# A feature that is one of many of its family counts for less, which regularises it more.
SCALES = {
    **dict.fromkeys(("w", "b", "sh", "sx"), 0.5),
    **dict.fromkeys(("s", "shl", "shr", "nv", "nvk", "dv", "dvk"), 0.4),
    **dict.fromkeys(("before", "after"), 0.35),
    **dict.fromkeys(("p", "pk", "pp"), 0.3),
    **dict.fromkeys(("nb", "na"), 0.2),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its surroundings, its label, and whether it counts."""

    doc: str
    sentence: Surrounded
    label: int
    counts: bool


def plos(path: Path) -> list[Row]:
    """The rows of a PLOS file; those that are weak or told by their look do not count."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    return [
        _row(r["doc"], (r["text"], r["before"], r["after"], r["section"]), r["label"], r["weak"])
        for r in rows
    ]


def _row(doc: str, texts: tuple[str, str, str, str], label: int, weak: bool = False) -> Row:
    text, before, after, section = texts
    near = ["" if appearance(other) else other for other in (before, after)]
    counts = not weak and not appearance(text)
    return Row(doc, Surrounded(text, *near, section), label, counts)


def labelled(folder: Path) -> list[Row]:
    """The project's own labelled sentences that are not told by their look.

    Each counts as of its file, which holds one kind of text: folds are then of kinds that the
    scored model has not seen, as the texts of users are.
    """
    found = [(path.stem, row) for path in sorted(folder.glob("*.txt")) for row in _read(path)]
    return [replace(row, doc=name) for name, row in found if row.counts]


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
            yield _row(doc, (sentence, before, after, section), label)
        paragraph = []
        if mark == "#":
            doc, section = text, ""
        elif mark == "##":
            section = text
        elif mark == "=":
            yield _row(doc, (text, "", "", section), 0)
        elif line:
            raise SystemExit(f"{path.name}: a line of no known kind: {line!r}")


def alone(rows: Sequence[Row]) -> list[Row]:
    """The rows without paragraph and section, as list items and short texts have them."""
    return [Row(row.doc, Surrounded(row.sentence.text), row.label, row.counts) for row in rows]


def scale(name: str) -> float:
    """How much a feature counts before its weight is learned."""
    return SCALES.get(name.partition(" ")[0], 1.0)


def of_sentence(row: Row) -> list[str]:
    """The features that a sentence has with its neighbours."""
    one = row.sentence
    return features(one.text, one.before, one.after, one.section)


def of_article(rows: Sequence[Row]) -> list[list[str]]:
    """The features of the surroundings of each row, documents as they follow each other."""
    return [
        names
        for _, article in groupby(rows, key=lambda row: row.doc)
        for names in surroundings([row.sentence for row in article])
    ]


class Part:
    """One head's data: a sparse matrix of features and word means, labels, weights, folds.

    `places` says which texts of a row its word means are taken of, one group of columns each.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        names: Sequence[list[str]],
        vectors: WordVectors,
        places: Sequence[Callable[[Surrounded], str]],
        strength: float,
    ) -> None:
        counts = Counter(name for found in names for name in found)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
        column = {name: index for index, name in enumerate(self.names)}
        cells = [
            (index, column[name], scale(name))
            for index, found in enumerate(names)
            for name in found
            if name in column
        ]
        lines, columns, values = zip(*cells, strict=True)
        named = csr_matrix((values, (lines, columns)), shape=(len(rows), len(self.names)))
        means = [vectors.means([place(row.sentence) for row in rows]) for place in places]
        self.x = hstack([named, csr_matrix(np.hstack(means))]).tocsr()
        self.y = np.array([row.label for row in rows])
        self.fold = np.array([_fold(row.doc) for row in rows])
        self.weight = np.ones(len(rows))
        self.places = len(places)
        self.strength = strength
        self.vectors = vectors

    def fit(self, keep: Any) -> LogisticRegression:
        """A model of the rows in `keep`."""
        model = LogisticRegression(
            C=self.strength, solver="liblinear", max_iter=1000, random_state=SEED
        )
        return model.fit(self.x[keep], self.y[keep], sample_weight=self.weight[keep])

    def unseen(self) -> Any:
        """The log odds of each row by a model that has not seen its document."""
        found = np.zeros(len(self.y))
        for number in range(FOLDS):
            held = self.fold == number
            found[held] = self.fit(~held).decision_function(self.x[held])
        return found

    def written(self, shift: float) -> tuple[dict[str, Any], list[Any]]:
        """The head fitted to all rows, its bias moved by `shift`, and its numbers of the words."""
        model = self.fit(np.ones(len(self.y), bool))
        named, meaning = np.split(model.coef_[0], [len(self.names)])
        pairs = (
            (n, round(float(w) * scale(n) * UNIT)) for n, w in zip(self.names, named, strict=True)
        )
        weights = {name: weight for name, weight in pairs if abs(weight) >= SMALLEST}
        bias = round((float(model.intercept_[0]) + shift) * UNIT)
        numbers = [self.vectors.numbers(part) for part in np.split(meaning, self.places)]
        names = sorted(weights)
        packs = packed(weights[name] for name in names)
        return {"bias": bias, "names": joined(names), "numbers": packs}, numbers


def joined(names: Iterable[str]) -> str:
    """Names as `exocite.weights` reads them: one text, which is read in a fraction of the time.

    Raises ValueError for a name that holds the bar between them.
    """
    found = list(names)
    if any("|" in name for name in found):
        raise ValueError("a name holds a bar")
    return "|".join(found)


def packed(numbers: Iterable[int]) -> str:
    """Whole numbers as `exocite.weights` reads them: two bytes each, the lower first, in base64.

    Raises OverflowError for one that needs more.
    """
    found = array("h", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return b64encode(found.tobytes()).decode("ascii")


def _fold(doc: str) -> int:
    return int(sha256(f"{SEED} {doc}".encode()).hexdigest(), 16) % FOLDS


def f_score(labels: Any, chosen: Any, beta: float = 1.0) -> float:
    """F1 of a choice; with a beta below 1, precision counts more (van Rijsbergen 1979)."""
    right = int((labels & chosen).sum())
    weighed = beta**2 * int(labels.sum()) + int(chosen.sum())
    return (1 + beta**2) * right / max(weighed, 1)


def best(sets: Sequence[tuple[Any, Any]], beta: float = 1.0) -> float:
    """The log odds with the best mean F over sets of labels and unseen log odds."""
    steps = np.arange(-4.0, 4.0, 0.05)
    means = [np.mean([f_score(y, found >= step, beta) for y, found in sets]) for step in steps]
    # A best value among neighbours that are good as well holds better than a lone peak.
    smooth = np.convolve(means, np.ones(5) / 5, mode="same")
    return round(float(steps[int(smooth.argmax())]), 2)


def figures(labels: Any, found: Any, step: float) -> dict[str, float]:
    """AUC, and F1 at a threshold."""
    values = {"auc": roc_auc_score(labels, found), "f1": f_score(labels, found >= step)}
    return {name: round(float(value), 4) for name, value in values.items()}


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


def share(step: float) -> float:
    """Log odds as a score."""
    return round(float(1 / (1 + np.exp(-step))), 2)


def research_part(rows: Sequence[Row], vectors: WordVectors) -> tuple[Part, Any]:
    """The data of the head for research articles, and which rows are in the parts that count."""
    names = [[*of_sentence(row), *far] for row, far in zip(rows, of_article(rows), strict=True)]
    kept = [(row, found) for row, found in zip(rows, names, strict=True) if row.counts]
    places = (lambda one: one.text, lambda one: one.before, lambda one: one.after)
    part = Part(*map(list, zip(*kept, strict=True)), vectors, places, RESEARCH_STRENGTH)
    sections = [row.sentence.section.lower() for row, _ in kept]
    return part, np.array([any(word in name for word in PARTS) for name in sections])


def main() -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.claims")
    parser.add_argument("--plos", type=Path, required=True, help="plos_train.jsonl.gz")
    parser.add_argument("--models", type=Path, required=True, help="folder of the embedder")
    parser.add_argument("--vectors", type=Path, help="where to keep word vectors between runs")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    articles, own = plos(options.plos), labelled(LABELLED)
    counted = [row for row in articles if row.counts]
    texts = [row.sentence.text for row in [*articles, *own]]
    vectors = WordVectors(texts, options.models, options.vectors)

    research, inside = research_part(articles, vectors)
    labels, found = research.y.astype(bool), research.unseen()
    research_best = best([(labels, found), (labels[inside], found[inside])])

    rows = [*own, *alone(own), *counted]
    prose = Part(rows, [*map(of_sentence, rows)], vectors, (lambda one: one.text,), PROSE_STRENGTH)
    prose.weight = np.repeat(
        [OWN_WEIGHT, ALONE_WEIGHT, PLOS_WEIGHT], [len(own), len(own), len(counted)]
    )
    ours, single = slice(0, len(own)), slice(len(own), 2 * len(own))
    prose_labels, odds = prose.y.astype(bool), prose.unseen()
    prose_sets = [(prose_labels[part], odds[part]) for part in (ours, single)]
    prose_best = best(prose_sets)

    claims = np.sort(odds[ours][prose_labels[ours]]) - prose_best
    profiles = {
        "strict": share(float(claims[int(0.05 * len(claims))])),
        "news": THRESHOLD,
        "science": share(best([(labels, found)], 0.5) - research_best),
    }
    made: dict[str, Any] = {
        "seed": SEED,
        "folds": FOLDS,
        "plos": {
            "rows": len(counted),
            "claims": sum(row.label for row in counted),
            "sha256": digest([options.plos]),
        },
        "own": {
            "rows": len(own),
            "claims": sum(row.label for row in own),
            "sha256": digest(sorted(LABELLED.glob("*.txt"))),
        },
        "embedder": vectors.model,
        "unseen": {
            "plos": figures(labels, found, research_best),
            "plos_id": figures(labels[inside], found[inside], research_best),
            "own": figures(*prose_sets[0], prose_best),
            "own alone": figures(*prose_sets[1], prose_best),
        },
    }
    heads = {}
    heads["prose"], columns = prose.written(-prose_best)
    heads["research"], more = research.written(-research_best)
    table = np.rint(np.stack([*columns, *more], axis=1) * UNIT).astype(int)
    made["features"] = {name: head["names"].count("|") + 1 for name, head in heads.items()}
    made["words"] = len(vectors.words)
    content = {
        "threshold": THRESHOLD,
        "profiles": profiles,
        "made": made,
        "heads": heads,
        "words": joined(vectors.words),
        "numbers": [packed(map(int, column)) for column in table.T],
    }
    # In ASCII: one letter beyond the basic plane makes the whole text four times as large to read.
    text = json.dumps(content, sort_keys=True, separators=(",", ":")) + "\n"
    write(options.out, "claims.json", text.encode("ascii"))
    print(json.dumps({**made, "profiles": profiles, "bytes": len(text)}, indent=2))


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
