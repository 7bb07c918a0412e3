"""Plain Latin letters without accents: what a skilled user of general tools would prepare."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Simplified BGN/PCGN, as in passports and most English catalogues.
LETTERS = dict(
    zip(
        "абвгдеёзийклмнопрстуфыэіїєґў",
        "a|b|v|g|d|e|e|z|i|y|k|l|m|n|o|p|r|s|t|u|f|y|e|i|yi|ye|g|u".split("|"),  # noqa: SIM905
        strict=True,
    )
) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya",
    "ъ": "", "ь": "",
}  # fmt: skip


@lru_cache(maxsize=500_000)
def plain(text: str) -> str:
    """Lower-case Latin letters without accents; Cyrillic is transliterated."""
    latin = "".join(LETTERS.get(char, char) for char in text.lower())
    bare = unicodedata.normalize("NFD", latin)
    return "".join(char for char in bare if char.isascii() and (char.isalpha() or char == " "))
