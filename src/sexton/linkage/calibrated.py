"""For which lists the stated probabilities were calibrated, and whether a list lies outside.

Calibration was measured on simulated graves in Latin letters beside simulated Cyrillic archives
(benchmarks/linkage/results.md). Elsewhere the probabilities are the best that the rules can say,
but nobody has counted how often they come true. All that is looked at here is cheap to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sexton.evidence import PersonReading, Rules
from sexton.names import script

# Fewer left records than this tell nothing about a list.
ENOUGH = 30
# Odds of the coverage that is stated and found differ by more than this: one of them is wrong.
ODDS_APART = 3.0
_ENOUGH_FOR_COVERAGE = 100
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Range:
    """Something of a list, what it is called, and within which limits calibration was measured."""

    what: str
    low: float
    high: float
    count: Callable[[PersonReading], float | None]

    def outside(self, people: Sequence[PersonReading]) -> str | None:
        """What to say of the list where its mean lies outside; None where it does not."""
        found = [value for person in people if (value := self.count(person)) is not None]
        mean = sum(found) / len(found) if found else 0.0
        if self.low <= mean <= self.high:
            return None
        limits = f"{self.low:g} to {self.high:g}"
        return f"{self.what} is {mean:.2f}; calibration was measured for {limits}."


def _surname(person: PersonReading) -> str:
    return person.name.forms[0].surname or "" if person.name.forms else ""


def _length(person: PersonReading) -> float | None:
    return len(_surname(person)) or None


def _whole(person: PersonReading) -> float:
    form = person.name.forms[0]
    return float(bool(form.surname and (form.given or form.initials)))


def _one_script(person: PersonReading) -> float | None:
    surname = _surname(person)
    return float(script(surname) in ("latin", "cyrillic")) if surname else None


def _facts(person: PersonReading) -> float:
    """How many fields beside the name are filled."""
    stated = (
        person.birth,
        person.death,
        person.birth_place,
        person.death_place,
        person.burial_place,
        person.numbers,
        person.camp,
        person.name.forms[0].patronymic,
    )
    return float(sum(map(bool, stated)))


RANGES = (
    Range("The share of names with surname and given name or initial", 0.85, 1.0, _whole),
    Range("The share of surnames in Latin or Cyrillic letters alone", 0.95, 1.0, _one_script),
    Range("The mean length of a surname", 5.0, 12.0, _length),
    Range("The mean number of filled fields beside the name", 2.0, 7.0, _facts),
)
"""Wider than the simulated lists by about a third of what they state."""

SIZES = (50_000, 20_000_000)
"""Archives of 10^5, 10^6 and 10^7 records were measured."""


def outside_calibration(left: Sequence[PersonReading], size: int) -> list[str]:
    """In what a list, or the ``size`` of the right one, lies outside what was calibrated.

    One sentence for each; none where all is within, or the list is too short to tell.
    """
    told = []
    low, high = SIZES
    if not low <= size <= high:
        limits = f"{low:,} to {high:,}"
        told.append(f"The right list has {size:,} records; calibration was measured for {limits}.")
    named = [person for person in left if person.name.forms]
    if len(named) >= ENOUGH:
        told += [said for each in RANGES if (said := each.outside(named))]
    return told


def coverage_found(none: Sequence[float], coverage: float, rules: Rules) -> float:
    """The coverage that the answers themselves tell: the mean chance that a man was found.

    ``none``: for each left record the probability of "none of these" under the ``coverage`` that
    was stated. The odds of all candidates grow with those of the coverage, so it is found by
    expectation and maximisation from the answers alone. Men who are there and to whom no route
    leads are left out, so that it is a little low.
    """
    missed = rules.value("routes", "missed")
    stated = coverage / (1 - coverage)
    # Odds of all candidates against his not being there, for a coverage of even odds.
    nobody = np.asarray(none)
    found = (1 - nobody) / np.maximum(nobody, 1e-3) * (1 + missed * stated) / stated
    share = coverage
    for _ in range(_ROUNDS):
        odds = share / (1 - share)
        share = float((found * odds / (1 + missed * odds + found * odds)).mean())
        share = min(max(share, 0.01), 0.99)
    return share


def doubts_of_coverage(none: Iterable[float], coverage: float, rules: Rules) -> list[str]:
    """A sentence where the answers tell another coverage than was stated; [] for few answers."""
    answers = list(none)
    if len(answers) < _ENOUGH_FOR_COVERAGE:
        return []
    found = coverage_found(answers, coverage, rules)
    apart = found / (1 - found) / (coverage / (1 - coverage))
    if 1 / ODDS_APART <= apart <= ODDS_APART:
        return []
    return [
        f"The answers look as if {found:.0%} of the men were in the right list, not {coverage:.0%}:"
        f" try --coverage {found:.2f}."
    ]
