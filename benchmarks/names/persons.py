"""Whole persons against a million: surname, given name and year of birth together.

Sexton adds the bits of its evidence rules. A peer adds its similarity of the surname, that of the
given name times a weight, and a weight for the year; the best of nine pairs of weights is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from time import perf_counter
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

from benchmarks.names.measures import wilson
from benchmarks.names.population import SIZE, Grave, Population, graves, hide
from benchmarks.names.report import markdown_table, share_text
from benchmarks.names.romanise import CONVENTIONS, romanised
from sexton.dates import read_date
from sexton.evidence import default_rules
from sexton.evidence.dates import compare_births
from sexton.names import NameIndex
from sexton.names.agreement import given_bits, spelling_bits

# Names found for each written one; the rest have the bits of "another name altogether".
_TOP = 3_000
_LEAST = -6.0
_GIVEN_WEIGHTS, _YEAR_WEIGHTS = (0.25, 0.5, 1.0), (0.1, 0.2, 0.4)
_NEAR_YEAR = 0.5
CUTS = (1, 10, 100)


class PersonRun(NamedTuple):
    """For each grave: persons before the right one, persons that cannot be told from him."""

    method: str
    better: np.ndarray
    equal: np.ndarray
    ms: float

    def share(self, members: np.ndarray, cut: int) -> float:
        """Hits within ``cut``, those of equal persons counted by their chance."""
        room = np.clip(cut - self.better[members], 0, None)
        return float(np.minimum(1.0, room / (1 + self.equal[members])).sum())


def _ranked(
    people: Population, number: int, by_surname: np.ndarray, by_given: np.ndarray, years: np.ndarray
) -> tuple[int, int]:
    """How many score better than the right one, and how many others the same."""
    scores = by_surname[people.surname] + by_given[people.given]
    scores += years[people.year - _first_year(people)]
    own = scores[people.truth[number]]
    return int((scores > own).sum()), int((scores == own).sum()) - 1


def _first_year(people: Population) -> int:
    return int(people.year.min())


def _all_years(people: Population) -> range:
    return range(_first_year(people), int(people.year.max()) + 1)


class _Found:
    """The bits that an index found, pair by pair, for the evidence rules."""

    def __init__(self, bits: dict[str, float]) -> None:
        self._bits = bits

    def bits(self, kind: str, left: str, right: str) -> float:
        return self._bits.get(right, _LEAST)


def _or_another(bits: np.ndarray, other: float) -> np.ndarray:
    return np.log2((1 - other) * 2.0**bits + other).astype(np.float32)


class SextonScores:
    """Bits of every distinct surname, given name and year for what is written on a grave."""

    def __init__(self, people: Population) -> None:
        self.people, self.rules = people, default_rules()
        self.surnames = NameIndex(people.surnames, kind="surname")
        self.given_names = NameIndex(people.given_names, kind="given")
        self._given: dict[str, np.ndarray] = {}

    def surname(self, written: str) -> np.ndarray:
        """Bits of the distinct surnames."""
        bits = np.full(len(self.people.surnames), _LEAST)
        for match in self.surnames.search(written, _TOP, _LEAST):
            found = _Found({match.name: match.bits})
            bits[match.position] = spelling_bits(found, "surname", written, match.name)
        return _or_another(bits, self.rules.value("names", "surname_other"))

    def given(self, written: str) -> np.ndarray:
        """Bits of the distinct given names, by spelling or as forms of one name."""
        if written not in self._given:
            matches = self.given_names.search(written, _TOP, _LEAST)
            found = _Found({match.name: match.bits for match in matches})
            bits = [given_bits(found, written, name)[0] for name in self.people.given_names]
            other = self.rules.value("names", "given_other")
            self._given[written] = _or_another(np.array(bits), other)
        return self._given[written]

    def years(self, year: int) -> np.ndarray:
        """Bits of the years of birth of the archive."""
        stated = read_date(str(year))
        found = [compare_births(stated, read_date(str(y)), self.rules) for y in self._years()]
        return np.array([evidence.bits for evidence in found], dtype=np.float32)

    def _years(self) -> range:
        return _all_years(self.people)


def sexton_run(people: Population, dead: list[Grave]) -> PersonRun:
    """Sexton's bits; the indexes are made, and the forms of given names read, beforehand."""
    scores = SextonScores(people)
    for grave in dead:
        scores.given(grave.given)
    began = perf_counter()
    found = [
        _ranked(
            people,
            number,
            scores.surname(grave.surname),
            scores.given(grave.given),
            scores.years(grave.year),
        )
        for number, grave in enumerate(dead)
    ]
    return _run("Sexton", found, began)


def _run(method: str, found: list[tuple[int, int]], began: float) -> PersonRun:
    better, equal = np.array(found).T
    return PersonRun(method, better, equal, 1000 * (perf_counter() - began) / len(found))


def _similarities(metric, written: list[str], names: list[str]) -> np.ndarray:
    """Rows of similarities, the best of four romanisations."""
    return np.maximum.reduce(
        [
            cdist(
                written,
                romanised(names, convention),
                scorer=metric.normalized_similarity,
                dtype=np.float32,
            )
            for convention in CONVENTIONS
        ]
    )


def _peer_years(people: Population, year: int) -> np.ndarray:
    gaps = np.abs(np.array(_all_years(people)) - year)
    return np.select([gaps == 0, gaps == 1], [1.0, _NEAR_YEAR]).astype(np.float32)


def peer_runs(people: Population, dead: list[Grave], method: str, metric) -> Iterator[PersonRun]:
    """A run for each pair of weights."""
    by_surname = _similarities(metric, [grave.surname for grave in dead], people.surnames)
    by_given = _similarities(metric, [grave.given for grave in dead], people.given_names)
    for given_weight, year_weight in product(_GIVEN_WEIGHTS, _YEAR_WEIGHTS):
        began = perf_counter()
        found = [
            _ranked(
                people,
                number,
                by_surname[number],
                given_weight * by_given[number],
                year_weight * _peer_years(people, grave.year),
            )
            for number, grave in enumerate(dead)
        ]
        title = f"{method}, weights: given name {given_weight:g}, year {year_weight:g}"
        yield _run(title, found, began)


def _best(runs: Iterator[PersonRun], members: np.ndarray) -> PersonRun:
    return max(runs, key=lambda run: (run.share(members, 10), run.share(members, 1)))


def persons_section(quick: bool, say: Callable[[str], None]) -> list[str]:
    """The section of the page, measured."""
    dead = graves()
    people = hide(dead, SIZE // 10 if quick else SIZE, say)
    say(f"{len(dead)} graves, {len(people.surnames):,} surnames, {len(people.given_names):,} given")
    ours = sexton_run(people, dead)
    plain = people._replace(year=_true_years(people, dead))
    sure = sexton_run(plain, dead)._replace(method="Sexton, year of the archive always right")
    peers = {
        "Levenshtein": list(peer_runs(people, dead, "Levenshtein", Levenshtein)),
        "Jaro-Winkler": list(peer_runs(people, dead, "Jaro-Winkler", JaroWinkler)),
    }
    real = np.array([grave.is_grave_form for grave in dead])
    lines = ["## Whole persons", "", _how(len(people.year), dead)]
    for title, chosen in (("All", np.ones(len(dead), bool)), ("Grave forms only", real)):
        members = np.flatnonzero(chosen)
        best = [_best(iter(runs), members) for runs in peers.values()]
        rows = [_line(run, members) for run in (ours, *best, sure)]
        for row in rows:
            say(" | ".join((title, *row)))
        header = ("method", "first", "within 10", "within 100", "ms a grave")
        lines += [f"### {title} (n = {len(members)})", "", *markdown_table(header, rows)]
    return [*lines, *_late(ours, people, dead)]


def _true_years(people: Population, dead: list[Grave]) -> np.ndarray:
    years = people.year.copy()
    years[people.truth] = [grave.year for grave in dead]
    return years


def _line(run: PersonRun, members: np.ndarray) -> tuple[str, ...]:
    shares = (wilson(run.share(members, cut), len(members)) for cut in CUTS)
    return run.method, *map(share_text, shares), f"{run.ms:.0f}"


def _late(ours: PersonRun, people: Population, dead: list[Grave]) -> list[str]:
    """The graves whose man Sexton does not put first."""
    rows = [
        (
            *(f"{g.surname} {g.given} {g.year}", f"{g.true_surname} {g.true_given}"),
            *(str(people.year[truth]), str(better), str(equal)),
        )
        for g, truth, better, equal in zip(dead, people.truth, ours.better, ours.equal, strict=True)
        if better or equal
    ]
    header = ("written", "truth", "year in the archive", "before him", "as good as he")
    return ["Not first, or not alone:", "", *markdown_table(header, rows)]


def _how(persons: int, dead: list[Grave]) -> str:
    return f"""\
{len(dead)} of the dead whose Cyrillic name is no conjecture and whose year of birth is known,
hidden among {persons - len(dead):,} simulated persons (nobody of them lived; names as common as in
russiannames 2.0.0, years of birth by the ages of the fallen; `sexton.simulate`). Surname and given
name as written on the grave, else as in the French register. The archive's year of birth is that of
the register, put one year off for 6 % and drawn anew for 4 % of the men (judged). Sexton adds the
bits of its evidence rules for surname, given name and year; each peer adds its similarities (the
best of four romanisations) with those of nine pairs of weights that serve it best, chosen after the
fact, and a year one off counts half. Persons with the same score share their places: a man who has
a namesake of his age counts as half first. Times are without the similarities of the peers.
"""
