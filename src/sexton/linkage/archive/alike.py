"""The pairs of an archive's persons that are worth weighing, found from its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Rules, Shares
from sexton.linkage.archive.own import OwnPersons
from sexton.linkage.archive.paired import load_arrays, save_arrays
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.coding import CodedList
from sexton.linkage.columns import PERSON
from sexton.linkage.cores import core_count
from sexton.linkage.model import Progress
from sexton.linkage.screening import beside
from sexton.linkage.screening.forms import Forms, Queries
from sexton.linkage.screening.kernels import JoinedArrays
from sexton.linkage.screening.screen import Screened, calendar, join_queries
from sexton.linkage.screening.spelt import DEEP, QUICK
from sexton.linkage.screening.weights import weights_of
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.vocabularies import KINDS, is_population
from sexton.linkage.weighing import MOST_WITHIN

Ints = NDArray[np.int64]
Run = Callable[[int, int, beside.Scratch], None]

# Persons that a thread takes at a time.
_SHARE = 1_024
# The number of the first of a batch beside another list, where nobody is himself.
_NOBODY = -(2**40)
_NOTHING = np.zeros(0, dtype=np.int64)


class Alike(NamedTuple):
    """Pairs of persons, by their places in the archive's columns, one list behind the other: the
    smaller first, ascending, each once. ``counts``: rows that were looked at; rows passed over
    that share one thing with a person and nothing else that is asked for; likely pairs for which
    the shortlist of a person had no room."""

    a: Ints
    b: Ints
    counts: Ints

    def save(self, path: Path) -> None:
        """Write them so that a file of that name is always whole."""
        save_arrays(path, self._asdict())

    @classmethod
    def load(cls, path: Path) -> Alike:
        """The inverse of :meth:`save`. Raises OSError, ValueError, KeyError or BadZipFile."""
        return cls(**load_arrays(path, cls._fields))


def all_alike(parts: Sequence[Alike]) -> Alike:
    """All pairs of several, each once."""
    counts = np.sum([np.zeros(3, dtype=np.int64), *(part.counts for part in parts)], axis=0)
    one = np.concatenate([_NOTHING, *(part.a for part in parts)])
    other = np.concatenate([_NOTHING, *(part.b for part in parts)])
    return _in_order(one, other, counts)


def _in_order(one: Ints, other: Ints, counts: Ints) -> Alike:
    width = int(max(one.max(initial=0), other.max(initial=0))) + 1
    keys = np.unique(np.minimum(one, other) * width + np.maximum(one, other))
    return Alike(keys // width, keys % width, counts)


class _Batch(NamedTuple):
    """Persons of one list, with the names that they are asked for by."""

    which: int
    begin: int
    end: int
    forms: Forms

    @property
    def name(self) -> str:
        return f"{self.which}-{self.begin}"


class Screen:
    """The persons of an archive, screened with all of them."""

    def __init__(
        self,
        pool: ArchivePool,
        shares: Shares,
        rules: Rules,
        least: float,
        size: int,
        progress: Progress | None,
    ) -> None:
        """Compares all names of the archive. Pairs of fewer bits than ``least``, roughly weighed,
        are left out; ``size`` persons are a batch."""
        self._pool, self._least = pool, least
        self._weights = weights_of(rules, shares)
        self._own = [OwnPersons(coded, shares, rules) for coded in pool.coded]
        self._queries = Queries()
        self.batches = [*self._batches(size)]
        large = is_population([coded.vocabularies.surname for coded in pool.coded])
        self._search = QUICK if large else DEEP
        self._joined = join_queries(self._queries, pool.coded, rules, True, self._search, progress)
        self._beside = [_Beside(coded, self._queries) for coded in pool.coded]

    def _batches(self, size: int) -> Iterator[_Batch]:
        for which, own in enumerate(self._own):
            for begin in range(0, len(own), size):
                end = min(begin + size, len(own))
                yield _Batch(which, begin, end, own.forms(begin, end, self._queries))

    def spellings(self) -> JoinedSpellings:
        """What the names say that were compared."""
        numbers = [
            {kind: np.arange(len(coded.vocabularies.of(kind).names)) for kind in KINDS}
            for coded in self._pool.coded
        ]
        nobody = _NOTHING, _NOTHING, np.zeros(0), np.zeros(0), 0
        deep = self._search is DEEP
        found = Screened(*nobody, self._queries, self._joined, numbers, deep)
        return JoinedSpellings([found], self._pool.coded)

    def alike(self, batch: _Batch) -> Alike:
        """The pairs that the persons of a batch ask for: of two lists the first asks."""
        lists = range(batch.which, len(self._own))
        return all_alike([self._beside_list(batch, number) for number in lists])

    def _beside_list(self, batch: _Batch, number: int) -> Alike:
        which, begin, end, forms = batch
        there = self._beside[number]
        asked = self._own[which].asked(begin, end, self._pool.coded[number])
        surname, given, patronymic = (
            JoinedArrays(joined.starts, joined.names, joined.part, joined.missing)
            for joined in (self._joined[number][kind] for kind in KINDS)
        )
        out = beside.Shortlist(
            np.full((end - begin, MOST_WITHIN), -1, dtype=np.int32),
            np.full((end - begin, MOST_WITHIN), -np.inf),
            np.zeros((end - begin, 3), dtype=np.int64),
        )
        first_person = begin if which == number else _NOBODY

        def run(first: int, last: int, scratch: beside.Scratch) -> None:
            beside.look_beside(
                first, last, first_person, asked, forms, there.own_names, surname, given,
                patronymic, there.persons, calendar(), self._weights, self._least, scratch, out,
            )  # fmt: skip

        there.in_threads(run, end - begin)
        left, place = np.nonzero(out.rows >= 0)
        person = there.persons.rows[out.rows[left, place], PERSON].astype(np.int64)
        left += self._pool.place_of(which) + begin
        right = person + self._pool.place_of(number)
        return _in_order(left, right, out.counts.sum(axis=0))

    def positions(self, persons: Ints) -> Ints:
        """The positions in the archive of persons."""
        found = np.empty_like(persons)
        for which, own in enumerate(self._own):
            begin = self._pool.place_of(which)
            inside = (persons >= begin) & (persons < begin + len(own))
            found[inside] = own.records[persons[inside] - begin] + begin
        return found


class _Beside:
    """One list that is looked through."""

    def __init__(self, coded: CodedList, queries: Queries) -> None:
        vocabularies = coded.vocabularies
        self._sizes = tuple(vocabularies.of(kind).size for kind in KINDS)
        _, given, patronymics = self._sizes
        self.persons = beside.persons_there(coded.columns, (given, patronymics))
        known = queries.names["surname"]
        self.own_names = np.full(len(known) + 1, -1, dtype=np.int32)
        for number, name in enumerate(vocabularies.surname.names):
            self.own_names[known.get(name, -1)] = number
        self.own_names[-1] = -1

    def in_threads(self, run: Run, size: int) -> None:
        """``run`` for so many persons, by all cores."""
        surname, given, patronymic = self._sizes
        free: SimpleQueue[beside.Scratch] = SimpleQueue()
        for _ in range(core_count()):
            free.put(beside.make_scratch((surname, given, patronymic)))

        def work(first: int) -> None:
            scratch = free.get()
            run(first, min(first + _SHARE, size), scratch)
            free.put(scratch)

        with ThreadPoolExecutor(core_count()) as threads:
            # Gone through for the sake of errors.
            list(threads.map(work, range(0, size, _SHARE)))
