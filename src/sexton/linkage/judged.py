"""What judged pairs teach of the sum of the evidence: a scale of its bits, and a shift of the odds.

Platt (1999) fits a line through the log odds that a classifier states. Here the line is that of the
match weight alone, and everything else that makes a probability stays where it is: the prior, what
searches in vain say, the other candidates of the case, who compete with each other, and "none of
these" (a slate). Judgements are few, so both numbers begin at what the rules say and are held there
by a prior: a shift of one bit and a scale a fifth off are as far as one would expect.

Reviewers do not judge pairs drawn at random: they see whom the engine ranked first. That bends how
many are "same", but not how often "same" is right *among pairs of which the same was stated*, as
long as nothing but the statement chose them. So the shift and the scale can be learnt from them,
the u of the rules cannot. A verdict is what reviewers hold, and no truth.

Reviewers also slip: they press the wrong key, or misread a date. Of a pair at -20 bits one such
slip would outweigh all other judgements, and no bit would be believed any more. So a verdict is
expected to be the other one with the chance ``slip``, which is told by how often two reviewers of
one pair contradict each other. Where both are misled by the same thing nobody can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Rules
from sexton.evidence.files import Told as Number
from sexton.evidence.files import as_toml
from sexton.evidence.total import SECTION
from sexton.linkage.fitting import Fitted, as_sections, fit_from_judgements, refitted
from sexton.linkage.reliability import Told, with_slips

SHIFT_SPREAD = 1.0
"""Bits: how far from nothing the shift is expected to be, one standard deviation."""
SCALE_SPREAD = 0.2
"""The same of the logarithm of the scale."""
SLIP, SLIP_PAIRS = 0.02, 50.0
"""How often a verdict is expected to be a slip, and as how many pairs judged twice that counts."""
MOST_SLIPS = 0.2
FOLDS = 5
_ROUNDS = 60
_STILL = 1e-9
_LEAST = 1e-9
_MOST_NATS = 40.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate of a slate: ``weight`` are the bits of his evidence, ``offset`` all other bits of
    his total (the prior, and what searches in vain say of him)."""

    weight: float
    offset: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reviewers who judged blind hold of the candidate ``rival`` (his place in the slate).

    ``same``: the share of them who said "same" among those who said "same" or "different".
    ``levels``: what the fields of his evidence took, for the m of the rules.
    """

    rival: int
    same: float
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slate:
    """The candidates of one case in one list, some of them judged; ``none``: the odds of "none of
    these". ``case`` keeps together what must not be learnt from and tested on at once."""

    case: str
    none: float
    rivals: tuple[Rival, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """``shift`` in bits and ``scale`` (1: as it is), each with its standard deviation
    (of the logarithm, for the scale), learnt from so many judged pairs."""

    shift: float = 0.0
    scale: float = 1.0
    shift_spread: float = SHIFT_SPREAD
    scale_spread: float = SCALE_SPREAD
    pairs: int = 0


def stated(slates: Iterable[Slate], by: Calibration | None = None) -> list[Told]:
    """What is stated of each judged pair beside its verdict; as it is, or calibrated."""
    by = by or Calibration()
    told = []
    for slate in slates:
        chances, _ = _chances(slate, by.shift, log(by.scale))
        for verdict in slate.verdicts:
            told.append(Told(float(chances[verdict.rival]), verdict.same, slate.case))
    return told


def slip_of(contradicting: float, twice: float) -> float:
    """How often a verdict is a slip: of ``twice`` pairs of verdicts ("same" or "different") on one
    candidate so many contradict each other. Two that slip at the same pair agree again."""
    apart = 2 * SLIP * (1 - SLIP)
    told = (contradicting + SLIP_PAIRS * apart) / (twice + SLIP_PAIRS)
    return min((1 - sqrt(max(0.0, 1 - 2 * told))) / 2, MOST_SLIPS)


def calibrate(slates: Sequence[Slate], slip: float = SLIP) -> Calibration:
    """The likeliest shift and scale, given the verdicts and the prior (by Fisher scoring)."""
    at, precision = np.zeros(2), np.array([1 / SHIFT_SPREAD**2, 1 / SCALE_SPREAD**2])
    loss, slope, curve = _loss(slates, at, slip)
    loss += float(precision @ at**2) / 2
    for _ in range(_ROUNDS):
        whole = slope + precision * at
        step = np.linalg.solve(curve + np.diag(precision), whole).astype(np.float64)
        at, loss, slope, curve, moved = _step(slates, at, step, loss, precision, slip)
        if moved < _STILL:
            break
    spreads = np.sqrt(np.diag(np.linalg.inv(curve + np.diag(precision))))
    pairs = sum(len(slate.verdicts) for slate in slates)
    return Calibration(float(at[0]), exp(at[1]), float(spreads[0]), float(spreads[1]), pairs)


def _step(
    slates: Sequence[Slate],
    at: Floats,
    step: Floats,
    loss: float,
    precision: Floats,
    slip: float,
) -> tuple[Floats, float, Floats, Floats, float]:
    """As much of a step as makes the loss smaller: halved until it does."""
    slope, curve = np.zeros(2), np.zeros((2, 2))
    for _ in range(30):
        there = at - step
        new, slope, curve = _loss(slates, there, slip)
        new += float(precision @ there**2) / 2
        if new <= loss:
            return there, new, slope, curve, float(np.abs(step).max())
        step = step / 2
    _, slope, curve = _loss(slates, at, slip)
    return at, loss, slope, curve, 0.0


def _chances(slate: Slate, shift: float, log_scale: float) -> tuple[Floats, Floats]:
    """The probability of each rival, and their weights as scaled (nats)."""
    weights = np.array([one.weight for one in slate.rivals]) * log(2)
    offsets = np.array([one.offset for one in slate.rivals]) * log(2)
    scaled = exp(log_scale) * weights
    odds = np.exp(np.minimum(offsets + shift * log(2) + scaled, _MOST_NATS))
    chances: Floats = odds / (slate.none + odds.sum())
    return chances, scaled


def _loss(slates: Iterable[Slate], at: Floats, slip: float) -> tuple[float, Floats, Floats]:
    """The log loss of all verdicts (nats), its slope, and its expected curvature."""
    loss, slope, curve = 0.0, np.zeros(2), np.zeros((2, 2))
    for slate in slates:
        chances, scaled = _chances(slate, at[0], at[1])
        none, mean = 1 - chances.sum(), float(chances @ scaled)
        for verdict in slate.verdicts:
            chance = float(chances[verdict.rival])
            p = min(max(with_slips(chance, slip), _LEAST), 1 - _LEAST)
            loss -= verdict.same * log(p) + (1 - verdict.same) * log(1 - p)
            turn = np.array([none * log(2), scaled[verdict.rival] - mean])
            turn *= (1 - 2 * slip) * chance
            slope += (p - verdict.same) / (p * (1 - p)) * turn
            curve += np.outer(turn, turn) / (p * (1 - p))
    return loss, slope, curve


Weigh = Callable[[Rules], Sequence[Slate]]
"""All slates as given rules weigh them: in the same order, with the same verdicts."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt: the rules, the numbers of their levels, the calibration, and the slates as
    the rules weigh them before that calibration."""

    rules: Rules
    fitted: Fitted
    calibration: Calibration
    slates: Sequence[Slate]


def learn(
    slates: Sequence[Slate],
    weigh: Weigh,
    rules: Rules,
    version: str,
    slip: float = SLIP,
    without: frozenset[str] = frozenset(),
) -> Lesson:
    """Learn from all ``slates``, as ``rules`` weigh them, but those of the cases ``without``.

    First how often the levels of evidence hold for one man, each judged pair counting by the share
    of its reviewers who said "same"; then the shift and the scale of what comes of that.
    """
    verdicts = [told for slate in slates if slate.case not in without for told in slate.verdicts]
    same = [told for told in verdicts if told.same > 0]
    fitted = fit_from_judgements(
        [told.levels for told in same], rules, [told.same for told in same]
    )
    taught = refitted(rules, fitted, version)
    weighed = weigh(taught) if fitted.moved else slates
    calibration = calibrate([slate for slate in weighed if slate.case not in without], slip)
    return Lesson(with_total(taught, calibration), fitted, calibration, weighed)


def with_total(rules: Rules, calibration: Calibration) -> Rules:
    """The rules with a calibration on top of what they say of the total already."""
    total = rules.tables[SECTION]
    told = {
        "scale": total["scale"] * calibration.scale,
        "odds": total["odds"] * 2.0**calibration.shift,
    }
    return Rules(rules.version, {**rules.tables, SECTION: told})


def held_out(
    slates: Sequence[Slate],
    weigh: Weigh,
    rules: Rules,
    folds: Sequence[frozenset[str]],
    slip: float = SLIP,
) -> list[Told]:
    """What is stated of the pairs of each fold by rules that were learnt from the others alone."""
    told: list[Told] = []
    for fold in folds:
        lesson = learn(slates, weigh, rules, rules.version, slip, without=fold)
        kept_out = [slate for slate in lesson.slates if slate.case in fold]
        told += stated(kept_out, lesson.calibration)
    return told


def folds_of(cases: Iterable[str], folds: int = FOLDS) -> list[frozenset[str]]:
    """The cases in so many parts of like size; the same each time."""
    ordered = sorted(set(cases))
    parts = [frozenset(ordered[start::folds]) for start in range(folds)]
    return [part for part in parts if part]


def interval(centre: float, spread: float) -> tuple[float, float]:
    """Where a number lies with 19 chances in 20, as its normal approximation says."""
    return centre - 1.96 * spread, centre + 1.96 * spread


def scale_interval(calibration: Calibration) -> tuple[float, float]:
    """The same of the scale."""
    low, high = interval(log(calibration.scale), calibration.scale_spread)
    return exp(low), exp(high)


def as_text(lesson: Lesson, base: Rules, head: str) -> str:
    """The rules file of a lesson that began at ``base``: what moved, each number with its origin;
    ``head`` says what it is."""
    sections, total = as_sections(lesson.fitted, base), lesson.rules.tables[SECTION]
    pairs = lesson.calibration.pairs
    sections[SECTION] = [
        Number(SECTION, name, total[name], f"fitted: {pairs:,} judged pairs; {was:g} before")
        for name, was in base.tables[SECTION].items()
    ]
    return as_toml(lesson.rules.version, sections, head)
