"""Chooses the verifier's thresholds on the held-out fold, and writes the model as int8 ONNX."""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from exocite.linking import relation
from training import flips, minilm, verifier_data
from training.verifier_data import LABELS, LONGEST_CLAIM, LONGEST_PAIR, Encoded, Pair
from training.verifier_model import Verifier, fresh, logits

CONTRADICTED_AS_SUPPORTED = 0.05
SUPPORTED_AS_REFUTED = 0.10
POINTS = ("scifact", "check-covid")
_FLIPS = 600


def averaged(path: Path, wheel: Path) -> tuple[Verifier, dict]:
    """The model of a checkpoint with its averaged weights, and the checkpoint."""
    state = torch.load(path)
    model, _ = fresh(wheel)
    model.load_state_dict({**state["model"], **state["average"]})
    return model.eval(), state


def held_out(data: Path) -> list[Pair]:
    """What chooses thresholds: the held-out fold, a fifth of Check-COVID, flips of other works."""
    _, apart = verifier_data.science(data, random.Random(0))
    linking = verifier_data.Linking(data)
    made = flips.pairs(linking.documents_of(verifier_data.HELD_OUT), _FLIPS, random.Random(3))
    return [*apart, *(Pair(one.premise, one.hypothesis, one.label, "flips") for one in made)]


def check(asked: argparse.Namespace) -> None:
    """Print the figures of a checkpoint on the held-out pairs."""
    model, state = averaged(asked.out / f"{asked.stage}.pt", asked.wheel)
    _, tokenizer = fresh(asked.wheel)
    pairs = held_out(asked.data)
    found = logits(model, verifier_data.encode(tokenizer, pairs)).numpy()
    print(f"{asked.stage} after {state['step']} steps")
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


def decisions(pairs: Sequence[Pair], found: np.ndarray) -> dict[str, object]:
    """Temperature, the weight of the rules, the leaning of three-way answers, two thresholds."""
    labels = np.array([LABELS.index(pair.label) for pair in pairs])
    origins = np.array([pair.origin for pair in pairs])
    people = origins != "flips"
    shares, grave = by_rules(pairs)
    temperature, weight = _mixture(found[people], shares[people], labels[people])
    warm = found / temperature + weight * shares
    chances = softmax(warm)
    near = np.isin(origins, POINTS)
    refuted, supported = near & (labels == 1), near & (labels == 0)
    return {
        "temperature": temperature,
        "rules": weight,
        "bias": _bias(warm, labels, origins),
        "supports": _threshold(chances[refuted & ~grave, 0], CONTRADICTED_AS_SUPPORTED, refuted),
        "refutes": _threshold(chances[supported, 1], SUPPORTED_AS_REFUTED, supported),
    }


def by_rules(pairs: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """(pairs, 3) logarithms of the shares that the rules give, and where a conflict is grave."""
    rows, grave = [], []
    for pair in pairs:
        asked = relation.Pair(pair.hypothesis, pair.premise)
        (reading,) = relation.judge([asked])
        supports, refutes = reading.supports, reading.refutes
        rows.append([math.log(max(p, 1e-4)) for p in (supports, refutes, 1 - supports - refutes)])
        grave.append(relation.measures(asked)[2])
    return np.array(rows), np.array(grave)


def _mixture(found: np.ndarray, shares: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Temperature and the rules' weight that make the labels most likely."""

    def loss(both: tuple[float, float]) -> float:
        told = softmax(found / both[0] + both[1] * shares)[np.arange(len(labels)), labels]
        return -float(np.log(told + 1e-9).mean())

    warmths = [round(0.6 + 0.1 * step, 1) for step in range(35)]
    weights = [round(0.05 * step, 2) for step in range(21)]
    return min(((one, two) for one in warmths for two in weights), key=loss)


def _bias(warm: np.ndarray, labels: np.ndarray, origins: np.ndarray) -> list[float]:
    """What is added to the logits for the best three-way answers on SciFact and the others."""

    def mean(bias: tuple[float, float]) -> float:
        said = (warm + np.array([0.0, *bias])).argmax(1)
        scores = [
            macro_f1(labels[origins == name], said[origins == name], (0, 1, 2))
            for name in ("scifact", "check-covid", "citint")
        ]
        return sum(scores) / len(scores) - 0.01 * (abs(bias[0]) + abs(bias[1]))

    steps = [round(0.2 * step, 1) for step in range(-6, 7)]
    one, two = max(((one, two) for one in steps for two in steps), key=mean)
    return [0.0, one, two]


def _threshold(wrong: np.ndarray, share: float, of: np.ndarray) -> float:
    """The least value that at most this share of the rows `of` reach by mistake."""
    ordered = np.sort(wrong)[::-1]
    allowed = int(share * int(of.sum()))
    return round(float(ordered[allowed]) + 0.0005, 3) if allowed < len(ordered) else 0.5


def export(asked: argparse.Namespace) -> None:
    """Write verifier.onnx and verifier.json to `out`, with figures before and after int8."""
    model, state = averaged(asked.out / f"{asked.stage}.pt", asked.wheel)
    _, tokenizer = fresh(asked.wheel)
    pairs = held_out(asked.data)
    encoded = verifier_data.encode(tokenizer, pairs)
    whole = logits(model, encoded).numpy()
    print("fp32")
    report(pairs, whole)
    target = asked.out / "verifier.onnx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.onnx"
        minilm.export(model, path, ("ids", "mask", "types"), "logits")
        same = np.abs(run(path, encoded[:50]) - whole[:50]).max()
        minilm.quantise(path, target)
    small = run(target, encoded)
    print("int8")
    figures = report(pairs, small)
    moved = np.abs(softmax(small) - softmax(whole))
    agree = float((small.argmax(1) == whole.argmax(1)).mean())
    shipped = {
        "labels": list(LABELS),
        "longest_claim": LONGEST_CLAIM,
        "longest_pair": LONGEST_PAIR,
        **decisions(pairs, small),
        "parity": {
            "onnx_fp32_logits_moved_at_most": round(float(same), 6),
            "int8_probabilities_moved_mean": round(float(moved.mean()), 4),
            "int8_same_answer": round(agree, 4),
        },
        "held_out": {
            name: {key: _plain(value) for key, value in row.items()}
            for name, row in figures.items()
        },
        "trained": {"seed": asked.seed, "steps": state["step"], "pairs": state["seen"]},
        "data": verifier_data.hashes(asked.data),
        "sha256": sha256(target.read_bytes()).hexdigest(),
    }
    text = json.dumps(shipped, indent=1, sort_keys=True) + "\n"
    (asked.out / "verifier.json").write_text(text, encoding="utf-8", newline="\n")
    print(text)


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
