"""Two rankings of the same candidates beside each other: who moved, by which bits of which field.

Pure: it knows no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sexton.evidence import FieldEvidence
from sexton.web.cases.weighing import Ranking, Weighed


@dataclass(frozen=True, slots=True)
class FieldMoved:
    """A field of the evidence whose bits changed; None where it was, or is, not compared."""

    field: str
    before: float | None
    after: float | None

    @property
    def bits(self) -> float:
        """By how many bits it changed."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True, slots=True)
class Moved:
    """A candidate before and after: places count from 1.

    His total changed by the bits of ``fields`` and ``searched``, and by nothing else.
    """

    name: str
    place_before: int
    place_after: int
    before: Weighed
    after: Weighed
    fields: tuple[FieldMoved, ...]

    @property
    def searched(self) -> float:
        """By how many bits what searches in vain say of him changed."""
        return self.after.searched - self.before.searched

    @property
    def bits(self) -> float:
        """By how many bits he gained or lost."""
        return self.after.total - self.before.total


def moves(before: Ranking, after: Ranking) -> list[Moved]:
    """What became of each candidate of both rankings, in the order of ``after``."""
    known = {one.name: (place, one) for place, one in enumerate(before.candidates, 1)}
    return [
        Moved(one.name, *_placed(known[one.name], place, one))
        for place, one in enumerate(after.candidates, 1)
        if one.name in known
    ]


def _placed(
    was: tuple[int, Weighed], place: int, one: Weighed
) -> tuple[int, int, Weighed, Weighed, tuple[FieldMoved, ...]]:
    return was[0], place, was[1], one, _fields(was[1].fields, one.fields)


def _fields(
    before: Iterable[FieldEvidence], after: Iterable[FieldEvidence]
) -> tuple[FieldMoved, ...]:
    """The fields whose bits differ, in the order in which they are compared."""
    was, now = _sums(before), _sums(after)
    names = dict.fromkeys([*now, *was])
    moved = (FieldMoved(name, was.get(name), now.get(name)) for name in names)
    return tuple(one for one in moved if one.before != one.after)


def _sums(fields: Iterable[FieldEvidence]) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in fields:
        found[item.field] = found.get(item.field, 0.0) + item.bits
    return found
