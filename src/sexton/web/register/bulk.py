"""Rows by the hundred thousand: inserted by their values, without an object for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

RUN = 2000


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    **same: int,
) -> None:
    """Insert ``rows``, whose values stand in the order of ``columns`` (names in the database).

    Values are what the database's driver takes: texts, numbers, None, days, JSON as text
    (``as_json``). Columns of ``same`` get one number in all rows, and those that are left out the
    default of their field. Raises TypeError for a default that is not a plain value.
    """
    rest: dict[str, Any] = {**_defaults(model, columns), **same}
    source = iter(rows)
    with connection.cursor() as cursor:
        while run := list(islice(source, RUN)):
            if connection.vendor == "sqlite":
                cursor.executemany(_statement(model, columns, rest), run)
            else:
                _copy(cursor, model, [*columns, *rest], run, tuple(rest.values()))


def _statement(model: type[models.Model], columns: Sequence[str], rest: dict[str, Any]) -> str:
    """An INSERT with gaps for ``columns`` alone."""
    values = ", ".join([*["%s"] * len(columns), *map(_literal, rest.values())])
    return f"INSERT INTO {_table(model)} ({_names([*columns, *rest])}) VALUES ({values})"


def _copy(
    cursor: Any,
    model: type[models.Model],
    columns: Sequence[str],
    run: Sequence[Sequence[object]],
    rest: tuple[object, ...],
) -> None:
    """PostgreSQL's own way for many rows: several times as fast as INSERT."""
    plain = tuple(as_json(value) if isinstance(value, (dict, list)) else value for value in rest)
    with cursor.copy(f"COPY {_table(model)} ({_names(columns)}) FROM STDIN") as copy:
        for row in run:
            copy.write_row((*row, *plain))


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


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


def _defaults(model: type[models.Model], given: Sequence[str]) -> dict[str, Any]:
    """Column to default, of those that are not given; the id makes itself."""
    return {
        field.column: field.get_default()
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
