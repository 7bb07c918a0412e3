"""The answer of a link as the contract of ``sexton link`` has it, held column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Row(NamedTuple):
    """One row of the answer; ``right_id`` is "" for "none of these", ``evidence`` is JSON."""

    left_id: str
    right_id: str
    rank: int
    probability: float
    weight: float
    evidence: str


@dataclass(frozen=True)
class Rows:
    """The rows of the answer: columns of one length, and :class:`Row` by row when iterated."""

    left_id: Sequence[str]
    right_id: Sequence[str]
    rank: Sequence[int]
    probability: Sequence[float]
    weight: Sequence[float]
    evidence: Sequence[str]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Rows:
        """From rows, in their order."""
        columns = [*zip(*rows, strict=True)]
        return cls(*columns) if columns else cls((), (), (), (), (), ())

    @property
    def columns(self) -> dict[str, Sequence[str] | Sequence[float]]:
        """The columns by name, in the order of the contract."""
        return {name: getattr(self, name) for name in Row._fields}

    def __iter__(self) -> Iterator[Row]:
        return map(Row._make, zip(*self.columns.values(), strict=True))
