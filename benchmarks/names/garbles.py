"""Simulated misspellings: each channel of the domain notes by rules of its own.

Real surnames are drawn as often as they are borne (russiannames 2.0.0) and spoilt once in the way
of one channel of `sexton.simulate.garbles`, whose rules are hand-written and independent of
Sexton's tables. Every form is SIMULATED.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from random import Random

from benchmarks.names.clerks import RULES, write
from benchmarks.names.queries import Query
from benchmarks.names.vocabulary import read_counts
from sexton.simulate.garbles import (
    LOOKALIKES,
    doubled_or_added_letter,
    heard,
    look_alikes,
    lost_letter,
    lost_syllable,
    misread,
    misread_capital,
    moved_letter,
    other_ending,
    second_spelling,
    two_channels,
    wrecked,
)

SEED = 1945
PER_CHANNEL = 100
LEAST_LETTERS, LEAST_COUNT = 5, 3
_RUSSIAN = re.compile("[а-я]+")


def _in_hand_of(country: str) -> Callable[[str, Random], str]:
    return lambda name, random: write(name, country, random)


CHANNELS: dict[str, Callable[[str, Random], str]] = {
    **{f"written by {country} rules": _in_hand_of(country) for country in RULES},
    "misheard": heard,
    "handwriting misread": misread,
    "capital misread": misread_capital,
    "letter lost": lost_letter,
    "letter doubled or added": doubled_or_added_letter,
    "neighbours changed places": moved_letter,
    "syllable lost": lost_syllable,
    "look-alike Latin capitals": look_alikes,
    "second spelling of a misspelling": second_spelling,
    "other sex's or adjective ending": other_ending,
    "misheard, then spoilt on paper": two_channels,
    "wrecked: four faults": wrecked,
}


@cache
def _drawing() -> tuple[list[str], list[int]]:
    counts = read_counts("surname")
    names = [
        name
        for name, count in counts.items()
        if count >= LEAST_COUNT and len(name) >= LEAST_LETTERS and _RUSSIAN.fullmatch(name)
    ]
    return names, list(accumulate(counts[name] for name in names))


def simulated(channel: str, size: int = PER_CHANNEL) -> list[Query]:
    """``size`` distinct simulated spellings of one channel, the same for the same seed."""
    random = Random(f"{SEED} {channel}")
    names, cumulated = _drawing()
    if channel == "look-alike Latin capitals":
        names = [name for name in names if set(name) <= set(LOOKALIKES)]
        cumulated = list(range(1, len(names) + 1))
    spoil, found = CHANNELS[channel], dict[Query, None]()
    while len(found) < size:
        name = random.choices(names, cum_weights=cumulated)[0]
        found[Query(spoil(name, random), name)] = None
    return list(found)
