"""The probability that two written names are one name, as the spelling alone tells it.

It depends on what else is known. Of one pair alone only the prior odds are
(:func:`pair_probability`). Who looks a written name up in a list with numbers of bearers knows
more: the names that it could stand for share the probability (:func:`candidate_probabilities`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sexton.names.calibration import candidate_bits, pair_bits, stated_among
from sexton.names.channel import Kind, load_model
from sexton.names.letters import spell


def pair_probability(a: str, b: str, kind: Kind = "surname", against: float = 1000.0) -> float:
    """Probability that ``a`` and ``b`` are one name, at prior odds of 1 : ``against``.

    Calibrated for non-matches drawn from the population, namesakes among them in their natural
    proportion. A name without letters leaves the prior odds as they are.

    >>> pair_probability("Schatunov", "Шатунов", against=1000) > 0.5
    True
    >>> pair_probability("Schatunov", "Сидоров", against=1000) < 0.001
    True
    """
    left, right = spell(a), spell(b)
    weight = 0.0
    if left.letters and right.letters:
        bits = np.array(load_model(kind).bits(a, b))
        weight = float(pair_bits(kind, left.alphabet, right.alphabet, bits))
    return float(1.0 / (1.0 + against * 2.0**-weight))


def candidate_probabilities(
    written: str,
    names: Sequence[str],
    bits: Sequence[float],
    shares: Sequence[float],
    kind: Kind = "surname",
) -> list[float]:
    """Probability of each of ``names`` that ``written`` stands for it; the rest is for others.

    ``bits`` are those of the model, as a search of the index gives them; ``shares`` are the shares
    of the names in the list that was searched, by bearers (or all alike in a list of distinct
    names). The list must have all names that come into question: the candidates share one
    probability. Raises ValueError when the lengths differ.

    >>> names, bits = ["Шатунов", "Чатунов"], [13.0, 4.0]
    >>> first, second = candidate_probabilities("Schatunov", names, bits, [2e-6, 2e-6])
    >>> first > 0.9 > 0.1 > second
    True
    """
    if not len(names) == len(bits) == len(shares):
        raise ValueError(f"{len(names)} names, {len(bits)} bits and {len(shares)} shares")
    if not names:
        return []
    own = spell(written).alphabet
    alphabets = [spell(name).alphabet for name in names]

    def calibrated(log_odds: np.ndarray) -> np.ndarray:
        bent = log_odds.copy()
        for other in set(alphabets):
            here = np.array([alphabet == other for alphabet in alphabets])
            bent[here] = candidate_bits(kind, own, other, log_odds[here])
        return bent

    odds = np.asarray(shares, dtype=np.float64) * np.exp2(np.asarray(bits, dtype=np.float64))
    return [float(p) for p in stated_among(odds, np.zeros(len(names), int), 1, calibrated)]
