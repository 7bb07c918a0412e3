"""Which candidates of one record are documents of one man: they do not compete, they share him.

A man often stands in an archive several times: a loss report, a camp card, a hospital's list. Taken
for several men they would halve each other's probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import exp2, log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares, compare_people
from sexton.evidence.spellings import MODEL
from sexton.linkage.clusters import connected
from sexton.names import fold, script

# Candidates so far (bits) under the best one have no share in the probability worth dividing.
_CLOSE = 12.0
_MOST = 5
# log2 odds, before their own evidence, that two records which fit one grave are one man's, against
# those of two records of the archive: their fitting it is told by the evidence itself.
_LIKELY = -1.3

Person = Callable[[int], PersonReading]


class Same(NamedTuple):
    """Two records, by position, and how probably they are one man's."""

    a: int
    b: int
    probability: float


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


def _can_be_one(a: PersonReading, b: PersonReading) -> bool:
    """A quick look, before the evidence is weighed: names that begin alike, births that agree."""
    pairs = zip(_begins(a), _begins(b), strict=True)
    named = _begins(a) != ("", "") != _begins(b)
    return named and all(_alike(x, y) for x, y in pairs) and not _born_apart(a, b)


def _alike(a: str, b: str) -> bool:
    """Whether two beginnings are the same, as far as letters of two alphabets can tell."""
    return a == b or {script(a), script(b)} == {"latin", "cyrillic"}


def _begins(person: PersonReading) -> tuple[str, str]:
    """The first letters of surname and given name."""
    if not person.name.forms:
        return "", ""
    form = person.name.forms[0]
    given = form.given or form.initials or ""
    return fold(form.surname or "")[:3], fold(given)[:1]


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
    """The pairs of records, of the ``candidates`` (bits, position) of one grave, that are one man.

    ``size`` is that of the archive.
    """
    best = sorted(candidates, reverse=True)[:_MOST]
    close = [position for bits, position in best if bits > best[0][0] - _CLOSE]
    prior = _LIKELY - log2(max(1, size))
    shares = shares.of_one_list()
    found = []
    for place, a in enumerate(close):
        for b in close[place + 1 :]:
            left, right = person(a), person(b)
            if not _can_be_one(left, right):
                continue
            bits = compare_people(left, right, shares, rules, spellings=MODEL).bits
            probability = 1 / (1 + exp2(-max(-60.0, bits + prior)))
            if probability > 0.5:
                found.append(Same(a, b, probability))
    return found


def men_of(pairs: Iterable[Same]) -> Men:
    """The men that pairs of records make."""
    pairs = set(pairs)
    certainty: dict[int, float] = {}
    for a, b, probability in pairs:
        for position in (a, b):
            certainty[position] = max(certainty.get(position, 0.0), probability)
    parts = connected((a, b) for a, b, _ in pairs)
    return Men({position: part[0] for part in parts for position in part}, certainty)
