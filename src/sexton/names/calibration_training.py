"""Fit the curves of :mod:`calibration` to name pairs that are not held out.

For each kind of name and pair of alphabets the log loss of stated probabilities is made small, over
pairs at several prior odds (one person's two spellings, or the name of another drawn from the
population). Coordinate descent over the slopes between the corners: no chance in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sexton.names import calibration_samples as samples
from sexton.names.calibration import CORNERS, calibrated_rarity, pair_name
from sexton.names.channel import KINDS, Kind
from sexton.names.index import NameIndex
from sexton.names.letters import Alphabet
from sexton.names.reliability import Sample, bits_of, pairwise

Floats = NDArray[np.float64]

# Prior odds 1 : so many, from a list of a village to an archive of a million.
AGAINST = (1e2, 1e3, 1e4, 1e5, 1e6)
# Written names and population that a curve is fitted with.
FITTED = 1000
POPULATION = 100_000
# Slopes are kept between these (bits per bit), and neighbours alike by a little. The last ones are
# low, as no name is rarer than one man of all who lived and few pairs speak for them.
LEAST_SLOPE = 0.05
SMOOTHNESS = 0.002
# Where no pair says otherwise: as it is while common names explain a spelling, then nearly level.
MOST_SLOPES = np.array([1.5, 1.5, 1.0, 1.0, 0.3, 0.3, 0.3])
START_SLOPES = np.array([1.0, 0.6, 0.2, 0.2, 0.2, 0.2, 0.2])
_STEPS = (0.5, 0.25, 0.12, 0.06, 0.03)


def loss(sample: Sample, bits: Floats) -> float:
    """Mean log loss in bits per true pair, over the prior odds."""
    total = 0.0
    for against in AGAINST:
        stated, true, weight = pairwise(sample, bits, against)
        right = np.where(true > 0, stated, 1 - stated)
        total += float(weight @ -np.log2(np.maximum(right, 1e-12))) * (1 + against)
    return total / len(AGAINST)


def _heights(slopes: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(slopes * np.diff(CORNERS))])


def fit(sample: Sample) -> Floats:
    """The heights of the curve at the corners."""

    def cost(log_slopes: Floats) -> float:
        roughness = SMOOTHNESS * float((np.diff(log_slopes) ** 2).sum())
        return loss(sample, bits_of(sample, _heights(np.exp(log_slopes)))) + roughness

    low, high = np.log(np.full(len(MOST_SLOPES), LEAST_SLOPE)), np.log(MOST_SLOPES)
    at, least = np.log(START_SLOPES), np.inf
    for step in _STEPS:
        for _ in range(3):
            at, found = _descend(cost, at, step, low, high)
            if found >= least - 1e-5:
                break
            least = found
    return _heights(np.exp(at))


def _descend(
    cost: Callable[[Floats], float], at: Floats, step: float, low: Floats, high: Floats
) -> tuple[Floats, float]:
    """Move each coordinate by ``step`` as long as the cost falls."""
    least = cost(at)
    for place in range(len(at)):
        for direction in (step, -step):
            while True:
                tried = at.copy()
                tried[place] = np.clip(tried[place] + direction, low[place], high[place])
                found = cost(tried)
                if found >= least - 1e-9:
                    break
                at, least = tried, found
    return at, least


def sample_of(
    data: Path,
    kind: Kind,
    own: Alphabet,
    other: Alphabet,
    chosen: Callable[[str], bool],
    most: int,
    population: int = POPULATION,
) -> Sample | None:
    """Written names of the items that ``chosen`` takes, and their candidates; None without any.

    ``other`` is the alphabet of the population, which is never narrowed.
    """
    rows = samples.read_rows(data, kind)
    bearers = samples.read_bearers(data, kind, population)
    if other == "latin":
        people = samples.latin_population(rows, bearers)
    else:
        people = samples.cyrillic_population(bearers)
    taken = [row for row in rows if chosen(row.item)]
    if own == other:
        asked = samples.ask_alike(taken, own, bearers, people.groups)
    else:
        asked = samples.ask_mixed(taken, bearers, people.groups)
    if not asked:
        return None
    index = NameIndex(list(people.members), kind=kind)

    def curve(bits: float) -> float:
        return calibrated_rarity(kind, own, other, bits)

    return samples.collect(kind, samples.drawn(asked, most), people, index, own == other, curve)


def curves(data: Path, chosen: Callable[[str], bool]) -> Iterator[tuple[Kind, str, Floats]]:
    """(kind, alphabets, heights) of every curve."""
    wanted = [(kind, pair) for kind in KINDS for pair in samples.ALPHABETS]
    for kind, (own, other) in wanted:
        sample = sample_of(data, kind, own, other, chosen, FITTED)
        if sample is not None:
            yield kind, pair_name(own, other), fit(sample)


def curve_rows(found: Sequence[tuple[Kind, str, Floats]]) -> list[list[str]]:
    """The rows of ``calibration.tsv``: kind, alphabets, letters, bits."""
    return [
        [kind, alphabets, f"{corner:g}", f"{height:.2f}"]
        for kind, alphabets, heights in found
        for corner, height in zip(CORNERS, heights, strict=True)
    ]
