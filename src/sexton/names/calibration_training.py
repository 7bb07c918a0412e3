"""Fit the curves of :mod:`calibration` to name pairs that are not held out.

For each kind of name and pair of alphabets the log loss of stated probabilities is made small. The
curves of rarity and for pairs go by pairs at several prior odds (one person's two spellings, or the
name of another drawn from the population); rarity by coordinate descent over the slopes between the
corners, pairs and candidates by logistic regression. There is no chance in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names import calibration_samples as samples
from sexton.names.calibration import (
    CANDIDATE_CORNERS,
    CORNERS,
    CORNERS_OF,
    PAIR_CORNERS,
    Curve,
    calibrated_rarity,
    pair_name,
)
from sexton.names.channel import KINDS, Kind
from sexton.names.index import NameIndex
from sexton.names.letters import Alphabet
from sexton.names.reliability import (
    FLOOR_BITS,
    Sample,
    bits_of,
    evenly,
    own_bits,
    pairwise,
    posterior,
)
from sexton.names.rising import fit_rising

Floats = NDArray[np.float64]

# Prior odds 1 : so many, from a list of a village to an archive of a million.
AGAINST = (1e2, 1e3, 1e4, 1e5, 1e6)
# Written names and population that a curve of rarity is fitted with, and the other curves.
FITTED, FITTED_STATED = 1000, 6000
POPULATION, POPULATION_STATED = 100_000, 160_000
COLUMNS = ("curve", "kind", "alphabets", "at", "bits")
# Slopes are kept between these (bits per bit), and neighbours alike by a little. The last ones are
# low, as no name is rarer than one man of all who lived and few pairs speak for them.
LEAST_SLOPE = 0.05
SMOOTHNESS = 0.002
# Where no pair says otherwise: as it is while common names explain a spelling, then nearly level.
MOST_SLOPES = np.array([1.5, 1.5, 1.0, 1.0, 0.3, 0.3, 0.3])
START_SLOPES = np.array([1.0, 0.6, 0.2, 0.2, 0.2, 0.2, 0.2])
_STEPS = (0.5, 0.25, 0.12, 0.06, 0.03)


class Fitted(NamedTuple):
    """A curve: which one, of what kind and alphabets, its heights at its corners."""

    curve: Curve
    kind: Kind
    alphabets: str
    heights: Floats


def loss(sample: Sample, bits: Floats) -> float:
    """Mean log loss in bits per true pair, over the prior odds."""
    total = 0.0
    for against in AGAINST:
        stated, true, weight, _ = pairwise(sample, bits, against)
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
    one_sex: bool = False,
) -> Sample | None:
    """Written names of the items that ``chosen`` takes, and their candidates; None without any.

    ``other`` is the alphabet of the population, which is never narrowed. ``one_sex``: see
    :func:`calibration_samples.ask_alike`.
    """
    rows = samples.read_rows(data, kind)
    bearers = samples.read_bearers(data, kind, population)
    if other == "latin":
        people = samples.latin_population(rows, bearers)
    else:
        people = samples.cyrillic_population(bearers)
    taken = [row for row in rows if chosen(row.item)]
    if own == other:
        asked = samples.ask_alike(taken, own, bearers, people.groups, one_sex)
    else:
        asked = samples.ask_mixed(taken, bearers, people.groups)
    if not asked:
        return None
    index = NameIndex(list(people.members), kind=kind)

    def curve(bits: float) -> float:
        return calibrated_rarity(kind, own, other, bits)

    return samples.collect(kind, samples.drawn(asked, most), people, index, own == other, curve)


def fit_pairs(sample: Sample, bits: Floats) -> Floats:
    """The heights of the curve for pairs of which nothing else is known."""
    said = pairwise(sample, bits, 1.0)
    listed = np.concatenate([own_bits(sample, bits), bits, np.full(len(sample.weight), FLOOR_BITS)])
    hits = said.weight * said.true
    scale = 1.0 / hits.sum()
    return fit_rising(
        PAIR_CORNERS,
        listed,
        hits * scale,
        said.weight * (1 - said.true) * scale,
        [-np.log2(against) for against in (1.0, *AGAINST)],
    )


def fit_candidates(sample: Sample, bits: Callable[[Sample], Floats]) -> Floats:
    """The heights of the curve for candidates: half by bearers, half each name as likely."""
    parts = []
    for drawn in (sample, evenly(sample)):
        said = posterior(drawn, bits(drawn), most=False)
        odds = np.clip(said.probability, 2.0**-30, 1 - 2.0**-30)
        log_odds = np.log2(odds / (1 - odds))
        parts.append((log_odds, said.weight * said.true / 2, said.weight * (1 - said.true) / 2))
    log_odds, hits, misses = (np.concatenate(part) for part in zip(*parts, strict=True))
    return fit_rising(CANDIDATE_CORNERS, log_odds, hits, misses)


def curves(data: Path, chosen: Callable[[str], bool]) -> Iterator[Fitted]:
    """Every curve, the rarity of a pair of alphabets first."""
    for kind in KINDS:
        for own, other in samples.ALPHABETS:
            yield from _curves_of(data, kind, own, other, chosen)


def _curves_of(
    data: Path, kind: Kind, own: Alphabet, other: Alphabet, chosen: Callable[[str], bool]
) -> Iterator[Fitted]:
    few = sample_of(data, kind, own, other, chosen, FITTED)
    # Women's forms of surnames are weighed by their own chance (:mod:`variants`), not as spellings.
    many = sample_of(
        data, kind, own, other, chosen, FITTED_STATED, POPULATION_STATED, kind == "surname"
    )
    if few is None or many is None:
        return
    rarity, pair = fit(few), pair_name(own, other)

    def bits(sample: Sample) -> Floats:
        return bits_of(sample, rarity)

    yield Fitted("rarity", kind, pair, rarity)
    yield Fitted("pair", kind, pair, fit_pairs(many, bits(many)))
    yield Fitted("candidate", kind, pair, fit_candidates(many, bits))


def curve_rows(found: Sequence[Fitted]) -> list[list[str]]:
    """The rows of ``calibration.tsv``, see :data:`COLUMNS`."""
    return [
        [curve, kind, alphabets, f"{corner:g}", f"{height:.2f}"]
        for curve, kind, alphabets, heights in found
        for corner, height in zip(CORNERS_OF[curve], heights, strict=True)
    ]
