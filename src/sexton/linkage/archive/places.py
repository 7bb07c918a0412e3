"""What was read of a list's places of birth when it was built, to be recalled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sexton.linkage.archive.arrays import map_texts, write_texts
from sexton.linkage.archive.cells import Cells, CodedCells
from sexton.places import Gazetteer
from sexton.places.kept import recall

_NAME = "place-read"


def write_places(folder: Path, kept: Sequence[str]) -> None:
    """Keep the readings of the distinct places of birth, as texts, in their order."""
    write_texts(folder, _NAME, kept)


class KeptPlaces:
    """The readings of a list's places of birth."""

    def __init__(self, folder: Path, cells: Cells) -> None:
        """Maps what `write_places` wrote to the folder. Raises DamagedArchive."""
        self._kept = map_texts(folder, _NAME)
        self._column = cells.columns.get("birth_place")

    def recall(self, rows: Sequence[int], gazetteer: Gazetteer) -> None:
        """Let the gazetteer know what was read of the places of some rows."""
        column = self._column
        if column is None:
            return
        at = np.asarray(rows, dtype=np.int64)
        numbers = column.codes[at].tolist() if isinstance(column, CodedCells) else rows
        known = gazetteer.readings
        new = {
            text: number
            for text, number in zip(column.at_all(at), numbers, strict=True)
            if text and text not in known
        }
        if new:
            recall(zip(new, self._kept.many([*new.values()]), strict=True), gazetteer)
