"""Spell a name in the letters that the channel tables know: one alphabet, no signs, with its edges.

The edges of a name are letters too (``^`` and ``$``), so that a table can say what happens there:
"в$" is written "ff$" in French, "^е" is written "^je" in German.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.folding import fold

Alphabet = Literal["latin", "cyrillic"]
ALPHABETS: tuple[Alphabet, ...] = ("cyrillic", "latin")

START = "^"
END = "$"
# No name is longer; what is cut off is not compared.
MOST_LETTERS = 64
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў"
LATIN = "abcdefghijklmnopqrstuvwxyzčšž"

# Letters of the Union's other languages and of old spelling, written with the nearest Russian one,
# as Soviet clerks did (general).
_NEAREST = str.maketrans(
    {"ә": "а", "ғ": "г", "қ": "к", "ҡ": "к", "ң": "н", "ҥ": "н", "ө": "о", "ү": "у", "ұ": "у"}
    | {"һ": "х", "ҳ": "х", "ҷ": "ч", "җ": "ж", "ӣ": "и", "ӯ": "у", "ӏ": "", "ҫ": "с", "ҙ": "з"}
    | {"ѣ": "е", "ѳ": "ф", "ѵ": "и", "ј": "й", "љ": "л", "њ": "н", "ћ": "ч", "ђ": "д", "џ": "ж"}
    | {"ӈ": "н", "ӄ": "к", "ӷ": "г", "ѓ": "г", "ќ": "к", "ѕ": "з", "ҵ": "ц", "ҽ": "ч", "ҟ": "к"}
)
_ONLY_CYRILLIC = re.compile(f"[{CYRILLIC}]+")
_ONLY_LATIN = re.compile(f"[{LATIN}]+")


class Spelling(NamedTuple):
    """The letters of a name with ``^`` and ``$`` around them, and their alphabet.

    A name without a single letter of either alphabet has the alphabet ``latin`` and no letters.
    """

    alphabet: Alphabet
    letters: str


class Spelt(NamedTuple):
    """Names of one alphabet: the letters of each, and its place among all."""

    alphabet: Alphabet
    letters: list[str]
    places: NDArray[np.int64]


def _plain(char: str) -> str:
    """The base letter of an accented Cyrillic letter that the tables do not know."""
    return unicodedata.normalize("NFD", char)[0]


def _in_alphabet(text: str, alphabet: str) -> str:
    known = set(alphabet)
    chars = (char if char in known else _plain(char) for char in text)
    return "".join(char for char in chars if char in known)


def _edged(letters: str) -> str:
    return f"{START}{letters[:MOST_LETTERS]}{END}"


def spell_once(name: str) -> Spelling:
    """:func:`spell` without keeping the answer, for going through a great many names."""
    text = name.lower()
    # Most names need no folding, which costs thirty times as much as looking.
    if _ONLY_CYRILLIC.fullmatch(text):
        return Spelling("cyrillic", _edged(text))
    if _ONLY_LATIN.fullmatch(text):
        return Spelling("latin", _edged(text))
    return _spell_folded(fold(name).translate(_NEAREST))


@lru_cache(maxsize=262_144)
def spell(name: str) -> Spelling:
    """Spell ``name`` for comparison. Signs, blanks and digits fall away; never raises."""
    return spell_once(name)


def _spell_folded(text: str) -> Spelling:
    cyrillic = _in_alphabet(text, CYRILLIC)
    latin = _in_alphabet(text, LATIN)
    if len(cyrillic) > len(latin):
        return Spelling("cyrillic", _edged(cyrillic))
    return Spelling("latin", _edged(latin) if latin else "")


def by_alphabet(names: Iterable[str]) -> list[Spelt]:
    """Names by alphabet; those without letters fall away."""
    spelt = [spell(name) for name in names]
    parts = []
    for alphabet in ALPHABETS:
        places = [n for n, own in enumerate(spelt) if own.alphabet == alphabet and own.letters]
        if places:
            letters = [spelt[place].letters for place in places]
            parts.append(Spelt(alphabet, letters, np.array(places, dtype=np.int64)))
    return parts
