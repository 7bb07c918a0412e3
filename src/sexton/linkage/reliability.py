"""Do stated probabilities come true? Scores and classes of what was stated beside verdicts.

Log loss and the Brier score are proper: they are smallest where the stated is what is believed
(Gneiting & Raftery 2007). The calibration error of ten classes is easier to read and not proper
(Naeini, Cooper & Hauskrecht 2015). Intervals of shares are Wilson's (1927); those of differences
come from cases drawn again (Efron 1979), for the pairs of one case hang together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np

DRAWS = 2_000
_SEED = 1
_CLASSES = 10
_LEAST = 1e-9
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Told:
    """What was stated of a pair (0 to 1), the share of reviewers who hold it for one man's, and the
    case that it belongs to."""

    stated: float
    same: float
    case: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """How good stated probabilities are; of all three the smaller is the better.

    ``log_loss`` in bits; ``brier``: the mean square of the error; ``ece``: how far on average what
    is stated lies from what comes true, over ten classes.
    """

    pairs: int
    log_loss: float
    brier: float
    ece: float


def scores(told: Sequence[Told], slip: float = 0.0) -> Scores:
    """The scores of at least one statement; ``slip``: how often a verdict is the other one by
    mistake, so that for the log loss nothing is expected with more certainty."""
    n = len(told)
    loss = sum(_log_loss(one, slip) for one in told) / n
    return Scores(n, loss, sum(map(_brier, told)) / n, _ece(told))


def with_slips(chance: float, slip: float) -> float:
    """How probable the verdict "same" is, if the pair is one man's with ``chance``."""
    return slip + (1 - 2 * slip) * chance


def _log_loss(one: Told, slip: float) -> float:
    p = min(max(with_slips(one.stated, slip), _LEAST), 1 - _LEAST)
    return -(one.same * log(p) + (1 - one.same) * log(1 - p)) / log(2)


def _brier(one: Told) -> float:
    return one.same * (1 - one.stated) ** 2 + (1 - one.same) * one.stated**2


def _ece(told: Sequence[Told]) -> float:
    classes: dict[int, list[Told]] = {}
    for one in told:
        classes.setdefault(min(int(one.stated * _CLASSES), _CLASSES - 1), []).append(one)
    off = (abs(sum(one.stated - one.same for one in members)) for members in classes.values())
    return sum(off) / len(told)


def gain(before: Sequence[Told], after: Sequence[Told], slip: float = 0.0) -> tuple[float, float]:
    """By how many bits of log loss a pair ``after`` is better than ``before``: the limits between
    which it lies with 19 chances in 20. Both state the same pairs, in any order."""
    by_case: dict[str, list[float]] = {}
    for sign, told in ((1.0, before), (-1.0, after)):
        for one in told:
            found = by_case.setdefault(one.case, [0.0, 0.0])
            found[0] += sign * _log_loss(one, slip)
            found[1] += 0.5
    return _drawn_again([by_case[case] for case in sorted(by_case)])


def _drawn_again(sums: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Limits of a mean over pairs, whose sum and number each case gives; the same each time."""
    cases = np.array(sums)
    random, n = np.random.default_rng(_SEED), len(cases)
    drawn = [cases[random.integers(n, size=n)].sum(axis=0) for _ in range(DRAWS)]
    low, high = np.quantile([total / pairs for total, pairs in drawn], (0.025, 0.975))
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Class:
    """The pairs of which something between ``low`` and ``high`` was stated: how many, the mean of
    what was stated, the share that was held for one man's, and between which limits that lies."""

    low: float
    high: float
    pairs: int
    stated: float
    same: float
    least: float
    most: float


def classes(
    told: Sequence[Told], limits: Sequence[float], by: Sequence[float] | None = None
) -> list[Class]:
    """Pairs in classes between ``limits``, by what is stated or (``by``) another number of each.

    The first class has all below the first limit, the last all from the last one on.
    """
    values = [one.stated for one in told] if by is None else by
    ends = [float("-inf"), *limits, float("inf")]
    found = []
    for low, high in pairwise(ends):
        members = [one for one, v in zip(told, values, strict=True) if low <= v < high]
        found.append(_class(low, high, members))
    return found


def _class(low: float, high: float, members: Sequence[Told]) -> Class:
    n = len(members)
    if not n:
        return Class(low, high, 0, 0.0, 0.0, 0.0, 1.0)
    same = sum(one.same for one in members)
    stated = sum(one.stated for one in members) / n
    return Class(low, high, n, stated, same / n, *wilson(same, n))


def wilson(count: float, n: int) -> tuple[float, float]:
    """Between which limits a share lies with 19 chances in 20, of which ``count`` of ``n`` tell."""
    if not n:
        return 0.0, 1.0
    share, z2 = count / n, _Z**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)
