"""The words of dates in eight languages, from the tables beside this module."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

Meaning = Literal[
    "approximate",
    "uncertain",
    "before",
    "after",
    "between",
    "until",
    "spring",
    "summer",
    "autumn",
    "winter",
    "first",
    "unknown",
    "filler",
]
SEASONS = ("spring", "summer", "autumn", "winter")
ROMAN = {
    numeral: month
    for month, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
# Cyrillic letters that stand for Roman numerals on Soviet forms.
_ROMAN_LETTERS = str.maketrans("хіІХ", "xiix")


@lru_cache(maxsize=1 << 12)
def fold_word(word: str) -> str:
    """``word`` in lower case without accents: ``Février`` and ``fevrier`` are one word."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _rows(table: str) -> list[list[str]]:
    text = (files(__package__) / "tables" / table).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


@cache
def months() -> dict[str, int]:
    """Month number by folded form."""
    return {
        fold_word(form): int(month)
        for _, month, forms in _rows("months.tsv")
        for form in forms.split()
    }


@cache
def meanings() -> dict[str, frozenset[str]]:
    """What a folded word can mean beside a date: ``au`` is both "until" and a filler."""
    found: dict[str, set[str]] = {}
    for meaning, _, forms in _rows("words.tsv"):
        for form in forms.split():
            found.setdefault(fold_word(form), set()).add(meaning)
    return {form: frozenset(kinds) for form, kinds in found.items()}


def roman_month(word: str) -> int | None:
    """The month of a Roman numeral, in Latin letters or their Cyrillic look-alikes."""
    return ROMAN.get(word.lower().translate(_ROMAN_LETTERS))


@cache
def _full_month_names() -> tuple[str, ...]:
    return tuple(form for form in months() if len(form) >= 3)


def nearest_month(word: str) -> int | None:
    """The one month whose name is at most two slips away from ``word`` (one for short words).

    A slip is a letter lost, added, changed or swapped with its neighbour (Damerau 1964). None
    when no month or several months are as near, and for words under four letters.
    """
    if len(word) < 4:
        return None
    limit = 2 if len(word) > 5 else 1
    near = process.extract(
        word,
        _full_month_names(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=limit,
        limit=None,
    )
    best = min((distance for _, distance, _ in near), default=None)
    found = {months()[form] for form, distance, _ in near if distance == best}
    return found.pop() if len(found) == 1 else None
