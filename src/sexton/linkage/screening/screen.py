"""Screen a list against an archive: the shortlist of each record, and the odds of all others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares, camp_key, place_key
from sexton.linkage.coding import (
    Categories,
    CodedList,
    numbers_of,
    span_of,
    swapped_day,
    unit_of,
)
from sexton.linkage.columns import FIRST_DAY, PERSON
from sexton.linkage.model import Progress
from sexton.linkage.screening import kernels
from sexton.linkage.screening.forms import Forms, Queries, number_forms
from sexton.linkage.screening.join import Joined, join_names
from sexton.linkage.screening.weights import Weights, weights_of
from sexton.linkage.vocabularies import KINDS
from sexton.names.channel import Kind

# Records that a thread takes at a time.
_SHARE = 64
_DAYS = 150 * 366
_NOWHERE = -2

Ints = NDArray[np.int64]


class Screened(NamedTuple):
    """The pairs worth weighing: ``left`` and ``right`` are positions in the two lists, ``rows`` the
    name rows that were found, ``bits`` the rough weight; ``rest`` the odds against "none of these"
    of all other persons, for each record of the left list. ``looked`` is how many rows the routes
    led to."""

    left: Ints
    right: Ints
    rows: NDArray[np.int32]
    bits: NDArray[np.float64]
    rest: NDArray[np.float64]
    looked: int
    queries: Queries
    joined: dict[Kind, Joined]


@cache
def _calendar() -> NDArray[np.int32]:
    """yyyymmdd of each day from ``FIRST_DAY`` on."""
    days = (date.fromordinal(FIRST_DAY + day) for day in range(_DAYS))
    return np.array([d.year * 10_000 + d.month * 100 + d.day for d in days], dtype=np.int32)


def ask(
    people: Sequence[PersonReading], categories: Categories, shares: Shares, rules: Rules
) -> kernels.Asked:
    """The records as columns in the numbers of an archive; -2 for what it does not have."""
    known = {
        name: {text: n for n, text in enumerate(getattr(categories, name).texts)}
        for name in ("place", "unit", "burial", "camp")
    }

    def numbers(name: str, texts: Sequence[str]) -> list[int]:
        ids = known[name]
        return [ids.get(text, _NOWHERE) if text else -1 for text in texts]

    births = [span_of(person.birth) for person in people]
    deaths = [span_of(person.death) for person in people]
    places = [place_key(p.birth_place) if p.birth_place else "" for p in people]
    camps = [camp_key(person.camp) for person in people]
    values = [numbers_of(person) for person in people]
    facts = [
        [first for first, _ in births],
        [last for _, last in births],
        [first for first, _ in deaths],
        [last for _, last in deaths],
        numbers("place", places),
        numbers("unit", [unit_of(person) for person in people]),
        numbers("burial", [person.burial_place for person in people]),
        numbers("camp", camps),
        [0 if found else -1 for found in values],
        [swapped_day(*span) for span in births],
    ]
    return kernels.Asked(
        np.ascontiguousarray(np.array(facts, dtype=np.int32).T),
        _place_bits(places, shares, rules),
        _camp_bits(camps, shares, rules),
        np.cumsum([0, *map(len, values)], dtype=np.int64),
        np.array([number for found in values for number in found], dtype=np.int64),
    )


def _place_bits(places: Sequence[str], shares: Shares, rules: Rules) -> NDArray[np.float32]:
    least = rules.value("places", "village_share")
    known = {p: max(shares.share("birth_place", p, 0.0), least) for p in set(places)}
    bits = [rules.weight("places", "village", known[place]) for place in places]
    return np.array(bits, dtype=np.float32)


def _camp_bits(camps: Sequence[str], shares: Shares, rules: Rules) -> NDArray[np.float32]:
    same, other = rules.value("camp", "same"), rules.value("camp", "differs")
    odds = [same / shares.share("camp", camp, 0.1) + other for camp in camps]
    return np.log2(np.array(odds, dtype=np.float64)).astype(np.float32)


def screen(
    people: Sequence[PersonReading],
    archive: CodedList,
    shares: Shares,
    rules: Rules,
    prior: float,
    most: int,
    progress: Progress | None = None,
    *,
    within: bool = False,
) -> Screened:
    """The ``most`` likeliest persons of an archive for each of ``people``.

    ``prior`` is log2 of the odds, before evidence, that one given person is the man. ``within``:
    the archive is the list itself.
    """
    queries = Queries()
    forms = number_forms(people, queries)
    joined = _join(queries, archive, rules, within, progress)
    out = kernels.Shortlist(
        np.full((len(people), most), -1, dtype=np.int32),
        np.full((len(people), most), -np.inf),
        np.zeros(len(people)),
    )
    asked = ask(people, archive.categories, shares, rules)
    run = _runner(asked, forms, joined, archive, weights_of(rules), prior, out)
    looked = _in_threads(run, len(people), archive, progress)
    left, place = np.nonzero(out.rows >= 0)
    columns = archive.columns
    rows = out.rows[left, place]
    right = columns.record[columns.rows[rows, PERSON]].astype(np.int64)
    bits = out.bits[left, place]
    return Screened(left, right, rows, bits, out.rest, looked, queries, joined)


def _join(
    queries: Queries, archive: CodedList, rules: Rules, within: bool, progress: Progress | None
) -> dict[Kind, Joined]:
    joined: dict[Kind, Joined] = {}
    for done, kind in enumerate(KINDS):
        if progress:
            progress("comparing names", done, len(KINDS))
        names = archive.vocabularies.of(kind)
        joined[kind] = join_names(
            [*queries.names[kind]], names, rules.value("names", f"{kind}_other"), within
        )
    if progress:
        progress("comparing names", len(KINDS), len(KINDS))
    return joined


Run = Callable[[int, int, kernels.Scratch], int]


def _runner(
    asked: kernels.Asked,
    forms: Forms,
    joined: dict[Kind, Joined],
    archive: CodedList,
    weights: Weights,
    prior: float,
    out: kernels.Shortlist,
) -> Run:
    surname, given, patronymic = (
        kernels.JoinedArrays(found.starts, found.names, found.part, found.missing)
        for found in (joined[kind] for kind in KINDS)
    )
    columns = archive.columns
    there = kernels.Archive(
        columns.persons,
        columns.rows,
        columns.starts,
        columns.lookups,
        archive.vocabularies.given.size,
    )

    def run(first: int, last: int, scratch: kernels.Scratch) -> int:
        return int(
            kernels.screen(
                first,
                last,
                asked,
                forms,
                surname,
                given,
                patronymic,
                there,
                weights,
                prior,
                scratch,
                out,
            )
        )

    return run


def _in_threads(run: Run, size: int, archive: CodedList, progress: Progress | None) -> int:
    surname, given, patronymic = (archive.vocabularies.of(kind).size for kind in KINDS)
    threads = min(os.cpu_count() or 1, max(1, size // _SHARE))
    free = [
        kernels.make_scratch((surname, given, patronymic), len(archive.columns.rows), _calendar())
        for _ in range(threads)
    ]

    def work(first: int) -> int:
        scratch = free.pop()
        try:
            return run(first, min(first + _SHARE, size), scratch)
        finally:
            free.append(scratch)

    looked = 0
    with ThreadPoolExecutor(threads) as pool:
        for done, found in enumerate(pool.map(work, range(0, size, _SHARE))):
            looked += found
            if progress:
                progress("looking for candidates", min((done + 1) * _SHARE, size), size)
    return looked
