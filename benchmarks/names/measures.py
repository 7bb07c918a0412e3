"""Ranks, recall and its error."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np

NOT_FOUND = 10**9
CUTS = (1, 10, 100)
_Z = 1.959964


class Run(NamedTuple):
    """What one method did with all queries: the rank of the truth, 0 for the first."""

    method: str
    variant: str
    ranks: np.ndarray
    ms: float
    note: str = ""
    firsts: tuple[str, ...] = ()  # the name each query got first, where it is kept


class Share(NamedTuple):
    """A share with its Wilson 95 % interval."""

    value: float
    low: float
    high: float


def ranks_of(scores: np.ndarray, truths: np.ndarray) -> np.ndarray:
    """Ranks of the true names in a matrix of scores (queries x names), names by falling commonness.

    Equal scores are ranked by commonness, which favours the method that gives them.
    """
    own = scores[np.arange(len(truths)), truths]
    ranks = np.empty(len(truths), dtype=np.int64)
    for row, (truth, mine) in enumerate(zip(truths, own, strict=True)):
        ranks[row] = (scores[row] > mine).sum() + (scores[row, :truth] == mine).sum()
    return ranks


def wilson(hits: float, n: int) -> Share:
    """The Wilson score interval of ``hits`` in ``n`` (Wilson 1927)."""
    if n == 0:
        return Share(0.0, 0.0, 1.0)
    share = hits / n
    scale = 1 + _Z**2 / n
    centre = (share + _Z**2 / (2 * n)) / scale
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / scale
    return Share(share, max(0.0, centre - half), min(1.0, centre + half))


def recalls(ranks: np.ndarray) -> tuple[Share, ...]:
    """Recall at 1, 10 and 100."""
    return tuple(wilson(int((ranks < cut).sum()), len(ranks)) for cut in CUTS)
