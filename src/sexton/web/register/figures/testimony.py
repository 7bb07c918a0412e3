"""What each source gives the register, and how far others say the same of its persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count

from sexton.web.register.figures import facts
from sexton.web.register.figures.model import Figure, Row
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Event,
    Organisation,
    Participant,
    PersonName,
    Record,
    Source,
    Statement,
)

SLUG = "of-sources"
COLUMNS = (
    "records", "named", "unnamed", "persons", "shared", "claims", "dates", "alone", "agree",
    "contradict", "statements", "sites", "names", "events", "affiliations", "organisations",
)  # fmt: skip
# Where sources can be held against each other without guessing: days agree or they do not.
COMPARED = ("birth_date", "death_date")
# Persons that several records speak of are few beside the claims of a whole register.
Days = tuple[int, date, date]


def of_sources() -> Figure:
    """A row for each source by its key; the columns are ``COLUMNS``."""
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    of_record = dict(Record.objects.order_by().values_list("pk", "source_id"))
    _count_records(numbers, of_record)
    _count_claims(numbers, of_record)
    _compare_days(numbers, of_record)
    _count_others(numbers, of_record)
    keys = Source.objects.order_by().values_list("pk", "key")
    rows = tuple(Row(key, tuple(numbers[pk][name] for name in COLUMNS)) for pk, key in keys)
    return Figure(SLUG, rows, (), COLUMNS, len(facts.persons()))


def _count_records(numbers: dict[int, Counter[str]], of_record: dict[int, int | None]) -> None:
    """Records, persons, sites; and the persons of whom another source speaks too."""
    persons: dict[int, set[int]] = defaultdict(set)
    sources: dict[int, set[int]] = defaultdict(set)
    member = facts.person_of_record()
    for pk, named in Record.objects.order_by().values_list("pk", "is_named"):
        source = of_record[pk] or 0
        numbers[source]["records"] += 1
        numbers[source]["named" if named else "unnamed"] += 1
        if pk in member:
            persons[source].add(member[pk])
            sources[member[pk]].add(source)
    for source, people in persons.items():
        numbers[source]["persons"] = len(people)
        numbers[source]["shared"] = sum(1 for person in people if len(sources[person]) > 1)
    named_sites = Record.objects.filter(site__isnull=False).order_by()
    for source, _ in set(named_sites.values_list("source_id", "site_id")):
        numbers[source or 0]["sites"] += 1


def _count_claims(numbers: dict[int, Counter[str]], of_record: dict[int, int | None]) -> None:
    by_record = Claim.objects.filter(record__isnull=False).order_by().values_list("record_id")
    for record, number in by_record.annotate(Count("pk")).iterator(facts.AT_ONCE):
        numbers[of_record[record] or 0]["claims"] += number
    own = Claim.objects.filter(record=None).order_by().values_list("source_id")
    for source, number in own.annotate(Count("pk")):
        numbers[source or 0]["claims"] += number


def _compare_days(numbers: dict[int, Counter[str]], of_record: dict[int, int | None]) -> None:
    """Each date against those of other sources for the same person: alone, agreeing or against."""
    for said in _days_by_person(of_record):
        for source, first, last in set(said):
            others = [(a, b) for other, a, b in said if other != source]
            against = any(last < a or b < first for a, b in others)
            kind = "alone" if not others else "contradict" if against else "agree"
            numbers[source]["dates"] += 1
            numbers[source][kind] += 1


def _days_by_person(of_record: dict[int, int | None]) -> Iterator[list[Days]]:
    member = facts.person_of_record()
    for name in COMPARED:
        found: dict[int, list[Days]] = defaultdict(list)
        rows = Claim.objects.filter(property=name, record__isnull=False).order_by()
        rows = rows.filter(first_day__isnull=False, last_day__isnull=False)
        columns = ("record_id", "first_day", "last_day")
        for record, first, last in rows.values_list(*columns).iterator(facts.AT_ONCE):
            if record in member:
                found[member[record]].append((of_record[record] or 0, first, last))
        yield from found.values()


def _count_others(numbers: dict[int, Counter[str]], of_record: dict[int, int | None]) -> None:
    """What is not told of persons by rows: statements, names, events, organisations."""
    told = (
        ("names", PersonName),
        ("events", Event),
        ("affiliations", Affiliation),
        ("affiliations", Participant),
        ("organisations", Organisation),
    )
    for name, model in told:
        rows = model._default_manager.order_by().values_list("source_id", "record_id")
        for source, number in _by_source(rows.iterator(facts.AT_ONCE), of_record).items():
            numbers[source][name] += number
    stated = Statement.objects.filter(source__isnull=False).order_by().values_list("source_id")
    for source, number in stated.annotate(Count("pk")):
        numbers[source]["statements"] = number


def _by_source(
    rows: Iterable[tuple[int | None, int | None]], of_record: dict[int, int | None]
) -> Counter[int]:
    return Counter(source or of_record.get(record or 0) or 0 for source, record in rows)


FIGURES = (of_sources,)
