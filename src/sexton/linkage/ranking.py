"""From match weights to ranked answers: every record's candidates and "none of these"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sexton.linkage.model import CERTAINTY_LIMIT, LinkOptions
from sexton.linkage.posterior import Edge, independent, odds_of, one_to_one, prior_bits


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
    weights: Mapping[Edge, float], rest: Sequence[float], pool: int, options: LinkOptions
) -> Iterator[Answer]:
    """The answers of every left record, best first, ``options.top`` candidates at most.

    ``weights`` are those of the pairs that were weighed, ``rest`` the odds against "none of these"
    of everyone else of the ``pool`` persons: that one of them is the man counts as none of these.
    Probabilities of one record add up to 1 over all its candidates.
    """
    odds = odds_of(weights, prior_bits(options.coverage, pool))
    odds = {edge: value / (1 + rest[edge[0]]) for edge, value in odds.items()}
    probabilities = one_to_one(odds) if options.one_to_one else independent(odds)
    by_left: list[list[tuple[float, float, int]]] = [[] for _ in rest]
    for edge, probability in probabilities.items():
        by_left[edge[0]].append((-probability, -weights[edge], edge[1]))
    for left, found in enumerate(by_left):
        yield from _ranked(left, sorted(found), options.top)


def _ranked(left: int, found: list[tuple[float, float, int]], top: int) -> Iterator[Answer]:
    """The candidates of one record with "none of these" at its place."""
    none = 1 + CERTAINTY_LIMIT * sum(minus for minus, _, _ in found)
    answers: list[tuple[float, float, int | None]] = [
        (-minus * CERTAINTY_LIMIT, -weight, right) for minus, weight, right in found[:top]
    ]
    place = sum(probability >= none for probability, _, _ in answers)
    answers.insert(place, (none, 0.0, None))
    for rank, (probability, weight, right) in enumerate(answers, 1):
        yield Answer(left, right, rank, probability, weight)
