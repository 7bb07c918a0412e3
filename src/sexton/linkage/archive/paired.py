"""Pairs of an archive's records that were weighed, as arrays: ten million records have millions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.clusters import FieldBits
from sexton.linkage.posterior import Edge

FIELDS = (
    "surname", "given", "patronymic", "birth_date", "death_date", "birth_place", "death_place",
    "burial_place", "prisoner_number", "camp", "rank", "unit", "nationality", "role", "relatives",
    "sex", "source",
)  # fmt: skip
"""What a pair can say something of."""

Ints = NDArray[np.int64]
Bits32 = NDArray[np.float32]


class Weighed(NamedTuple):
    """Pairs (positions, the smaller first), ascending and each once, with their bits by field:
    ``bits[i, f]`` those of ``FIELDS[f]``, not a number where it says nothing."""

    a: Ints
    b: Ints
    bits: Bits32

    @classmethod
    def of(cls, edges: Sequence[Edge], told: Iterable[Mapping[str, float]]) -> Weighed:
        """Pairs in any order, either end first, perhaps several times; see :func:`merged`."""
        ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
        rows = [[fields.get(name, np.nan) for name in FIELDS] for fields in told]
        bits = np.array(rows, dtype=np.float32).reshape(-1, len(FIELDS))
        return _sorted(ends.min(axis=1), ends.max(axis=1), bits)

    def totals(self, prior: float) -> NDArray[np.float64]:
        """log2 of the odds of each pair, ``prior`` being those before evidence."""
        return np.asarray(np.nansum(self.bits, axis=1, dtype=np.float64) + prior)

    def place(self, edge: Edge) -> int:
        """Where a pair stands; -1 when it was not weighed."""
        first = int(np.searchsorted(self.a, edge[0], "left"))
        last = int(np.searchsorted(self.a, edge[0], "right"))
        found = first + int(np.searchsorted(self.b[first:last], edge[1]))
        return found if found < last and self.b[found] == edge[1] else -1

    def fields(self, place: int) -> FieldBits:
        """The bits of one pair by field."""
        row = self.bits[place].tolist()
        return {name: bits for name, bits in zip(FIELDS, row, strict=True) if bits == bits}

    def some(self, which: NDArray[np.bool_]) -> Weighed:
        """Those that are marked."""
        return Weighed(self.a[which], self.b[which], self.bits[which])

    def column(self, name: str) -> Bits32:
        """The bits of one field, to be read and written."""
        return self.bits[:, FIELDS.index(name)]

    def save(self, path: Path) -> None:
        """Write them so that a file of that name is always whole."""
        save_arrays(path, self._asdict())

    @classmethod
    def load(cls, path: Path) -> Weighed:
        """The inverse of :meth:`save`. Raises OSError, ValueError, KeyError or BadZipFile."""
        return cls(**load_arrays(path, cls._fields))


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays so that a file of that name is always whole."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        np.savez(file, **arrays)
    fresh.replace(path)


def load_arrays(path: Path, names: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The inverse of :func:`save_arrays`. Raises OSError, ValueError, KeyError or BadZipFile."""
    with np.load(path, allow_pickle=False) as kept:
        return {name: kept[name] for name in names}


def _sorted(a: Ints, b: Ints, bits: Bits32) -> Weighed:
    """In order, each pair once: of the ways in which one was weighed that which says most.

    Beside one of two spellings the man's own stand among the others more often than beside the
    other, so that the two ways differ.
    """
    total = np.nansum(bits, axis=1)
    order = np.lexsort((-total, b, a))
    a, b = a[order], b[order]
    first = np.ones(len(a), dtype=np.bool_)
    first[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    return Weighed(a[first], b[first], bits[order][first])


def merged(parts: Sequence[Weighed]) -> Weighed:
    """All pairs of several, each once."""
    empty = Weighed.of([], [])
    columns = (np.concatenate(column) for column in zip(empty, *parts, strict=True))
    return _sorted(*columns)
