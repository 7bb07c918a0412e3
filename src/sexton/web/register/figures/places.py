"""Figures of places: where the dead lie, in which mines they were, where they came from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from sexton.web.register.figures import facts, origins
from sexton.web.register.figures.model import (
    DISAGREE,
    LONGER,
    NOT_READ,
    NOT_STATED,
    Figure,
    Row,
    apart_of,
    rows_of,
)
from sexton.web.register.lives import presence
from sexton.web.register.lives.kept import kept
from sexton.web.register.models import Organisation, Record, Site

WORK = ("mine", "work_detachment")


@kept
def persons_of_sites() -> dict[int, set[int]]:
    """Site id to the persons whom a record puts there."""
    of_record = facts.person_of_record()
    found: dict[int, set[int]] = defaultdict(set)
    rows = Record.objects.filter(site__isnull=False).order_by().values_list("site_id", "pk")
    for site, record in rows.iterator(facts.AT_ONCE):
        if record in of_record:
            found[site].add(of_record[record])
    return dict(found)


def sites() -> Figure:
    """Named and unnamed persons by site."""
    keys = dict(Site.objects.values_list("pk", "key"))
    return _named("sites", {keys[pk]: people for pk, people in persons_of_sites().items()})


def communes() -> Figure:
    """Named and unnamed persons by the commune in which their site lies."""
    communes = dict(Site.objects.values_list("pk", "municipality"))
    found: dict[str, set[int]] = defaultdict(set)
    for pk, people in persons_of_sites().items():
        found[communes[pk]] |= people
    return _named("communes", found)


def _named(slug: str, groups: Mapping[str, set[int]]) -> Figure:
    everybody = facts.persons()
    rows, times = [], Counter[int]()
    for key, people in groups.items():
        named = sum(everybody[person] for person in people)
        rows.append(Row(key, (named, len(people) - named)))
        times.update(people)
    apart = [Row(NOT_STATED, row.values) for row in rows if not row.key]
    rows = sorted((row for row in rows if row.key), key=lambda row: (-row.total, row.key))
    nowhere = [named for person, named in everybody.items() if person not in times]
    if nowhere:
        apart.append(Row("no_grave", (sum(nowhere), len(nowhere) - sum(nowhere))))
    counts = {
        "stated": len(times),
        "several": sum(1 for number in times.values() if number > 1),
        "no_grave": len(nowhere),
    }
    return Figure(slug, tuple(rows), tuple(apart), ("named", "unnamed"), len(everybody), counts)


def mines() -> Figure:
    """Persons whom a source puts in a mine or a work detachment, by the year of their death."""
    keys = dict(Organisation.objects.filter(kind__in=WORK).values_list("pk", "key"))
    there = {
        keys[pk]: set(people) for pk, people in presence.members_of_all().items() if pk in keys
    }
    everybody = set().union(*there.values())
    died = {p: said for p, said in facts.deaths().items() if p in everybody} if everybody else {}
    year = {person: _year(facts.span_of(said)) for person, said in died.items()}
    years = sorted({found for found in year.values() if found.isdigit()})
    columns = (*years, NOT_STATED)
    rows = []
    for key, people in there.items():
        numbers = Counter(
            found if (found := year.get(p, "")) in years else NOT_STATED for p in people
        )
        rows.append(Row(key, tuple(numbers[column] for column in columns)))
    rows.sort(key=lambda row: (-row.total, row.key))
    total = len(facts.persons())
    nowhere = (*([0] * len(years)), total - len(everybody))
    apart = (Row("no_mine", nowhere),) if total > len(everybody) else ()
    counts = {"stated": len(everybody), "no_mine": total - len(everybody)}
    return Figure("mines", tuple(rows), apart, columns, total, counts)


def _year(span: facts.Span | None) -> str:
    if span is None or span.first.year != span.last.year:
        return ""
    return str(span.first.year)


def republics() -> Figure:
    return _origins("republics", 0)


def regions() -> Figure:
    return _origins("regions", 1)


def _origins(slug: str, level: int) -> Figure:
    """Persons by the republic (level 0) or region (1) in which their place of birth is read."""
    said = facts.stated("birth_place")
    read = origins.read({one.value for found in said.values() for one in found}, learn=not level)
    numbers: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    how: Counter[str] = Counter()
    for found in said.values():
        readings = [read[one.value] for one in found if one.value in read]
        units = {reading[level] for reading in readings} - {""}
        if len(units) == 1:
            numbers[units.pop()] += 1
            how["named" if any(r[2] == origins.NAMED for r in readings) else "gazetteer"] += 1
        elif units:
            apart[DISAGREE] += 1
        elif level and any(reading[0] for reading in readings):
            apart[LONGER] += 1
        else:
            apart[NOT_READ] += 1
    everybody = len(facts.persons())
    apart[NOT_STATED] = everybody - len(said)
    waiting = sum(1 for found in said.values() for one in found if one.value not in read)
    read_now = {"read": sum(numbers.values()), "waiting": waiting}
    counts = {"stated": len(said), **read_now, **how, **apart}
    rows = rows_of(numbers)
    order = (LONGER, DISAGREE, NOT_READ, NOT_STATED)
    return Figure(slug, rows, apart_of(apart, order), of=everybody, counts=counts)


FIGURES: tuple[Callable[[], Figure], ...] = (mines, communes, sites, republics, regions)
