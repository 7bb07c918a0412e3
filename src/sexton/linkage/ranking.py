"""From match weights to ranked answers: every record's candidates and "none of these"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sexton.linkage.model import CERTAINTY_LIMIT, LinkOptions
from sexton.linkage.posterior import Edge, independent, odds_of, one_to_one, prior_bits
from sexton.linkage.sameness import Men

NOBODY_TWICE = Men()


class Answer(NamedTuple):
    """One answer for the left record ``left``: the pool's person ``right``, None for none of them.

    Positions in both lists; ``weight`` in bits.
    """

    left: int
    right: int | None
    rank: int
    probability: float
    weight: float


def rank_answers(
    weights: Mapping[Edge, float],
    rest: Sequence[float],
    pool: int,
    options: LinkOptions,
    men: Men = NOBODY_TWICE,
) -> Iterator[Answer]:
    """The answers of every left record, best first, ``options.top`` candidates at most.

    ``weights`` are those of the pairs that were weighed, ``rest`` the odds against "none of these"
    of everyone else of the ``pool`` persons that was looked at: that one of them is the man counts
    as none of these, and so does that no route led to his record.
    ``men`` tells which right records are documents of one man: he has the odds of the one that fits
    best, and each of them states his probability, as far as it is his. So probabilities of one left
    record add up to 1 over all its men.
    """
    odds = odds_of(weights, prior_bits(options.coverage, pool))
    fittest: dict[Edge, Edge] = {}
    for left, right in odds:
        man = left, men.of(right)
        if man not in fittest or weights[left, right] > weights[fittest[man]]:
            fittest[man] = left, right
    missed = (
        options.rules_used.value("routes", "missed") * options.coverage / (1 - options.coverage)
    )
    of_men = {man: odds[edge] / (1 + missed + rest[man[0]]) for man, edge in fittest.items()}
    probabilities = one_to_one(of_men) if options.one_to_one else independent(of_men)
    none = [1.0] * len(rest)
    for (left, _), probability in probabilities.items():
        none[left] -= CERTAINTY_LIMIT * probability
    by_left: list[list[tuple[float, float, int]]] = [[] for _ in rest]
    for (left, right), bits in weights.items():
        man = left, men.of(right)
        probability = probabilities.get(man, 0.0)
        if fittest.get(man) != (left, right):
            probability *= men.certainty.get(right, 1.0)
        by_left[left].append((-probability, -bits, right))
    for left, found in enumerate(by_left):
        yield from _ranked(left, sorted(found), none[left], options.top)


def _ranked(
    left: int, found: list[tuple[float, float, int]], none: float, top: int
) -> Iterator[Answer]:
    """The candidates of one record with "none of these" at its place."""
    answers: list[tuple[float, float, int | None]] = [
        (-minus * CERTAINTY_LIMIT, -weight, right) for minus, weight, right in found[:top]
    ]
    place = sum(probability >= none for probability, _, _ in answers)
    answers.insert(place, (none, 0.0, None))
    for rank, (probability, weight, right) in enumerate(answers, 1):
        yield Answer(left, right, rank, probability, weight)
