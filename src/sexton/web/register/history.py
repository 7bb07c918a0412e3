"""The one door through which the register is written, with who, when and why.

    with change("A. Editor", "the commune's letter of 3 May") as c:
        c.edit(site, municipality="Genk")

A change is one transaction. Before a row is edited or dropped, its state is copied to ``History``;
a row that is added costs no extra row, for it carries the change that made it. Two changes never
run at once, so that their numbers, their times and what they saw are in one order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sexton.messages import N_, Message
from sexton.web.register import bulk, states
from sexton.web.register.models import VERSIONED, Batch, Change, History, Versioned

V = TypeVar("V", bound=Versioned)
Values = dict[str, Any]

Past = tuple[int, int, int, Values]  # id, version, the change that made it, values

OWN = frozenset({"id", "change", "version"})
_PAST_COLUMNS = ("kind", "object_id", "version", "began_id", "data")
AT_ONCE = 500
LONG, AT_MOST = 50, 5_000  # ids without a gap: from how many on they are named by their ends
_PEOPLE_WRITE = 0x5E_C7_04  # the name of PostgreSQL's lock: any number that nobody else uses


class Conflict(Exception):
    """Somebody else changed the row since it was seen: nothing was written.

    ``message`` says who and when; ``theirs`` are the values now, ``yours`` those that were to be
    written, each by field, where they differ.
    """

    def __init__(self, message: Message, theirs: Values, yours: Values) -> None:
        super().__init__(str(message))
        self.message, self.theirs, self.yours = message, theirs, yours


class Door:
    """What one change does; made by ``change``. Its ``Change`` row is written with the first."""

    def __init__(self, by: str, reason: str, batch: Batch | None, undoes: Change | None) -> None:
        self._made: Change | None = None
        self._who = {"by": by, "reason": reason, "batch": batch, "undoes": undoes}

    @property
    def written(self) -> Change | None:
        """The change, if it did anything yet."""
        return self._made

    def belongs_to(self, batch: Batch) -> None:
        """Say of which batch this change is; before it does anything."""
        self._who["batch"] = batch

    @property
    def change(self) -> Change:
        if self._made is None:
            latest = Change.objects.order_by("-pk").first()
            now = timezone.now()
            # A clock that was put back does not put changes into another order.
            at = max(now, latest.at + timedelta(microseconds=1)) if latest else now
            self._made = Change.objects.create(at=at, **self._who)
        return self._made

    def add(self, row: V) -> V:
        """Add a new row. Raises ValidationError for values that its columns refuse."""
        row.change, row.version = self.change, 1
        row.full_clean()
        row.save(force_insert=True)
        return row

    def add_many(self, rows: Sequence[V]) -> Sequence[V]:
        """Add rows that are known to be sound; on return they have their ids."""
        if rows:
            for row in rows:
                row.change, row.version = self.change, 1
            type(rows[0]).objects.bulk_create(rows, batch_size=AT_ONCE)
        return rows

    def add_rows(
        self, model: type[Versioned], columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> None:
        """Add rows by their values, quickly: for the hundred thousands (see ``bulk.insert``)."""
        bulk.insert(model, columns, rows, change_id=self.change.pk, version=1)

    def edit(self, row: V, *, seen: int | None = None, **values: object) -> V:
        """Give ``row`` new values; its other attributes become what the register holds.

        ``seen`` is the version on which the values were decided (that of ``row`` by default).
        Raises Conflict when the row has changed since, ValidationError for values that do not fit.
        """
        stored = self._stored(row, row.version if seen is None else seen, values)
        before = state_of(stored)
        for name, value in values.items():
            setattr(stored, name, value)
        if state_of(stored) != before:
            stored.full_clean()
            self._keep(type(row), [_past(stored, before)])
            stored.change, stored.version = self.change, stored.version + 1
            stored.save(force_update=True)
        row.__dict__.update(stored.__dict__)
        return row

    def edit_many(self, model: type[Versioned], values: Mapping[int, Values]) -> int:
        """Give rows (by id) new values that are known to be sound. Returns how many changed.

        Values are by name in the database (``person_id``); rows that have them stay as they are.
        """
        edited = 0
        for run in runs(list(values)):
            rows = model._default_manager.filter(pk__in=run).order_by("pk")
            edited += self._edit_run(model, [(row, values[row.pk]) for row in rows])
        return edited

    def _edit_run(self, model: type[Versioned], pairs: Sequence[tuple[Versioned, Values]]) -> int:
        past, rows, names = [], [], {"change", "version"}
        for row, values in pairs:
            new = {name: v for name, v in values.items() if getattr(row, name) != v}
            if new:
                past.append(_past(row, state_of(row)))
                for name, value in new.items():
                    setattr(row, name, value)
                row.change, row.version = self.change, row.version + 1
                names.update(model._meta.get_field(name).name for name in new)
                rows.append(row)
        if rows:
            self._keep(model, past)
            model._default_manager.bulk_update(rows, sorted(names), batch_size=100)
        return len(rows)

    def drop(self, row: Versioned, *, seen: int | None = None) -> None:
        """Take ``row`` out. Raises Conflict, or ProtectedError where others refer to it."""
        stored = self._stored(row, row.version if seen is None else seen, {})
        self._keep(type(row), [_past(stored, state_of(stored))])
        stored.delete()

    def drop_all(self, rows: QuerySet[V]) -> int:
        """Take ``rows`` out, whose dependants are gone already. Returns how many there were."""
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        self.drop_ids(rows.model, ids)
        return len(ids)

    def drop_ids(self, model: type[Versioned], ids: Sequence[int]) -> None:
        """Take out the rows with these ids (ascending), whose dependants are gone already."""
        for some in pieces(ids):
            found = model._default_manager.filter(some)
            self._keep_present(found)
            drop_computed(found)
            found._raw_delete(found.db)

    def restore(self, model: type[Versioned], past: Sequence[History]) -> None:
        """Bring past states back, each as a new version of its row."""
        ids = [state.object_id for state in past]
        present = model.objects.in_bulk(ids)
        self._keep(model, [_past(row, state_of(row)) for row in present.values()])
        latest = _latest_versions(model, ids)
        rows = [_row(model, state, self.change, latest[state.object_id] + 1) for state in past]
        missing = [row for row in rows if row.pk not in present]
        type(self)._insert_with_ids(model, missing)
        for row in rows:
            if row.pk in present:
                row.save(force_update=True)

    @staticmethod
    def _insert_with_ids(model: type[Versioned], rows: Sequence[Versioned]) -> None:
        model.objects.bulk_create(rows, batch_size=AT_ONCE)

    def _stored(self, row: V, seen: int, values: Values) -> V:
        stored = type(row)._default_manager.filter(pk=row.pk).select_related("change").first()
        if stored is None:
            raise _gone(row, values)
        if stored.version != seen:
            raise _changed(stored, values)
        return stored

    def _keep_present(self, rows: QuerySet[Any]) -> None:
        """Keep the present states of many rows; in the database itself where it can tell them."""
        if states.is_plain(rows.model):
            states.copy(rows, History, kind_of(rows.model), self.change.pk)
        else:
            self._keep(rows.model, _states(rows.order_by("pk")))

    def _keep(self, model: type[Versioned], past: Iterable[Past]) -> None:
        kind = kind_of(model)
        rows = (
            (kind, pk, version, began, json.dumps(data, ensure_ascii=False))
            for pk, version, began, data in past
        )
        bulk.insert(History, _PAST_COLUMNS, rows, ended_id=self.change.pk)


@contextmanager
def change(
    by: str, reason: str, *, batch: Batch | None = None, undoes: Change | None = None
) -> Iterator[Door]:
    """One change, all or nothing. Raises ValueError where it is not said who or why."""
    if not by.strip() or not reason.strip():
        raise ValueError("a change says who makes it and why")
    with transaction.atomic():
        one_at_a_time()
        yield Door(by, reason, batch, undoes)


def one_at_a_time() -> None:
    """Wait for other writers. SQLite's transactions do so by themselves (``IMMEDIATE``)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PEOPLE_WRITE])


def versioned() -> tuple[type[Versioned], ...]:
    """All models with a history, those of other rooms after the register's own.

    Each may refer to those before it.
    """
    others = (m for m in apps.get_models() if issubclass(m, Versioned) and m not in VERSIONED)
    return (*VERSIONED, *others)


def kind_of(model: type[models.Model]) -> str:
    """What ``History`` calls a model."""
    return str(model._meta.model_name)


def state_of(row: Versioned) -> Values:
    """A row's values as JSON can hold them, without id, version and change."""
    return {
        field.attname: _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }


def runs(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """``ids`` in runs that a query can name."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def pieces(ids: Sequence[int], name: str = "pk") -> Iterator[Q]:
    """Conditions that together say that the column ``name`` is one of ``ids`` (ascending).

    Ids that follow each other without a gap, as those of a batch do, are named by their ends.
    """
    rest: list[int] = []
    for _, numbered in groupby(enumerate(ids), key=lambda pair: pair[1] - pair[0]):
        stretch = [pk for _, pk in numbered]
        if len(stretch) < LONG:
            rest += stretch
            continue
        for start in range(0, len(stretch), AT_MOST):
            part = stretch[start : start + AT_MOST]
            yield Q(**{f"{name}__gte": part[0], f"{name}__lte": part[-1]})
    for run in runs(rest):
        yield Q(**{f"{name}__in": run})


def drop_computed(rows: QuerySet[Any]) -> None:
    """Drop what was computed from ``rows``: search keys, compared pairs, findings naming them."""
    for relation in rows.model._meta.related_objects:
        if relation.many_to_many and not issubclass(relation.related_model, Versioned):
            theirs = relation.related_model._default_manager
            theirs.filter(**{f"{relation.field.name}__in": rows}).delete()
        elif relation.many_to_many:
            through = relation.through._default_manager
            through.filter(**{f"{relation.field.m2m_reverse_field_name()}__in": rows}).delete()
        elif relation.on_delete in (models.CASCADE, models.SET_NULL):
            theirs = relation.related_model._default_manager
            referring = theirs.filter(**{f"{relation.field.name}__in": rows})
            if relation.on_delete is models.CASCADE:
                referring.delete()
            else:
                referring.update(**{relation.field.name: None})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _states(rows: QuerySet[Any]) -> Iterator[Past]:
    """The present states of many rows, without an object for each."""
    fields = rows.model._meta.concrete_fields
    names = [field.attname for field in fields if field.name not in OWN]
    for pk, version, began, *values in rows.values_list("pk", "version", "change_id", *names):
        yield pk, version, began, {n: _plain(v) for n, v in zip(names, values, strict=True)}


def _past(row: Versioned, data: Values) -> Past:
    return row.pk, row.version, row.change_id, data


def row_of(model: type[V], pk: int, data: Values) -> V:
    """A row with the values of a past state, without a version; it is not in the register."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: fields[name].to_python(v) for name, v in data.items() if name in fields}
    return model(pk=pk, **values)


def _row(model: type[Versioned], state: History, made_by: Change, version: int) -> Versioned:
    row = row_of(model, state.object_id, state.data)
    row.change, row.version = made_by, version
    return row


def _latest_versions(model: type[Versioned], ids: Sequence[int]) -> dict[int, int]:
    """Id to the highest version that a row has, or had before it was dropped."""
    found: dict[int, int] = {}
    for run in runs(ids):
        past = History.objects.filter(kind=kind_of(model), object_id__in=run)
        for pk, version in past.values_list("object_id", "version"):
            found[pk] = max(version, found.get(pk, 0))
    return found


def _gone(row: Versioned, values: Values) -> Conflict:
    last = (
        History.objects.filter(kind=kind_of(type(row)), object_id=row.pk)
        .select_related("ended")
        .last()
    )
    if last is None:
        raise ObjectDoesNotExist(f"{kind_of(type(row))} {row.pk} was never in the register")
    text = N_("%(who)s took this out at %(when)s. Nothing of yours was saved.")
    return Conflict(Message(text, _told(last.ended)), {}, values)


def _changed(stored: Versioned, values: Values) -> Conflict:
    now = {name: getattr(stored, name) for name in values}
    theirs = {name: value for name, value in now.items() if value != values[name]}
    return Conflict(told_changed(stored), theirs, {name: values[name] for name in theirs})


def told_changed(stored: Versioned) -> Message:
    """That somebody changed a row after it had been opened: who, and when."""
    text = N_(
        "%(who)s changed this at %(when)s, after you had opened it. Nothing of yours was saved; "
        "compare the two and save again."
    )
    return Message(text, _told(stored.change))


def _told(made: Change) -> dict[str, str]:
    return {"who": made.by, "when": f"{timezone.localtime(made.at):%Y-%m-%d %H:%M}"}
