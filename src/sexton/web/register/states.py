"""Present states of many rows copied into the history by the database itself.

``history.state_of`` says what a state is: the row's values as JSON. The database says the same of
columns that hold texts, whole numbers, days, yes or no, and JSON. It may write a number with a
point in fewer digits, so models that have such a column are told row by row.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

OWN = frozenset({"id", "change", "version"})
PLAIN = (
    models.CharField, models.TextField, models.IntegerField, models.BigIntegerField,
    models.PositiveIntegerField, models.BooleanField, models.DateField, models.JSONField,
    models.ForeignKey,
)  # fmt: skip


def is_plain(model: type[models.Model]) -> bool:
    """Whether the database tells a row of ``model`` as ``history.state_of`` does."""
    return all(
        isinstance(field, PLAIN) and not isinstance(field, models.DateTimeField)
        for field in _fields(model)
    )


def copy(rows: QuerySet[Any], into: type[models.Model], kind: str, ended: int) -> None:
    """Copy the present states of ``rows``, which the change ``ended`` (an id) ends."""
    table = _quoted(rows.model._meta.db_table)
    which, values = rows.order_by().values("pk").query.sql_with_params()
    sql = f"""INSERT INTO {_quoted(into._meta.db_table)}
        (kind, object_id, version, began_id, ended_id, data)
        SELECT %s, id, version, change_id, %s, {_state(rows.model)}
        FROM {table} WHERE id IN ({which}) ORDER BY id"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind, ended, *values])


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in OWN]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _state(model: type[models.Model]) -> str:
    """A row's state as SQL."""
    pairs = ", ".join(f"'{field.attname}', {_value(field)}" for field in _fields(model))
    made = "json_object" if connection.vendor == "sqlite" else "jsonb_build_object"
    return f"{made}({pairs})"


def _value(field: Any) -> str:
    """A column as SQL that gives the same JSON as Python does of the field's value."""
    column = _quoted(field.column)
    if connection.vendor != "sqlite":
        return column
    if isinstance(field, models.BooleanField):
        return f"json(CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"
    return f"json({column})" if isinstance(field, models.JSONField) else column
