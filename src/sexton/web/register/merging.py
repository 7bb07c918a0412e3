"""Joining and parting persons by decisions on their records, with a list of what is affected.

A decision says that two records are one man (``accept``) or two (``refuse``); ``withdraw`` takes a
decision back. The persons follow. Whatever stands on a person (names, events, relations) goes with
the record from which it was taken; what was taken from none stays with the person who keeps the
key. The engine goes by the decisions when it concludes again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from sexton.messages import N_, Message
from sexton.web.register import conclusions
from sexton.web.register.clusters import person_of
from sexton.web.register.components import LIKELY, Components
from sexton.web.register.history import Door, change, kind_of
from sexton.web.register.models import (
    Change,
    Membership,
    PairLink,
    Person,
    Record,
    RecordLink,
    Versioned,
)

TWO_MEN = N_("A decision says that %(a)s and %(b)s are two men: %(reason)s")


class AgainstDecision(Exception):
    """A decision that stands says otherwise; take that one back first."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(slots=True)
class Affected:
    """What a decision on persons touches: their pages, records, and how much stands on them."""

    persons: list[Person] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    standing: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """The addresses of the persons' and records' pages."""
        return [row.get_absolute_url() for row in (*self.persons, *self.records)]


def affected(left: Record, right: Record) -> Affected:
    """What accepting or refusing that two records are one man would touch."""
    members = Membership.objects.filter(record__in=(left, right)).values("person")
    persons = list(Person.objects.filter(pk__in=members).order_by("key"))
    records = Record.objects.filter(membership__person__in=persons).order_by("key")
    standing = {
        kind_of(model): count
        for model, name in conclusions.referring(Person)
        if model is not Membership
        and (count := model._default_manager.filter(**{f"{name}__in": persons}).count())
    }
    return Affected(persons, list(records), standing)


def accept(left: Record, right: Record, by: str, reason: str) -> Change:
    """Decide that two records are one man. Raises AgainstDecision, ValidationError."""
    with change(by, reason) as door:
        accept_within(door, left, right, reason)
        return door.change


def accept_within(door: Door, left: Record, right: Record, reason: str) -> None:
    """``accept`` as a part of a change."""
    keep, other = sorted((_person(left), _person(right)), key=lambda person: person.key)
    if told := _against(keep, other):
        raise AgainstDecision(told)
    _decide(door, left, right, "same", reason)
    if keep != other:
        _join(door, keep, other)


def against(left: Record, right: Record) -> Message | None:
    """The decision against which it would be to accept that two records are one man."""
    return _against(_person(left), _person(right))


def refuse(left: Record, right: Record, by: str, reason: str) -> Change:
    """Decide that two records are two men; a person whom both speak of is parted."""
    with change(by, reason) as door:
        refuse_within(door, left, right, reason)
        return door.change


def refuse_within(door: Door, left: Record, right: Record, reason: str) -> None:
    """``refuse`` as a part of a change."""
    _decide(door, left, right, "different", reason)
    if _person(left) == _person(right):
        _part(door, _person(left))


def withdraw(link: RecordLink, by: str, reason: str) -> Change:
    """Take a decision back; the persons become what the other decisions and the engine say."""
    with change(by, reason) as door:
        withdraw_within(door, link)
        return door.change


def withdraw_within(door: Door, link: RecordLink) -> None:
    """``withdraw`` as a part of a change."""
    left, right = link.left, link.right
    door.drop(link)
    keep, other = sorted((_person(left), _person(right)), key=lambda person: person.key)
    if keep == other:
        _part(door, keep)
    elif _engine_joins(keep, other) and not _against(keep, other):
        _join(door, keep, other)


def part_within(door: Door, person: Person) -> None:
    """Part a person into those whom decisions, and else the engine, hold for one man now."""
    _part(door, person)


def decided_between(left: Record, right: Record) -> QuerySet[RecordLink]:
    """The decisions on two records, whichever stands first."""
    return Components.pairs(RecordLink.objects.filter(decided=True), left.pk, right.pk)


def _decide(door: Door, left: Record, right: Record, verdict: str, reason: str) -> None:
    pair = decided_between(left, right)
    for link in pair.exclude(verdict=verdict):
        door.drop(link)
    if not pair.filter(verdict=verdict).exists():
        link = RecordLink(left=left, right=right, verdict=verdict, decided=True, reason=reason)
        door.add(link)


def _person(record: Record) -> Person:
    return Membership.objects.select_related("person").get(record=record).person


def _records(person: Person) -> list[Record]:
    return list(Record.objects.filter(membership__person=person).order_by("key"))


def _against(one: Person, other: Person) -> Message | None:
    """The decision that a record of one and a record of the other are two men."""
    apart = RecordLink.objects.filter(decided=True, verdict="different")
    theirs, ours = "membership__person", {one.pk, other.pk}
    for link in apart.filter(**{f"left__{theirs}__in": ours, f"right__{theirs}__in": ours}):
        if _person(link.left) != _person(link.right):
            params = {"a": link.left.key, "b": link.right.key, "reason": link.reason}
            return Message(TWO_MEN, params)
    return None


def _engine_joins(one: Person, other: Person) -> bool:
    ours, theirs = _records(one), _records(other)
    likely = PairLink.objects.filter(probability__gt=LIKELY)
    return (
        likely.filter(left__in=ours, right__in=theirs).exists()
        or likely.filter(left__in=theirs, right__in=ours).exists()
    )


def _join(door: Door, keep: Person, other: Person) -> None:
    """All that is of ``other`` becomes that of ``keep``."""
    for model, name in conclusions.referring(Person):
        rows = model._default_manager.filter(**{name: other})
        _move(door, model, name, rows.values_list("pk", flat=True), keep)
    conclusions.refresh(door, {keep.pk})
    door.drop_all(Person.objects.filter(pk=other.pk))


def _part(door: Door, person: Person) -> None:
    """Part a person into those whom decisions, and else the engine, hold for one man.

    The first record by key stays with the person, the others become persons of their own.
    """
    records = _records(person)
    for group in Components.of(records).groups(records)[1:]:
        fresh = person_of(group)
        if Person.objects.filter(key=fresh.key).exists():
            fresh.key = f"{fresh.key}~{group[0].pk}"[:200]
        door.add_many([fresh])
        members = Membership.objects.filter(record__in=group)
        _move(door, Membership, "person", members.values_list("pk", flat=True), fresh)
        for model in conclusions.taken_from_records():
            rows = model._default_manager.filter(person=person, record__in=group)
            _move(door, model, "person", rows.values_list("pk", flat=True), fresh)
    conclusions.refresh(door, {person.pk})


def _move(
    door: Door, model: type[Versioned], name: str, rows: Iterable[int], person: Person
) -> None:
    door.edit_many(model, {pk: {f"{name}_id": person.pk} for pk in rows})
