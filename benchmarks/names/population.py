"""Real graves with given name and year of birth, hidden among a million simulated persons."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from benchmarks.names.queries import plain_cyrillic, scored_rows
from sexton.names import fold, read_name, script
from sexton.simulate import load_name_counts
from sexton.simulate.people import birth_year_shares

SIZE = 1_000_000
SEED = 1944
# In the archive the year of birth is another one for some: a slip, a boy who made himself older.
# Judged, not measured; drawn by the seed.
YEAR_OFF_BY_ONE, YEAR_OTHER = 0.06, 0.04
_YEAR = re.compile("(1[89][0-9][0-9])")


class Grave(NamedTuple):
    """What is known of one of the dead: as written (small letters), and the truth in Cyrillic."""

    surname: str
    given: str
    year: int
    true_surname: str
    true_given: str
    is_grave_form: bool


class Population(NamedTuple):
    """Persons as numbers: positions among the distinct surnames and given names, year of birth."""

    surnames: list[str]
    given_names: list[str]
    surname: np.ndarray
    given: np.ndarray
    year: np.ndarray
    truth: np.ndarray  # the person of each grave


def graves() -> list[Grave]:
    """Rows whose Cyrillic is no conjecture, with both names and a year of birth.

    Each part is taken from the form on the grave where that gives it, else from the French
    register; a grave form is one whose surname stands on the grave.
    """
    found = []
    for row, _ in scored_rows():
        year = _YEAR.match(row["birth"])
        words = row["identified_cyrillic"].split()
        stone, register = _parts(row["form_latin"]), _parts(row["identified_latin_fr"])
        surname, given = (a or b for a, b in zip(stone, register, strict=True))
        if year and len(words) > 1 and surname and given:
            truth = (plain_cyrillic(words[0]), plain_cyrillic(words[1]))
            found.append(Grave(surname, given, int(year[1]), *truth, bool(stone[0])))
    return found


def _parts(text: str) -> tuple[str, str]:
    """Surname and given name of the likeliest reading, "" where it has none in Latin letters."""
    best = max(read_name(text), key=lambda reading: reading.probability, default=None)
    if best is None:
        return "", ""
    surname, given = best.surname or "", best.given or ""
    return tuple(fold(part) if script(part) == "latin" else "" for part in (surname, given))


def hide(dead: list[Grave], size: int, say: Callable[[str], None]) -> Population:
    """``size`` simulated persons and the men of the graves; the years of some men are falsified."""
    say(f"simulating {size:,} persons")
    random = np.random.default_rng(SEED)
    names, by_year = load_name_counts().men, birth_year_shares()
    columns = [names[kind].draw(random, size) for kind in ("surname", "given")]
    years = random.choice(list(by_year), size, p=list(by_year.values())).tolist()
    for grave in dead:
        columns[0].append(grave.true_surname)
        columns[1].append(grave.true_given)
        years.append(_year_in_archive(grave.year, random))
    surnames, surname = _numbered(columns[0])
    given_names, given = _numbered(columns[1])
    truth = np.arange(size, size + len(dead))
    return Population(surnames, given_names, surname, given, np.array(years), truth)


def _numbered(names: list[str]) -> tuple[list[str], np.ndarray]:
    fold_once = cache(plain_cyrillic)
    distinct, numbers = np.unique([fold_once(name) for name in names], return_inverse=True)
    return distinct.tolist(), numbers


def _year_in_archive(year: int, random: np.random.Generator) -> int:
    drawn = random.random()
    if drawn < YEAR_OTHER:
        by_year = birth_year_shares()
        return int(random.choice(list(by_year), p=list(by_year.values())))
    if drawn < YEAR_OTHER + YEAR_OFF_BY_ONE:
        return year + int(random.choice((-1, 1)))
    return year
