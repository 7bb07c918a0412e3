"""Chunk tables for two documents in one alphabet: two clerks in Latin, two Cyrillic records.

Latin-Latin is composed over the Cyrillic name that neither shows:
``sum over c of P(c) P(l1 | c) P(l2 | c)``, one profile per pair of conventions, and one for clerks
of the same habits. The tables are symmetric: a weight is ``log2 P(l1, l2) / sqrt(P(l1) P(l2))``, so
that what is left for the letters themselves is the mean of the two backgrounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from sexton.names import noise
from sexton.names.chunks import ChunkTable
from sexton.names.composed import composed
from sexton.names.composition import (
    CONVENTION_PRIOR,
    CONVENTIONS,
    TEXTS,
    Spellings,
    add_accidents,
    clean_spellings,
    finish,
    heard,
    mix,
    whole_edges,
)
from sexton.names.letters import CYRILLIC, LATIN
from sexton.names.tables import read_numbers

Floats = NDArray[np.float64]
Table = dict[tuple[str, str], Floats]

# What the tables are composed of.
LATIN_TEXTS = (*TEXTS, "letters_surname_cyrillic.tsv", "letters_surname_latin.tsv")
CYRILLIC_TEXTS = ("cyrillic_variants.tsv",)

PAIRS = tuple(combinations(range(len(CONVENTIONS)), 2))
LATIN_PROFILES = ("", *(f"{CONVENTIONS[u]}/{CONVENTIONS[v]}" for u, v in PAIRS))
# How often two Latin documents follow one habit, or one was copied from the other (judged).
SAME_HABIT = 0.5
# How often a letter is kept from one document to the next.
LATIN_KEPT = 0.93
CYRILLIC_KEPT = 0.95
HEARD_SHARE = 0.3
# Spellings and pairs of groups less probable than this are not composed.
LEAST_SPELLING = 0.01
LEAST_PAIR = 2.0**-9


def _per_name(alphabet: str) -> dict[str, float]:
    """How often each group of letters stands in a name."""
    counts = read_numbers(f"letters_surname_{alphabet}.tsv")
    return {group: count / 1e6 for group, count in counts.items()}


def _latin_prior() -> Floats:
    shares = np.array([CONVENTION_PRIOR[u] * CONVENTION_PRIOR[v] for u, v in PAIRS])
    return np.array([SAME_HABIT, *((1 - SAME_HABIT) * shares / shares.sum())])


def _joint(vectors: Floats) -> Floats:
    """P(l1, l2 | c) by profile, from ``vectors[l, convention]``; shape (l1, l2, profile)."""
    same = np.einsum("au,bu,u->ab", vectors, vectors, CONVENTION_PRIOR)
    crossed = [
        (np.outer(vectors[:, u], vectors[:, v]) + np.outer(vectors[:, v], vectors[:, u])) / 2
        for u, v in PAIRS
    ]
    joint: Floats = np.stack([same, *crossed], axis=-1)
    return joint


def _composed(spellings: Spellings, per_name: Mapping[str, float]) -> Table:
    """P(l1, l2) per name, summed over the Cyrillic groups that both may stand for."""
    table: Table = {}
    for chunk in sorted(spellings):
        frequency = per_name.get(chunk, 0.0)
        group = {
            latin: vector
            for latin, vector in sorted(spellings[chunk].items())
            if latin and vector.max() >= LEAST_SPELLING and whole_edges(chunk, latin)
        }
        if not frequency or not group:
            continue
        joint = frequency * _joint(np.array(list(group.values())))
        for a, left in enumerate(group):
            for b, right in enumerate(group):
                table[left, right] = table.get((left, right), 0.0) + joint[a, b]
    return table


def _conditional(table: Table, per_name: Mapping[str, float]) -> Table:
    """Divide by the mean frequency of the two groups."""
    seen = {left: float(vector.max()) for (left, right), vector in table.items() if left == right}
    frequency = {group: max(per_name.get(group, 0.0), least) for group, least in seen.items()}
    divided = {
        (left, right): vector / math.sqrt(frequency[left] * frequency[right])
        for (left, right), vector in table.items()
    }
    return {key: vector for key, vector in divided.items() if vector.max() >= LEAST_PAIR}


def _add_exchanges(table: Table, letters: str, size: int) -> None:
    """Let two neighbouring letters have changed places."""
    exchanged = np.full(size, noise.EXCHANGED)
    for first, second in permutations(letters, 2):
        key = (first + second, second + first)
        table[key] = np.maximum(table.get(key, 0.0), exchanged)


def _add_rules(
    table: Table, rules: noise.Rules, letters: Iterable[str], kept: float, size: int
) -> None:
    """Let letters be kept, and groups be changed by a rule in either direction."""
    one = np.ones(size)
    for letter in letters:
        table[letter, letter] = np.maximum(table.get((letter, letter), 0.0), kept * one)
    for left, variants in rules.items():
        for right, probability in variants:
            for key in ((left, right), (right, left)):
                if whole_edges(*key):
                    table[key] = np.maximum(table.get(key, 0.0), probability * one)


@cache
def latin_latin() -> ChunkTable:
    """The table between two Latin forms; profile "" is one habit, the others two conventions."""
    return composed("latin-latin", LATIN_TEXTS, LATIN_PROFILES, compose_latin_latin)


@cache
def cyrillic_cyrillic() -> ChunkTable:
    """The table between two Cyrillic forms: one profile."""
    return composed("cyrillic-cyrillic", CYRILLIC_TEXTS, ("",), compose_cyrillic_cyrillic)


def compose_latin_latin() -> ChunkTable:
    """:func:`latin_latin` from the spellings of what stands between."""
    clean = clean_spellings()
    spellings = {
        chunk: mix([(1 - HEARD_SHARE, group), (HEARD_SHARE, heard(chunk, clean))])
        for chunk, group in clean.items()
    }
    table = _conditional(_composed(spellings, _per_name("cyrillic")), _per_name("latin"))
    _add_rules(table, noise.reading_rules(), (), LATIN_KEPT, len(LATIN_PROFILES))
    same = np.eye(1, len(LATIN_PROFILES))[0]
    for letter in LATIN:
        table[letter, letter] = np.maximum(table.get((letter, letter), 0.0), LATIN_KEPT * same)
    _add_exchanges(table, LATIN, len(LATIN_PROFILES))
    add_accidents(table, LATIN, LATIN, len(LATIN_PROFILES))
    return finish(_symmetric(table), _latin_prior(), LATIN_PROFILES)


def compose_cyrillic_cyrillic() -> ChunkTable:
    """:func:`cyrillic_cyrillic` from the rules for slips and other spellings."""
    table: Table = {}
    _add_rules(table, noise.cyrillic_rules(), CYRILLIC, CYRILLIC_KEPT, 1)
    _add_exchanges(table, CYRILLIC, 1)
    add_accidents(table, CYRILLIC, CYRILLIC, 1)
    return finish(_symmetric(table), np.ones(1), ("",))


def _symmetric(table: Table) -> Table:
    """The larger weight of both directions, so that the order of two names does not matter."""
    both = {*table, *((right, left) for left, right in table)}
    zero = 0.0
    return {key: np.maximum(table.get(key, zero), table.get(key[::-1], zero)) for key in both}
