"""The pairs of an archive's records that may be one man's, with their evidence, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from sexton.evidence import Evidence, Rules, Shares, compare_people
from sexton.evidence.spellings import MODEL, Spellings
from sexton.evidence.standing import has_papers
from sexton.linkage.archive.alike import Alike, Screen, all_alike
from sexton.linkage.archive.kept import KeptBatches
from sexton.linkage.archive.paired import Weighed, merged
from sexton.linkage.archive.parallel import among_processes
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.model import Progress
from sexton.linkage.posterior import Edge

T = TypeVar("T")

LEAST, LEAST_OF_MANY = -6.0, -5.0
"""log2 of the odds, roughly weighed, below which two records are not weighed exactly; the second in
archives of ``MANY`` records and more, where a fifth of the pairs are between. Of 55,764 pairs of
one man in a simulated archive of 300,000 that the first leads to, 57 are lost by the second, some
of them likely."""
MANY = 500_000

TOGETHER = 400_000
"""Pairs that are weighed by the same processes: what these read and compare, they remember."""
_SHARE = 1_000
_LOOKING, _WEIGHING = "looking for records alike", "comparing records"


class Searched(NamedTuple):
    """How pairs were looked for: rows that were looked at; rows passed over that share one thing
    with a person and nothing else that is asked for; likely pairs left out for want of room."""

    looked: int
    passed_over: int
    crowded_out: int


@dataclass(frozen=True)
class Within:
    """An archive beside itself."""

    pool: ArchivePool
    rules: Rules
    prior: float
    shares: Shares

    def pairs(
        self, batch: int, kept: KeptBatches, progress: Progress | None
    ) -> tuple[Weighed, Searched]:
        """All pairs that are worth weighing, found in batches of so many records and weighed
        ``TOGETHER``; what is ``kept`` of either is not done again."""
        least = (LEAST if len(self.pool) < MANY else LEAST_OF_MANY) - self.prior
        screen = Screen(self.pool, self.shares, self.rules, least, batch, progress)
        alike = self._alike(screen, kept, progress)
        spellings, found = screen.spellings(), []
        for begin in range(0, len(alike.a), TOGETHER):
            name = f"weighed-{begin}"
            pairs = kept.get(name, Weighed.load)
            if pairs is None:
                ends = (alike.a[begin : begin + TOGETHER], alike.b[begin : begin + TOGETHER])
                one, other = (screen.positions(end).tolist() for end in ends)
                edges = [(min(pair), max(pair)) for pair in zip(one, other, strict=True)]
                pairs = self.weigh(edges, spellings, _teller(progress, begin, len(alike.a)))
                kept.put(name, pairs)
            found.append(pairs)
        if progress:
            progress(_WEIGHING, len(alike.a), len(alike.a))
        return merged(found), Searched(*alike.counts.tolist())

    def _alike(self, screen: Screen, kept: KeptBatches, progress: Progress | None) -> Alike:
        found, done = [], 0
        for batch in screen.batches:
            if progress:
                progress(_LOOKING, done, len(self.pool))
            alike = kept.get(batch.name, Alike.load)
            if alike is None:
                alike = screen.alike(batch)
                kept.put(batch.name, alike)
            found.append(alike)
            done += batch.end - batch.begin
        if progress:
            progress(_LOOKING, done, len(self.pool))
        return all_alike(found)

    def weigh(
        self,
        edges: Sequence[Edge],
        spellings: Spellings = MODEL,
        tell: Callable[[int], None] | None = None,
    ) -> Weighed:
        """The pairs with their evidence, by all cores; ``tell`` is told how many are weighed."""

        def work(some: Sequence[Edge]) -> list[Mapping[str, float]]:
            # What is read goes with the run: a pool would keep all that was ever read.
            here = replace(self, pool=self.pool.afresh())
            here.pool.read(position for edge in some for position in edge)
            return [_by_field(here.evidence(edge, spellings)[1]) for edge in some]

        return Weighed.of(edges, _counted(among_processes(work, edges, _SHARE), tell))

    def evidence(self, edge: Edge, spellings: Spellings = MODEL) -> tuple[Edge, Evidence]:
        """The evidence of a pair; its ends in the order in which the sentences name them.

        One that is a camp's paper stands left: only of it is asked whether the other is one too.
        """
        left, right = (self.pool.person(position) for position in edge)
        if has_papers(right) and not has_papers(left):
            left, right, edge = right, left, (edge[1], edge[0])
        return edge, compare_people(left, right, self.shares, self.rules, spellings=spellings)


def _teller(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    """Tells of pairs that are weighed, ``before`` of the ``total`` having been so already."""

    def tell(done: int) -> None:
        if progress:
            progress(_WEIGHING, before + done, total)

    return tell


def _counted(results: Iterable[T], tell: Callable[[int], None] | None) -> Iterator[T]:
    """The results, told of as they come."""
    for done, result in enumerate(results):
        if tell and done % _SHARE == 0:
            tell(done)
        yield result


def _by_field(evidence: Evidence) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in evidence.fields:
        found[item.field] = found.get(item.field, 0.0) + item.bits
    return found
