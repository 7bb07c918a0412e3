"""A figure: rows of counts, what could be put into no row, and the number of which both are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# What can be put into no row: it stands apart, and is never left out.
NOT_STATED, DISAGREE, LONGER, NOT_READ, ACROSS = (
    "not_stated", "disagree", "longer", "not_read", "across",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its key (a month, a code, the key of a site): one count for each column."""

    key: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts by row and column.

    ``apart`` are rows of what could not be put into one of ``rows``; ``of`` is how many persons
    (or whatever is counted) were looked at, and ``counts`` are numbers for the sentences.
    """

    slug: str
    rows: tuple[Row, ...]
    apart: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ("persons",)
    of: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """What stands in the rows, added up (more than persons where one stands in several)."""
        return sum(row.total for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "columns": list(self.columns),
            "rows": [[row.key, *row.values] for row in self.rows],
            "apart": [[row.key, *row.values] for row in self.apart],
            "of": self.of,
            "counts": dict(self.counts),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figure:
        return cls(
            data["slug"],
            _rows(data["rows"]),
            _rows(data["apart"]),
            tuple(data["columns"]),
            data["of"],
            data["counts"],
        )


def _rows(cells: Iterable[list[Any]]) -> tuple[Row, ...]:
    return tuple(Row(key, tuple(values)) for key, *values in cells)


def rows_of(numbers: Mapping[str, int], *, by_key: bool = False) -> tuple[Row, ...]:
    """A row for each key: the largest first, or in the order of the keys."""
    ordered = sorted(numbers.items(), key=lambda item: (0 if by_key else -item[1], item[0]))
    return tuple(Row(key, (number,)) for key, number in ordered)


def apart_of(numbers: Mapping[str, int], order: Iterable[str]) -> tuple[Row, ...]:
    """The rows apart, in ``order``; those of nobody are left out."""
    return tuple(Row(key, (numbers[key],)) for key in order if numbers.get(key))
