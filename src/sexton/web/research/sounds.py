"""How the beginning of a name sounds, whichever alphabet and country spells it.

Meant for suggestions while somebody types: what ``Scha``, ``Cha`` and ``Sja`` share with Шатунов is
seen in microseconds. It is rough on purpose; what a spelling can stand for, and how probably, is
for the channel model of ``sexton.names``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

from sexton.names import fold

LONGEST = 12
MOST = 8

# One sign for each sound; vowels fall into three, for clerks heard them alike.
_CYRILLIC = {
    "а": "A", "о": "A", "у": "U", "е": "I", "ё": "I", "и": "I", "і": "I", "ї": "I", "й": "I",
    "ы": "I", "э": "I", "є": "I", "ю": "IU", "я": "IA", "ь": "", "ъ": "", "б": "B", "в": "V",
    "г": "G", "ґ": "G", "д": "D", "ж": "J", "з": "Z", "к": "K", "л": "L", "м": "M", "н": "N",
    "п": "P", "р": "R", "с": "S", "т": "T", "ф": "F", "х": "H", "ц": "X", "ч": "C", "ш": "W",
    "щ": "WC", "ў": "V",
}  # fmt: skip
# Letters of Latin spellings, German, French, Dutch, Polish, English; the longest that fit is read.
_LATIN = {
    "schtsch": ("WC",), "chtch": ("WC",), "shch": ("WC",), "szcz": ("WC",), "sjtsj": ("WC",),
    "tsch": ("C",), "tch": ("C",), "tsj": ("C",), "tj": ("C",), "cz": ("C",), "tsh": ("C",),
    "sch": ("W",), "sh": ("W",), "sz": ("W",), "sj": ("W", "SI"), "ch": ("W", "C", "H"),
    "zh": ("J",), "zj": ("J",), "j": ("J", "I"), "kh": ("H",), "h": ("H", "G"), "gh": ("G",),
    "ts": ("X",), "tz": ("X",), "c": ("X", "K"), "z": ("Z", "X"), "s": ("S", "Z"), "ss": ("S",),
    "ck": ("K",), "k": ("K",), "q": ("K",), "qu": ("K",), "x": ("KS",), "w": ("V",), "v": ("V",),
    "ph": ("F",), "f": ("F", "V"), "ff": ("V", "F"), "b": ("B",), "d": ("D",), "g": ("G",),
    "gu": ("G",), "l": ("L",), "m": ("M",), "n": ("N",), "p": ("P",), "r": ("R",), "t": ("T",),
    "a": ("A",), "o": ("A",), "u": ("U",), "ou": ("U",), "oe": ("U",), "e": ("I",), "i": ("I",),
    "y": ("I",), "ie": ("I",), "ij": ("I",), "oo": ("A",), "aa": ("A",),
}  # fmt: skip
_WIDEST = max(map(len, _LATIN))


@lru_cache(maxsize=4096)
def sounds(text: str) -> tuple[str, ...]:
    """The ways in which the beginning of ``text`` may sound, a sign for each sound."""
    ways = _ways(fold(text)[:LONGEST])
    found = dict.fromkeys(_once("".join(way)) for way in islice(product(*ways), MOST))
    return tuple(way for way in found if way)


def _ways(text: str) -> list[tuple[str, ...]]:
    ways: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        if text[at] in _CYRILLIC:
            ways.append((_CYRILLIC[text[at]],))
            at += 1
            continue
        size = next((n for n in range(_WIDEST, 0, -1) if text[at : at + n] in _LATIN), 0)
        if size:
            ways.append(_LATIN[text[at : at + size]])
        at += size or 1
    return ways


def _once(way: str) -> str:
    """Doubled sounds are one."""
    return "".join(sign for at, sign in enumerate(way) if at == 0 or way[at - 1] != sign)
