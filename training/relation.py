"""Fits what exocite.linking.relation ships: the weights of its measures and its thresholds.

    python -m training.relation --data DIR [--models FOLDER --cache FOLDER]

DIR holds linking/{scifact,citint} and nli/. Fold 0 of every set is left out. The weights are a
multinomial logistic regression (scikit-learn) over all training pairs; thresholds come from folds
1 to 4 of SciFact and Citation-Integrity, each scored by weights that have not seen it. Without
--models the core weights are written; with the folder of the embedder, the semantic ones, and the
large sets are sampled. The weights of the other mode are kept as they are.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.linking.citing import how_cited, unmarked
from exocite.linking import relation_coefficients
from exocite.linking.relation import Pair, measures, named
from exocite.linking.relation_coefficients import Weights
from exocite.linking.relation_features import CITED_NAMES, NAMES

PACKAGE = Path(__file__).resolve().parents[1] / "exocite" / "linking"
LABELS = ("supports", "refutes", "neutral")
FOLDS = (1, 2, 3, 4)
MEASURED = {"scifact": 4.0, "citint": 1.5}
BESIDE = {
    "check-covid": 0.2,
    "evidence-inference-v2": 0.04,
    "pubmedqa-l": 0.2,
    "scifact-neutral": 0.2,
    "synthetic-flips": 0.03,
}
"""Weight of each further set's rows."""
SAMPLED = {"evidence-inference-v2": 1500, "synthetic-flips": 2500}
"""Rows of a large set that are embedded."""
REGULARISATION = 0.02
MOST_WRONG = 0.135
"""Share of refuted claims that may be called supported, on folds not seen."""
STEPS = range(-2, 3)
"""Neighbours of a lift, in tenths."""

FILES = (
    "linking/scifact/claims.jsonl",
    "linking/scifact/sources.jsonl.gz",
    "linking/citint/claims.jsonl",
    "linking/citint/sources.jsonl.gz",
    "nli/science.jsonl.gz",
    "nli/synthetic.jsonl.gz",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with its label, its set and its fold; 9 where the set has none."""

    group: str
    fold: int
    label: str
    pair: Pair
    stands_for: float = 1.0


def lines(path: Path) -> Iterator[dict]:
    """The JSON objects of a file of lines, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as source:
        for line in source:
            yield json.loads(line)


def load(data: Path) -> list[Row]:
    """All training pairs; rows of fold 0 never come in."""
    found: list[Row] = []
    linking = data / "linking"
    sources = {s["id"]: s["sentences"] for s in lines(linking / "scifact" / "sources.jsonl.gz")}
    folds = {}
    for claim in lines(linking / "scifact" / "claims.jsonl"):
        folds[claim["claim"]] = claim["fold"]
        for gold in claim["gold"]:
            union = sorted({number for way in gold["sentences"] for number in way})
            passage = " ".join(sources[gold["source"]][number] for number in union)
            pair = Pair(claim["claim"], passage)
            found.append(Row("scifact", claim["fold"], gold["label"], pair))
    sources = {s["id"]: s["sentences"] for s in lines(linking / "citint" / "sources.jsonl.gz")}
    for claim in lines(linking / "citint" / "claims.jsonl"):
        label = claim["gold"][0]["label"] if claim["gold"] else "neutral"
        passage = " ".join(sources[claim["candidates"][0]])
        cited = how_cited(claim["claim"])
        pair = Pair(unmarked(claim["claim"]), passage, attribution=cited)
        found.append(Row("citint", claim["fold"], label, pair))
    for name in ("science", "synthetic"):
        for row in lines(data / "nli" / f"{name}.jsonl.gz"):
            if row["fold0"]:
                continue
            group, fold = row["set"], 9
            if group == "scifact" and row["label"] == "neutral":
                group, fold = "scifact-neutral", folds.get(row["hypothesis"], 9)
            if group in BESIDE:
                pair = Pair(row["hypothesis"], row["premise"])
                found.append(Row(group, fold, row["label"], pair))
    return [row for row in found if row.fold != 0]


def sampled(rows: Sequence[Row]) -> list[Row]:
    """The rows with at most SAMPLED of a large set, chosen by the hash of their words.

    Those that are kept stand for the others.
    """
    kept: list[Row] = []
    for group in dict.fromkeys(row.group for row in rows):
        own = [row for row in rows if row.group == group]
        own.sort(key=lambda row: sha256((row.pair.claim + row.pair.passage).encode()).digest())
        chosen = own[: SAMPLED.get(group, len(own))]
        kept += [replace(row, stands_for=len(own) / len(chosen)) for row in chosen]
    return kept


def cosines(rows: Sequence[Row], models: Path, cache: Path | None) -> list[float]:
    """How near claim and passage of each row are to the embedder; a line every thousand rows."""
    from exocite.embedding import Embedder

    embedder = Embedder(models, cache=cache)
    found = []
    for number, row in enumerate(rows):
        found += embedder(row.pair.claim, [row.pair.passage])
        if number % 1000 == 999:
            embedder.save()
            print(f"embedded {number + 1} of {len(rows)}", flush=True)
    embedder.save()
    return found


@dataclass(slots=True)
class Table:
    """The rows as arrays, with what the rules say of each."""

    values: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    folds: np.ndarray
    weights: np.ndarray
    known: np.ndarray

    def part(self, chosen: np.ndarray) -> Table:
        """The chosen rows alone."""
        return Table(*(getattr(self, name)[chosen] for name in self.__slots__))


def table(rows: Sequence[Row], similarities: Sequence[float] | None) -> Table:
    """The measures of all rows."""
    pairs = [row.pair for row in rows]
    if similarities is not None:
        pairs = [
            replace(pair, similarity=value) for pair, value in zip(pairs, similarities, strict=True)
        ]
    read = [measures(pair) for pair in pairs]
    return Table(
        np.array([one.row for one in read]),
        np.array([LABELS.index(row.label) for row in rows]),
        np.array([row.group for row in rows]),
        np.array([row.fold for row in rows]),
        np.array([(MEASURED | BESIDE)[row.group] * row.stands_for for row in rows]),
        np.array(read, dtype=object),
    )


def fit(given: Table) -> tuple[np.ndarray, np.ndarray]:
    """The weights of "supports" and of "refutes" against neither, for measures as they come."""
    scaler = StandardScaler().fit(given.values)
    model = LogisticRegression(C=REGULARISATION, max_iter=1000)
    model.fit(scaler.transform(given.values), given.labels, sample_weight=given.weights)
    raw = model.coef_ / scaler.scale_
    raw[:, 0] += model.intercept_ - (model.coef_ / scaler.scale_) @ scaler.mean_
    order = list(model.classes_)
    neither = raw[order.index(2)]
    return raw[order.index(0)] - neither, raw[order.index(1)] - neither


def predicted(weights: tuple[np.ndarray, np.ndarray], values: np.ndarray) -> np.ndarray:
    """Shares of "supports" and "refutes" for each row."""
    odds = np.exp(np.clip(np.stack([values @ weight for weight in weights], axis=1), -30, 30))
    return odds / (1 + odds.sum(axis=1, keepdims=True))


def unseen(given: Table) -> np.ndarray:
    """Shares for the rows of folds 1 to 4, each from weights fitted without its fold."""
    found = np.zeros((len(given.labels), 2))
    for fold in FOLDS:
        held = given.folds == fold
        found[held] = predicted(fit(given.part(~held)), given.values[held])
    return found


def rules_without_each(data: Path) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """The core weights that are fitted without each fold of 1 to 4, by that fold; 9 is with all.

    They are lifted as what is shipped is.
    """
    given = table(load(data), None)
    made = {fold: fit(given.part(given.folds != fold)) for fold in (*FOLDS, 9)}
    found = np.zeros((len(given.labels), 2))
    for fold in FOLDS:
        found[given.folds == fold] = predicted(made[fold], given.values[given.folds == fold])
    seen = np.isin(given.groups, list(MEASURED))
    lift = choose(given.part(seen), found[seen])
    return {fold: with_lift(weights, lift) for fold, weights in made.items()}


def with_lift(weights: tuple[np.ndarray, np.ndarray], lift: Lift) -> tuple[np.ndarray, np.ndarray]:
    """The weights with the lift in their constants."""
    supports, refutes = (row.copy() for row in weights)
    supports[0] -= lift.neither
    refutes[0] += lift.refutes - lift.neither
    refutes[-len(CITED_NAMES)] += lift.refutes_cited - lift.refutes
    return supports, refutes


def macro_f1(labels: np.ndarray, said: np.ndarray, names: Sequence[int]) -> float:
    """The mean over labels of F1."""
    scores = []
    for name in names:
        right = ((labels == name) & (said == name)).sum()
        wanted = (labels == name).sum() + (said == name).sum()
        scores.append(2 * right / wanted if wanted else 0.0)
    return float(np.mean(scores))


class Lift(NamedTuple):
    """What is added to the log odds of "refutes" of a claim, and of "neither"."""

    refutes: float
    refutes_cited: float
    neither: float


def lifted(given: Table, found: np.ndarray, lift: Lift) -> np.ndarray:
    """The shares with the odds lifted, as if the labels were as frequent as users meet them."""
    refutes = np.where(given.groups == "citint", lift.refutes_cited, lift.refutes)
    odds = np.stack([found[:, 0], found[:, 1], 1 - found.sum(axis=1)], axis=1)
    odds[:, 1] *= np.exp(refutes)
    odds[:, 2] *= np.exp(lift.neither)
    return (odds / odds.sum(axis=1, keepdims=True))[:, :2]


def likeliest(found: np.ndarray) -> np.ndarray:
    """The label's number with the largest share, for each row."""
    return np.concatenate([found, 1 - found.sum(axis=1, keepdims=True)], axis=1).argmax(axis=1)


def two_way(given: Table, found: np.ndarray) -> float:
    """Macro F1 of supports and refutes on SciFact, the larger share being the answer."""
    chosen = given.groups == "scifact"
    said = (found[chosen, 0] < found[chosen, 1]).astype(int)
    return macro_f1(given.labels[chosen], said, (0, 1))


def three_way(given: Table, found: np.ndarray) -> float:
    """Macro F1 of the three labels on Citation-Integrity."""
    chosen = given.groups == "citint"
    return macro_f1(given.labels[chosen], likeliest(found[chosen]), (0, 1, 2))


def choose(given: Table, found: np.ndarray) -> Lift:
    """The lift with the best F1, on rows not seen: two-way of SciFact, three-way where cited.

    The quality of a lift is the mean over its neighbours, so that one lucky value does not win.
    """
    tried = [value / 10 for value in range(-2, 27)]
    two = {(a, 0.0): two_way(given, lifted(given, found, Lift(a, 0.0, 0.0))) for a in tried}
    three = {
        (a, b): three_way(given, lifted(given, found, Lift(0.0, a, b)))
        for a in tried
        for b in tried
    }
    refutes, _ = smoothest(two)
    return Lift(refutes, *smoothest(three))


def smoothest(values: dict[tuple[float, float], float]) -> tuple[float, float]:
    """The place with the best mean over itself and its neighbours."""

    def smooth(place: tuple[float, float]) -> float:
        near = [
            values.get((round(place[0] + a / 10, 1), round(place[1] + b / 10, 1)))
            for a in STEPS
            for b in STEPS
        ]
        return float(np.mean([value for value in near if value is not None]))

    return max(values, key=smooth)


def least(given: Table, found: np.ndarray) -> float:
    """The least share for "supports" at which MOST_WRONG of the refuted rows get it."""
    refuted = given.labels == 1
    open_ = np.array([not one.doubtful for one in given.known])
    wrong = np.sort(found[refuted & open_, 0])[::-1]
    return round(float(wrong[int(MOST_WRONG * refuted.sum())]) + 1e-4, 4)


def report(given: Table, found: np.ndarray, threshold: float) -> dict[str, float]:
    """What the judge reaches on rows not seen."""
    said = np.array(
        [
            named(known, float(one), float(other), threshold).value
            for known, (one, other) in zip(given.known, found, strict=True)
        ]
    )
    figures = {
        "relation.macro_f1": two_way(given, found),
        "citint.macro_f1": three_way(given, found),
        "contradicted_as_supported": float((said[given.labels == 1] == "supports").mean()),
        "supported_recall": float((said[given.labels == 0] == "supports").mean()),
        "refuted called refutes": float((said[given.labels == 1] == "refutes").mean()),
        "supported called refutes": float((said[given.labels == 0] == "refutes").mean()),
    }
    return {name: round(value, 4) for name, value in figures.items()}


def written(core: Weights, semantic: Weights, hashes: dict[str, str]) -> str:
    """The text of relation_coefficients.py."""
    out = [
        '"""Weights of exocite.linking.relation, made by training/relation.py; fold 0 left out.',
        "",
        "SHA-256 of what they were fitted on:",
        *(f"{value} {name}" for name, value in hashes.items()),
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from dataclasses import dataclass",
        "",
        "",
        "@dataclass(frozen=True, slots=True)",
        "class Weights:",
        '    """Two rows of weights for relation.measures and the least share for "supports"."""',
        "",
        "    supports: tuple[float, ...]",
        "    refutes: tuple[float, ...]",
        "    threshold: float",
        "",
        "",
        f"CORE = {shown(core)}",
        '"""Without a similarity."""',
        "",
        f"SEMANTIC = {shown(semantic)}",
        '"""With a similarity: the mode semantic."""',
        "",
    ]
    return "\n".join(out)


def shown(weights: Weights) -> str:
    """The weights as Python."""
    rows = []
    for name in ("supports", "refutes"):
        values = [f"{value:.4g}" for value in getattr(weights, name)]
        chunks = [", ".join(values[i : i + 8]) for i in range(0, len(values), 8)]
        rows.append(f"    {name}=(\n" + "".join(f"        {c},\n" for c in chunks) + "    ),\n")
    return "Weights(\n" + "".join(rows) + f"    threshold={weights.threshold},\n)  # fmt: skip"


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder of the embedder: fit the semantic mode")
    parser.add_argument("--cache", type=Path, help="folder where vectors are kept between runs")
    parser.add_argument("--dry", action="store_true", help="print figures, write nothing")
    asked = parser.parse_args()
    rows = load(asked.data)
    print(dict(Counter(row.group for row in rows)))
    similarities = None
    if asked.models:
        rows = sampled(rows)
        similarities = cosines(rows, asked.models, asked.cache)
    given = table(rows, similarities)
    found = unseen(given)
    measured = np.isin(given.groups, list(MEASURED))
    seen, guesses = given.part(measured), found[measured]
    lift = choose(seen, guesses)
    guesses = lifted(seen, guesses, lift)
    threshold = least(seen, guesses)
    print(f"lift {lift}, least share {threshold}")
    print(json.dumps(report(seen, guesses, threshold), indent=1))
    supports, refutes = with_lift(fit(given), lift)
    cited = zip(
        CITED_NAMES, supports[-len(CITED_NAMES) :], refutes[-len(CITED_NAMES) :], strict=True
    )
    for name, one, other in (*zip(NAMES, supports, refutes, strict=False), *cited):
        print(f"{name:20} {one:8.3f} {other:8.3f}")
    made = Weights(tuple(supports), tuple(refutes), threshold)
    if asked.dry:
        return 0
    shipped = importlib.reload(relation_coefficients)  # the other mode may have been fitted since
    core = made if similarities is None else shipped.CORE
    semantic = shipped.SEMANTIC if similarities is None else made
    hashes = {name: sha256((asked.data / name).read_bytes()).hexdigest() for name in FILES}
    text = written(core, semantic, hashes)
    (PACKAGE / "relation_coefficients.py").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
