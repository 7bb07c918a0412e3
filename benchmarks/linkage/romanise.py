"""What a skilled user of general tools would prepare: names in plain Latin letters, years, keys.

The names of the graves are split into surname, given name and patronymic by `sexton.names`, so
that the peers do not suffer from the order of the words.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from benchmarks.linkage.material import Row
from sexton.names import read_person_name

# Simplified BGN/PCGN, as in passports and most English catalogues.
_LETTERS = dict(
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
    latin = "".join(_LETTERS.get(char, char) for char in text.lower())
    bare = unicodedata.normalize("NFD", latin)
    return "".join(char for char in bare if char.isascii() and (char.isalpha() or char == " "))


def prepared(row: Row) -> dict[str, str | None]:
    """A row as Splink and the distance baseline read it; an empty value is None."""
    surname, given, patronymic = _parts(row)
    birth = row.get("birth_date", "")
    values = {
        "unique_id": row["id"],
        "surname": plain(surname),
        "given": plain(given),
        "patronymic": plain(patronymic),
        "birth_date": birth if len(birth) == 10 else "",
        "birth_year": birth[:4],
        "death_date": row.get("death_date", ""),
        "birth_place": plain(row.get("birth_place", "")),
    }
    return {name: value or None for name, value in values.items()}


def _parts(row: Row) -> tuple[str, str, str]:
    if row.get("surname"):
        return row["surname"], row.get("given", ""), row.get("patronymic", "")
    forms = read_person_name(row["name"], "", "", "", "").forms
    if not forms:
        return row["name"], "", ""
    best = forms[0]
    return best.surname or "", best.given or "", best.patronymic or ""
