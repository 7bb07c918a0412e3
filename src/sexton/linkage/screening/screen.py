"""Screen a list against an archive: the shortlist of each record, and the odds of all others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import cache
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares
from sexton.linkage.coding import CodedList
from sexton.linkage.columns import FIRST_DAY, GIVEN, PATRONYMIC, PERSON, SURNAME
from sexton.linkage.cores import core_count
from sexton.linkage.model import Progress
from sexton.linkage.screening import kernels
from sexton.linkage.screening.asking import ask
from sexton.linkage.screening.forms import Forms, Queries, number_forms
from sexton.linkage.screening.join import Joined, join_names
from sexton.linkage.screening.spelt import DEEP, Search
from sexton.linkage.screening.weights import Weights, weights_of
from sexton.linkage.vocabularies import KINDS
from sexton.names.channel import Kind

# Records that a thread takes at a time.
_SHARE = 64
# So few names are sooner compared one kind behind the other.
_FEW = 100
_DAYS = 150 * 366
_NOWHERE = -2
_LAST_STAMP = 2**31 - 1

Ints = NDArray[np.int64]


class Screened(NamedTuple):
    """The pairs worth weighing: ``left`` and ``right`` are positions in the two lists, ``bits`` the
    rough weight; ``rest`` the odds against "none of these" of all other persons, for each record of
    the left list. ``looked`` is how many rows the routes led to.

    For each list of the archive ``joined`` has the vocabulary joins and ``numbers`` the numbers of
    the names of the persons found. ``deep``: names that were not joined are unlike.
    """

    left: Ints
    right: Ints
    bits: NDArray[np.float64]
    rest: NDArray[np.float64]
    looked: int
    queries: Queries
    joined: list[dict[Kind, Joined]]
    numbers: list[dict[Kind, Ints]]
    deep: bool


class Part(NamedTuple):
    """What one list of an archive gives: ``left`` and ``right`` are positions, ``names`` numbers
    of the surname, given name and patronymic, ``(pairs, 3)``, by which each was found."""

    left: Ints
    right: Ints
    bits: NDArray[np.float64]
    rest: NDArray[np.float64]
    looked: int
    names: NDArray[np.int32]


class Scratches:
    """What threads write to while they screen one list; threads may share one."""

    def __init__(self, coded: CodedList) -> None:
        """Nothing is made before it is asked for."""
        self._sizes = tuple(coded.vocabularies.of(kind).size for kind in KINDS)
        self._rows = len(coded.columns.rows)
        self._free: list[kernels.Scratch] = []
        self._epoch = 0
        self._lock = Lock()

    def epoch(self, forms: int) -> int:
        """The first of as many stamps as there are ``forms``, which nobody else gets."""
        with self._lock:
            if self._epoch + forms > _LAST_STAMP:
                self._free.clear()
                self._epoch = 0
            first = self._epoch
            self._epoch += forms
            return first

    @contextmanager
    def lent(self) -> Iterator[kernels.Scratch]:
        """A scratch for one thread."""
        with self._lock:
            scratch = self._free.pop() if self._free else None
        if scratch is None:
            surname, given, patronymic = self._sizes
            scratch = kernels.make_scratch((surname, given, patronymic), self._rows, calendar())
        try:
            yield scratch
        finally:
            with self._lock:
                self._free.append(scratch)


@cache
def calendar() -> NDArray[np.int32]:
    """yyyymmdd of each day from ``FIRST_DAY`` on."""
    first = np.datetime64(date.fromordinal(FIRST_DAY), "D")
    days = first + np.arange(_DAYS)
    years, months = days.astype("datetime64[Y]"), days.astype("datetime64[M]")
    year = years.astype(np.int32) + 1970
    month = (months - years).astype(np.int32) + 1
    day = (days - months).astype(np.int32) + 1
    return np.asarray(year * 10_000 + month * 100 + day, dtype=np.int32)


def screen(
    people: Sequence[PersonReading],
    archive: Sequence[CodedList],
    shares: Shares,
    rules: Rules,
    prior: float,
    most: int,
    progress: Progress | None = None,
    *,
    within: bool = False,
    search: Search = DEEP,
    scratches: Sequence[Scratches] | None = None,
) -> Screened:
    """The ``most`` likeliest persons of an archive for each of ``people``.

    The lists of the ``archive`` are one behind the other: positions in it go on from list to list.
    ``prior`` is log2 of the odds, before evidence, that one given person is the man. ``within``:
    the archive is the list itself. ``search``: how widely spellings are searched for.
    ``scratches``, one for each list, are kept by those who screen the same archive again and again.
    """
    queries = Queries()
    forms = number_forms(people, queries)
    joined = join_queries(queries, archive, rules, within, search, progress)
    parts = []
    begin = 0
    scratches = scratches or [Scratches(coded) for coded in archive]
    for coded, names, scratch in zip(archive, joined, scratches, strict=True):
        found = screen_list(
            people, forms, names, coded, scratch, shares, rules, prior, most, progress
        )
        parts.append(found._replace(right=found.right + begin))
        begin += len(coded.columns.record)
    return all_of(parts, len(people), most, prior, queries, joined, archive, search)


def all_of(
    parts: Sequence[Part],
    size: int,
    most: int,
    prior: float,
    queries: Queries,
    joined: list[dict[Kind, Joined]],
    archive: Sequence[CodedList],
    search: Search,
) -> Screened:
    """What all lists of an archive give together for ``size`` records."""
    whole = _together(parts, size, most, prior)
    return Screened(
        *whole[:4],
        sum(part.looked for part in parts),
        queries,
        joined,
        [_names_among(part, coded) for part, coded in zip(parts, archive, strict=True)],
        search is DEEP,
    )


def screen_list(
    people: Sequence[PersonReading],
    forms: Forms,
    joined: dict[Kind, Joined],
    coded: CodedList,
    scratches: Scratches,
    shares: Shares,
    rules: Rules,
    prior: float,
    most: int,
    progress: Progress | None,
) -> Part:
    """The ``most`` likeliest of one list, whose names are ``joined`` to those asked for."""
    asked, weights = ask(people, coded.categories, shares, rules), weights_of(rules, shares)
    return screen_asked(asked, forms, joined, coded, scratches, weights, prior, most, progress)


def screen_asked(
    asked: kernels.Asked,
    forms: Forms,
    joined: dict[Kind, Joined],
    coded: CodedList,
    scratches: Scratches,
    weights: Weights,
    prior: float,
    most: int,
    progress: Progress | None,
) -> Part:
    """:func:`screen_list` for records that are columns already."""
    size = len(asked.facts)
    out = kernels.Shortlist(
        np.full((size, most), -1, dtype=np.int32), np.full((size, most), -np.inf), np.zeros(size)
    )
    run = _runner(asked, forms, joined, coded, weights, prior, out)
    looked = _in_threads(run, size, len(forms.bits), scratches, progress)
    left, place = np.nonzero(out.rows >= 0)
    columns = coded.columns
    rows = columns.rows[out.rows[left, place]]
    right = columns.record[rows[:, PERSON]].astype(np.int64)
    names = rows[:, (SURNAME, GIVEN, PATRONYMIC)]
    return Part(left, right, out.bits[left, place], out.rest, looked, names)


def _names_among(part: Part, coded: CodedList) -> dict[Kind, Ints]:
    """The distinct numbers that are names: neither missing nor initials."""
    among = {}
    for kind, numbers in zip(KINDS, part.names.T, strict=True):
        found = np.unique(numbers).astype(np.int64)
        named = (found >= 0) & (found < len(coded.vocabularies.of(kind).names))
        among[kind] = found[named]
    return among


def _together(
    parts: Sequence[Part], size: int, most: int, prior: float
) -> tuple[Ints, Ints, NDArray[np.float64], NDArray[np.float64]]:
    """The likeliest of all lists; what falls out of the shortlist goes to the rest."""
    left = np.concatenate([part.left for part in parts])
    right = np.concatenate([part.right for part in parts])
    bits = np.concatenate([part.bits for part in parts])
    rest = np.sum([part.rest for part in parts], axis=0)
    order = np.lexsort((right, -bits, left))
    left, right, bits = left[order], right[order], bits[order]
    rank = np.arange(len(left)) - np.searchsorted(left, left)
    kept = rank < most
    rest += np.bincount(left[~kept], np.exp2(bits[~kept] + prior), minlength=size)
    return left[kept], right[kept], bits[kept], rest


def join_queries(
    queries: Queries,
    archive: Sequence[CodedList],
    rules: Rules,
    within: bool,
    search: Search,
    progress: Progress | None,
) -> list[dict[Kind, Joined]]:
    """What the names that are asked for may stand for in each list of an archive."""

    def join(kind: Kind) -> list[Joined]:
        vocabularies = [coded.vocabularies.of(kind) for coded in archive]
        other = rules.value("names", f"{kind}_other")
        return join_names([*queries.names[kind]], vocabularies, other, within, search)

    # Side by side: what one kind does in Python is done while another one searches.
    many = sum(len(names) for names in queries.names.values()) > _FEW
    joined: list[dict[Kind, Joined]] = [{} for _ in archive]
    with ThreadPoolExecutor(len(KINDS)) if many else nullcontext() as threads:
        found = threads.map(join, KINDS) if threads else map(join, KINDS)
        for done, (kind, parts) in enumerate(zip(KINDS, found, strict=True)):
            if progress:
                progress("comparing names", done + 1, len(KINDS))
            for each, part in zip(joined, parts, strict=True):
                each[kind] = part
    return joined


Run = Callable[[int, int, int, kernels.Scratch], int]


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
        columns.record,
    )

    def run(first: int, last: int, epoch: int, scratch: kernels.Scratch) -> int:
        return int(
            kernels.screen(
                first,
                last,
                epoch,
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


def _in_threads(
    run: Run, size: int, forms: int, scratches: Scratches, progress: Progress | None
) -> int:
    threads = min(core_count(), max(1, size // _SHARE))
    epoch = scratches.epoch(forms)

    def work(first: int) -> int:
        with scratches.lent() as scratch:
            return run(first, min(first + _SHARE, size), epoch, scratch)

    looked = 0
    with ThreadPoolExecutor(threads) as pool:
        for done, found in enumerate(pool.map(work, range(0, size, _SHARE))):
            looked += found
            if progress:
                progress("looking for candidates", min((done + 1) * _SHARE, size), size)
    return looked
