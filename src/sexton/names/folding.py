"""Bring a written name to one spelling of its letters before anything is compared.

Masons, typists and web pages mix the letters of two alphabets that look alike ("IVН" ends in a
Cyrillic letter). Such letters are folded into the script of their word. What cannot be decided from
the word itself is left alone: "MAPKOB" may be a Latin word or МАРКОВ typed on a Latin
keyboard, so :func:`typed_in_lookalikes` offers the second reading and forces nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sexton.names.tables import read_table

Script = Literal["latin", "cyrillic", "mixed", "none"]

_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile(
    "[\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u0060\u00b4\uff07]"
)
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad]")
_QUOTES = re.compile("[\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\u2033]")

# Latin letters that are no base letter plus an accent, and letters with one sound in two spellings.
_LATIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ə": "e"}
    | {"ż": "ž", "ş": "š", "ș": "š"}
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# Words of Russian letters, which no rule of this module but that of capitals changes.
_RUSSIAN = re.compile("[А-Яа-яЁё]+(?:[- ][А-Яа-яЁё]+)*")
_ENGLISH = re.compile("[A-Za-z]+(?:[- ][A-Za-z]+)*")
_CARON = "\u030c"
_CARON_BASES = frozenset("scz")
_STRESS_MARKS = frozenset("\u0300\u0301")
# At most this many all-look-alike letters are taken for an initial typed on the wrong keyboard.
_INITIAL_LENGTH = 2


class Lookalike(NamedTuple):
    """A letter of the other alphabet: where it stands, what is written, what was meant."""

    position: int
    char: str
    intended: str


@cache
def _twins() -> tuple[dict[str, str], dict[str, str]]:
    rows = list(read_table("lookalikes.tsv"))
    to_cyrillic = {row["latin"]: row["cyrillic"] for row in rows}
    to_latin = {row["cyrillic"]: row["latin"] for row in rows}
    return to_latin, to_cyrillic


@cache
def _letter_script(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith("LATIN"):
        return "latin"
    return "cyrillic" if name.startswith("CYRILLIC") else ""


def script(text: str) -> Script:
    """Say in which alphabet ``text`` is written; letters of other alphabets do not count."""
    found = {_letter_script(char) for char in text if char.isalpha()} - {""}
    if len(found) > 1:
        return "mixed"
    return "cyrillic" if "cyrillic" in found else "latin" if found else "none"


def _distinctive(text: str) -> tuple[int, int]:
    """Count the Latin and the Cyrillic letters that have no twin in the other alphabet."""
    to_latin, to_cyrillic = _twins()
    latin = sum(1 for c in text if _letter_script(c) == "latin" and c not in to_cyrillic)
    cyrillic = sum(1 for c in text if _letter_script(c) == "cyrillic" and c not in to_latin)
    return latin, cyrillic


def _leaning(latin: int, cyrillic: int) -> str:
    return "latin" if latin > cyrillic else "cyrillic" if cyrillic > latin else ""


def _target_script(word: str, surroundings: str) -> str:
    """The script that ``word`` is meant in, or "" when it cannot be told."""
    latin, cyrillic = _distinctive(word)
    if latin or cyrillic:
        return _leaning(latin, cyrillic)
    if script(word) == "mixed" or len(word) <= _INITIAL_LENGTH:
        return surroundings
    return ""


def lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Find the letters of ``text`` that belong to the other alphabet than their word.

    Letters without a twin decide; a word made of twins alone is decided by the words around
    it when it mixes alphabets or is as short as an initial, and is left as it is otherwise.
    """
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return ()
    to_latin, to_cyrillic = _twins()
    surroundings = _leaning(*_distinctive(text))
    found = []
    for match in _WORD.finditer(text):
        target = _target_script(match.group(), surroundings)
        twins = to_latin if target == "latin" else to_cyrillic if target == "cyrillic" else {}
        found += [
            Lookalike(match.start() + offset, char, twins[char])
            for offset, char in enumerate(match.group())
            if char in twins
        ]
    return tuple(found)


def fold_lookalikes(text: str) -> str:
    """Write the letters that :func:`lookalikes` finds in the alphabet that was meant."""
    found = lookalikes(text)
    if not found:
        return text
    chars = list(text)
    for position, _, intended in found:
        chars[position] = intended
    return "".join(chars)


def typed_in_lookalikes(text: str) -> str | None:
    """Offer the Cyrillic word that Latin capitals may stand for ("MAPKOB" gives "МАРКОВ").

    None unless every letter of at least three is a Latin capital with a Cyrillic twin.
    """
    _, to_cyrillic = _twins()
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3 or not all(char in to_cyrillic and char.isupper() for char in letters):
        return None
    return "".join(to_cyrillic.get(char, char) for char in text)


def is_plain(text: str) -> bool:
    """Whether nothing in a text but capitals could be written in another way: words of Russian
    letters, or of Latin ones without marks."""
    return _RUSSIAN.fullmatch(text) is not None or _ENGLISH.fullmatch(text) is not None


def unify_signs(text: str) -> str:
    """Write apostrophes, hyphens, quotation marks and blanks in one way, in NFC."""
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    if _RUSSIAN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    text = _APOSTROPHES.sub("'", text)
    text = _HYPHENS.sub("-", text)
    text = _QUOTES.sub('"', text)
    return " ".join(text.split())


def _fold_letter(cluster: str) -> str:
    """Fold one letter with its combining marks, given decomposed."""
    base, marks = cluster[0], cluster[1:]
    if _letter_script(base) == "latin":
        return base + _CARON if base in _CARON_BASES and _CARON in marks else base
    return base + "".join(mark for mark in marks if mark not in _STRESS_MARKS)


_CLUSTER = re.compile("\\w[\u0300-\u036f]+")


@lru_cache(maxsize=262_144)
def fold(text: str) -> str:
    """Fold ``text`` into the form in which names are compared: lower case, NFC, one blank.

    Look-alike letters are folded into the script of their word and signs are unified. Of the Latin
    letters with marks, š č ž stay (they are the letters ш ч ж of the scholarly convention; ż and ş
    are written ž and š); every other accent, cedilla and diaeresis goes: ï = i, é = e, ł = l.
    Cyrillic letters stay as they are (ё, й, і, ї, қ …); only stress marks go.
    """
    if text.isascii():
        # Most names: nothing but the case and two signs can differ. The rest is ten times slower.
        return " ".join(text.lower().replace("`", "'").split())
    if _RUSSIAN.fullmatch(text):
        return text.lower()
    text = fold_lookalikes(unify_signs(text)).lower().translate(_LATIN_LETTERS)
    text = unicodedata.normalize("NFD", text)
    text = _CLUSTER.sub(lambda match: _fold_letter(match.group()), text)
    # Folding a mark or a capital away can reveal one more look-alike.
    return unify_signs(fold_lookalikes(unicodedata.normalize("NFC", text)))
