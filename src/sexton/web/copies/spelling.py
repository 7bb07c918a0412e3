"""Spellings as sounds: the part of a copy's search that is done when the copy is made.

The same is done by ``static/sexton/copy-search.js`` with what a reader types; ``spelling.json`` is
the table of both, and tests put the same names to both. The names package tells far more of how
clerks wrote; this is what a page without a server can do.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "spelling.json"
MOST_KEYS = 6  # of a spelling with many ambiguous letters; the others are seldom meant
_SIGNS = str.maketrans(dict.fromkeys("’‘ʹʼ`´′", "'") | dict.fromkeys("‐‑–—", "-"))
_WHOLE = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}


@cache
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return loaded


@cache
def _longest() -> int:
    return max(map(len, table()["graphemes"]))


def fold(text: str) -> str:
    """Lower case without accents, but for the letters that are letters of their own."""
    kept = table()["kept"]
    found = []
    for char in unicodedata.normalize("NFC", text).lower().translate(_SIGNS):
        char = _WHOLE.get(char, char)
        plain = char if char in kept else unicodedata.normalize("NFD", char)
        found.append("".join(c for c in plain if not "\u0300" <= c <= "\u036f"))
    return " ".join(_one_alphabet(word) for word in "".join(found).split())


def _one_alphabet(word: str) -> str:
    """Letters that look alike in both alphabets go to that of the letters which do not."""
    latin, cyrillic = table()["twins"].split(" ")
    own_latin = sum("a" <= char <= "z" and char not in latin for char in word)
    own_cyrillic = sum("\u0400" <= char <= "\u052f" and char not in cyrillic for char in word)
    if own_latin > own_cyrillic:
        return word.translate(str.maketrans(cyrillic, latin))
    if own_cyrillic > own_latin:
        return word.translate(str.maketrans(latin, cyrillic))
    return word


def units(word: str) -> list[tuple[str, list[str]]]:
    """The letters of a folded word in groups, the longest that the table has, with their sounds.

    A letter written twice is one; what is no letter of the table is passed over.
    """
    graphemes = table()["graphemes"]
    found: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(word):
        for length in range(min(_longest(), len(word) - at), 0, -1):
            sounds = graphemes.get(word[at : at + length])
            if sounds:
                if not found or found[-1][1] != sounds or length > 1:
                    found.append((word[at : at + length], sounds))
                break
        else:
            length = 1
        at += length
    return found


@lru_cache(maxsize=200_000)
def keys(word: str) -> tuple[str, ...]:
    """The consonants of a folded word by their classes, for each way to read it."""
    classes = table()["classes"]
    found = [""]
    for _, sounds in units(word):
        own = list(dict.fromkeys(classes[sound] for sound in sounds))
        found = list(dict.fromkeys(_joined(key, one) for key in found for one in own))[:MOST_KEYS]
    return tuple(found)


def _joined(key: str, one: str) -> str:
    """A class after others: a sound that goes over into the next (t-s, s-s) is one."""
    if key and one and key[-1] == one[0]:
        return key + one[1:]
    return key[:-1] + one if key.endswith("T") and one == "S" else key + one
