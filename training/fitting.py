"""Small fits for training/linking.py: a softmax over lists and a logistic regression, no chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Row = tuple[float, ...]
List = tuple[list[Row], list[bool]]
"""The features of candidates, and which of them are right."""


def softmax_fit(
    lists: Sequence[List], steps: int, ridge: float = 1e-3, falling: bool = True
) -> list[float]:
    """Weights that give the right candidates of each list the largest share (Adam, full batch).

    Without `falling` none is below zero.
    """
    width = len(lists[0][0][0])
    longest = max(len(features) for features, _ in lists)
    values = np.zeros((len(lists), longest, width))
    absent = np.full((len(lists), longest), -np.inf)
    right = np.zeros((len(lists), longest), dtype=bool)
    for number, (features, good) in enumerate(lists):
        values[number, : len(features)] = features
        absent[number, : len(features)] = 0.0
        right[number, : len(features)] = good
    weights, first, second = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, steps + 1):
        scores = values @ weights + absent
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        wanted = np.where(right, shares, 0.0)
        pull = shares / shares.sum(axis=1, keepdims=True)
        pull -= wanted / wanted.sum(axis=1, keepdims=True)
        slope = np.einsum("nk,nkw->w", pull, values) / len(lists) + ridge * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        speed = np.sqrt(second / (1 - 0.99**step)) + 1e-8
        weights = weights - 0.4 * first / (1 - 0.9**step) / speed
        if not falling:
            weights = np.maximum(weights, 0.0)
    return [float(weight) for weight in weights]


def logistic_fit(examples: Sequence[tuple[Row, bool, float]], ridge: float = 1e-6) -> list[float]:
    """Logistic regression by Newton's method; examples are features, answer and weight.

    The first feature is the constant and is not held back.
    """
    values = np.array([row for row, _, _ in examples])
    answers = np.array([float(answer) for _, answer, _ in examples])
    masses = np.array([mass for _, _, mass in examples])
    held = np.full(values.shape[1], ridge * masses.sum())
    held[0] = 0.0
    weights = np.zeros(values.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30.0, 30.0)))
        slope = values.T @ (masses * (chance - answers)) + held * weights
        spread = masses * chance * (1 - chance)
        weights = weights - np.linalg.solve((values.T * spread) @ values + np.diag(held), slope)
    return [float(weight) for weight in weights]
