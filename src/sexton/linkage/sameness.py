"""Which candidates of one record are documents of one man: they do not compete, they share him.

A man often stands in an archive several times: a loss report, a camp card, a hospital's list. Taken
for several men they would halve each other's probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from math import exp2, log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares, compare_people
from sexton.evidence.spellings import MODEL
from sexton.linkage.beginnings import NOTHING, Beginnings, beginnings_of
from sexton.names import script

# Candidates so far (bits) under the best one have no share in the probability worth dividing.
_CLOSE = 12.0
_MOST = 5
# log2 odds, before their own evidence, that two records which fit one grave are one man's, against
# those of two records of the archive: their fitting it is told by the evidence itself.
_LIKELY = -1.3

# Less probably one man's than so, two records contradict each other.
_APART = 0.01

Person = Callable[[int], PersonReading]


class Same(NamedTuple):
    """Two records, by position, and how probably they are one man's."""

    a: int
    b: int
    probability: float

    @property
    def joins(self) -> bool:
        """More than even."""
        return self.probability > 0.5

    @property
    def parts(self) -> bool:
        """They contradict each other."""
        return self.probability < _APART


@dataclass(frozen=True)
class Men:
    """Which records are documents of one man: each by the first of them; and how probably a record
    is one of his, where another of his fits better."""

    first: Mapping[int, int] = field(default_factory=dict)
    certainty: Mapping[int, float] = field(default_factory=dict)

    def of(self, position: int) -> int:
        """The man of a record: itself, where nothing joins it to another."""
        return self.first.get(position, position)

    def of_all(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The men of many records."""
        found = positions.astype(np.int64)
        if self.first:
            known = np.array(sorted(self.first.items()), dtype=np.int64)
            place = np.minimum(np.searchsorted(known[:, 0], found), len(known) - 1)
            found = np.where(known[place, 0] == found, known[place, 1], found)
        return found

    def certainty_of_all(self, positions: NDArray[np.int64]) -> NDArray[np.float64]:
        """How probably each record is one of its man's."""
        certain = (self.certainty.get(position, 1.0) for position in positions.tolist())
        return np.fromiter(certain, np.float64, len(positions))


def _begin_alike(one: Beginnings, other: Beginnings) -> bool:
    """Whether two names begin alike, as far as letters of two alphabets can tell."""
    return one != NOTHING != other and all(map(_alike, one, other))


def _alike(a: str, b: str) -> bool:
    return a == b or {_script(a), _script(b)} == {"latin", "cyrillic"}


# Beginnings are few.
_script = lru_cache(maxsize=1 << 14)(script)


def _born_apart(a: PersonReading, b: PersonReading) -> bool:
    """Whether years of birth are more than one apart. A slip may be behind it, but not often."""
    if a.birth is None or b.birth is None or not a.birth.first or not b.birth.first:
        return False
    return abs(a.birth.first.year - b.birth.first.year) > 1


def same_men(
    candidates: Iterable[tuple[float, int]],
    person: Person,
    shares: Shares,
    rules: Rules,
    size: int,
) -> list[Same]:
    """How probably the best of the ``candidates`` (bits, position) of one grave are one man: the
    pairs for which that is more than even, and those that contradict each other.

    ``size`` is that of the archive.
    """
    best = sorted(candidates, reverse=True)[:_MOST]
    close = [position for bits, position in best if bits > best[0][0] - _CLOSE]
    if len(close) < 2:
        return []
    return same_pairs(combinations(close, 2), person, shares, rules, size)


def alike_among(
    groups: Iterable[Sequence[int]], begin: Mapping[int, Beginnings]
) -> list[tuple[int, int]]:
    """The pairs of large groups that are worth comparing, each once: of those whose names
    ``begin`` alike."""
    found: dict[tuple[int, int], None] = {}
    for group in groups:
        alike: dict[Beginnings, list[int]] = {}
        for position in sorted(group):
            if begin[position] != NOTHING:
                alike.setdefault(begin[position], []).append(position)
        for some in alike.values():
            found |= dict.fromkeys(combinations(some, 2))
    return list(found)


def same_pairs(
    pairs: Iterable[tuple[int, int]], person: Person, shares: Shares, rules: Rules, size: int
) -> list[Same]:
    """Of pairs of records, those that are more probably than not one man's, and those that
    contradict each other. ``size`` is that of the archive."""
    judge = _Judge(person, shares, rules, size)
    judged = (judge(a, b) for a, b in pairs)
    return [pair for pair in judged if pair.joins or pair.parts]


class _Judge:
    """Tells how probably two records are one man's."""

    def __init__(self, person: Person, shares: Shares, rules: Rules, size: int) -> None:
        self._person, self._rules = person, rules
        self._shares = shares.of_one_list()
        self._prior = _LIKELY - log2(max(1, size))
        self._begin: dict[int, Beginnings] = {}

    def __call__(self, a: int, b: int) -> Same:
        left, right = self._person(a), self._person(b)
        # A quick look, before the evidence is weighed: births that agree, names that begin alike.
        if _born_apart(left, right) or not _begin_alike(
            self._beginnings(a, left), self._beginnings(b, right)
        ):
            return Same(a, b, 0.0)
        bits = compare_people(left, right, self._shares, self._rules, spellings=MODEL).bits
        return Same(a, b, 1 / (1 + exp2(-max(-60.0, bits + self._prior))))

    def _beginnings(self, position: int, person: PersonReading) -> Beginnings:
        known = self._begin.get(position)
        if known is None:
            known = self._begin[position] = beginnings_of(person)
        return known


def men_of(pairs: Iterable[Same]) -> Men:
    """The men that pairs of records make, the surest joined first. Where a chain of documents leads
    from one record to another that contradicts it, it is cut at its weakest link."""
    pairs = [*pairs]
    joining = [pair for pair in pairs if pair.joins]
    # Most pairs contradict each other, and few of these are of records that are joined at all.
    joined = {end for pair in joining for end in pair[:2]}
    apart = {frozenset(pair[:2]) for pair in pairs if pair.parts and joined.issuperset(pair[:2])}
    certainty: dict[int, float] = {}
    groups: dict[int, list[int]] = {}
    for a, b, probability in sorted(joining, key=lambda pair: (-pair.probability, *pair[:2])):
        one, other = groups.get(a, [a]), groups.get(b, [b])
        if one is other or any(frozenset((x, y)) in apart for x in one for y in other):
            continue
        for position in (a, b):
            certainty[position] = max(certainty.get(position, 0.0), probability)
        one = sorted(one + other)
        groups.update(dict.fromkeys(one, one))
    return Men({position: group[0] for position, group in groups.items()}, certainty)
