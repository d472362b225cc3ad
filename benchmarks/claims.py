"""How well claims are told from the rest: F1 and AUC against labels, one model for all sets.

`python -m benchmarks.claims --data DIR [--json]`

plos leaves out the rows marked weak; plos_id is its rows in sections named introduction, background
or discussion. Peers: every sentence a claim; rules alone (a sentence with a number, a year, or a
word of attribution, comparison or effect is a claim).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.datasets import sets
from exocite.claims.appearance import appearance
from exocite.claims.detect import ClaimModel, score
from exocite.claims.features import signs
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


def scored(found: dict[str, Rows]) -> dict[str, Rows]:
    """The sets as they are scored: plos without weak rows, and its part plos_id."""
    kept = dict(found)
    if "plos" in kept:
        kept["plos"] = [row for row in kept["plos"] if not row.get("weak")]
        kept["plos_id"] = [row for row in kept["plos"] if _in_part(row)]
    return {name: rows for name, rows in sorted(kept.items()) if rows and "label" in rows[0]}


def _in_part(row: dict[str, Any]) -> bool:
    return any(word in row["section"].lower() for word in _PART)


def by_rules(row: dict[str, Any]) -> float:
    """A plain baseline: points for cues, none for a line that is no prose."""
    if appearance(row["text"]):
        return 0.0
    own = signs(row["text"])
    points = sum(_RULES.get(sign, 0.0) - _AGAINST.get(sign, 0.0) for sign in own)
    return max(0.0, points + 0.5)


def measure(
    found: dict[str, Rows], judge: Callable[[dict[str, Any]], float], threshold: float
) -> dict[str, dict[str, float]]:
    """The figures of each set."""
    return {
        name: figures([row["label"] for row in rows], list(map(judge, rows)), threshold)
        for name, rows in found.items()
    }


def ours(model: ClaimModel) -> Callable[[dict[str, Any]], float]:
    """The shipped model as a judge of rows."""

    def judge(row: dict[str, Any]) -> float:
        return score(
            row["text"],
            before=row.get("before") or "",
            after=row.get("after") or "",
            section=row.get("section") or "",
            model=model,
        ).score

    return judge


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    model = claim_model()
    found = scored(sets(options.data))
    start = time.process_time()
    result = measure(found, ours(model), model.threshold)
    seconds = time.process_time() - start
    rules = measure(found, by_rules, 1.5)
    print(f"{'set':<10}{'rows':>6}{'F1':>8}{'AUC':>8}{'prec.':>8}{'recall':>8}", end="")
    print(f"{'all +':>8}{'rules F1':>10}{'AUC':>8}")
    for name, rows in found.items():
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
