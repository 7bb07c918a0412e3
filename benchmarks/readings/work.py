"""The work that is measured: batches of calls, each on its part of a simulated archive."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise

from rapidfuzz import fuzz

from sexton.dates import read_date
from sexton.evidence import FieldEvidence, PersonReading, compare_people
from sexton.names import read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.places import load_gazetteer, place_similarity, read_place
from sexton.records.model import Record
from sexton.records.reading import read_person
from sexton.simulate import simulate_people

Batch = Sequence[Callable[[], object]]
_NOT_READ = ("id", "language", "remarks")
MOST_PARTS = 8


class Likeness:
    """Bits from the letters that two spellings share, in place of the vocabulary join."""

    def bits(self, kind: str, left: str, right: str) -> float:
        """Bits of two spellings, -12 for what the join would not find."""
        return max(-12.0, (fuzz.ratio(left, right) - 50) / 4)


LIKENESS = Likeness()


@cache
def _archive(count: int) -> list[dict[str, str]]:
    return list(simulate_people(count))


def persons(count: int, part: int) -> list[dict[str, str]]:
    """The rows of one part of a simulated archive, ``count`` a part."""
    return _archive(count * MOST_PARTS)[count * part : count * (part + 1)]


def _distinct(count: int, part: int, column: str) -> list[str]:
    """The cells of a column in one part that no part before it has."""
    before = {row[column] for row in _archive(count * MOST_PARTS)[: count * part]}
    return sorted({row[column] for row in persons(count, part)} - before - {""})


def names(count: int, part: int) -> Batch:
    """Surname, given name and patronymic in cells of their own."""
    return [
        partial(read_person_name, "", row["surname"], row["given"], row["patronymic"], "")
        for row in persons(count, part)
    ]


def places(count: int, part: int) -> Batch:
    """Birthplaces, "province, settlement"."""
    gazetteer = load_gazetteer("ussr")
    return [partial(read_place, text, gazetteer) for text in _distinct(count, part, "birth_place")]


def dates(count: int, part: int) -> Batch:
    """Dates of birth."""
    return [partial(read_date, text) for text in _distinct(count, part, "birth_date")]


def numbers(count: int, part: int) -> Batch:
    """Prisoner numbers."""
    return [partial(read_numbers, text) for text in _distinct(count, part, "prisoner_number")]


def camps(count: int, part: int) -> Batch:
    """Camps; there are few, so each is written with a number of blanks before it."""
    texts = {row["camp"] for row in persons(count, part)}
    return [partial(read_camp, " " * (part + 1) + text) for text in texts]


def _record(row: dict[str, str]) -> Record:
    fields = {column: cell for column, cell in row.items() if cell and column not in _NOT_READ}
    return Record(row["id"], fields, {}, "simulated", 1)


def records(count: int, part: int) -> Batch:
    """Whole records of new persons, whose places are known."""
    rows, gazetteer = persons(count, part), load_gazetteer("ussr")
    for row in rows:
        read_place(row["birth_place"], gazetteer)
    return [partial(read_person, _record(row), gazetteer) for row in rows]


def people(count: int, part: int) -> list[PersonReading]:
    """Simulated persons as they are read."""
    return [read_person(_record(row)) for row in persons(count, part)]


def _garbled(row: dict[str, str], chance: random.Random) -> dict[str, str]:
    """The row with a letter of its surname changed, its place cut short, another source."""
    surname, slot = row["surname"], chance.randrange(len(row["surname"]))
    changed = surname[:slot] + chance.choice("аеиоклмн") + surname[slot + 1 :]
    place = row["birth_place"].split(",")[0]
    return {**row, "name": "", "surname": changed, "birth_place": place, "source": "grave"}


def pairs_of_places(count: int, part: int) -> Batch:
    """Birthplaces of strangers."""
    found = [person.birth_place for person in people(count, part) if person.birth_place]
    return [partial(place_similarity, a, b) for a, b in pairwise(found)]


def strangers(count: int, part: int) -> Batch:
    """Evidence of two persons who share nothing."""
    found = people(count, part)
    return [_weighing(left, right) for left, right in pairwise(found)]


def same_men(count: int, part: int) -> Batch:
    """Evidence of one man's two records."""
    chance = random.Random(part)
    return [
        _weighing(read_person(_record(row)), read_person(_record(_garbled(row, chance))))
        for row in persons(count, part)
    ]


def _weighing(left: PersonReading, right: PersonReading) -> Callable[[], object]:
    return partial(compare_people, left, right, spellings=LIKENESS)


def written_evidence(count: int, part: int) -> Batch:
    """Fields of evidence in their JSON form."""
    found = people(count, part)
    items: list[FieldEvidence] = []
    for left, right in pairwise(found):
        items += compare_people(left, right, spellings=LIKENESS).fields
    return [item.as_dict for item in items]


NEW: dict[str, Callable[[int, int], Batch]] = {
    "name in cells of parts": names,
    "place of birth": places,
    "date of birth": dates,
    "prisoner number": numbers,
    "camp": camps,
    "record whose place is known": records,
    "evidence of strangers": strangers,
    "evidence of one man": same_men,
}
SEEN: dict[str, Callable[[int, int], Batch]] = {
    "likeness of two places": pairs_of_places,
    "evidence of strangers": strangers,
    "evidence of one man": same_men,
    "a field's evidence as JSON": written_evidence,
}
