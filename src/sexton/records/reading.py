"""Our reading of a record: its cells as names, spans of days, places, numbers and camps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sexton.dates import DateReading, read_age, read_date, read_life_range, span_from_age
from sexton.evidence import PersonReading
from sexton.names import PersonName, is_unnamed, read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.places import Gazetteer, load_gazetteer, read_place
from sexton.records.model import COLUMNS, Record
from sexton.records.source import Progress

KIN = ("relatives", "next_of_kin", "mother", "father", "wife")
"""Further columns that name a man's relatives, where a list has them."""

READ = (frozenset(COLUMNS) | frozenset(KIN)) - {"language", "remarks"}
"""The columns that a reading is made of."""

BODIES = "bodies"
"""The extra column that tells how many dead a common grave holds."""
MOST_BODIES = 10_000

_SEXES = {"m": "m", "male": "m", "man": "m", "м": "m", "муж": "m", "h": "m", "homme": "m"}
_SEXES |= {"f": "f", "female": "f", "woman": "f", "ж": "f", "жен": "f", "femme": "f", "v": "f"}

_read_name = lru_cache(maxsize=200_000)(read_person_name)
_read_camp = lru_cache(maxsize=10_000)(read_camp)


def read_person(record: Record, gazetteer: Gazetteer | None = None) -> PersonReading:
    """What a record says, as far as it can be read; the record itself is never changed.

    ``gazetteer`` resolves birthplaces; the one of the former Soviet Union by default.
    """
    get, extra = record.fields.get, record.extra
    places = gazetteer or load_gazetteer("ussr")
    name = _name(record)
    birth, death = _dates(get("name", ""), get("birth_date", ""), get("death_date", ""))
    return PersonReading(
        id=record.id,
        name=name,
        sex=_SEXES.get(get("sex", "").strip().lower(), ""),
        birth=birth,
        death=death,
        birth_place=read_place(get("birth_place"), places),
        death_place=read_place(get("death_place"), places),
        burial_place=get("burial_place", "").strip(),
        numbers=read_numbers(get("prisoner_number", "")),
        camp=_read_camp(get("camp", "")),
        rank=get("rank", ""),
        unit=get("unit", ""),
        nationality=get("nationality", ""),
        source=get("source", ""),
        unnamed=not name.forms,
        bodies=_bodies(extra) if extra else 1,
        role=get("role", ""),
        relatives=_relatives(extra) if extra else "",
    )


def _relatives(extra: Mapping[str, str]) -> str:
    return "; ".join([extra[column] for column in KIN if extra.get(column)])


def _bodies(extra: Mapping[str, str]) -> int:
    """How many dead a grave holds, by its column "bodies"; 1 where that is no number."""
    for column, cell in extra.items():
        if column.strip().lower() == BODIES and cell.strip().isdecimal():
            return min(max(int(cell), 1), MOST_BODIES)
    return 1


def read_people(records: Sequence[Record], progress: Progress | None = None) -> list[PersonReading]:
    """``read_person`` of every record, in order."""
    gazetteer = load_gazetteer("ussr")
    people = []
    for done, record in enumerate(records):
        if progress and done % 1000 == 0:
            progress("reading what is written", done, len(records))
        people.append(read_person(record, gazetteer))
    if progress:
        progress("reading what is written", len(records), len(records))
    return people


def _name(record: Record) -> PersonName:
    get = record.fields.get
    whole = get("name", "")
    cells = get("surname", ""), get("given", ""), get("patronymic", "")
    others = get("other_names", "")
    if whole and not (cells[0] or cells[1]) and is_unnamed(whole):
        return PersonName(whole, ())
    if whole == " ".join(filter(None, cells)):
        return _read_name("", *cells, others)
    if whole and (words := whole.split()) != (told := " ".join(cells).split()):
        words.sort()
        told.sort()
        if words != told:
            return _read_name(whole, *cells, others)
    # The parts say all that the whole does: nothing to read twice, in archives of millions.
    read = _read_name("", *cells, others)
    return PersonName(whole, read.forms) if whole else read


def _dates(name: str, birth: str, death: str) -> tuple[DateReading | None, DateReading | None]:
    """Birth and death; an age in place of a birth date, and years behind the name, are read too."""
    born, died = read_date(birth), read_date(death)
    if born is not None and born.first is None and died is not None:
        born = _from_age(birth, died) or born
    life = read_life_range(birth) if born and born.first is None else None
    if life is None and born is None and died is None:
        life = read_life_range(name)
    if life is not None:
        return life.birth or born, died or life.death
    return born, died


def _from_age(written: str, died: DateReading) -> DateReading | None:
    """The span of birth that an age at death leaves."""
    age = read_age(written)
    span = span_from_age(age, died) if age else None
    if span is None:
        return None
    return DateReading(written, span.edtf, span.first, span.last, "approximate")
