"""Dates that cannot be, hardly can be, are misprinted, or on which sources disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from sexton.audit.likeness import apart
from sexton.audit.material import Material, Person
from sexton.audit.model import Finding, Severity
from sexton.dates import DateReading, age_at
from sexton.messages import N_, Message

# The Second World War with the months in which its wounded and prisoners still died.
WAR = (date(1939, 9, 1), date(1946, 12, 31))
WAR_ROLES = frozenset(("pow", "partisan", "soldier", "forced_labourer"))
CHILD, YOUNG, OLD = 14, 16, 75

BORN_AFTER_DEATH = N_("%(name)s was born (%(birth)s) after his death (%(death)s).")
CHILD_DIED = N_("%(name)s died aged %(age)s (born %(birth)s, died %(death)s).")
OUTSIDE_WAR = N_("%(name)s (%(role)s) died outside the years of the war: %(death)s.")
MISPRINT = N_("“%(written)s” for %(name)s is misprinted; it is read as %(edtf)s. %(note)s")
UNREADABLE = N_("“%(written)s” for %(name)s cannot be read as a date.")
BIRTHS_DISAGREE = N_("Sources disagree on the birth of %(name)s: %(dates)s.")
DEATHS_DISAGREE = N_("Sources disagree on the death of %(name)s: %(dates)s.")

_STATED_AS_UNKNOWN = frozenset(
    ("?", "-", "–", "…", "inconnu", "inconnue", "unknown", "onbekend", "unbekannt", "неизвестно")
)


def _about(person: Person) -> dict[str, str]:
    columns = ("birth_date", "death_date")
    birth, death = (person.cell(column) for column in columns)
    return {"name": person.name, "birth": birth, "death": death}


def _ages(person: Person) -> tuple[int, int] | None:
    """Youngest and oldest age at death in any reading of the two dates."""
    if person.birth is None or person.death is None:
        return None
    return age_at(person.birth, person.death)


def born_after_death(material: Material) -> Iterator[Finding]:
    """The birth date lies after the death date: one of the two must be misprinted."""
    for person in material.people:
        ages = _ages(person)
        if ages is not None and ages[1] < 0:
            message = Message(BORN_AFTER_DEATH, _about(person))
            yield Finding("born_after_death", "error", (person.id,), message)


def _age_severity(low: int, high: int) -> Severity | None:
    if 0 <= high < CHILD:
        return "warning"
    return "note" if 0 <= high < YOUNG or low > OLD else None


def unlikely_age(material: Material) -> Iterator[Finding]:
    """The age at death is unusual for a soldier or prisoner: under 16 or over 75.

    Boys of 15 were deported as workers, so this need not be wrong; under 14 it probably is.
    """
    for person in material.people:
        low, high = _ages(person) or (YOUNG, YOUNG)
        severity = _age_severity(low, high)
        if severity:
            age = str(low) if low == high else f"{low}-{high}"
            message = Message(CHILD_DIED, {**_about(person), "age": age})
            yield Finding("unlikely_age", severity, (person.id,), message)


def death_outside_war(material: Material) -> Iterator[Finding]:
    """A prisoner, partisan or forced labourer is said to have died before or long after the war.

    A survivor's later death does not belong to a list of the dead of the war.
    """
    for person in material.people:
        death, role = person.death, person.cell("role")
        if role not in WAR_ROLES or death is None or death.first is None or death.last is None:
            continue
        if death.last < WAR[0] or death.first > WAR[1]:
            message = Message(OUTSIDE_WAR, {**_about(person), "role": role})
            yield Finding("death_outside_war", "warning", (person.id,), message)


def _misprint(person: Person, reading: DateReading | None) -> Finding | None:
    if reading is None or reading.quality not in ("garbled", "unreadable"):
        return None
    if reading.written.strip().casefold() in _STATED_AS_UNKNOWN:
        return None
    params = {"written": reading.written, "name": person.name, "edtf": reading.edtf}
    if reading.quality == "unreadable":
        message = Message(UNREADABLE, params)
    else:
        message = Message(MISPRINT, {**params, "note": str(reading.note or "")})
    return Finding("misprinted_date", "warning", (person.id,), message)


def misprinted_date(material: Material) -> Iterator[Finding]:
    """A date is misprinted: a letter of the month lost, a day that is not in the calendar."""
    for person in material.people:
        for reading in (person.birth, person.death):
            finding = _misprint(person, reading)
            if finding:
                yield finding


def _disagreeing(group: tuple[Person, ...], column: str) -> list[Person]:
    """Those of one man's records whose dates exclude those of another one."""
    dated = [(person, getattr(person, column)) for person in group]
    against = {
        person.position
        for (a, left), (b, right) in combinations(dated, 2)
        if (apart(left, right) or 0) > 0
        for person in (a, b)
    }
    return [person for person in group if person.position in against]


def _once_each(people: list[Person], column: str) -> list[str]:
    """The dates as written, one of those that mean the same."""
    found: dict[str, str] = {}
    for person in people:
        reading: DateReading = getattr(person, column)
        found.setdefault(reading.edtf, reading.written)
    return list(found.values())


def _dates_disagree(material: Material, column: str, kind: str, text: str) -> Iterator[Finding]:
    for group in material.groups:
        people = _disagreeing(group, column)
        if people:
            written = _once_each(people, column)
            message = Message(text, {"name": people[0].name, "dates": "; ".join(written)})
            yield Finding(kind, "warning", tuple(person.id for person in people), message)


def births_disagree(material: Material) -> Iterator[Finding]:
    """Sources give one man birth dates that exclude each other."""
    yield from _dates_disagree(material, "birth", "births_disagree", BIRTHS_DISAGREE)


def deaths_disagree(material: Material) -> Iterator[Finding]:
    """Sources give one man death dates that exclude each other, often by one year or one month."""
    yield from _dates_disagree(material, "death", "deaths_disagree", DEATHS_DISAGREE)
