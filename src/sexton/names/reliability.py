"""Are stated probabilities true? Candidates of written names, and how far off what is said of them.

Two questions are put to the same samples, each a list of written names with what the index finds
for them in a population of known shares:

* *among candidates* (:func:`posterior`): the truth is drawn from the population; each candidate is
  stated with ``share x 2^bits`` over the sum of all candidates, of those not listed (at the floor).
* *pair by pair* (:func:`pairwise`): at prior odds 1 : k a pair is one person's two spellings, or
  the spelling of one beside the name of another who is drawn from the population, likenesses and
  namesakes among them as often as they occur; stated is the bits plus the prior odds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.calibration import bend

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FLOOR_BITS = -12.0
BINS = 10


class Sample(NamedTuple):
    """Written names (n) and their candidates (m).

    ``weight`` sums to 1. ``rarity`` and ``other_rarity`` are uncalibrated bits, ``half`` is 1 or
    (in one alphabet) 0.5. ``answer`` is the candidate that is the other spelling of the name, -1
    when it was not found; ``right`` are all candidates of the true name. ``group`` tells the names
    apart when several spellings of one stand among the candidates.
    """

    weight: Floats
    rarity: Floats
    half: float
    answer: Ints
    query: Ints
    channel: Floats
    other_rarity: Floats
    share: Floats
    group: Ints
    right: NDArray[np.bool_]


class Stated(NamedTuple):
    """Stated probabilities, whether true, and how much each counts."""

    probability: Floats
    true: Floats
    weight: Floats


def bits_of(sample: Sample, heights: Floats | None) -> Floats:
    """Bits of every candidate under a calibration curve; None leaves the rarities as they are."""
    own, other = sample.rarity, sample.other_rarity
    if heights is not None:
        own, other = bend(own, heights), bend(other, heights)
    rarity = sample.half * own[sample.query] + (1 - sample.half) * other
    bits: Floats = np.logaddexp2(sample.channel + rarity, FLOOR_BITS)
    return bits


def posterior(sample: Sample, bits: Floats, most: bool = True) -> Stated:
    """What is said of the candidates; with ``most`` only of the likeliest of each written name."""
    odds = sample.share * np.exp2(bits)
    total = np.bincount(sample.query, odds, len(sample.weight)) + 2.0**FLOOR_BITS
    keys, member = np.unique(
        np.stack([sample.query, sample.group], axis=1), axis=0, return_inverse=True
    )
    stated: Floats = np.bincount(member.ravel(), odds / total[sample.query]).astype(float)
    true = np.bincount(member.ravel(), sample.right) > 0
    query = keys[:, 0]
    if most:
        order = np.lexsort((-stated, query))
        kept = order[np.unique(query[order], return_index=True)[1]]
        query, stated, true = query[kept], stated[kept], true[kept]
    return Stated(stated, true.astype(float), sample.weight[query])


def pairwise(sample: Sample, bits: Floats, against: float) -> Stated:
    """What is said of pairs at prior odds 1 : ``against``."""
    found = sample.answer >= 0
    own = np.where(found, bits[np.maximum(sample.answer, 0)], FLOOR_BITS)
    listed = sample.weight[sample.query] * sample.share
    stated = np.concatenate([own, bits, [FLOOR_BITS]]) - np.log2(against)
    weight = np.concatenate(
        [sample.weight, against * listed, [against * max(1.0 - listed.sum(), 0.0)]]
    )
    true = np.zeros(len(stated))
    true[: len(own)] = 1.0
    return Stated(1.0 / (1.0 + np.exp2(-stated)), true, weight / weight.sum())


class Bin(NamedTuple):
    """One bin of a reliability curve: mean stated probability, share that is true, its weight.

    ``size`` is the effective number of observations (Kish): what equal weights would need.
    """

    stated: float
    true: float
    weight: float
    size: float


def curve(said: Stated, least: float = 0.0) -> list[Bin | None]:
    """The bins of equal width; None where nothing was stated. ``least`` leaves out below it."""
    keep = said.probability >= least
    probability, true, weight = (values[keep] for values in said)
    number = np.minimum((probability * BINS).astype(int), BINS - 1)
    total = max(float(weight.sum()), 1e-300)
    found: list[Bin | None] = []
    for at in range(BINS):
        part = weight[number == at]
        if not part.sum():
            found.append(None)
            continue
        stated = float(part @ probability[number == at] / part.sum())
        share = float(part @ true[number == at] / part.sum())
        size = float(part.sum() ** 2 / (part**2).sum())
        found.append(Bin(stated, share, float(part.sum()) / total, size))
    return found


def calibration_error(bins: list[Bin | None]) -> float:
    """Expected calibration error: the mean distance of stated and true, by weight."""
    return sum(found.weight * abs(found.stated - found.true) for found in bins if found)
