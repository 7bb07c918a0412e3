"""The records that are asked for, as columns in the numbers of an archive's list."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares, camp_key, place_key
from sexton.evidence.resting import chances_there
from sexton.evidence.standing import is_captive
from sexton.linkage.coding import Categories, numbers_of, span_of, swapped_day, unit_of
from sexton.linkage.screening import kernels
from sexton.linkage.screening.field_bits import FIRST_YEAR, QUARTERS
from sexton.linkage.whereabouts import number_places

_NOWHERE = -2

Bits32 = NDArray[np.float32]


def ask(
    people: Sequence[PersonReading], categories: Categories, shares: Shares, rules: Rules
) -> kernels.Asked:
    """The records as columns in the numbers of an archive; -2 for what it does not have."""
    known = {
        name: {text: n for n, text in enumerate(getattr(categories, name).texts)}
        for name in ("place", "unit", "burial", "camp")
    }

    def numbers(name: str, texts: Sequence[str]) -> list[int]:
        ids = known[name]
        return [ids.get(text, _NOWHERE) if text else -1 for text in texts]

    births = [span_of(person.birth) for person in people]
    deaths = [span_of(person.death) for person in people]
    places = [place_key(p.birth_place) if p.birth_place else "" for p in people]
    camps = [camp_key(person.camp) for person in people]
    values = [numbers_of(person) for person in people]
    lies, died = _lies(people, categories)
    facts = [
        [first for first, _ in births],
        [last for _, last in births],
        [first for first, _ in deaths],
        [last for _, last in deaths],
        numbers("place", places),
        numbers("unit", [unit_of(person) for person in people]),
        numbers("burial", [person.burial_place for person in people]),
        numbers("camp", camps),
        [0 if found else -1 for found in values],
        lies,
        [swapped_day(*span) for span in births],
        [int(is_captive(person)) for person in people],
    ]
    return kernels.Asked(
        np.ascontiguousarray(np.array(facts, dtype=np.int32).T),
        place_bits(places, shares, rules),
        camp_bits(camps, shares, rules),
        _died_bits([person.burial_place for person in people], shares, rules),
        died,
        _quarter_bits(shares, rules),
        np.cumsum([0, *map(len, values)], dtype=np.int64),
        np.array([number for found in values for number in found], dtype=np.int64),
    )


def _lies(
    people: Sequence[PersonReading], categories: Categories
) -> tuple[list[int], NDArray[np.int32]]:
    """The number of the place where each lies, and that of each place where somebody died."""
    places = sorted({person.burial_place for person in people})
    numbers, table = number_places(places, categories.died.texts)
    of_place = dict(zip(places, numbers, strict=True))
    return [of_place[person.burial_place] for person in people], table


def place_bits(places: Sequence[str], shares: Shares, rules: Rules) -> Bits32:
    """What agreement on each place of birth says."""
    least = rules.value("places", "village_share")
    known = {p: max(shares.share("birth_place", p, 0.0), least) for p in set(places)}
    bits = [rules.weight("places", "village", known[place]) for place in places]
    return np.array(bits, dtype=np.float32)


def camp_bits(camps: Sequence[str], shares: Shares, rules: Rules) -> Bits32:
    """What agreement on each camp says."""
    same, other = rules.value("camp", "same"), rules.value("camp", "differs")
    odds = [same / shares.share("camp", camp, 0.1) + other for camp in camps]
    return np.log2(np.array(odds, dtype=np.float64)).astype(np.float32)


def _died_bits(lies: Sequence[str], shares: Shares, rules: Rules) -> Bits32:
    """What it says that another died where each lies."""
    bits = {
        place: rules.weight("resting", "same", chances_there(place, shares, rules).close)
        for place in set(lies)
    }
    return np.array([bits[place] for place in lies], dtype=np.float32)


def _quarter_bits(shares: Shares, rules: Rules) -> Bits32:
    """What each quarter of a year says as that of a death, for a record that states none."""
    bits = np.zeros(QUARTERS, dtype=np.float32)
    other = rules.value("death", "other_period")
    for when, share in shares.everywhere.get("died_right", {}).items():
        year, number = map(int, when.split("-"))
        place = (year - FIRST_YEAR) * 4 + number - 1
        if 0 <= place < QUARTERS:
            own = shares.share("died_left", when, 0.0)
            bits[place] = log2((1 - other) * own / share + other)
    return bits
