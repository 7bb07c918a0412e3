"""Figures of the sources themselves: their languages, and how the register grew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from django.db.models import Count, Q

from sexton.web.register.figures import facts
from sexton.web.register.figures.model import NOT_STATED, Figure, Row
from sexton.web.register.models import (
    Change,
    Claim,
    PersonName,
    Record,
    RecordLink,
    Source,
    Versioned,
)


def languages() -> Figure:
    """Sources, records and persons by the language of the source."""
    of_record = facts.person_of_record()
    sources = Counter(Source.objects.order_by().values_list("language", flat=True))
    records: Counter[str] = Counter()
    persons: dict[str, set[int]] = defaultdict(set)
    rows = Record.objects.order_by().values_list("pk", "source__language", "fields__language")
    for pk, of_source, own in rows.iterator(facts.AT_ONCE):
        language = own or of_source or ""
        records[language] += 1
        if pk in of_record:
            persons[language].add(of_record[pk])
    found = {
        code: (sources[code], records[code], len(persons[code])) for code in {*sources, *records}
    }
    ordered = sorted(found.items(), key=lambda item: (-item[1][1], -item[1][0], item[0]))
    listed = tuple(Row(code, values) for code, values in ordered if code)
    apart = tuple(Row(NOT_STATED, values) for code, values in ordered if not code)
    counts = {"sources": sources.total(), "records": records.total()}
    columns = ("sources", "records", "persons")
    return Figure("languages", listed, apart, columns, len(facts.persons()), counts)


def growth() -> Figure:
    """Records, restored names and decisions by the month in which they came into the register."""
    verdicts = ~Q(state="asserted") | Q(preferred=True)
    restored = PersonName.objects.filter(kind="restored")
    times = Change.objects.values_list("pk", "at")
    of_change = {pk: at.isoformat()[:7] for pk, at in times.iterator(facts.AT_ONCE)}
    series = (
        _by_month(Record, Q(), of_change),
        _by_month(PersonName, Q(kind="restored"), of_change),
        _by_month(RecordLink, Q(decided=True), of_change) + _by_month(Claim, verdicts, of_change),
    )
    months = sorted(set().union(*series))
    rows = tuple(Row(month, tuple(one[month] for one in series)) for month in months)
    counts = {
        "records": series[0].total(),
        "restored": series[1].total(),
        "dated": restored.exclude(when="").count(),
        "decisions": series[2].total(),
    }
    columns = ("records", "restored", "decisions")
    return Figure("growth", rows, (), columns, series[0].total(), counts)


def _by_month(model: type[Versioned], only: Q, months: Mapping[int, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    rows = model._default_manager.filter(only).order_by().values_list("change_id")
    for pk, number in rows.annotate(Count("pk")):
        found[months[pk]] += number
    return found


FIGURES: tuple[Callable[[], Figure], ...] = (languages, growth)
