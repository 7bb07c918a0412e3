"""A register of a few rows of the Belgian pack: small enough to be copied in a test."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from sexton.records import pack_path

PACK = pack_path("belgium")
ENTRIES = (
    "fr-methode-093",  # Schatunov, three writings of his surname
    "fr-methode-062",
    "en-emb-zolder-001",
)


def small_pack(folder: Path) -> Path:
    """``ENTRIES`` with their sites and sources, and a man without a name and with a number."""
    rows, names = _rows("entries.csv")
    kept = [row for row in rows if row["entry_id"] in ENTRIES]
    unnamed = next(row for row in rows if row["unknown_person"] == "1")
    numbered = next(row for row in rows if row["pow_number"] and row["site_id"])
    kept += [row for row in (unnamed, numbered) if row not in kept]
    sites = {row["site_id"] for row in kept}
    _write(folder / "entries.csv", kept, names)
    for table, column, wanted in (
        ("sites.csv", "site_id", sites),
        ("sources.csv", "url", {row["source_url"] for row in kept}),
    ):
        rows, names = _rows(table)
        _write(folder / table, [row for row in rows if row[column] in wanted], names)
    shutil.copy(PACK / "profile.toml", folder)
    return folder


def _rows(table: str) -> tuple[list[dict[str, str]], list[str]]:
    with (PACK / table).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader), list(reader.fieldnames or ())


def _write(path: Path, rows: list[dict[str, str]], names: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
