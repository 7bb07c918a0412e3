"""Rules of evidence re-estimated: from two lists without labels, or from judged pairs.

Fellegi and Sunter's m (how often one man's records agree so) by expectation and maximisation: the
weights tell how probably each pair is one man, the pairs so weighed tell the m. The pairs of one
left record compete, "none of these" among them, as they do when lists are linked. u (how often two
men's records do) is counted among pairs drawn at random. What the rules say already counts as
``PRIOR_PAIRS`` pairs, and where fewer than ``LEAST_PAIRS`` were seen nothing moves: small lists
leave the rules as they are. The bits of names come from the spelling; how often one man's name is
spelt in two ways is fitted (:mod:`sexton.evidence.written`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Evidence, FieldEvidence, Rules
from sexton.evidence.files import Told
from sexton.evidence.written import STRANGE

PRIOR_PAIRS = 200.0
LEAST_PAIRS = 30.0
ROUNDS = 100
TOLERANCE = 1e-5
# No m and no u is brought nearer to nothing than this.
_LEAST = 1e-6
_MOST_BITS = 60.0

GROUPS: tuple[tuple[str, ...], ...] = (
    ("written.surname_alike", "written.surname_spelt", "written.surname_other"),
    (
        "written.given_alike",
        "written.given_word",
        "written.given_form",
        "written.given_spelt",
        "written.given_other",
        "written.given_strange",
    ),
    (
        "birth.same_day",
        "birth.swapped",
        "birth.one_part_off",
        "birth.same_year_other_day",
        "birth.differs",
        "birth.years_apart",
    ),
    (
        "birth.same_year",
        "birth.year_off_by_one",
        "birth.differs_coarse",
        "birth.years_apart_coarse",
    ),
    (
        "death.same_day",
        "death.days_late",
        "death.one_part_off",
        "death.differs",
        "death.years_apart",
    ),
    ("death.same_year_or_month", "death.differs_coarse"),
    (
        "places.village",
        "places.village_alike",
        "places.district",
        "places.province",
        "places.republic",
        "places.other_village",
        "places.differs",
    ),
    ("resting.same", "resting.alike", "resting.differs"),
    ("burial.same", "burial.differs"),
    ("number.same", "number.one_digit_off", "number.differs"),
    ("camp.same", "camp.differs"),
    ("nationality.same", "nationality.differs"),
    ("relatives.same", "relatives.differs"),
)
"""Levels of which one holds where two records both state the field."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Pair(NamedTuple):
    """A pair that was compared: its odds in bits with the prior, and the levels its fields took."""

    bits: float
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """The pairs of one left record, and the odds that none of them is the man (1 and more)."""

    pairs: tuple[Pair, ...]
    none: float = 1.0


@dataclass(frozen=True, slots=True)
class Refit:
    """A number of the rules: what it was, what it is now, and of how many pairs that was told."""

    name: str
    before: float
    after: float
    pairs: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The numbers that were re-estimated; ``moved`` those that are not as they were."""

    values: tuple[Refit, ...]
    records: int

    @property
    def moved(self) -> tuple[Refit, ...]:
        """The numbers that changed."""
        return tuple(value for value in self.values if value.after != value.before)


def levels_of(evidence: Evidence) -> tuple[str, ...]:
    """The levels that the fields of a comparison took."""
    return levels_of_fields(evidence.fields)


def levels_of_fields(fields: Iterable[FieldEvidence]) -> tuple[str, ...]:
    """The levels that fields took."""
    return tuple(item.level for item in fields if item.level)


def value_of(rules: Rules, name: str) -> float:
    """The number of the rules called ``section.name``."""
    section, _, level = name.partition(".")
    return rules.value(section, level)


class _Model:
    """The levels of all pairs as arrays, and the current m of each level."""

    def __init__(
        self, observed: Sequence[Observed], rules: Rules, prior: float = PRIOR_PAIRS
    ) -> None:
        self.prior = prior
        self.names = [name for group in GROUPS for name in group]
        number = {name: n for n, name in enumerate(self.names)}
        self.group = np.array([n for n, group in enumerate(GROUPS) for _ in group])
        self.before = np.array([value_of(rules, name) for name in self.names])
        self.m = self.before.copy()
        pairs = [(n, pair) for n, each in enumerate(observed) for pair in each.pairs]
        self.record: Ints = np.array([n for n, _ in pairs], dtype=np.int64)
        self.bits: Floats = np.array([pair.bits for _, pair in pairs], dtype=np.float64)
        self.none: Floats = np.array([each.none for each in observed], dtype=np.float64)
        taken = [
            (n, number[level])
            for n, (_, pair) in enumerate(pairs)
            for level in pair.levels
            if level in number
        ]
        self.pair, self.level = np.array(taken, dtype=np.int64).reshape(-1, 2).T
        # Only lists that are linked tell which names are strange; elsewhere there are none such.
        self.is_fitted = np.array(
            [n in self.level or name != STRANGE for name, n in number.items()]
        )

    def probabilities(self) -> Floats:
        """How probably each pair is one man under the current m (expectation)."""
        change = np.log2(self.m / self.before)
        bits = self.bits + np.bincount(self.pair, change[self.level], minlength=len(self.bits))
        odds = np.exp2(np.minimum(bits, _MOST_BITS))
        totals = self.none + np.bincount(self.record, odds, minlength=len(self.none))
        found: Floats = odds / totals[self.record]
        return found

    def counts(self, probabilities: Floats) -> Floats:
        """How often each level holds for one man."""
        found = np.bincount(self.level, probabilities[self.pair], minlength=len(self.names))
        return found.astype(np.float64)

    def update(self, counts: Floats) -> float:
        """The m that the counts tell (maximisation); how far the farthest of them moved."""
        groups = len(GROUPS)
        seen: Floats = np.bincount(self.group, counts, minlength=groups)[self.group]
        before = self.before * self.is_fitted
        whole: Floats = np.bincount(self.group, before, minlength=groups)[self.group]
        # Each judged by itself, the shares of a group may come to more than all; its levels cannot.
        told = np.minimum(whole, 1.0) * (counts + self.prior * self.before / whole)
        told /= seen + self.prior
        tells = (seen >= LEAST_PAIRS) & self.is_fitted
        new = np.where(tells, np.maximum(told, _LEAST), self.before)
        moved = float(np.abs(new - self.m).max())
        self.m = new.astype(np.float64)
        return moved

    def told(self, counts: Floats) -> list[Refit]:
        """Every level's m before and after, with the pairs that its group was seen in."""
        seen = np.bincount(self.group, counts, minlength=len(GROUPS))[self.group]
        rows = zip(self.names, self.before, self.m, seen, strict=True)
        return [Refit(name, float(b), float(m), float(n)) for name, b, m, n in rows]


def fit_without_labels(
    observed: Sequence[Observed],
    at_random: Iterable[tuple[str, ...]],
    rules: Rules,
    prior: float = PRIOR_PAIRS,
) -> Fitted:
    """Re-estimate ``rules``, which count as ``prior`` pairs, from the candidates of many records.

    ``at_random`` are the levels of pairs drawn at random from the two lists, for the u that the
    rules state themselves (others are counted whenever lists are linked).
    """
    model = _Model(observed, rules, prior)
    counts = model.counts(model.probabilities())
    for _ in range(ROUNDS):
        moved = model.update(counts)
        counts = model.counts(model.probabilities())
        if moved < TOLERANCE:
            break
    values = [*model.told(counts), *_fit_shares(at_random, rules)]
    return Fitted(tuple(values), len(observed))


def fit_from_judgements(
    same: Sequence[tuple[str, ...]], rules: Rules, weights: Sequence[float] | None = None
) -> Fitted:
    """Re-estimate ``rules`` from pairs that reviewers held for one man's, by their levels.

    ``weights`` (0 to 1) tell how much each pair counts where reviewers disagree; by default fully.
    Pairs that they held for two men's are no random pairs of two men, and tell nothing of u.
    """
    observed = [Observed((Pair(_MOST_BITS, levels),), 0.0) for levels in same]
    model = _Model(observed, rules)
    counts = model.counts(np.ones(len(same)) if weights is None else np.array(weights, dtype=float))
    model.update(counts)
    return Fitted(tuple(model.told(counts)), len(same))


def _fit_shares(at_random: Iterable[tuple[str, ...]], rules: Rules) -> list[Refit]:
    """The u of levels for which the rules state one, from pairs of (nearly always) two men."""
    seen: dict[str, int] = {}
    for levels in at_random:
        for level in levels:
            seen[level] = seen.get(level, 0) + 1
    found = []
    for group in GROUPS:
        whole = sum(seen.get(name, 0) for name in group)
        for name in group:
            section, _, level = name.partition(".")
            before = rules.tables[section].get(f"{level}_share")
            if before is None:
                continue
            after = before
            if whole >= LEAST_PAIRS:
                told = (seen.get(name, 0) + PRIOR_PAIRS * before) / (whole + PRIOR_PAIRS)
                after = min(1.0, max(_LEAST, told))
            found.append(Refit(f"{name}_share", before, after, float(whole)))
    return found


def refitted(rules: Rules, fitted: Fitted, version: str) -> Rules:
    """The rules with the numbers that moved."""
    tables: dict[str, Mapping[str, float]] = dict(rules.tables)
    for value in fitted.moved:
        section, _, level = value.name.partition(".")
        tables[section] = {**tables[section], level: value.after}
    return Rules(version, tables)


def as_sections(fitted: Fitted, base: Rules) -> dict[str, list[Told]]:
    """The numbers that moved, by section, each with its origin, for a rules file."""
    sections: dict[str, list[Told]] = {}
    for value in fitted.moved:
        section, _, name = value.name.partition(".")
        origin = f"fitted: {value.pairs:,.0f} pairs; {value.before:g} in version {base.version}"
        sections.setdefault(section, []).append(Told(section, name, value.after, origin))
    return sections
