"""The bits of each grave and name of a group, and the odds that they make.

Pure: it knows no database. Graves that say the same are weighed once, and so are names that are
held to be one man's: of his documents the one that fits a grave best speaks for him there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log2

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Evidence, PersonReading, Rules, Shares, compare_people
from sexton.linkage.beginnings import beginnings_of
from sexton.linkage.group import Group
from sexton.linkage.posterior import odds_of, prior_bits
from sexton.linkage.sameness import Same, alike_among, men_of, same_pairs
from sexton.linkage.shares import count_shares
from sexton.records import Record
from sexton.records.reading import READ, read_person
from sexton.web.cases.weighing import Failed

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LIST = "list"
"""The pool of names that are a list by themselves."""
MOST_PAIRS = 8_000
"""Pairs with a name on both sides that are weighed at once; others take a twentieth of the time."""


class TooMany(Exception):
    """So many pairs of names are not weighed at once."""

    def __init__(self, pairs: int) -> None:
        super().__init__(f"{pairs} pairs")
        self.pairs = pairs


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that names come from: its size and what is common in it. ``stamp`` is another one
    when it has changed."""

    size: int
    shares: Shares
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list was asked for one grave: the ``prior`` of each of its records, in bits, and the
    odds of all that were not weighed, against "none of these"."""

    prior: float
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Body:
    """A grave as it is weighed: its row with the clues, how many it holds, how each list was asked
    for it, its searches in vain. ``others``: the odds of candidates that are no names here."""

    row: Record
    bodies: int = 1
    asked: Mapping[str, Asked] = field(default_factory=dict)
    failed: Sequence[Failed] = ()
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is weighed: its row, the list it comes from, and the person of the register
    whom it is held to speak of."""

    name: str
    row: Record
    pool: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Bits:
    """Match weights in bits, grave by name; ``man[n]`` is the man that name ``n`` is a document of
    (men are numbered from 0); ``weighed`` is how many pairs were compared."""

    weights: Floats
    man: Ints
    weighed: int


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the matrix is made of: ``group`` are the odds of graves and men, ``best[i, m]`` the
    name by which man ``m`` fits grave ``i`` best, ``priors[i, n]`` bits before the evidence."""

    bits: Bits
    group: Group
    best: Ints
    priors: Floats

    @property
    def men(self) -> int:
        return self.group.odds.shape[1]


def own_list(names: Sequence[Name]) -> Listed:
    """Names as a list by itself. What all of them share, as the day of one execution, is common in
    it and says nothing of who lies where."""
    people = [read_person(name.row) for name in names]
    return Listed(len(people), count_shares(people).of_one_list())


def compare(
    bodies: Sequence[Body], names: Sequence[Name], lists: Mapping[str, Listed], rules: Rules
) -> Bits:
    """The bits of all pairs. Raises TooMany."""
    people = [read_person(name.row) for name in names]
    kinds: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for at, body in enumerate(bodies):
        kinds.setdefault(_said(body.row), []).append(at)
    readings = [(read_person(bodies[at[0]].row), at) for at in kinds.values()]
    named = sum(bool(man.name.forms) for man, _ in readings)
    pairs = named * sum(bool(person.name.forms) for person in people)
    if pairs > MOST_PAIRS:
        raise TooMany(pairs)
    weights = np.zeros((len(bodies), len(names)))
    for man, at in readings:
        weights[at] = [
            compare_people(man, person, lists[name.pool].shares, rules).bits
            for name, person in zip(names, people, strict=True)
        ]
    return Bits(weights, _men(names, people, lists, rules), len(readings) * len(names))


def evidence(body: Body, name: Name, lists: Mapping[str, Listed], rules: Rules) -> Evidence:
    """What speaks for and against one pair, with the paths of the spellings."""
    listed = lists[name.pool]
    pair = read_person(body.row), read_person(name.row)
    return compare_people(*pair, listed.shares, rules, with_paths=True)


def odds(
    bodies: Sequence[Body],
    names: Sequence[Name],
    lists: Mapping[str, Listed],
    bits: Bits,
    coverage: float,
) -> Weights:
    """Priors, searches in vain and "none of these" beside the bits.

    "None" of a grave holds whoever is no name here: the man who is in no list, all that were not
    weighed, and other candidates. ``coverage`` is that of lists that were not asked for a grave.
    """
    priors = np.zeros(bits.weights.shape)
    searched = np.zeros(bits.weights.shape)
    nobody = np.ones(len(bodies))
    place = {name.name: at for at, name in enumerate(names)}
    for i, body in enumerate(bodies):
        priors[i] = [_prior(body, name.pool, lists, coverage) for name in names]
        for one in body.failed:
            if one.candidate in place:
                searched[i, place[one.candidate]] += _bits_of(one)
        none = sum(_bits_of(one) for one in body.failed if not one.candidate)
        rest = sum(asked.rest for asked in body.asked.values())
        nobody[i] = 2.0**none + rest + body.others
    whole = odds_of(bits.weights + priors + searched, 0.0) / nobody[:, None]
    men = int(bits.man.max()) + 1 if len(names) else 0
    best = np.zeros((len(bodies), men), dtype=np.int64)
    of_men = np.zeros((len(bodies), men))
    for man in range(men):
        his = np.flatnonzero(bits.man == man)
        best[:, man] = his[whole[:, his].argmax(axis=1)]
        of_men[:, man] = whole[:, his].max(axis=1)
    held = np.array([body.bodies for body in bodies], dtype=np.int64)
    return Weights(bits, Group(of_men, held), best, priors)


def _prior(body: Body, pool: str, lists: Mapping[str, Listed], coverage: float) -> float:
    asked = body.asked.get(pool)
    return prior_bits(coverage, lists[pool].size) if asked is None else asked.prior


def _bits_of(failed: Failed) -> float:
    """Of those who would have been found there, only 1 - share are left."""
    return log2(1.0 - failed.share)


def _said(row: Record) -> tuple[tuple[str, str], ...]:
    """What is read of a row; rows that say the same weigh the same."""
    cells = {**row.fields, **row.extra}
    return tuple(sorted((name, cell) for name, cell in cells.items() if name in READ))


def _men(
    names: Sequence[Name],
    people: Sequence[PersonReading],
    lists: Mapping[str, Listed],
    rules: Rules,
) -> Ints:
    """Which names are documents of one man: those that the register holds to be, and those that
    are so by their own evidence."""
    held = [
        Same(a, b, 1.0)
        for a, b in combinations(range(len(names)), 2)
        if names[a].person is not None and names[a].person == names[b].person
    ]
    known = {pair[:2] for pair in held}
    begin = {at: beginnings_of(person) for at, person in enumerate(people)}
    alike = [pair for pair in alike_among([range(len(names))], begin) if pair not in known]
    largest = max(lists.values(), key=lambda one: one.size, default=Listed(1, Shares()))
    found = same_pairs(alike, people.__getitem__, largest.shares, rules, largest.size)
    men = men_of([*held, *found])
    first = [men.of(at) for at in range(len(names))]
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(at, len(numbers)) for at in first], dtype=np.int64)


def documents(man: Ints) -> list[list[int]]:
    """The names of each man."""
    return [np.flatnonzero(man == number).tolist() for number in _numbers(man)]


def _numbers(man: Ints) -> Iterable[int]:
    return range(int(man.max()) + 1 if len(man) else 0)
