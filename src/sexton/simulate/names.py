"""Names of simulated persons, drawn as often as people bear them."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KINDS = ("surname", "given", "patronymic")
# Rarer spellings in the counts are often slips of the keyboard.
LEAST_COUNT = {"surname": 2, "given": 50, "patronymic": 20}
# Fathers called Илья, Никита, Кузьма are many; slips that look like a father Александра are few.
LEAST_MANS_IN_A = 60
_FEMININE = (("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"), ("ина", "ин"), ("ына", "ын"))
# Калина and Гнедина may be a man's surname, Сидорова is not.
_NEVER_MENS = frozenset(("ова", "ева", "ёва", "ская", "цкая"))
_ADJECTIVES = (("ская", "ский"), ("цкая", "цкий"), ("ная", "ный"))
_NAME = re.compile("[а-яё]+(?:-[а-яё]+)*")


class MissingNames(Exception):
    """The counts of names are not where they were looked for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names with the chance of each (float64, sum 1), cumulated for drawing."""

    names: tuple[str, ...]
    cumulated: NDArray[np.float64]

    def draw(self, random: np.random.Generator, size: int) -> list[str]:
        """``size`` names, each as probable as its count says."""
        positions = np.searchsorted(self.cumulated, random.random(size), side="right")
        last = len(self.names) - 1
        return [self.names[min(int(position), last)] for position in positions]


@dataclass(frozen=True, slots=True)
class NameCounts:
    """The vocabularies of men and of women: surname, given name, patronymic."""

    men: Mapping[str, Vocabulary]
    women: Mapping[str, Vocabulary]


def default_folder() -> Path:
    """``data/names`` of the repository; an installed wheel does not carry it."""
    return Path(__file__).parents[3] / "data" / "names"


def load_name_counts(folder: Path | None = None) -> NameCounts:
    """The counts of the files ``surname_counts.tsv.xz``… in ``folder`` (default: the repository's).

    Columns ``name`` (lower case, Cyrillic) and ``count``. Raises MissingNames.
    """
    folder = folder or default_folder()
    read = {kind: _read(folder / f"{kind}_counts.tsv.xz", LEAST_COUNT[kind]) for kind in KINDS}
    fathers = read["patronymic"]
    male_given = {name: n for name, n in read["given"].items() if _is_mans(name, fathers)}
    female_given = {
        name: n for name, n in read["given"].items() if name[-1] in "ая" and name not in male_given
    }
    surnames = _masculine(read["surname"])
    men = {
        "surname": _vocabulary(surnames),
        "given": _vocabulary(_as_of_then(male_given, fathers)),
        "patronymic": _vocabulary(_ending(fathers, "ич")),
    }
    women = {
        "surname": _vocabulary({_feminine(name): n for name, n in surnames.items()}),
        "given": _vocabulary(female_given),
        "patronymic": _vocabulary(_ending(fathers, "на")),
    }
    return NameCounts(men, women)


def _read(path: Path, least: int) -> dict[str, int]:
    if not path.is_file():
        raise MissingNames(
            f"{path} is missing. The counts of names stand in data/names of the repository, not in "
            "the installed package: run from a checkout, or say with --names where they are."
        )
    with lzma.open(path, "rt", encoding="utf-8") as file:
        next(file)
        cells = (line.rstrip("\n").split("\t") for line in file)
        counted = ((row[0], int(row[1])) for row in cells)
        return {name: n for name, n in counted if n >= least and _NAME.fullmatch(name)}


def patronymics_of(given: str) -> Iterator[str]:
    """The masculine patronymics that a father's name can make: Иван, Иванович; Илья, Ильич."""
    if given.endswith("ий"):
        yield given[:-2] + "ьевич"
        yield given[:-2] + "иевич"
    elif given[-1] in "йь":
        yield given[:-1] + "евич"
    elif given[-1] in "ая":
        yield given[:-1] + "ич"
    else:
        yield given + "ович"


def _fathers(given: str, patronymics: Mapping[str, int]) -> int:
    """How many bear a patronymic of this name."""
    return sum(patronymics.get(patronymic, 0) for patronymic in patronymics_of(given))


def _is_mans(given: str, patronymics: Mapping[str, int]) -> bool:
    """A name that fathers bear is a man's (but Александрич is a slip for Александрович)."""
    return _fathers(given, patronymics) > (LEAST_MANS_IN_A if given[-1] in "ая" else 0)


def _as_of_then(given: Mapping[str, int], patronymics: Mapping[str, int]) -> dict[str, float]:
    """Given names as common as between today's and the fathers' generation.

    The counts come from lists of our day; men born in 1893-1926 were named like those men's fathers
    and grandfathers. So the shares of the given name and of its patronymic are averaged.
    """
    fathers = {n: _fathers(n, patronymics) for n in given}
    of_given, of_fathers = sum(given.values()), sum(fathers.values())
    return {name: count / of_given + fathers[name] / of_fathers for name, count in given.items()}


def _ending(names: Mapping[str, int], ending: str) -> dict[str, int]:
    return {name: n for name, n in names.items() if name.endswith(ending)}


def _masculine(surnames: Mapping[str, int]) -> dict[str, int]:
    """Surnames of men: a feminine form counts for its masculine one when that one is borne."""
    found: dict[str, int] = {}
    for name, count in surnames.items():
        man = _man_of(name, surnames)
        found[man] = found.get(man, 0) + count
    return found


def _man_of(name: str, surnames: Mapping[str, int]) -> str:
    for feminine, masculine in (*_FEMININE, *_ADJECTIVES):
        if name.endswith(feminine):
            man = name[: -len(feminine)] + masculine
            if man in surnames or feminine in _NEVER_MENS:
                return man
    return name


def _feminine(surname: str) -> str:
    """The form that a woman bears: Иванова, Зелинская; others do not change."""
    for feminine, masculine in (*_FEMININE, *_ADJECTIVES):
        if surname.endswith(masculine):
            return surname[: -len(masculine)] + feminine
    return surname


def _vocabulary(counts: Mapping[str, float]) -> Vocabulary:
    names = tuple(sorted(counts))
    shares = np.array([counts[name] for name in names], dtype=np.float64)
    return Vocabulary(tuple(_capitals(names)), np.cumsum(shares / shares.sum()))


def _capitals(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield "-".join(part[:1].upper() + part[1:] for part in name.split("-"))
