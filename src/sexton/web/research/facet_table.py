"""The values of all facets in arrays: which persons have them, and how many of some persons do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sexton.web.register.models import Person
from sexton.web.research.latest import Latest
from sexton.web.research.stated import NOT_STATED, by_facet
from sexton.web.research.value_words import Words

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One facet: its values, and pairs of a person's place and a value's number, by person.

    The first value is "not stated": those have it who have no other.
    """

    values: list[str]
    numbers: dict[str, int]
    places: Ints
    codes: Ints
    starts: Ints
    totals: Ints

    @classmethod
    def of(
        cls, persons: Sequence[int], stated: Sequence[str], place_of: Mapping[int, int]
    ) -> Column:
        """``persons`` (ids) and what is ``stated`` of each; ``place_of`` is id to place."""
        values = [NOT_STATED, *sorted(set(stated))]
        numbers = {value: number for number, value in enumerate(values)}
        size, many = len(place_of), len(values)
        told = zip(persons, stated, strict=True)
        known = (place_of[p] * many + numbers[v] for p, v in told if p in place_of)
        pairs = np.fromiter(known, np.int64)
        silent = np.ones(size, np.bool_)
        silent[pairs // many] = False
        pairs = np.unique(np.concatenate((pairs, np.flatnonzero(silent) * many)))
        places, codes = (pairs // many).astype(np.int32), (pairs % many).astype(np.int32)
        return cls(
            values=values,
            numbers=numbers,
            places=places,
            codes=codes,
            starts=np.searchsorted(places, np.arange(size + 1)).astype(np.int32),
            totals=np.bincount(codes, minlength=many).astype(np.int32),
        )

    def having(self, values: Sequence[str]) -> Mask:
        """Which persons, by place, have one of the values; an unknown one nobody has."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[[self.numbers[value] for value in values if value in self.numbers]] = True
        mask = np.zeros(len(self.starts) - 1, np.bool_)
        mask[self.places[wanted[self.codes]]] = True
        return mask

    def counts(self, mask: Mask | None) -> Ints:
        """For each value the number of persons of the mask (of all, for None) who have it."""
        if mask is None:
            return self.totals
        chosen = np.flatnonzero(mask)
        if len(chosen) * 8 > len(mask):
            codes = self.codes[mask[self.places]]
        else:
            # Few persons: only their pairs are looked at.
            lengths = self.starts[chosen + 1] - self.starts[chosen]
            begins = np.repeat(self.starts[chosen] - np.cumsum(lengths) + lengths, lengths)
            codes = self.codes[begins + np.arange(len(begins))]
        return np.bincount(codes, minlength=len(self.values)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Table:
    """All persons in the order of the list of persons, and the columns of the facets.

    ``words`` are what the values are called.
    """

    persons: Ints
    columns: dict[str, Column]
    by_id: Ints
    words: Words

    def values_of(self, facet: str, place: int) -> list[str]:
        """The values of the person at a place, without "not stated"."""
        column = self.columns[facet]
        codes = column.codes[column.starts[place] : column.starts[place + 1]]
        return [column.values[code] for code in codes.tolist() if code]

    def mask_of(self, persons: Iterable[int]) -> Mask:
        """The persons with these ids; those who are not in the register are left out."""
        ids = np.fromiter(persons, np.int32)
        mask = np.zeros(len(self.persons), np.bool_)
        if len(self.persons):
            at = self.by_id[np.searchsorted(self.persons, ids, sorter=self.by_id) % len(mask)]
            mask[at[self.persons[at] == ids]] = True
        return mask


def _make() -> Table:
    persons = np.fromiter(Person.objects.values_list("pk", flat=True), np.int32)
    place_of = {int(pk): place for place, pk in enumerate(persons.tolist())}
    stated = by_facet()
    columns = {f: Column.of(*stated.get(f, ([], [])), place_of) for f in FACETS}
    return Table(persons, columns, np.argsort(persons).astype(np.int32), Words())


# In the order in which they are shown.
FACETS = (
    "state", "site", "commune", "died", "origin", "camp", "mine", "movement", "role", "records",
)  # fmt: skip

table = Latest(_make)
