"""What is compared, and what a comparison says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sexton.dates import DateReading
from sexton.messages import Message
from sexton.names import PersonName
from sexton.numbers import CampReading, NumberReading
from sexton.places import PlaceReading


@dataclass(frozen=True, slots=True)
class PersonReading:
    """One record of a person as we read it; ``None`` or "" where the record says nothing.

    ``source`` is the unit that lists a man once (a page, a file): two rows of one unit are two men
    unless much speaks for one. ``burial_place`` may be an identifier; ``relatives`` are the next of
    kin as the record writes them. ``bodies`` is how many dead a grave holds.
    """

    id: str
    name: PersonName
    sex: str = ""
    birth: DateReading | None = None
    death: DateReading | None = None
    birth_place: PlaceReading | None = None
    death_place: PlaceReading | None = None
    burial_place: str = ""
    numbers: tuple[NumberReading, ...] = ()
    camp: CampReading | None = None
    rank: str = ""
    unit: str = ""
    nationality: str = ""
    source: str = ""
    unnamed: bool = False
    role: str = ""
    relatives: str = ""
    bodies: int = 1


class FieldEvidence(NamedTuple):
    """The match weight of one field in bits (positive: for one man), and the sentence why.

    A tuple, which is made in a third of the time of a frozen class: every pair has five. Those that
    say the same are equal, whatever ``copied`` and ``level`` hold.
    """

    field: str
    bits: float
    message: Message
    left: str = ""
    right: str = ""
    copied: bool = False
    """Written alike to the letter, so that it may have been copied from the row beside."""
    level: str = ""
    """The number of the rules that the field took as m ("birth.same_day"); "" where it took none
    of them alone, as names do. :mod:`sexton.linkage.fitting` re-estimates these."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FieldEvidence) and self[:_SAID] == other[:_SAID]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:_SAID])

    def with_bits(self, bits: float) -> FieldEvidence:
        """The same with another match weight."""
        field, _, message, left, right, copied, level = self
        return FieldEvidence(field, bits, message, left, right, copied, level)

    def as_dict(self) -> dict[str, object]:
        """The JSON form (one object of the ``evidence`` column, design: contracts)."""
        return {
            "field": self.field,
            "bits": round(self.bits, 12),
            "message": self.message.as_dict(),
            "sentence": str(self.message),
            "left": self.left,
            "right": self.right,
        }


# The first so many of the fields are what the evidence says.
_SAID = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for and against two records being one man: ``bits`` is the fields' sum."""

    fields: tuple[FieldEvidence, ...]

    @property
    def bits(self) -> float:
        """The total match weight, in bits; exactly the sum of the fields."""
        return sum([item.bits for item in self.fields])


_OF_THE_OTHER_LIST = frozenset(
    ("died_left", "died_right", "died_where", "died_near", "died_counted", "captive")
)


@dataclass(frozen=True, slots=True)
class Shares:
    """How common values are in the lists compared: the chance that two men agree on one.

    ``everywhere[field][value]`` is a share of all records; ``within[(field, group)]`` maps values
    to counts among the ``group`` (the rows of one source on one burial place). Both stay as they
    are once pairs have been weighed with them. ``records``: how many were counted, 0 for none.
    """

    everywhere: Mapping[str, Mapping[str, float]] = dataclasses.field(default_factory=dict)
    within: Mapping[tuple[str, str], Mapping[str, int]] = dataclasses.field(default_factory=dict)
    records: int = 0
    _sizes: dict[tuple[str, str], int] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _of_one_list: list[Shares] = dataclasses.field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def share(self, name: str, value: str, default: float) -> float:
        """The share of records that have ``value``, or ``default`` where nothing was counted."""
        return self.everywhere.get(name, {}).get(value, default)

    def of_one_list(self) -> Shares:
        """What holds beside a record of the same list: without what one list tells of another."""
        if not self._of_one_list:
            everywhere = {k: v for k, v in self.everywhere.items() if k not in _OF_THE_OTHER_LIST}
            self._of_one_list.append(dataclasses.replace(self, everywhere=everywhere))
        return self._of_one_list[0]

    def share_or_none(self, name: str, value: str) -> float | None:
        """The share of records that have ``value``; None where nothing was counted."""
        counted = self.everywhere.get(name)
        return None if counted is None else counted.get(value, 0.0)

    def share_beside(self, name: str, group: str, values: Iterable[str], base: float) -> float:
        """The chance that another man of ``group`` has one of ``values`` too, one having it.

        Of n rows c have such a value: (c - 1 + 2 base) / (n - 1 + 2), the other rows with two
        imaginary ones of the general share added, so that small groups stay near ``base``.
        """
        counts = self.within.get((name, group), {})
        found = sum([counts.get(value, 0) for value in values])
        if not found:
            return base
        n = self._size(name, group, counts)
        return (found - 1 + 2 * base) / (n - 1 + 2)

    def _size(self, name: str, group: str, counts: Mapping[str, int]) -> int:
        if (name, group) not in self._sizes:
            self._sizes[name, group] = sum(counts.values())
        return self._sizes[name, group]
