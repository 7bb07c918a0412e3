"""How many bits a rare spelling is worth: the letter models say far too much of long names.

A letter model spreads its probability over all strings that could be names; of these only some
hundreds of thousands are. It gives a Georgian surname 2^-60 where one bearer in four million is
2^-22. ``tables/calibration.tsv`` bends its bits, so that of pairs given weight w the odds are what
w says; training fits it to pairs that are not held out (:mod:`calibration_training`). The curve
rises throughout and depends on one spelling alone: it never changes the order of the names that a
Latin spelling may stand for.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.names.letters import Alphabet
from sexton.names.tables import read_table

Floats = NDArray[np.float64]

TABLE = "calibration.tsv"
# Bits of the letter model at which the curve has its corners; 0 stays 0.
CORNERS = np.array([0.0, 14.0, 18.0, 22.0, 28.0, 36.0, 50.0, 80.0])


def pair_name(own: Alphabet, other: Alphabet) -> str:
    """The name of two alphabets in the table, in whichever order they come."""
    return "-".join(sorted((own, other)))


def bend(values: Floats, heights: Floats) -> Floats:
    """The curve through ``(CORNERS, heights)`` at ``values`` (bits), going on as it ends."""
    slope = (heights[-1] - heights[-2]) / (CORNERS[-1] - CORNERS[-2])
    beyond = np.maximum(values - CORNERS[-1], 0.0) * slope
    bent: Floats = np.interp(values, CORNERS, heights) + beyond
    return bent


@cache
def _curves() -> dict[tuple[str, str], Floats]:
    curves: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in read_table(TABLE):
        points = curves.setdefault((row["kind"], row["alphabets"]), [])
        points.append((float(row["letters"]), float(row["bits"])))
    return {
        key: np.interp(CORNERS, [x for x, _ in points], [y for _, y in points])
        for key, points in curves.items()
    }


def curve_of(kind: str, alphabets: str) -> Floats | None:
    """The heights of the packaged curve at the corners; None where there is none."""
    return _curves().get((kind, alphabets))


def calibrated_rarity(kind: str, own: Alphabet, other: Alphabet, bits: float) -> float:
    """What ``bits`` of rarity are worth beside a name in the alphabet ``other``.

    Rises with ``bits``; as it is where the table has no curve.
    """
    heights = curve_of(kind, pair_name(own, other))
    return bits if heights is None else float(bend(np.array(bits), heights))
