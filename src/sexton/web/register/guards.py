"""Triggers by which the database itself refuses to lose anything, whatever program asks it to.

- a record and a row of a sheet are verbatim: never changed;
- the register's memory (changes, past states) is only ever added to;
- a row with a history is changed or dropped only when its present state was kept before.

They are made after every run of migrations, for SQLite forgets the triggers of a table that a
migration makes anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

VERBATIM = ("record", "sheetrow")
MEMORY = ("change", "history")
VERBATIM_REFUSAL = "it is verbatim: it is never changed after its import"
MEMORY_REFUSAL = "the memory of the register is only ever added to"
KEEP_REFUSAL = "its present state must be kept before it is changed or dropped"


def ensure(connection: Any, tables: Mapping[str, str]) -> None:
    """Make the triggers for the models with a history: ``tables`` by the names of the models.

    A register that is still being migrated, and has no memory yet, gets none; nor does a table
    that is not made yet.
    """
    there = set(connection.introspection.table_names())
    if "register_history" not in there:
        return
    tables = {name: table for name, table in tables.items() if table in there}
    statements = _for_sqlite if connection.vendor == "sqlite" else _for_postgresql
    with connection.cursor() as cursor:
        for statement in statements(tables):
            cursor.execute(statement)


def lift(connection: Any) -> None:
    """Drop all of them, for a migration that must write to such tables; ``ensure`` remakes them."""
    with connection.cursor() as cursor:
        for trigger, table in _present(connection, cursor):
            on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER {trigger}{on_table}")


def present(connection: Any) -> list[str]:
    """The names of the triggers that there are."""
    with connection.cursor() as cursor:
        return sorted(trigger for trigger, _ in _present(connection, cursor))


def _present(connection: Any, cursor: Any) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = """SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                 WHERE NOT t.tgisinternal"""
    cursor.execute(sql)
    return [(trigger, table) for trigger, table in cursor if trigger.endswith(_ENDS)]


# Trigger, model, table, action, and what it asks: ``verbatim``, ``memory`` or ``keep``.
Wanted = tuple[str, str, str, str, str]
_ENDS = ("_is_verbatim", "_is_not_rewritten", "_is_not_lost", "_when_dropped", "_when_changed")


def _wanted(tables: Mapping[str, str]) -> Iterator[Wanted]:
    for name in VERBATIM:
        yield f"{name}_is_verbatim", name, f"register_{name}", "UPDATE", "verbatim"
    for name in MEMORY:
        yield f"{name}_is_not_rewritten", name, f"register_{name}", "UPDATE", "memory"
        yield f"{name}_is_not_lost", name, f"register_{name}", "DELETE", "memory"
    for name, table in tables.items():
        yield f"{name}_is_kept_when_dropped", name, table, "DELETE", "keep"
        if name not in VERBATIM:
            yield f"{name}_is_kept_when_changed", name, table, "UPDATE", "keep"


def _for_sqlite(tables: Mapping[str, str]) -> Iterator[str]:
    for trigger, name, table, action, asks in _wanted(tables):
        kept = (
            f"""WHEN NOT EXISTS (SELECT 1 FROM register_history WHERE kind = '{name}'
            AND object_id = OLD.id AND version = OLD.version)"""
            if asks == "keep"
            else ""
        )
        yield f"""CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE {action} ON {table} {kept}
        BEGIN SELECT RAISE(ABORT, '{_REFUSALS[asks].format(name)}'); END"""


def _for_postgresql(tables: Mapping[str, str]) -> Iterator[str]:
    yield """CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000'; END$$"""
    yield """CREATE OR REPLACE FUNCTION register_refuse_unkept() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN
      IF NOT EXISTS (SELECT 1 FROM register_history WHERE kind = TG_ARGV[1]
                     AND object_id = OLD.id AND version = OLD.version) THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END$$"""
    for trigger, name, table, action, asks in _wanted(tables):
        function = "register_refuse_unkept" if asks == "keep" else "register_refuse"
        yield f"""CREATE OR REPLACE TRIGGER {trigger} BEFORE {action} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}('{_REFUSALS[asks].format(name)}', '{name}')"""


_REFUSALS = {
    "verbatim": "{}: " + VERBATIM_REFUSAL,
    "memory": "{}: " + MEMORY_REFUSAL,
    "keep": "{}: " + KEEP_REFUSAL,
}
