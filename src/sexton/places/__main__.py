"""Write the gazetteers' sounds again, after a change of `folding`: ``python -m sexton.places``."""

from __future__ import annotations

import lzma
from pathlib import Path

from sexton.places.gazetteer import GAZETTEERS, packed_rows
from sexton.places.index import sounds_of_places

TABLES = Path(__file__).parent / "tables"


def rebuild(name: str, folder: Path = TABLES) -> None:
    """Write a packaged gazetteer into ``folder`` with its column ``sounds`` worked out anew."""
    rows = packed_rows(name)
    known = sounds_of_places(rows, packed_rows(f"{name}_names"))
    lines = ["\t".join(rows[0])]
    for row in rows:
        row["sounds"] = known[row["place_id"]]
        lines.append("\t".join(row.values()))
    text = "\n".join(lines)
    preset = 9 | lzma.PRESET_EXTREME
    folder.joinpath(f"{name}.tsv.xz").write_bytes(lzma.compress(text.encode(), preset=preset))


if __name__ == "__main__":
    for gazetteer in GAZETTEERS:
        rebuild(gazetteer)
