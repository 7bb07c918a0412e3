"""From weighed pairs to probabilities and pools: first the named graves, then, with what these
taught, the unnamed ones; at last all together, for a man lies in one grave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.grave_pools import GravePool, pools_of
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.posterior import Edge
from sexton.linkage.ranking import Answers, Chances, Pairs, chances_of, rank_pairs
from sexton.linkage.sameness import Same, men_of
from sexton.linkage.sharing import ShareOut, alone
from sexton.linkage.unnamed import Unnamed, ask_unnamed
from sexton.linkage.weighing import Scorer


class Weights(NamedTuple):
    """Weighed pairs in bits, and which right records are one man's."""

    weights: Mapping[Edge, float]
    same: Sequence[Same]


WeighUnnamed = Callable[[Unnamed], Weights]
"""Weighs the pairs of unnamed graves, and tells which of their candidates are one man's."""


@dataclass(frozen=True)
class Judged:
    """The probabilities of all pairs, and the pools of unnamed and common graves."""

    pairs: Pairs
    chances: Chances
    pools: tuple[GravePool, ...]
    _named: Scorer
    _unnamed: Unnamed | None

    def answers(self, top: int) -> Answers:
        """The answers of every left record, best first, ``top`` candidates at most."""
        return rank_pairs(self.pairs, self.chances, top)

    def scorer(self, left: int) -> Scorer:
        """What weighed the pairs of a left record."""
        asked = self._unnamed
        return asked.scorer if asked and left in asked.graves_asked else self._named


def judge(
    scorer: Scorer,
    named: Weights,
    rest: NDArray[np.float64],
    options: LinkOptions,
    weigh_unnamed: WeighUnnamed,
    progress: Progress | None = None,
    share_out: ShareOut = alone,
) -> Judged:
    """The probabilities of all left records.

    ``named`` are the pairs of those with a name, which ``scorer`` weighed, and ``rest`` the odds of
    those that were not weighed. ``share_out`` says who does the work.
    """
    bodies = [person.bodies for person in scorer.left]
    size, pairs, men = len(scorer.pool), Pairs.of(named.weights), men_of(named.same)
    chances = chances_of(pairs, rest, size, options, men, bodies)
    asked = ask_unnamed(scorer.left, scorer, pairs, chances, men, options, progress, share_out)
    if asked:
        more = weigh_unnamed(asked)
        terms = asked.terms(more.weights, rest, options)
        men = men_of([*named.same, *more.same])
        pairs = pairs.beside(Pairs.of(more.weights))
        chances = chances_of(
            pairs, terms.rest, size, options, men, bodies, terms.missed, terms.shift
        )
    nameless = asked.graves_asked if asked else frozenset()
    of_many = {left for left, count in enumerate(bodies) if count > 1}
    graves = [(left, bodies[left]) for left in sorted(nameless | of_many)]
    return Judged(pairs, chances, tuple(pools_of(graves, pairs, chances)), scorer, asked)
