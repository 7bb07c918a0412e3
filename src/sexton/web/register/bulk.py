"""Rows by the hundred thousand: inserted by their values, without an object for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models

RUN = 2000
VALUES_AT_ONCE = 20_000


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    **same: int,
) -> None:
    """Insert ``rows``, whose values stand in the order of ``columns`` (names in the database).

    Values are what the database's driver takes: texts, numbers, None, days, JSON as text
    (``as_json``). Columns of ``same`` get one number in all rows, and those that are left out the
    default of their field; both stand in the statement itself, which spares binding them.
    """
    rest = {**_defaults(model, columns), **{name: str(value) for name, value in same.items()}}
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, [*columns, *rest]))
    gaps = f"({', '.join([*['%s'] * len(columns), *rest.values()])})"
    head = f"INSERT INTO {table} ({names}) VALUES "
    source = iter(rows)
    at_once = min(RUN, VALUES_AT_ONCE // len(columns))
    with connection.cursor() as cursor:
        while run := list(islice(source, at_once)):
            if connection.vendor == "sqlite":
                cursor.executemany(head + gaps, run)
            else:
                cursor.execute(head + ", ".join([gaps] * len(run)), list(chain.from_iterable(run)))


def reserve(model: type[models.Model], number: int) -> range | list[int]:
    """Ids for ``number`` new rows, which nobody else gets (SQLite: within the transaction)."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            first = (cursor.fetchone() or (0,))[0] + 1
            return range(first, first + number)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, number],
        )
        return [row[0] for row in cursor]


def as_json(value: dict[str, Any] | list[Any]) -> str:
    """A value for a JSON column."""
    if value:
        return json.dumps(value, ensure_ascii=False)
    return "{}" if isinstance(value, dict) else "[]"


def _defaults(model: type[models.Model], given: Sequence[str]) -> dict[str, str]:
    """Column to default as SQL, of those that are not given; the id makes itself."""
    return {
        field.column: _literal(field.get_default())
        for field in model._meta.concrete_fields
        if field.column not in given and not field.primary_key
    }


def _literal(value: object) -> str:
    """A field's default as SQL. Raises TypeError for one that is not a plain value."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return str(value)
    if value in ({}, []):
        return f"'{as_json(value)}'"  # type: ignore[arg-type]
    if (isinstance(value, str) and value.replace("_", "").isalnum()) or value == "":
        return f"'{value}'"
    raise TypeError(f"not a plain default: {value!r}")
