"""Sparse logistic regression (L2), by limited-memory BFGS (Nocedal and Wright, algorithm 7.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
_MEMORY = 8
_ITERATIONS = 120
_ENOUGH = 1e-5  # relative change of the loss


@dataclass(frozen=True, slots=True)
class Example:
    """A row to learn from: its features, whether it is of the kind sought, and how many rows it counts as."""

    features: Sequence[str]
    right: bool
    counts: int = 1


class _Problem:
    """Loss and gradient over rows of features; column 0 is the bias, which is not shrunk."""

    def __init__(self, examples: Sequence[Example], place: Mapping[str, int], shrink: float) -> None:
        rows = [[0, *(place[name] for name in one.features if name in place)] for one in examples]
        self._column = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
        self._row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._right = np.array([one.right for one in examples], dtype=np.float64)
        self._counts = np.array([one.counts for one in examples], dtype=np.float64)
        self._size, self._shrink = len(place), shrink

    def at(self, weights: Vector) -> tuple[float, Vector]:
        scores = np.bincount(self._row, weights=weights[self._column], minlength=len(self._right))
        error = self._counts * (1 / (1 + np.exp(-scores)) - self._right)
        shrunk = weights.copy()
        shrunk[0] = 0
        losses = self._counts * (np.logaddexp(0, scores) - self._right * scores)
        gradient = np.bincount(self._column, weights=error[self._row], minlength=self._size)
        loss = float(losses.sum() + self._shrink / 2 * (shrunk**2).sum())
        return loss, gradient + self._shrink * shrunk


def fit(examples: Sequence[Example], *, shrink: float, least: int, bias: str) -> dict[str, float]:
    """The weight of every feature that at least ``least`` examples have; ``bias`` is that of all."""
    seen = Counter(feature for one in examples for feature in set(one.features))
    kept = [bias, *sorted(feature for feature, count in seen.items() if count >= least)]
    place = {feature: column for column, feature in enumerate(kept)}
    weights = _minimum(_Problem(examples, place, shrink), len(kept))
    return dict(zip(kept, (float(weight) for weight in weights), strict=True))


def _minimum(problem: _Problem, size: int) -> Vector:
    weights = np.zeros(size)
    loss, gradient = problem.at(weights)
    history: list[tuple[Vector, Vector]] = []
    for _ in range(_ITERATIONS):
        direction = -_scaled(gradient, history)
        slope, length = float(gradient @ direction), 1.0
        while True:
            tried = weights + length * direction
            new_loss, new_gradient = problem.at(tried)
            if new_loss <= loss + 1e-4 * length * slope or length < 1e-6:
                break
            length /= 2
        step, turn = tried - weights, new_gradient - gradient
        if float(step @ turn) > 1e-12:
            history = [*history, (step, turn)][-_MEMORY:]
        done = abs(loss - new_loss) <= _ENOUGH * max(1.0, abs(loss))
        weights, loss, gradient = tried, new_loss, new_gradient
        if done:
            break
    return weights


def _scaled(gradient: Vector, history: Sequence[tuple[Vector, Vector]]) -> Vector:
    """The gradient times the inverse of the curvature, as far as the last steps tell it."""
    result = gradient.copy()
    used: list[float] = []
    for step, turn in reversed(history):
        used.append(float(step @ result) / float(turn @ step))
        result = result - used[-1] * turn
    if history:
        step, turn = history[-1]
        result = result * (float(step @ turn) / float(turn @ turn))
    else:
        result = result / max(1.0, float(np.abs(gradient).sum()))
    for (step, turn), share in zip(history, reversed(used), strict=True):
        result = result + step * (share - float(turn @ result) / float(turn @ step))
    return result
