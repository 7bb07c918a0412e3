"""The pairs of an archive's records that may be one man's, with their evidence, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Evidence, Rules, Shares, compare_people
from sexton.evidence.spellings import MODEL, Spellings
from sexton.evidence.standing import has_papers
from sexton.linkage.archive.kept import KeptBatches
from sexton.linkage.archive.own import OwnPersons
from sexton.linkage.archive.paired import Weighed, merged
from sexton.linkage.archive.parallel import among_processes
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.model import Progress
from sexton.linkage.posterior import Edge
from sexton.linkage.screening.forms import Queries
from sexton.linkage.screening.screen import (
    Scratches,
    Screened,
    all_of,
    join_queries,
    screen_asked,
)
from sexton.linkage.screening.spelt import DEEP, QUICK
from sexton.linkage.screening.weights import weights_of
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.vocabularies import is_population
from sexton.linkage.weighing import MOST_WITHIN

LEAST = -6.0
"""log2 of the odds, roughly weighed, below which two records are not weighed exactly. Of the pairs
of one man in a simulated archive of 100,000 that are likely, 4 in 10,000 are lost so."""

_SHARE = 500
_WHAT = "comparing records"

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Within:
    """An archive beside itself."""

    pool: ArchivePool
    rules: Rules
    prior: float
    shares: Shares

    def pairs(self, batch: int, kept: KeptBatches, progress: Progress | None) -> Weighed:
        """All pairs that are worth weighing, in batches of so many records; those of batches that
        are ``kept`` are not weighed again."""
        screen = _Screen(self.pool, self.shares, self.rules, self.prior)
        found, done = [], 0
        for which, begin, end in screen.batches(batch):
            if progress:
                progress(_WHAT, done, len(self.pool))
            name = f"{which}-{begin}"
            pairs = kept.get(name)
            if pairs is None:
                pairs = self._weighed(screen.screened(which, begin, end))
                kept.put(name, pairs)
            found.append(pairs)
            done += end - begin
        if progress:
            progress(_WHAT, done, len(self.pool))
        return merged(found)

    def _weighed(self, screened: Screened) -> Weighed:
        worth = (screened.bits + self.prior >= LEAST) & (screened.left != screened.right)
        a, b = screened.left[worth], screened.right[worth]
        ends = np.unique(np.stack([np.minimum(a, b), np.maximum(a, b)]), axis=1)
        edges: list[Edge] = list(zip(*ends.tolist(), strict=True))
        return self.weigh(edges, JoinedSpellings([screened], self.pool.coded))

    def weigh(self, edges: Sequence[Edge], spellings: Spellings = MODEL) -> Weighed:
        """The pairs with their evidence, by all cores."""

        def work(some: Sequence[Edge]) -> list[Mapping[str, float]]:
            # What is read goes with the run: a pool would keep all that was ever read.
            here = replace(self, pool=self.pool.afresh())
            here.pool.read(position for edge in some for position in edge)
            return [_by_field(here.evidence(edge, spellings)[1]) for edge in some]

        return Weighed.of(edges, among_processes(work, edges, _SHARE))

    def evidence(self, edge: Edge, spellings: Spellings = MODEL) -> tuple[Edge, Evidence]:
        """The evidence of a pair; its ends in the order in which the sentences name them.

        One that is a camp's paper stands left: only of it is asked whether the other is one too.
        """
        left, right = (self.pool.person(position) for position in edge)
        if has_papers(right) and not has_papers(left):
            left, right, edge = right, left, (edge[1], edge[0])
        return edge, compare_people(left, right, self.shares, self.rules, spellings=spellings)


class _Screen:
    """Screens the persons of an archive against all of them."""

    def __init__(self, pool: ArchivePool, shares: Shares, rules: Rules, prior: float) -> None:
        self._pool, self._rules, self._prior = pool, rules, prior
        self._own = [OwnPersons(coded, shares, rules) for coded in pool.coded]
        self._weights = weights_of(rules, shares)
        self._scratches = [Scratches(coded) for coded in pool.coded]
        large = is_population([coded.vocabularies.surname for coded in pool.coded])
        self._search = QUICK if large else DEEP

    def batches(self, size: int) -> Iterator[tuple[int, int, int]]:
        """The lists by number, with the persons to take together."""
        for which, own in enumerate(self._own):
            for begin in range(0, len(own), size):
                yield which, begin, min(begin + size, len(own))

    def screened(self, which: int, begin: int, end: int) -> Screened:
        """The likeliest others for each of the persons; both by their positions in the archive."""
        own, archive, queries = self._own[which], self._pool.coded, Queries()
        forms = own.forms(begin, end, queries)
        joined = join_queries(queries, archive, self._rules, True, self._search, None)
        parts = []
        # One more than are wanted: each stands beside himself.
        most = MOST_WITHIN + 1
        for number, coded in enumerate(archive):
            asked, scratches = own.asked(begin, end, coded), self._scratches[number]
            part = screen_asked(
                asked, forms, joined[number], coded, scratches, self._weights, self._prior, most,
                None,
            )  # fmt: skip
            parts.append(part._replace(right=part.right + self._pool.place_of(number)))
        found = all_of(
            parts, end - begin, most, self._prior, queries, joined, archive, self._search
        )
        position = self._pool.place_of(which) + own.records[begin:end].astype(np.int64)
        return found._replace(left=position[found.left])


def _by_field(evidence: Evidence) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in evidence.fields:
        found[item.field] = found.get(item.field, 0.0) + item.bits
    return found
