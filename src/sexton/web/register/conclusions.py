"""Persons as conclusions from records: made, made again, and dissolved, with their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db.models import F, OuterRef, Subquery

from sexton.web.register.clusters import person_of
from sexton.web.register.history import Door, pieces
from sexton.web.register.models import Membership, Person, Record, Versioned

CONCLUDED = ("name", "sort_name", "is_named", "record_count")
Groups = Sequence[Sequence[Record]]


def regroup(door: Door, groups: Groups, probability: Mapping[str, float]) -> None:
    """Make the persons that the groups are, out of those that there are.

    What was taken from a record goes with it. Persons on whom something stands that was taken
    from none keep their records; a group is what is left of it.
    """
    held = _held_records()
    left = [[record for record in group if record.pk not in held] for group in groups]
    wanted = {_key(group): group for group in left if group}
    present = {person.key: person for person in Person.objects.all()}
    fresh = [person_of(group) for key, group in wanted.items() if key not in present]
    known = {present[key].pk: group for key, group in wanted.items() if key in present}
    door.add_many(fresh)
    door.edit_many(Person, {pk: _values(group) for pk, group in known.items()})
    ids = {**{p.key: p.pk for p in fresh}, **{p.key: p.pk for p in present.values()}}
    _assign(
        door,
        {r.pk: (ids[key], probability.get(r.key, 1.0)) for key, g in wanted.items() for r in g},
    )
    follow(door)
    empty = Person.objects.filter(memberships=None, pk__in=[p.pk for p in present.values()])
    drop_unheld(door, list(empty.values_list("pk", flat=True)))


def refresh(door: Door, persons: Collection[int]) -> list[int]:
    """Conclude again from their records what these persons are called.

    Returns those that no record speaks of any more.
    """
    empty: list[int] = []
    ids = sorted(persons)
    for some in pieces(ids, "person"):
        groups: dict[int, list[Record]] = defaultdict(list)
        members = Membership.objects.filter(some).select_related("record")
        for member in members:
            groups[member.person_id].append(member.record)
        door.edit_many(Person, {pk: _values(group) for pk, group in groups.items()})
    for some in pieces(ids):
        unspoken = Person.objects.filter(some, memberships=None)
        empty += unspoken.values_list("pk", flat=True)
    return empty


def drop_unheld(door: Door, persons: Sequence[int]) -> None:
    """Drop those of the persons to whom nothing in the register refers."""
    ids = sorted(persons)
    held = {pk for model, name in referring(Person) for pk in _referred(model, name, ids)}
    door.drop_ids(Person, [pk for pk in ids if pk not in held])


def referring(model: type[Versioned]) -> Iterator[tuple[type[Versioned], str]]:
    """The models with a history that refer to ``model``, each with the name of the column."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if isinstance(other, type) and issubclass(other, Versioned):
            yield other, relation.field.name


def follow(door: Door) -> None:
    """Give what was taken from a record to the person of whom that record speaks now."""
    person_of_record = Membership.objects.filter(record=OuterRef("record")).values("person")
    for model in taken_from_records():
        # Ordered by its id alone: by the person, one who is gone would hide what was his.
        now = model._default_manager.exclude(record=None).exclude(person=None).order_by("pk")
        rows = now.annotate(theirs=Subquery(person_of_record)).exclude(theirs=F("person"))
        moved = dict(rows.values_list("pk", "theirs"))
        door.edit_many(model, {pk: {"person_id": person} for pk, person in moved.items()})


def taken_from_records() -> Iterator[type[Versioned]]:
    """The models whose rows are of a person and can be taken from a record."""
    for model, name in referring(Person):
        names = {column.name for column in model._meta.concrete_fields}
        if name == "person" and "record" in names and model is not Membership:
            yield model


def _held_records() -> set[int]:
    """Records of persons on whom something stands that was taken from no record."""
    held: set[int] = set()
    follows = set(taken_from_records())
    for model, name in referring(Person):
        if model is Membership:
            continue
        rows = model._default_manager.filter(**{f"{name}__isnull": False})
        if model in follows and name == "person":
            rows = rows.filter(record=None)
        held.update(rows.values_list(f"{name}_id", flat=True).distinct())
    return set(Membership.objects.filter(person__in=held).values_list("record_id", flat=True))


def _referred(model: type[Versioned], name: str, ids: Sequence[int]) -> Iterator[int]:
    """Those of ``ids`` (ascending) to which the column ``name`` of ``model`` refers."""
    for some in pieces(ids, name):
        rows = model._default_manager.filter(some).order_by()
        yield from rows.values_list(f"{name}_id", flat=True).distinct()


def _key(group: Sequence[Record]) -> str:
    return min(record.key for record in group)


def _values(group: Sequence[Record]) -> dict[str, object]:
    person = person_of(group)
    return {name: getattr(person, name) for name in CONCLUDED}


def _assign(door: Door, wanted: Mapping[int, tuple[int, float]]) -> None:
    """Make each record a member of its person."""
    members = dict(Membership.objects.values_list("record_id", "pk"))
    door.add_many(
        [
            Membership(record_id=record, person_id=person, probability=chance)
            for record, (person, chance) in wanted.items()
            if record not in members
        ]
    )
    door.edit_many(
        Membership,
        {
            members[record]: {"person_id": person, "probability": chance}
            for record, (person, chance) in wanted.items()
            if record in members
        },
    )
