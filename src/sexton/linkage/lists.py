"""A person list made ready for joins: names coded as integers, dates as days, in DuckDB tables.

All string work happens once per distinct name (design: vocabulary join); what DuckDB joins are
integers and days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from sexton.evidence import PersonReading, Shares, burial_group, camp_key, place_key
from sexton.evidence.names import MAX_FORMS
from sexton.names import fold

KINDS = ("surname", "given", "patronymic")


@dataclass(slots=True)
class Vocabulary:
    """The distinct names of one kind in a list, numbered in order of appearance, with counts."""

    names: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """The number of a name, given to it when it is first seen."""
        known = self._numbers.setdefault(name, len(self.names))
        if known == len(self.names):
            self.names.append(name)
            self.counts.append(0)
        self.counts[known] += 1
        return known


@dataclass(slots=True)
class CodedList:
    """A list of readings with its vocabularies; ``person`` tables use positions as numbers."""

    people: Sequence[PersonReading]
    vocabularies: dict[str, Vocabulary]
    name_rows: list[tuple[int, str, int]]

    def register(self, db: duckdb.DuckDBPyConnection, side: str) -> None:
        """Create ``{side}_person``, ``{side}_name``, ``{side}_number`` in ``db``."""
        for name, table in (
            ("person", _person_table(self.people)),
            ("name", _name_table(self.name_rows)),
            ("number", _number_table(self.people)),
        ):
            db.register("incoming", table)
            db.execute(f"CREATE TABLE {side}_{name} AS SELECT * FROM incoming")
            db.unregister("incoming")


def code_list(people: Sequence[PersonReading]) -> CodedList:
    """Number the distinct names of ``people``."""
    vocabularies = {kind: Vocabulary() for kind in KINDS}
    rows: list[tuple[int, str, int]] = []
    for position, person in enumerate(people):
        for kind, name in sorted(_names_of(person)):
            rows.append((position, kind, vocabularies[kind].number(name)))
    return CodedList(people, vocabularies, rows)


def _names_of(person: PersonReading) -> set[tuple[str, str]]:
    found = set()
    for form in person.name.forms[:MAX_FORMS]:
        for kind in KINDS:
            name = getattr(form, kind)
            if name:
                found.add((kind, fold(name)))
    return found


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def _person_table(people: Sequence[PersonReading]) -> pa.Table:
    columns: dict[str, list[object]] = {
        name: []
        for name in (
            "pid",
            "birth_first",
            "birth_last",
            "birth_swapped",
            "death_first",
            "death_last",
            "burial",
        )
    }
    for position, person in enumerate(people):
        birth, death = person.birth, person.death
        columns["pid"].append(position)
        columns["birth_first"].append(_day(birth.first) if birth else None)
        columns["birth_last"].append(_day(birth.last) if birth else None)
        columns["birth_swapped"].append(_swapped_day(person))
        columns["death_first"].append(_day(death.first) if death else None)
        columns["death_last"].append(_day(death.last) if death else None)
        columns["burial"].append(person.burial_place or None)
    types = [pa.int32()] + [pa.int32()] * 5 + [pa.string()]
    arrays = [pa.array(c, t) for c, t in zip(columns.values(), types, strict=True)]
    return pa.table(dict(zip(columns, arrays, strict=True)))


def _swapped_day(person: PersonReading) -> int | None:
    """The birth day with day and month changed places, where that is another possible day."""
    birth = person.birth
    if birth is None or birth.first is None or birth.first != birth.last:
        return None
    try:
        return birth.first.replace(month=birth.first.day, day=birth.first.month).toordinal()
    except ValueError:
        return None


def _name_table(rows: Iterable[tuple[int, str, int]]) -> pa.Table:
    pids, kinds, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "pid": pa.array(pids, pa.int32()),
            "kind": pa.array(kinds, pa.string()),
            "nid": pa.array(numbers, pa.int32()),
        }
    )


def _number_table(people: Sequence[PersonReading]) -> pa.Table:
    """A row for every number and for the number with each digit masked (one digit off)."""
    pids: list[int] = []
    keys: list[str] = []
    for position, person in enumerate(people):
        for digits in {number.digits for number in person.numbers if len(number.digits) >= 3}:
            masks = {digits[:i] + "?" + digits[i + 1 :] for i in range(len(digits))}
            for key in {digits} | masks:
                pids.append(position)
                keys.append(key)
    return pa.table({"pid": pa.array(pids, pa.int32()), "key": pa.array(keys, pa.string())})


def count_shares(*lists: Sequence[PersonReading]) -> Shares:
    """How common places of burial, camps and days of death are in ``lists``."""
    people = [person for people in lists for person in people]
    total = max(1, len(people))
    burials = Counter(p.burial_place for p in people if p.burial_place)
    camps = Counter(camp_key(p.camp) for p in people if p.camp)
    births = Counter(place_key(p.birth_place) for p in people if p.birth_place)
    born = max(1, sum(births.values()))
    days = Counter(p.death.first.isoformat() for p in people if p.death and p.death.first)
    within: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in people:
        group = burial_group(person)
        if group and person.death and person.death.first:
            within["death", group][person.death.first.isoformat()] += 1
        if group and person.death_place:
            within["death_place", group][person.death_place.written] += 1
    dead = max(1, sum(days.values()))
    held = max(1, sum(camps.values()))
    return Shares(
        everywhere={
            "burial": {name: count / total for name, count in burials.items()},
            "camp": {name: count / held for name, count in camps.items() if name},
            "birth_place": {name: (n - 1) / born for name, n in births.items() if name and n > 1},
            "death": {day: (count - 1) / dead for day, count in days.items() if count > 1},
        },
        within=within,
    )
