"""How far the F1 of two methods on one list can differ by chance: persons drawn again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.linkage.plain.material import PlainList
from benchmarks.linkage.plain.measures import Scored

SAMPLES, SEED = 2_000, 1
HALF = 0.5

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Difference(NamedTuple):
    """The F1 of one method less that of another, and where 95 % of the samples lie."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:+.4f} ({self.low:+.4f} to {self.high:+.4f})"


class _Links(NamedTuple):
    """Links in the order of their scores: the person to whom each counts, and whether it is right;
    ``ends`` are the last of those with one score, ``stated`` how many have 0.5 or more."""

    person: Ints
    right: Floats
    ends: Ints
    stated: Ints

    def f1(self, weights: Floats, true: float) -> tuple[float, float]:
        """F1 at the best limit and at 0.5, each person counting as often as ``weights`` says."""
        drawn = weights[self.person]
        found, right = np.cumsum(drawn), np.cumsum(drawn * self.right)
        f1 = 2 * right / np.maximum(found + true, 1.0)
        at_half = drawn[self.stated]
        hits = float((at_half * self.right[self.stated]).sum())
        return float(f1[self.ends].max()), 2 * hits / max(float(at_half.sum()) + true, 1.0)


def differences(
    plain: PlainList, one: Iterable[Scored], other: Iterable[Scored]
) -> tuple[Difference, Difference]:
    """How much better ``one`` is than ``other`` at the best limit of each, and at 0.5.

    Persons are drawn with replacement, the same for both (a paired bootstrap); a pair counts to the
    person of its first row. The best limit is chosen anew in each sample.
    """
    persons = {person: n for n, person in enumerate(sorted(set(plain.person.values())))}
    true = _true_pairs(plain, persons)
    both = [_in_order(plain, persons, links) for links in (one, other)]
    random = np.random.default_rng(SEED)
    chances = np.full(len(persons), 1 / len(persons))
    samples = [np.ones(len(persons))]
    samples += [random.multinomial(len(persons), chances).astype(float) for _ in range(SAMPLES)]
    told = np.array(
        [
            np.subtract(*(links.f1(weights, float(weights @ true)) for links in both))
            for weights in samples
        ]
    )
    low, high = np.percentile(told[1:], (2.5, 97.5), axis=0)
    best, half = (Difference(*map(float, row)) for row in zip(told[0], low, high, strict=True))
    return best, half


def _true_pairs(plain: PlainList, persons: dict[str, int]) -> Floats:
    """The true pairs of each person."""
    left = _rows(plain, [row["id"] for row in plain.left], persons)
    if plain.right is None:
        return left * (left - 1) / 2
    return left * _rows(plain, [row["id"] for row in plain.right], persons)


def _rows(plain: PlainList, ids: list[str], persons: dict[str, int]) -> Floats:
    numbers = [persons[plain.person[each]] for each in ids]
    return np.bincount(numbers, minlength=len(persons)).astype(float)


def _in_order(plain: PlainList, persons: dict[str, int], links: Iterable[Scored]) -> _Links:
    order = sorted(links, key=lambda link: -link.score)
    scores = np.array([link.score for link in order])
    return _Links(
        np.array([persons[plain.person[link.pair[0]]] for link in order], dtype=np.int64),
        np.array([plain.is_true(link.pair) for link in order], dtype=float),
        np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1),
        np.flatnonzero([link.probability >= HALF for link in order]),
    )
