"""From match weights to ranked answers: every record's candidates and "none of these"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.model import CERTAINTY_LIMIT, LinkOptions
from sexton.linkage.posterior import Claims, Edge, independent, odds_of, one_to_one, prior_bits
from sexton.linkage.sameness import Men

NOBODY_TWICE = Men()
NOBODY = -1
"""Stands for "none of these" where positions of the right list do."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Pairs(NamedTuple):
    """The pairs that were weighed: arrays of one length, each pair (left, right) once."""

    left: Ints
    right: Ints
    bits: Floats

    @classmethod
    def of(cls, weights: Mapping[Edge, float]) -> Pairs:
        """From a mapping of (left, right) to bits."""
        size = len(weights)
        ends = np.fromiter(chain.from_iterable(weights), np.int64, 2 * size)
        bits = np.fromiter(weights.values(), np.float64, size)
        return cls(ends[::2].copy(), ends[1::2].copy(), bits)

    def beside(self, other: Pairs) -> Pairs:
        """Both, if none stands in both."""
        return Pairs(
            np.append(self.left, other.left),
            np.append(self.right, other.right),
            np.append(self.bits, other.bits),
        )


class Chances(NamedTuple):
    """How probable each of some pairs is, pair by pair; and ``none``, for each left record: how
    many of its dead (of one, in most graves) are nobody of its candidates.

    ``is_fittest``: no other document of the man fits the left record better. Over those the
    probabilities of a left record, and ``none``, add up to its bodies.
    """

    probability: Floats
    is_fittest: NDArray[np.bool_]
    none: Floats


class Answer(NamedTuple):
    """One answer for the left record ``left``: the pool's person ``right``, None for none of them.

    Positions in both lists; ``weight`` in bits.
    """

    left: int
    right: int | None
    rank: int
    probability: float
    weight: float


class Answers(NamedTuple):
    """Answers as arrays of one length, each as :class:`Answer` has it: left record by left record,
    best first. ``right`` is ``NOBODY`` for none of them."""

    left: Ints
    right: Ints
    rank: Ints
    probability: Floats
    weight: Floats

    def some(self, which: Ints) -> Answers:
        """Those of them, in that order."""
        return Answers(
            self.left[which],
            self.right[which],
            self.rank[which],
            self.probability[which],
            self.weight[which],
        )

    def one_by_one(self) -> Iterator[Answer]:
        """Each of them, for who tells them in words."""
        columns = [column.tolist() for column in self]
        columns[1] = [None if right == NOBODY else right for right in columns[1]]
        return map(Answer._make, zip(*columns, strict=True))


def chances_of(
    pairs: Pairs,
    rest: Sequence[float] | Floats,
    pool: int,
    options: LinkOptions,
    men: Men = NOBODY_TWICE,
    bodies: Sequence[int] | Ints | None = None,
    missed: Floats | None = None,
    shift: Floats | None = None,
) -> Chances:
    """The probability of every pair.

    ``rest`` are, for each left record, the odds against "none of these" of everyone else of the
    ``pool`` persons that was looked at: that one of them is the man counts as none of these, and so
    does that no route led to his record. ``missed`` is the chance of that for each left record,
    where it is not that of the rules, and ``shift`` the bits that its candidates have beyond their
    weight. ``bodies`` tells how many dead each left record holds (one).
    ``men`` tells which right records are documents of one man: he has the odds of the one that fits
    best, and each of them states his probability, as far as it is his.
    """
    held = np.ones(len(rest), dtype=np.int64) if bodies is None else np.asarray(bodies, np.int64)
    if missed is None:
        missed = np.full(len(rest), options.rules_used.value("routes", "missed"))
    beside = np.asarray(rest) if shift is None else np.asarray(rest) * np.exp2(shift)
    unseen = 1.0 + missed * options.coverage / (1 - options.coverage) + beside
    man = men.of_all(pairs.right)
    fittest, of_pair = _fittest(pairs, man)
    left = pairs.left[fittest]
    bits = pairs.bits[fittest] if shift is None else pairs.bits[fittest] + shift[left]
    odds = odds_of(bits, prior_bits(options.coverage, pool)) / unseen[left]
    claims = Claims(left, man[fittest], odds)
    judge = one_to_one if options.one_to_one else independent
    stated = CERTAINTY_LIMIT * judge(claims, held)
    none = held.astype(np.float64) - np.bincount(left, stated, minlength=len(held))
    probability = stated[of_pair]
    is_fittest = np.zeros(len(man), dtype=np.bool_)
    is_fittest[fittest] = True
    probability[~is_fittest] *= men.certainty_of_all(pairs.right[~is_fittest])
    return Chances(probability, is_fittest, none)


def _fittest(pairs: Pairs, man: Ints) -> tuple[Ints, Ints]:
    """The pair that fits best of each left record and man; and for each pair where it stands."""
    order = np.lexsort((pairs.right, -pairs.bits, man, pairs.left))
    left, mine = pairs.left[order], man[order]
    is_first = (np.diff(left, prepend=-1) != 0) | (np.diff(mine, prepend=-1) != 0)
    of_pair = np.empty(len(order), dtype=np.int64)
    of_pair[order] = np.cumsum(is_first) - 1
    return order[is_first], of_pair


def rank_pairs(pairs: Pairs, chances: Chances, top: int) -> Answers:
    """The answers of every left record, best first, ``top`` candidates at most and "none of these"
    at its place. For a common grave it stands behind those whose probability is above that of one
    of its dead to be none of them."""
    best = _best(pairs, chances, top)
    left, probability = pairs.left[best], chances.probability[best]
    lefts = np.arange(len(chances.none))
    place = np.arange(len(best)) - np.searchsorted(left, lefts)[left]
    # Behind the first who is less probable than "none of these" all stand one place lower.
    less = probability < chances.none[left]
    first_less = np.full(len(lefts), len(best))
    np.minimum.at(first_less, left[less], place[less])
    none = np.minimum(first_less, np.bincount(left, minlength=len(lefts)))
    place += place >= none[left]
    answers = Answers(
        np.append(left, lefts),
        np.append(pairs.right[best], np.full(len(lefts), NOBODY)),
        np.append(place, none) + 1,
        np.append(probability, chances.none),
        np.append(pairs.bits[best], np.zeros(len(lefts))),
    )
    return answers.some(np.lexsort((answers.rank, answers.left)))


def _best(pairs: Pairs, chances: Chances, top: int) -> Ints:
    """The ``top`` likeliest pairs of every left record, in the order of their probability."""
    # Sums taken in another order differ in their last digits: those are not told apart by them.
    told = np.round(chances.probability, 12)
    order = np.lexsort((pairs.right, -pairs.bits, -told, pairs.left))
    left = pairs.left[order]
    best: Ints = order[np.arange(len(order)) - np.searchsorted(left, left) < top]
    return best


def rank_answers(
    pairs: Pairs,
    rest: Sequence[float] | Floats,
    pool: int,
    options: LinkOptions,
    men: Men = NOBODY_TWICE,
    bodies: Sequence[int] | Ints | None = None,
) -> Iterator[Answer]:
    """The answers of every left record, best first, ``options.top`` candidates at most; see
    :func:`chances_of`. Probabilities of one left record, with "none of these", add up to its bodies
    over all its men."""
    chances = chances_of(pairs, rest, pool, options, men, bodies)
    return rank_pairs(pairs, chances, options.top).one_by_one()
