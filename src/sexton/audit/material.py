"""What the checks look at: the people of a list as far as they can be read, and the sites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sexton.dates import DateReading, read_date, read_life_range
from sexton.names import is_given_name, is_patronymic, is_unnamed
from sexton.places import Gazetteer
from sexton.records import Record


@dataclass(frozen=True, slots=True)
class Person:
    """A record with the readings that the checks need; text cells are "" when missing."""

    record: Record
    position: int
    name: str
    surname: str
    given: str
    patronymic: str
    birth: DateReading | None
    death: DateReading | None
    site: str
    source: str
    named: bool

    @property
    def id(self) -> str:
        return self.record.id

    def cell(self, column: str) -> str:
        """The text of a column of the list, "" when it is empty."""
        return self.record.fields.get(column, "")


@dataclass(frozen=True, slots=True)
class Site:
    """A burial site or memorial as its list describes it, verbatim."""

    id: str
    kind: str
    municipality: str
    province: str
    latitude: float | None
    longitude: float | None
    buried: str
    unknown: str
    facts: str


Pair = tuple[Person, Person]


@dataclass(frozen=True, slots=True)
class Material:
    """People in the order of the list, sites, and pairs and groups of records of one man.

    ``gazetteer`` knows the places of the sites, ``birth_places`` those where men were born.
    """

    people: tuple[Person, ...]
    sites: tuple[Site, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[Person, ...], ...]
    gazetteer: Gazetteer | None
    birth_places: Gazetteer


def _parts_of(name: str) -> tuple[str, str, str]:
    """Surname, given name and patronymic of a name that no columns split.

    A word in capitals is the surname, else the last word that is neither patronymic nor given name.
    """
    words = re.findall(r"[^\W\d_][\w’'-]+", re.sub(r"\([^)]*\)", "", name))
    patronymics = [word for word in words[1:] if is_patronymic(word)]
    rest = [word for word in words if word not in patronymics[-1:]] or words
    loud = [word for word in rest if word.isupper() and len(word) > 2]
    unusual = [word for word in rest if not is_given_name(word)]
    surname = (loud or unusual[-1:] or rest[-1:] or [""])[0]
    given = next((word for word in rest if word != surname), "")
    return surname, given, (patronymics or [""])[-1]


def _dates(fields: Mapping[str, str]) -> tuple[DateReading | None, DateReading | None]:
    birth, death = read_date(fields.get("birth_date")), read_date(fields.get("death_date"))
    if birth is None and death is None and (life := read_life_range(fields.get("name", ""))):
        return life.birth, life.death
    return birth, death


def read_record(record: Record, position: int) -> Person:
    """The readings of one record."""
    fields = record.fields
    name = fields.get("name", "")
    surname, given, patronymic = (fields.get(c, "") for c in ("surname", "given", "patronymic"))
    parts = surname or given or patronymic
    named = bool(parts) or bool(name and not is_unnamed(name))
    if named and not parts:
        surname, given, patronymic = _parts_of(name)
    birth, death = _dates(fields)
    whole = name or " ".join(filter(None, (given, patronymic, surname)))
    site, source = fields.get("burial_place", ""), fields.get("source", "")
    return Person(
        record, position, whole, surname, given, patronymic, birth, death, site, source, named
    )


def _degrees(text: str, limit: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -limit <= value <= limit else None


def read_site(row: Mapping[str, str]) -> Site:
    """A row of a list of sites; columns that are missing are empty."""
    return Site(
        id=row.get("site_id") or row.get("id") or "",
        kind=row.get("kind") or "",
        municipality=row.get("municipality") or "",
        province=row.get("province") or "",
        latitude=_degrees(row.get("latitude") or "", 90),
        longitude=_degrees(row.get("longitude") or "", 180),
        buried=row.get("persons_buried") or "",
        unknown=row.get("persons_unknown") or "",
        facts=row.get("facts") or "",
    )


def by_source(people: Sequence[Person]) -> dict[str, list[Person]]:
    """The people of each source page, in the order of the list."""
    pages: dict[str, list[Person]] = {}
    for person in people:
        pages.setdefault(person.source, []).append(person)
    return pages
