"""Affiliations that the cells of records state: a camp, a unit, a group, a hospital of death.

A cell states one where it is, to the letter, a name of an organisation for that column
(``OrganisationName.column``). This is looked at for the records that come, and for all records
where the names come; what a list of affiliations says of the same man and body goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sexton.web.register.history import Door
from sexton.web.register.imports.facts import Values
from sexton.web.register.imports.items import NEW, Item
from sexton.web.register.imports.known import Ids, persons_of, sources_of
from sexton.web.register.models import Affiliation, Claim, Organisation, OrganisationName, Record

TABLE = "affiliations_stated"
NUMBERED = "camp"  # the column of the organisation that issued a record's prisoner number
AT_ONCE = 500

Cell = tuple[str, str]  # column, text
Cells = Mapping[str, str]
Named = Mapping[Cell, list[tuple[str, str]]]  # to organisations, each with what is concluded


def known_names(fresh: Iterable[Values]) -> tuple[Named, set[Cell]]:
    """All names that stand for an organisation in a column; and which of them are ``fresh``."""
    named: dict[Cell, list[tuple[str, str]]] = {}
    stored = OrganisationName.objects.exclude(column="").order_by("pk")
    columns = ("column", "name", "organisation__key", "concluded")
    for column, name, body, concluded in stored.values_list(*columns):
        named.setdefault((column, name), []).append((body, concluded))
    new: set[Cell] = set()
    for values in fresh:
        cell = (values["column"], values["name"])
        if values["column"]:
            new.add(cell)
            named.setdefault(cell, []).append((values["organisation"], values["concluded"]))
    return named, new


@dataclass(slots=True)
class Stated:
    """What records state of organisations; ``listed`` are pairs that a list speaks of itself.

    ``first`` gives for a row that was written anew the record of its first writing.
    """

    named: Named
    new: set[Cell]
    listed: set[tuple[str, str]]
    first: Mapping[str, str]
    fresh: dict[tuple[str, str], Values] = field(default_factory=dict)

    def compare(self, coming: Iterable[tuple[str, Cells]]) -> Iterator[Item]:
        """``coming`` are records to be added, by their keys, with their cells."""
        if not self.named:
            return
        for key, cells in coming:
            self._look(key, cells)
        for key, cells in _stored(self.new):
            self._look(key, cells)
        records = {record for record, _ in self.fresh}
        there = _affiliated({*records, *(self.first.get(key, key) for key in records)})
        for record, body in list(self.fresh):
            if {(record, body), (self.first.get(record, record), body)} & there:
                del self.fresh[record, body]
            else:
                yield Item(TABLE, f"{record} | {body}", NEW)

    def _look(self, record: str, cells: Cells) -> None:
        for column, text in cells.items():
            for body, concluded in self.named.get((column, text), ()):
                pair = (record, body)
                if pair not in self.listed and pair not in self.fresh:
                    self.fresh[pair] = {
                        "number": cells.get("prisoner_number", "") if column == NUMBERED else "",
                        "concluded": concluded,
                        "citation": f"{column}: “{text}”"[:300],
                    }

    def apply(self, door: Door) -> None:
        ids = Ids()
        records = ids.of(Record, [record for record, _ in self.fresh])
        bodies = ids.of(Organisation, [body for _, body in self.fresh])
        pairs = [pair for pair in self.fresh if pair[0] in records and pair[1] in bodies]
        used = sorted({records[record] for record, _ in pairs})
        persons, sources = persons_of(used), sources_of(used)
        door.add_many(
            [
                Affiliation(
                    record_id=records[record],
                    organisation_id=bodies[body],
                    person_id=persons[records[record]],
                    source_id=sources[records[record]],
                    **self.fresh[record, body],
                )
                for record, body in pairs
            ]
        )


def _stored(new: set[Cell]) -> Iterator[tuple[str, dict[str, str]]]:
    """Records of the register whose claims are written with these names, with their cells."""
    if not new:
        return
    columns, texts = {column for column, _ in new}, {text for _, text in new}
    claims = Claim.objects.filter(property__in=columns, value__in=texts).exclude(record=None)
    found: dict[str, dict[str, str]] = {}
    for key, column, text in claims.values_list("record__key", "property", "value"):
        if (column, text) in new:
            found.setdefault(key, {})[column] = text
    keys = list(found)
    numbers = Claim.objects.filter(property="prisoner_number")
    for start in range(0, len(keys), AT_ONCE):
        run = numbers.filter(record__key__in=keys[start : start + AT_ONCE])
        for key, text in run.values_list("record__key", "value"):
            found[key]["prisoner_number"] = text
    yield from found.items()


def _affiliated(keys: Iterable[str]) -> set[tuple[str, str]]:
    wanted = sorted(keys)
    found: set[tuple[str, str]] = set()
    for start in range(0, len(wanted), AT_ONCE):
        run = Affiliation.objects.filter(record__key__in=wanted[start : start + AT_ONCE])
        found.update(run.values_list("record__key", "organisation__key"))
    return found
