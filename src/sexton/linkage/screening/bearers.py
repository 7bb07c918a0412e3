"""How many men bear each name in the lists of an archive, their records told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.vocabularies import Vocabulary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Bearers(NamedTuple):
    """The distinct ``names`` of several lists and how many ``men`` bear each, at the least.

    For each list ``numbers`` are the places of its names among these, and ``first`` tells which of
    them no earlier list has.
    """

    names: list[str]
    men: Floats
    numbers: list[Ints]
    first: list[NDArray[np.bool_]]


def count_bearers(vocabularies: Sequence[Vocabulary]) -> Bearers:
    """Count the men of all lists together: one man may stand in several."""
    places: dict[str, int] = {}
    numbers, first = [], []
    for names in vocabularies:
        known = len(places)
        own = np.array([places.setdefault(n, len(places)) for n in names.names], dtype=np.int64)
        numbers.append(own)
        first.append(own >= known)
    records = np.zeros(len(places))
    for names, own in zip(vocabularies, numbers, strict=True):
        records[own] += names.counts
    men = np.minimum(_men(vocabularies, numbers, records), records)
    return Bearers([*places], men, numbers, first)


def _men(vocabularies: Sequence[Vocabulary], numbers: Sequence[Ints], records: Floats) -> Floats:
    """As many as there are values of one sort beside the name; records, where no list tells."""
    if any(names.apart is None for names in vocabularies):
        return records
    parts = [
        np.stack([own[names.apart.name], names.apart.column, names.apart.value])
        for names, own in zip(vocabularies, numbers, strict=True)
        if names.apart is not None
    ]
    distinct = np.unique(np.concatenate(parts, axis=1), axis=1)
    men = np.minimum(records, 1.0)
    for column in np.unique(distinct[1]).tolist():
        of_sort = distinct[0][distinct[1] == column]
        men = np.maximum(men, np.bincount(of_sort, minlength=len(records)))
    return men
