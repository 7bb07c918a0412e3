"""What bits are worth: curves that training fits so that stated probabilities come true.

``tables/calibration.tsv`` holds three curves for each kind of name and pair of alphabets:

* ``rarity``: bits of the letter model -> what a spelling is worth for being rare. A letter model
  spreads its probability over all strings that could be names; of these only some hundreds of
  thousands are. It gives a Georgian surname 2^-60 where one bearer in four million is 2^-22. This
  curve is part of the bits of the model. It depends on one spelling alone, so it never changes the
  order of the names that a Latin spelling may stand for.
* ``pair``: bits of the model -> weight of a pair of which nothing else is known
  (:func:`pair_bits`).
* ``candidate``: log odds of a candidate among all others -> log odds that it is the one
  (:func:`stated_among`).

All rise throughout: no order of candidates changes. They are fitted to pairs that are not held out
(:mod:`calibration_training`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sexton.names.letters import Alphabet
from sexton.names.tables import read_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Curve = Literal["rarity", "pair", "candidate"]

TABLE = "calibration.tsv"
# Bits of the letter model at which the curve of rarity has its corners; 0 stays 0.
CORNERS = np.array([0.0, 14.0, 18.0, 22.0, 28.0, 36.0, 50.0, 80.0])
_CORNERS: list[float] = CORNERS.tolist()
# Bits of the model; none are below -12. Close together where most pairs of common names lie.
PAIR_CORNERS = np.array([-12.0, -8, -4, -1, 1, *range(3, 19), 20, 22])
# Log odds in bits.
CANDIDATE_CORNERS = np.array([-14.0, -10, -7, -5, -3.5, -2, -1, 0, 1, 2, 3.5, 5, 7, 10])
CORNERS_OF: dict[str, Floats] = {
    "rarity": CORNERS,
    "pair": PAIR_CORNERS,
    "candidate": CANDIDATE_CORNERS,
}
# Share x 2^bits of all names that are not among the candidates. Hardly matters: the curve for
# candidates says how often the true name is none of them.
REST_BITS = -16.0
# No candidate is stated with longer odds than 2^30.
_MOST_ODDS = 2.0**30


def pair_name(own: Alphabet, other: Alphabet) -> str:
    """The name of two alphabets in the table, in whichever order they come."""
    return "-".join(sorted((own, other)))


def bend(values: Floats, heights: Floats, corners: Floats = CORNERS) -> Floats:
    """The curve through ``(corners, heights)`` at ``values`` (bits), going on as it ends."""
    slope = (heights[-1] - heights[-2]) / (corners[-1] - corners[-2])
    beyond = np.maximum(values - corners[-1], 0.0) * slope
    bent: Floats = np.interp(values, corners, heights) + beyond
    return bent


def _bend_one(bits: float, heights: Floats) -> float:
    """:func:`bend` of one number of bits, without the arrays: single names are asked for, too."""
    if bits <= _CORNERS[0]:
        return float(heights[0])
    at = min(bisect_right(_CORNERS, bits), len(_CORNERS) - 1)
    before, low, high = _CORNERS[at - 1], float(heights[at - 1]), float(heights[at])
    return low + (bits - before) * (high - low) / (_CORNERS[at] - before)


@cache
def _curves() -> dict[tuple[str, str, str], Floats]:
    points: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for row in read_table(TABLE):
        key = (row["curve"], row["kind"], row["alphabets"])
        points.setdefault(key, []).append((float(row["at"]), float(row["bits"])))
    return {
        key: np.interp(CORNERS_OF[key[0]], [x for x, _ in found], [y for _, y in found])
        for key, found in points.items()
    }


def curve_of(kind: str, alphabets: str, curve: Curve = "rarity") -> Floats | None:
    """The heights of a packaged curve at its corners; None where there is none."""
    return _curves().get((curve, kind, alphabets))


def calibrated_rarity(kind: str, own: Alphabet, other: Alphabet, bits: float) -> float:
    """What ``bits`` of rarity are worth beside a name in the alphabet ``other``.

    Rises with ``bits``; as it is where the table has no curve.
    """
    heights = curve_of(kind, pair_name(own, other))
    return bits if heights is None else _bend_one(bits, heights)


def pair_bits(kind: str, own: Alphabet, other: Alphabet, bits: Floats) -> Floats:
    """Weight in bits of pairs that the model gives ``bits``, when nothing else is known of them.

    Of pairs given weight w as many are one name as w and the prior odds say, the non-matches being
    names of other persons drawn from the population. Never falls as ``bits`` rise.
    """
    heights = curve_of(kind, pair_name(own, other), "pair")
    return bits if heights is None else bend(bits, heights, PAIR_CORNERS)


def candidate_bits(kind: str, own: Alphabet, other: Alphabet, log_odds: Floats) -> Floats:
    """Log odds (bits) that a candidate is the one, from its log odds among all candidates."""
    heights = curve_of(kind, pair_name(own, other), "candidate")
    return log_odds if heights is None else bend(log_odds, heights, CANDIDATE_CORNERS)


def stated_among(
    odds: Floats, query: Ints, queries: int, calibrated: Callable[[Floats], Floats]
) -> Floats:
    """Probability of each candidate of each written name: its share of the odds, calibrated.

    ``odds`` are shares x 2^bits, ``query`` the numbers (under ``queries``) of the written names
    that they belong to. ``calibrated`` maps log odds to log odds, both in bits. The candidates of a
    written name have 1 together at most; what is missing is the chance that it is none of them.
    """
    total = np.bincount(query, odds, queries)[query] + 2.0**REST_BITS
    against = np.maximum(total - odds, total / _MOST_ODDS)
    log_odds = np.log2(np.maximum(odds, total / _MOST_ODDS) / against)
    stated = 1.0 / (1.0 + np.exp2(-calibrated(log_odds)))
    most = np.maximum(np.bincount(query, stated, queries), 1.0)
    return np.asarray(stated / most[query], dtype=np.float64)
