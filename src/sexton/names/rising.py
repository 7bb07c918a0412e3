"""Fit log odds that rise with one number: logistic regression on a curve with corners."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Prior on the curve, in nats per unit of mass: neighbouring slopes are alike, and near 1. With a
# mass of 1 for some thousand written names this is a standard deviation of about 1 and 2.
SMOOTHNESS = 0.0003
IDENTITY = 0.00005
# A curve rises by this at least (bits per bit).
LEAST_SLOPE = 0.02
# Observations are counted together in steps of this many bits.
_STEP = 0.02
_ROUNDS = 40


def hats(values: Floats, corners: Floats) -> Floats:
    """Weights (n x corners) by which a curve's heights make up its values; level at both ends."""
    return np.stack([np.interp(values, corners, row) for row in np.eye(len(corners))], axis=1)


def fit_rising(
    corners: Floats,
    values: Floats,
    hits: Floats,
    misses: Floats,
    priors: Sequence[float] = (0.0,),
) -> Floats:
    """Heights (bits) at ``corners`` of the log odds of hits against misses at ``values``.

    Maximum likelihood with a weak prior, mean over several ``priors`` (log2 of prior odds of hits):
    misses count 2^-prior times. Newton's method: convex, no chance in it.
    """
    grid, at = np.unique(np.round(values / _STEP) * _STEP, return_inverse=True)
    hit = np.bincount(at.ravel(), hits, len(grid)).astype(np.float64)
    miss = np.bincount(at.ravel(), misses, len(grid)).astype(np.float64)
    shape, pull, wanted = hats(grid, corners), *_penalty(corners)
    heights = corners.copy()
    for _ in range(_ROUNDS):
        gradient, curvature = pull @ heights - wanted, pull.copy()
        for prior in priors:
            gained, bent = _slope(shape @ heights + prior, hit, miss * 2.0**-prior)
            gradient += shape.T @ gained / len(priors)
            curvature += (shape * bent[:, None]).T @ shape / len(priors)
        step = np.linalg.solve(curvature, gradient)
        heights = heights - np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-6:
            break
    return rising(corners, heights, shape.T @ (hit + miss))


def _slope(log_odds: Floats, hit: Floats, miss: Floats) -> tuple[Floats, Floats]:
    """First and second derivative of the loss (nats) by log odds in bits."""
    probability = 1.0 / (1.0 + np.exp2(-log_odds))
    unit = np.log(2.0)
    gained = unit * (probability * (hit + miss) - hit)
    return gained, unit**2 * probability * (1 - probability) * (hit + miss)


def _penalty(corners: Floats) -> tuple[Floats, Floats]:
    """The quadratic prior: its matrix, and the matrix times the heights that it would have."""
    slopes = np.diff(np.eye(len(corners)), axis=0) / np.diff(corners)[:, None]
    rough = np.diff(slopes, axis=0)
    near = slopes.T @ slopes
    pull = 2 * SMOOTHNESS * rough.T @ rough + 2 * IDENTITY * near
    return pull + 1e-9 * np.eye(len(corners)), 2 * IDENTITY * near @ corners


def rising(corners: Floats, heights: Floats, mass: Floats) -> Floats:
    """The nearest heights that rise by :data:`LEAST_SLOPE` at least: pool adjacent violators."""
    level = heights - LEAST_SLOPE * corners
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(level, np.maximum(mass, 1e-9), strict=True):
        blocks.append((float(value), float(weight), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m, i), (b, n, j) = blocks[-2:]
            blocks[-2:] = [((a * m + b * n) / (m + n), m + n, i + j)]
    flat = np.concatenate([np.full(count, value) for value, _, count in blocks])
    return np.asarray(flat + LEAST_SLOPE * corners, dtype=np.float64)
