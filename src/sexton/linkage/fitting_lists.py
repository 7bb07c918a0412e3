"""What two lists show of the levels of evidence, for re-estimating the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from sexton.evidence import PersonReading, Rules, Shares, compare_people
from sexton.linkage.fitting import Observed, Pair, levels_of
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.pools import Pool
from sexton.linkage.posterior import prior_bits
from sexton.linkage.weighing import Weighed, screened_pairs

RANDOM_PAIRS = 20_000
_SEED = 1


def observe(
    left: Sequence[PersonReading],
    pool: Pool,
    options: LinkOptions,
    progress: Progress | None = None,
) -> list[Observed]:
    """The candidates of every left record, with the odds and levels of their evidence."""
    return observed_pairs(screened_pairs(left, pool, options, progress), options, progress)


def observed_pairs(
    weighed: Weighed, options: LinkOptions, progress: Progress | None = None
) -> list[Observed]:
    """The same of pairs that were screened."""
    prior = prior_bits(options.coverage, len(weighed.scorer.pool))
    none = 1 + options.missed_odds
    by_left: dict[int, list[Pair]] = {}
    for done, edge in enumerate(weighed.pairs):
        if progress and done % 500 == 0:
            progress("weighing the evidence", done, len(weighed.pairs))
        evidence = weighed.scorer.evidence(edge)
        pair = Pair(evidence.bits + prior, levels_of(evidence))
        by_left.setdefault(edge[0], []).append(pair)
    if progress:
        progress("weighing the evidence", len(weighed.pairs), len(weighed.pairs))
    rest = weighed.rest.tolist()
    return [Observed(tuple(pairs), none + rest[number]) for number, pairs in by_left.items()]


def random_levels(
    left: Sequence[PersonReading], pool: Pool, rules: Rules, pairs: int = RANDOM_PAIRS
) -> list[tuple[str, ...]]:
    """The levels of pairs drawn at random, the same ones each time."""
    if not left or not len(pool):
        return []
    random, shares = Random(_SEED), Shares()
    drawn = [(random.randrange(len(left)), random.randrange(len(pool))) for _ in range(pairs)]
    return [levels_of(compare_people(_nameless(left[a]), pool.person(b), shares, rules))
            for a, b in drawn]  # fmt: skip


def _nameless(person: PersonReading) -> PersonReading:
    """Names take the most time and have no level."""
    return replace(person, name=replace(person.name, forms=()))


def levels_of_judged(
    judged: Iterable[tuple[str, str]],
    left: Sequence[PersonReading],
    right: Sequence[PersonReading],
    shares: Shares,
    rules: Rules,
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """The levels of pairs given by their ids, and the pairs of which a record was not found."""
    lefts: Mapping[str, PersonReading] = {person.id: person for person in left}
    rights: Mapping[str, PersonReading] = {person.id: person for person in right}
    found, lost = [], []
    for a, b in judged:
        if a in lefts and b in rights:
            found.append(levels_of(compare_people(lefts[a], rights[b], shares, rules)))
        else:
            lost.append((a, b))
    return found, lost
