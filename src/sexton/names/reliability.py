"""Are stated probabilities true? Candidates of written names, and how far off what is said of them.

What is asked of a pair of spellings is always the same: are they one name? What is known beside the
spellings differs, and with it the probability. All questions are put to the same samples, each a
list of written names with what the index finds for them in a population of known shares:

* *among candidates* (:func:`posterior`): the truth is drawn from the population; each candidate is
  stated with its share of ``share x 2^bits`` over all candidates, calibrated.
* *pair by pair* (:func:`pairwise`): at prior odds 1 : k a pair is one person's two spellings, or
  the spelling of one beside the name of another who is drawn from the population, likenesses and
  namesakes among them as often as they occur; stated is the weight plus the prior odds. The weight
  comes from the pair alone, or from the candidates as well (:func:`weight_among`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.calibration import CANDIDATE_CORNERS, bend, stated_among

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FLOOR_BITS = -12.0
BINS = 10
# Names that fewer bear are mostly misspellings, which no list of names has.
LEAST_BORNE = 1 / 500_000
# The least probability that a weight among candidates is made from.
_LEAST = 2.0**-30


class Sample(NamedTuple):
    """Written names (n) and their candidates (m).

    ``weight`` sums to 1. ``rarity`` and ``other_rarity`` are uncalibrated bits, ``half`` is 1 or
    (in one alphabet) 0.5. ``answer`` is the candidate that is the other spelling of the name, -1
    when it was not found; ``right`` are all candidates of the true name. ``group`` tells the names
    apart when several spellings of one stand among the candidates; ``name`` is that of the truth.
    ``borne`` and ``name_borne`` are the shares that bear these names, ``names`` how many names have
    a share of :data:`LEAST_BORNE` at least.
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
    name: Ints
    borne: Floats
    name_borne: Floats
    names: int


class Stated(NamedTuple):
    """Stated probabilities, whether true, how much each counts, and for which written name."""

    probability: Floats
    true: Floats
    weight: Floats
    query: Ints


def evenly(sample: Sample) -> Sample:
    """The same written names and candidates where each name is as likely and each pair counts once.

    Names under :data:`LEAST_BORNE` are left out: counts of bearers have one misspelling as often as
    a rare name, and a list of names has none.
    """
    asked = sample.name_borne >= LEAST_BORNE
    kept = (sample.borne >= LEAST_BORNE) & asked[sample.query]
    place = np.cumsum(kept) - 1
    found = (sample.answer >= 0) & asked
    return sample._replace(
        weight=asked / max(asked.sum(), 1),
        answer=np.where(found, place[np.maximum(sample.answer, 0)], -1),
        query=sample.query[kept],
        channel=sample.channel[kept],
        other_rarity=sample.other_rarity[kept],
        share=sample.share[kept] / sample.borne[kept] / max(sample.names, 1),
        group=sample.group[kept],
        right=sample.right[kept],
        borne=sample.borne[kept],
    )


def bits_of(sample: Sample, heights: Floats | None) -> Floats:
    """Bits of every candidate under a curve of rarity; None leaves the rarities as they are."""
    own, other = sample.rarity, sample.other_rarity
    if heights is not None:
        own, other = bend(own, heights), bend(other, heights)
    rarity = sample.half * own[sample.query] + (1 - sample.half) * other
    bits: Floats = np.logaddexp2(sample.channel + rarity, FLOOR_BITS)
    return bits


class Among(NamedTuple):
    """The names that a written name may stand for: each with all its spellings together."""

    query: Ints
    odds: Floats
    true: NDArray[np.bool_]
    member: Ints


def names_among(sample: Sample, bits: Floats) -> Among:
    """``member`` says to which of the names each candidate of the sample belongs."""
    keys, member = np.unique(
        np.stack([sample.query, sample.group], axis=1), axis=0, return_inverse=True
    )
    member = member.ravel()
    odds = np.bincount(member, sample.share * np.exp2(bits), len(keys)).astype(float)
    return Among(keys[:, 0], odds, np.bincount(member, sample.right) > 0, member)


def _stated(among: Among, queries: int, heights: Floats | None) -> Floats:
    def calibrated(log_odds: Floats) -> Floats:
        return log_odds if heights is None else bend(log_odds, heights, CANDIDATE_CORNERS)

    return stated_among(among.odds, among.query, queries, calibrated)


def posterior(
    sample: Sample, bits: Floats, most: bool = True, heights: Floats | None = None
) -> Stated:
    """What is said of the candidates; with ``most`` only of the likeliest of each written name.

    ``heights`` is the curve for candidates; None leaves their shares of the odds as they are.
    """
    among = names_among(sample, bits)
    stated = _stated(among, len(sample.weight), heights)
    query, true = among.query, among.true
    if most:
        order = np.lexsort((-stated, query))
        kept = order[np.unique(query[order], return_index=True)[1]]
        query, stated, true = query[kept], stated[kept], true[kept]
    return Stated(stated, true.astype(float), sample.weight[query], query)


def weight_among(sample: Sample, bits: Floats, heights: Floats | None) -> tuple[Floats, Floats]:
    """Weight in bits of every candidate when all others are known: log2(probability / share).

    P(spelling | name) / P(spelling) is P(name | spelling) / P(name): whoever has the whole list
    knows how often the spelling occurs, and needs no letter model for it. All spellings of a name
    weigh the same: which of them the other document has, says nothing more. Second, by written
    name, the weight of the names that are not listed.
    """
    among = names_among(sample, bits)
    stated = _stated(among, len(sample.weight), heights)
    weight = np.log2(np.maximum(stated[among.member], _LEAST) / sample.borne)
    none = 1.0 - np.bincount(among.query, stated, len(sample.weight))
    return weight, np.log2(np.maximum(none, _LEAST) / np.maximum(_unlisted(sample), _LEAST))


def _unlisted(sample: Sample) -> Floats:
    """The share of the population that is not among the candidates, by written name."""
    listed = np.bincount(sample.query, sample.share, len(sample.weight))
    return np.asarray(np.maximum(1.0 - listed, 0.0), dtype=np.float64)


def own_bits(sample: Sample, bits: Floats, floor: Floats | float = FLOOR_BITS) -> Floats:
    """Bits of the other spelling of each written name, ``floor`` where it was not found."""
    found = sample.answer >= 0
    own: Floats = np.where(found, bits[np.maximum(sample.answer, 0)], floor)
    return own


def pairwise(
    sample: Sample, bits: Floats, against: float, floor: Floats | float = FLOOR_BITS
) -> Stated:
    """What is said of pairs at prior odds 1 : ``against``.

    ``floor``, by written name or for all, is the weight of names that are not listed.
    """
    queries, own = np.arange(len(sample.weight)), own_bits(sample, bits, floor)
    others = sample.weight * _unlisted(sample)
    unlisted = np.broadcast_to(np.asarray(floor, dtype=np.float64), len(queries))
    stated = np.concatenate([own, bits, unlisted]) - np.log2(against)
    weight = np.concatenate(
        [
            sample.weight,
            against * sample.weight[sample.query] * sample.share,
            against * others,
        ]
    )
    true = np.zeros(len(stated))
    true[: len(own)] = 1.0
    query = np.concatenate([queries, sample.query, queries])
    return Stated(1.0 / (1.0 + np.exp2(-stated)), true, weight / weight.sum(), query)


class Bin(NamedTuple):
    """One bin of a reliability curve: mean stated probability, share that is true, its weight.

    ``size`` is the effective number of observations (Kish): what equal weights would need.
    """

    stated: float
    true: float
    weight: float
    size: float


def worth(said: Stated, least: float) -> Stated:
    """What is stated with ``least`` or more."""
    keep = said.probability >= least
    return Stated(said.probability[keep], said.true[keep], said.weight[keep], said.query[keep])


def _bin_numbers(probability: Floats) -> Ints:
    return np.minimum((probability * BINS).astype(np.int64), BINS - 1)


def curve(said: Stated, least: float = 0.0) -> list[Bin | None]:
    """The bins of equal width; None where nothing was stated. ``least`` leaves out below it."""
    probability, true, weight, _ = worth(said, least)
    number = _bin_numbers(probability)
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


class Noise(NamedTuple):
    """What chance does to a calibration error of a sample: see :func:`noise`.

    ``low`` and ``high`` are the error's 95 % interval; ``by_chance`` and ``most_by_chance`` are the
    mean and the 95th percentile of the error if all that is said were true.
    """

    low: float
    high: float
    by_chance: float
    most_by_chance: float


def noise(
    said: Stated, name: Ints, redrawn: bool = False, least: float = 0.0, draws: int = 400
) -> Noise:
    """How far a calibration error may be off, by resampling, the same every time.

    For the interval names are drawn anew with all their written forms, ``name`` being that of each
    written form; a bootstrap has an error of its own on top of the sample's, so it lies high. The
    error by chance takes from these draws each bin's distance in the whole sample; with
    ``redrawn`` it comes from new truths instead, drawn as stated, which is needed where few names
    carry a bin.
    """
    probability, true, weight, query = worth(said, least)
    units, unit = np.unique(name, return_inverse=True)
    cell = unit.ravel()[query] * BINS + _bin_numbers(probability)
    size = len(units) * BINS
    mass = np.bincount(cell, weight, size).reshape(-1, BINS)
    gap = np.bincount(cell, weight * (true - probability), size).reshape(-1, BINS)
    dice = np.random.default_rng(1)
    times = dice.multinomial(len(units), np.full(len(units), 1 / len(units)), draws).astype(float)
    masses, gaps = times @ mass, times @ gap
    total = np.maximum(masses.sum(axis=1), 1e-300)
    whole = gap.sum(axis=0) / np.maximum(mass.sum(axis=0), 1e-300)
    errors = np.abs(gaps).sum(axis=1) / total
    recentred = np.abs(gaps - masses * whole).sum(axis=1) / total
    low, high = np.quantile(errors, [0.025, 0.975])
    chance = _redrawn(worth(said, least), dice, draws) if redrawn else recentred
    return Noise(float(low), float(high), float(chance.mean()), float(np.quantile(chance, 0.95)))


def _redrawn(said: Stated, dice: np.random.Generator, draws: int) -> Floats:
    """Errors of what is said when the truth is drawn as stated."""
    number, size = _bin_numbers(said.probability), len(said.probability)
    errors = np.empty(draws)
    for draw in range(draws):
        true = dice.random(size) < said.probability
        gaps = np.bincount(number, said.weight * (true - said.probability), BINS)
        errors[draw] = np.abs(gaps).sum() / said.weight.sum()
    return errors
