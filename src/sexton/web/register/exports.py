"""The files that were taken in, written out again: every row as its file had it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sexton.records.writing import replacing
from sexton.web.register.models import Sheet, SheetRow


def write_sheets(folder: Path) -> list[tuple[Path, int]]:
    """Write each file of the register into ``folder``; returns paths with their numbers of rows.

    Of several files of one name the latest keeps it, those before are numbered (``a.1.csv``).
    Files that were no text become CSV. Raises OSError or UnwritableFile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [(path, _write(sheet, path)) for sheet, path in _named(folder)]


def _named(folder: Path) -> Iterator[tuple[Sheet, Path]]:
    sheets = list(Sheet.objects.order_by("pk"))
    latest = {_name(sheet): sheet.pk for sheet in sheets}
    earlier: Counter[str] = Counter()
    for sheet in sheets:
        name = Path(_name(sheet))
        if latest[name.name] == sheet.pk:
            yield sheet, folder / name
        else:
            earlier[name.name] += 1
            yield sheet, folder / f"{name.stem}.{earlier[name.name]}{name.suffix}"


def _name(sheet: Sheet) -> str:
    """The name of the file alone, whatever folders a name may pretend."""
    name = Path(sheet.name.replace("\\", "/")).name or "sheet"
    return name if sheet.delimiter else f"{Path(name).stem}.csv"


def _write(sheet: Sheet, path: Path) -> int:
    rows = SheetRow.objects.filter(sheet=sheet).order_by("pk").values_list("cells", flat=True)
    count = 0
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, delimiter=sheet.delimiter or ",", lineterminator=sheet.line_end or "\n"
        )
        writer.writerow(sheet.columns)
        for cells in rows.iterator(chunk_size=2000):
            writer.writerow(cells)
            count += 1
    return count
