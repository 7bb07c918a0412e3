"""Compose the packaged chunk tables again, after a change of what they are composed of:
``python -m sexton.names``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sexton.names import composition, one_alphabet
from sexton.names.composed import FILE, packed

TABLES = Path(__file__).parent / "tables"
ALL = (
    ("cyrillic-latin", composition.TEXTS, composition.compose_cyrillic_latin),
    ("latin-latin", one_alphabet.LATIN_TEXTS, one_alphabet.compose_latin_latin),
    ("cyrillic-cyrillic", one_alphabet.CYRILLIC_TEXTS, one_alphabet.compose_cyrillic_cyrillic),
)


def rebuild(folder: Path = TABLES) -> None:
    """Write the tables, composed anew, into ``folder``."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, texts, compose in ALL:
        arrays |= packed(name, texts, compose())
    np.savez_compressed(folder / FILE, allow_pickle=False, **arrays)


if __name__ == "__main__":
    rebuild()
