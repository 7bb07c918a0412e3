"""The codebook for programs: W3C CSV on the Web, each column with its meaning in five languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from sexton.web.public.dumps.columns import TEXT, Column
from sexton.web.public.dumps.tables import TABLES, Table
from sexton.web.public.machines.licence import LICENCE

CONTENT = "application/csvm+json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def metadata() -> dict[str, Any]:
    """The metadata of all tables; it stands beside them as ``metadata.json``."""
    return {
        "@context": CONTEXT,
        "dc:title": "A register of war graves",
        "dc:license": {"@id": LICENCE["url"]},
        "dc:rights": LICENCE["covers"],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": [_table(table) for table in TABLES],
    }


def _table(table: Table) -> dict[str, Any]:
    names = {column.name for column in table.columns}
    key = next((name for name in ("key", "number") if name in names), None)
    keyed = key == "key" or table.name == "claims"
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if keyed:
        schema["primaryKey"] = key
    schema["foreignKeys"] = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.refers_to}.csv", "columnReference": "key"},
        }
        for column in table.columns
        if column.refers_to
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": in_all_languages(table.holds),
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": in_all_languages(column.meaning),
        "datatype": {"base": column.type} if column.type == TEXT else column.type,
        "null": "",
    }


def in_all_languages(words: Promise | str) -> list[dict[str, str]]:
    """A sentence in each language of the site."""
    found = []
    for code, _ in settings.LANGUAGES:
        with override(code):
            found.append({"@value": str(words), "@language": code})
    return found
