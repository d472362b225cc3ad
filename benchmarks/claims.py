"""How well claims are told from the rest: F1 and AUC against labels, one model for all sets.

`python -m benchmarks.claims --data DIR [--json]`

plos leaves out the rows marked weak; plos_id is its rows in sections named introduction, background
or discussion. Rows of one document that follow each other are scored as one article.

Peers: every sentence a claim; rules alone (a sentence with a number, a year, or a
word of attribution, comparison or effect is a claim).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.datasets import sets
from exocite.claims.appearance import appearance
from exocite.claims.detect import assess
from exocite.claims.features import signs
from exocite.claims.scoring import ClaimModel
from exocite.claims.surroundings import Surrounded
from exocite.weights import claim_model

Rows = list[dict[str, Any]]

_PART = ("introduction", "background", "discussion")
_RULES = {"quantity": 3.0, "attribution": 3.0, "year": 2.0, "comparison": 2.0, "effect": 1.5}
_AGAINST = {"question": 4.0, "meta": 3.0, "advice": 2.0, "opinion": 2.0, "own result": 2.0}


def auc(labels: Sequence[int], scores: Sequence[float]) -> float:
    """Area under the ROC curve, ties counted half (Mann and Whitney 1947)."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        for index in order[at:end]:
            ranks[index] = (at + end + 1) / 2
        at = end
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return 0.0
    total = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (total - positives * (positives + 1) / 2) / (positives * negatives)


def figures(labels: Sequence[int], scores: Sequence[float], threshold: float) -> dict[str, float]:
    """F1, precision and recall at the threshold, and AUC."""
    chosen = [value >= threshold for value in scores]
    right = sum(1 for label, choice in zip(labels, chosen, strict=True) if label and choice)
    precision = right / max(sum(chosen), 1)
    recall = right / max(sum(labels), 1)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    values = {"f1": f1, "auc": auc(labels, scores), "precision": precision, "recall": recall}
    return {name: round(value, 4) for name, value in values.items()}


def counted(found: dict[str, Rows]) -> dict[str, Rows]:
    """The sets as they count: plos without weak rows, and its part plos_id."""
    kept = dict(found)
    if "plos" in kept:
        kept["plos"] = [row for row in kept["plos"] if not row.get("weak")]
        kept["plos_id"] = [row for row in kept["plos"] if _in_part(row)]
    return {name: rows for name, rows in sorted(kept.items()) if rows}


def _in_part(row: dict[str, Any]) -> bool:
    return any(word in row["section"].lower() for word in _PART)


def by_rules(row: dict[str, Any]) -> float:
    """A plain baseline: points for cues, none for a line that is no prose."""
    if appearance(row["text"]):
        return 0.0
    own = signs(row["text"])
    points = sum(_RULES.get(sign, 0.0) - _AGAINST.get(sign, 0.0) for sign in own)
    return max(0.0, points + 0.5)


def measure(found: dict[str, Rows], name: str, threshold: float) -> dict[str, dict[str, float]]:
    """The figures of each set, its scores in the rows under `name`."""
    return {
        part: figures([row["label"] for row in rows], [row[name] for row in rows], threshold)
        for part, rows in counted(found).items()
    }


def score_rows(rows: Rows, model: ClaimModel) -> None:
    """Write the shipped model's scores into the rows, as "ours"."""
    for _, members in groupby(rows, key=lambda row: row["doc"]):
        article = list(members)
        for row, assessed in zip(article, assess(as_sentences(article), model), strict=True):
            row["ours"] = assessed.score


def as_sentences(rows: Iterable[dict[str, Any]]) -> list[Surrounded]:
    """Rows as sentences of an article."""
    return [
        Surrounded(
            row["text"], row.get("before") or "", row.get("after") or "", row.get("section") or ""
        )
        for row in rows
    ]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    model = claim_model()
    found = {name: rows for name, rows in sets(options.data).items() if "label" in rows[0]}
    start = time.process_time()
    for rows in found.values():
        score_rows(rows, model)
    seconds = time.process_time() - start
    for row in (row for rows in found.values() for row in rows):
        row["rules"] = by_rules(row)
    result = measure(found, "ours", model.threshold)
    rules = measure(found, "rules", 1.5)
    print(f"{'set':<10}{'rows':>6}{'F1':>8}{'AUC':>8}{'prec.':>8}{'recall':>8}", end="")
    print(f"{'all +':>8}{'rules F1':>10}{'AUC':>8}")
    for name, rows in counted(found).items():
        everything = figures([row["label"] for row in rows], [1.0] * len(rows), 0.5)
        result[name]["all_positive_f1"] = everything["f1"]
        mine = result[name]
        print(f"{name:<10}{len(rows):>6}{mine['f1']:>8.3f}{mine['auc']:>8.3f}", end="")
        print(f"{mine['precision']:>8.3f}{mine['recall']:>8.3f}{everything['f1']:>8.3f}", end="")
        print(f"{rules[name]['f1']:>10.3f}{rules[name]['auc']:>8.3f}")
    total = sum(map(len, found.values()))
    print(f"threshold {model.threshold}, {total / max(seconds, 1e-9):.0f} sentences a CPU second")
    if options.json:
        print(json.dumps({**result, "peers": {"rules": rules}}))


if __name__ == "__main__":
    main()
