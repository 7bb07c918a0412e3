"""The test sets of real graves: Latin spellings of people whose Cyrillic surname is known.

Rows of ``identified_dead.csv`` whose Cyrillic is a conjecture are never used. Most Cyrillic of that
file is reconstructed from the French form by its rules: the set with the French register is
therefore easier than that of grave forms, whose spelling is what the clerk or the mason left.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sexton.names import fold, read_name, script

ROOT = Path(__file__).parents[2]
BELGIUM = ROOT / "data" / "belgium"
PAIRS = ROOT / "data" / "names" / "cyrillic_latin_pairs.tsv.xz"
SCORED = {"printed", "reconstructed"}
SEED = 1944


class Query(NamedTuple):
    """A Latin spelling, the Cyrillic surname behind it (small letters, е for ё)."""

    text: str
    truth: str


def plain_cyrillic(name: str) -> str:
    """Small letters, е for ё, as archives print."""
    return fold(name).replace("ё", "е")


def surname_of(text: str) -> str | None:
    """The likeliest surname of a written name."""
    readings = [reading for reading in read_name(text) if reading.surname]
    return max(readings, key=lambda reading: reading.probability).surname if readings else None


def _rows(name: str) -> list[dict[str, str]]:
    with (BELGIUM / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scored_rows() -> Iterator[tuple[dict[str, str], str]]:
    """The rows of the dead whose Cyrillic is no conjecture, with their Cyrillic surname."""
    for row in _rows("identified_dead.csv"):
        # This column always begins with the surname.
        words = row["identified_cyrillic"].split()
        if row["cyrillic_basis"] in SCORED and words:
            yield row, plain_cyrillic(words[0])


def _query(text: str, truth: str) -> Iterator[Query]:
    surname = surname_of(text)
    if surname and script(surname) == "latin":
        yield Query(fold(surname), truth)


def grave_forms() -> list[Query]:
    """Forms on grave markers and in registers."""
    return [query for row, truth in scored_rows() for query in _query(row["form_latin"], truth)]


def all_forms() -> list[Query]:
    """Grave forms and the forms of French pages, each spelling of a name once."""
    columns = ("form_latin", "identified_latin_fr")
    found = [q for row, truth in scored_rows() for c in columns for q in _query(row[c], truth)]
    return list(dict.fromkeys(found))


def other_spellings() -> list[Query]:
    """Every spelling in our files, graves or pages, that is not the one of the French register.

    A pair of ``name_pairs.csv`` is used when one of its sides leads to a known Cyrillic surname.
    """
    french = {
        fold(surname): truth
        for row, truth in scored_rows()
        if (surname := surname_of(row["identified_latin_fr"]))
    }
    known = french | {query.text: query.truth for query in grave_forms()}
    found = grave_forms()
    for row in _rows("name_pairs.csv"):
        sides = [fold(surname_of(row[side]) or "") for side in ("form_1", "form_2")]
        truth = next((known[side] for side in sides if side in known), None)
        if truth:
            found += [q for side in ("form_1", "form_2") for q in _query(row[side], truth)]
    return [query for query in dict.fromkeys(found) if query.text not in french]
