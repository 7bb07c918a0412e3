"""The exact weights of the pairs that screening found: the evidence, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Evidence, PersonReading, Rules, Shares, compare_people, key_beside
from sexton.linkage.coding import CodedList
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.pools import Pool
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.rarities import ask_rarities
from sexton.linkage.sameness import Same, same_men
from sexton.linkage.screening.other_routes import led_otherwise
from sexton.linkage.screening.passes import Found, screen_once, screen_twice
from sexton.linkage.screening.screen import Screened
from sexton.linkage.screening.spelt import Search
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.vocabularies import is_population

# Weighed beyond those that are reported, since screening weighs roughly.
_MORE = 4
MOST_WITHIN = 32
"""Records of a list that are looked at beside each of its records: a man has rarely ten."""
LEAST_WITHIN = -12.0
"""log2 of the odds, roughly weighed, below which two records of a list are not weighed exactly."""
# Less probable than this, roughly, nobody is a candidate: of 7,095 men found for 8,441 simulated
# graves in an archive of a million, eleven were. Two pairs in five are. Not more: roughly weighed,
# a man's second document competes with his first one.
_LEAST_PROBABILITY = 1e-3


@dataclass(slots=True)
class Scorer:
    """Weighs pairs of a list and a pool (positions in both) and remembers the weights."""

    left: Sequence[PersonReading]
    pool: Pool
    rules: Rules
    shares: Shares
    spellings: JoinedSpellings
    weights: dict[Edge, float] = field(default_factory=dict)
    _by_field: dict[Edge, dict[str, float]] = field(default_factory=dict)

    def read(self, edges: Iterable[Edge]) -> None:
        """Read whoever stands in the pairs, and ask how rare their surnames are."""
        rights = {right for _, right in edges}
        self.pool.read(rights)
        ask_rarities(map(self.pool.person, rights))

    def evidence(self, edge: Edge, *, with_paths: bool = False) -> Evidence:
        """The evidence of a pair."""
        return compare_people(
            self.left[edge[0]],
            self.pool.person(edge[1]),
            self.shares,
            self.rules,
            spellings=self.spellings,
            with_paths=with_paths,
        )

    def evidence_beside(self, edges: Sequence[Edge]) -> list[Evidence]:
        """The evidence of pairs of one left record. Of a grave without a name most candidates say
        one of few things: each is weighed once."""
        left = self.left[edges[0][0]]
        if left.name.forms:
            return [self.evidence(edge) for edge in edges]
        # Held on to, whatever the pool keeps: keys tell readings by their identity.
        rights = [self.pool.person(right) for _, right in edges]
        keys = [*map(key_beside(left), rights)]
        first = dict(zip(reversed(keys), reversed(edges), strict=True))
        told = {key: self.evidence(edge) for key, edge in first.items()}
        return [told[key] for key in keys]

    def fields(self, edge: Edge) -> dict[str, float]:
        """The match weight of a pair by field; together they are its ``weight``. Kept, because
        clustering asks for a pair again whenever its group grows."""
        if edge not in self._by_field:
            by_field: dict[str, float] = defaultdict(float)
            for item in self.evidence(edge).fields:
                by_field[item.field] += item.bits
            self._by_field[edge] = by_field
        return self._by_field[edge]

    def same_men(self, candidates: list[tuple[float, int]]) -> list[Same]:
        """Which of the candidates (bits, position) of a left record are documents of one man."""
        return same_men(candidates, self.pool.person, self.shares, self.rules, len(self.pool))

    def weight(self, edge: Edge) -> float:
        """The match weight of a pair, in bits; weighed when it is first asked for."""
        if edge not in self.weights:
            self.weights[edge] = self.evidence(edge).bits
        return self.weights[edge]


@dataclass(slots=True)
class Weighed:
    """The pairs worth weighing, by a scorer that holds the weights; and for each left record the
    odds against "none of these" that someone else of the pool is the man."""

    scorer: Scorer
    pairs: list[Edge]
    rest: NDArray[np.float64]
    looked: int


def screened_pairs(
    left: Sequence[PersonReading],
    pool: Pool,
    options: LinkOptions,
    progress: Progress | None = None,
    *,
    within: bool = False,
    without: Mapping[str, Collection[int]] | None = None,
    shares: Shares | None = None,
) -> Weighed:
    """The pairs to weigh. ``within``: the pool is the list itself; each pair comes once, the
    smaller position first, nobody beside himself. ``without``: persons of the pool that are not
    asked about, for some of the left records, by their ids: himself, or whom he cannot be.
    ``shares``: how common values are, where that is to be counted in other lists than these."""
    rules, shares = options.rules_used, shares or pool.shares(left)
    left_out = {id_: np.array(sorted(some), np.int64) for id_, some in (without or {}).items()}
    more = _MORE + max(map(len, left_out.values()), default=0)
    is_long = is_population([coded.vocabularies.surname for coded in pool.coded])
    # A short list need not follow the rules by which it is weighed roughly, and takes little time.
    fewest = options.top + more if is_long else max(options.top + more, MOST_WITHIN)
    most = min(options.max_candidates, MOST_WITHIN if within else fewest)
    prior = prior_bits(options.coverage, len(pool))
    screen = pool.screener()

    def screened(people: Sequence[PersonReading], search: Search) -> Screened:
        found = screen(
            people,
            shares=shares,
            rules=rules,
            prior=prior,
            most=most + within,
            progress=progress,
            within=within,
            search=search,
        )
        return _leave_out(found, people, left_out) if left_out else found

    if within or not is_long:
        found = screen_once(left, screened)
    else:
        led = led_otherwise(left, shares)
        found = screen_twice(left, screened, prior, options.missed_odds, len(pool), led)
    scorer = Scorer(left, pool, rules, shares, JoinedSpellings(found.passes, pool.coded))
    odds = np.exp2(found.bits + prior)
    worth = found.bits + prior >= LEAST_WITHIN if within else _worth_weighing(found, odds)
    rest = found.rest + np.bincount(found.left[~worth], odds[~worth], minlength=len(left))
    rest *= part_of_rest(pool.coded, rules)
    edges = zip(found.left[worth].tolist(), found.right[worth].tolist(), strict=True)
    if within:
        pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    else:
        pairs = sorted(edges)
    return Weighed(scorer, pairs, rest, found.looked)


def _leave_out(
    found: Screened, people: Sequence[PersonReading], left_out: Mapping[str, NDArray[np.int64]]
) -> Screened:
    """What was found, without the persons who are not asked about."""
    kept = np.ones(len(found.left), dtype=np.bool_)
    for number, person in enumerate(people):
        if (some := left_out.get(person.id)) is not None:
            kept &= (found.left != number) | ~np.isin(found.right, some)
    return found._replace(
        left=found.left[kept], right=found.right[kept], bits=found.bits[kept]
    )  # fmt: skip


def part_of_rest(archive: Sequence[CodedList], rules: Rules) -> float:
    """How much of the rough odds of those who were not weighed counts: what is left out of them
    was counted beside long archives, and of a short list few are not weighed."""
    surnames = [coded.vocabularies.surname for coded in archive]
    return rules.value("routes", "rest") if is_population(surnames) else 1.0


def _worth_weighing(found: Found, odds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs have a probability, roughly, that is worth stating."""
    totals = 1 + found.rest + np.bincount(found.left, odds, minlength=len(found.rest))
    worth: NDArray[np.bool_] = odds / totals[found.left] > _LEAST_PROBABILITY
    return worth


def weigh_pairs(weighed: Weighed, progress: Progress | None = None) -> Scorer:
    """Weigh all pairs; the scorer holds their weights and can weigh more."""
    scorer, pairs = weighed.scorer, weighed.pairs
    for done, pair in enumerate(pairs):
        if progress and done % 500 == 0:
            progress("weighing the evidence", done, len(pairs))
        scorer.weight(pair)
    if progress:
        progress("weighing the evidence", len(pairs), len(pairs))
    return scorer
