"""What stands of each person: the claims that nobody has disproven, or the preferred ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.path import BESIDE
from sexton.web.register.models import Claim, Membership, Participant, Person

AT_ONCE = 20_000


class Stated(NamedTuple):
    """A value as written and as read, and the days that it can mean."""

    value: str
    read: str
    first: date | None
    last: date | None


class Span(NamedTuple):
    """The days that all accounts together leave; ``agree`` if one day can be right by all."""

    first: date
    last: date
    agree: bool


@kept
def persons() -> dict[int, bool]:
    """Every person's id, and whether a source names them."""
    return dict(Person.objects.order_by().values_list("pk", "is_named"))


@kept
def person_of_record() -> dict[int, int]:
    return dict(Membership.objects.order_by().values_list("record_id", "person_id"))


@cache
def stated(name: str) -> dict[int, list[Stated]]:
    """What stands of a property, by person: all that is not disproven, or what is preferred."""
    of_record, known = person_of_record(), persons()
    found: dict[int, list[Stated]] = defaultdict(list)
    chosen: set[int] = set()
    columns = (
        "record_id", "person_id", "preferred", "value", "read", "first_day", "last_day",
    )  # fmt: skip
    rows = Claim.objects.filter(property=name).exclude(state="disproven").order_by()
    for record, own, preferred, *said in rows.values_list(*columns).iterator(AT_ONCE):
        person = of_record.get(record) or own
        if person not in known or (person in chosen and not preferred):
            continue
        if preferred and person not in chosen:
            chosen.add(person)
            found[person].clear()
        found[person].append(Stated(*said))
    return dict(found)


@cache
def deaths() -> dict[int, list[Stated]]:
    """Days of death: the claims that stand, and where there is none, the events of a death."""
    found = {person: list(said) for person, said in stated("death_date").items()}
    parts = Participant.objects.filter(event__kind="death").exclude(role__in=BESIDE).order_by("pk")
    columns = ("event__when", "event__when_edtf", "event__first_day", "event__last_day")
    for person, *said in parts.exclude(event__when="").values_list("person_id", *columns):
        if not any(known == Stated(*said) for known in found.get(person, [])):
            found.setdefault(person, []).append(Stated(*said))
    return found


def span_of(accounts: Sequence[Stated]) -> Span | None:
    """The days on which all can agree, else the widest that they name; None without any day."""
    spans = [
        (said.first or date.min, said.last or date.max)
        for said in accounts
        if said.first or said.last
    ]
    if not spans:
        return None
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    if first <= last:
        return Span(first, last, True)
    return Span(min(span[0] for span in spans), max(span[1] for span in spans), False)


def forget() -> None:
    """Let go of what was read for several figures: later it may be otherwise."""
    stated.cache_clear()
    deaths.cache_clear()
