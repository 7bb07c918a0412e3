"""The verbatim side of a batch: its files row by row, and what earlier files wrote in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sexton.records.tables import Row as TableRow
from sexton.web.register.bulk import as_json
from sexton.web.register.history import Door
from sexton.web.register.imports.files import TakenFile
from sexton.web.register.models import Batch, Sheet, SheetRow

Row = Mapping[str, str]
KeyOf = Callable[[Row], str]


def keep(door: Door, batch: Batch, file: TakenFile, key_of: KeyOf | None = None) -> Sheet:
    """Keep a file's rows, cell by cell; ``key_of`` says which thing of the register a row is of."""
    sheet = Sheet(
        batch=batch,
        table=file.table,
        name=file.name[:300],
        columns=list(file.columns),
        digest=file.digest,
        line_end=file.line_end,
        delimiter=file.delimiter,
    )
    door.add_many([sheet])
    rows = (
        (sheet.pk, number, _key(file, cells, key_of), as_json(list(cells)))
        for number, cells in file.rows
    )
    door.add_rows(SheetRow, ("sheet_id", "number", "key", "cells"), rows)
    return sheet


def earlier_rows(table: str) -> dict[str, Row]:
    """What the latest file of this table wrote of each thing, by its key."""
    rows = SheetRow.objects.filter(sheet__table=table).exclude(key="").order_by("pk")
    return {
        key: dict(zip(columns, cells, strict=False))
        for key, columns, cells in rows.values_list("key", "sheet__columns", "cells")
    }


def latest_rows(table: str) -> list[tuple[str, list[tuple[str, TableRow]]]]:
    """The latest row of each thing, with its key: by the name of the file that holds it."""
    rows = SheetRow.objects.filter(sheet__table=table).exclude(key="").order_by("pk")
    values = rows.values_list("key", "number", "sheet__name", "sheet__columns", "cells")
    latest = {key: (name, number, cols, cells) for key, number, name, cols, cells in values}
    found: dict[str, list[tuple[str, TableRow]]] = {}
    for key, (name, number, columns, cells) in latest.items():
        row = TableRow(number, dict(zip(columns, cells, strict=False)))
        found.setdefault(name, []).append((key, row))
    return list(found.items())


def _key(file: TakenFile, cells: object, key_of: KeyOf | None) -> str:
    if key_of is None or not isinstance(cells, (list, tuple)):
        return ""
    return key_of(dict(zip(file.columns, cells, strict=False)))[:300]
