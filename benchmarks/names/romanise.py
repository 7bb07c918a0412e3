"""Cyrillic to Latin by the rules of four conventions, for peers that compare Latin letters only."""

from __future__ import annotations

from functools import partial
from unicodedata import normalize

_COMMON = dict(zip("абвгдезиклмнопрстуфъыьэё", "abvgdeziklmnoprstuf'y'ee", strict=True))
_COMMON |= {"ъ": "", "ь": "", "є": "e", "ї": "i", "і": "i", "ґ": "g", "ў": "u"}

_RULES = {
    "English": {"ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ю": "yu", "я": "ya"},
    "French": {"ж": "j", "й": "i", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch"}
    | {"щ": "chtch", "ю": "iou", "я": "ia"},
    "German": {"в": "w", "ж": "sh", "з": "s", "й": "j", "х": "ch", "ц": "z", "ч": "tsch"}
    | {"ш": "sch", "щ": "schtsch", "ю": "ju", "я": "ja"},
    "scholarly": {"ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "šč"}
    | {"ю": "ju", "я": "ja"},
}
CONVENTIONS = tuple(_RULES)
_NO_ACCENT = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "ß": "ss"})


def romanise(name: str, convention: str) -> str:
    """Write ``name`` in the Latin letters of ``convention``; what has no rule stays."""
    rules = _COMMON | _RULES[convention]
    return "".join(rules.get(letter, letter) for letter in name)


def romanised(names: list[str], convention: str) -> list[str]:
    """All names by one convention."""
    return list(map(partial(romanise, convention=convention), names))


def without_accents(name: str) -> str:
    """Latin letters without their accents, as a skilled user of a plain distance would feed it."""
    letters = normalize("NFD", name.translate(_NO_ACCENT))
    return normalize("NFC", "".join(c for c in letters if not "\u0300" <= c <= "\u036f"))
