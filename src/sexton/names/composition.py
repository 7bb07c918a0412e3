"""Compose learnt and explicit tables into the chunk tables that names are compared with.

Cyrillic to Latin: half of the probability is a clean spelling under a convention, half is a name
that was heard, spelt and read: hearing o convention o reading. Half and half measured best; learnt
tables alone lose ruined names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from sexton.names import noise
from sexton.names.chunks import ChunkTable, build_table
from sexton.names.composed import composed
from sexton.names.letters import CYRILLIC, END, LATIN, START
from sexton.names.pruning import without_dominated
from sexton.names.tables import read_table

Floats = NDArray[np.float64]
Spellings = dict[str, dict[str, Floats]]

# What the table from Cyrillic to Latin is composed of.
TEXTS = ("spellings.tsv", "spelling_rules.tsv", "hearing.tsv", "reading.tsv")

CONVENTIONS = ("de", "fr", "nl", "pl", "en", "sci")
# How often a source follows each convention, before anything is known (judged for western Europe).
CONVENTION_PRIOR = np.array([0.30, 0.30, 0.12, 0.06, 0.17, 0.05])

# Tried on development pairs: a clean share of 0.7 makes them likelier (by 0.15 bits a name), but
# finds no more of them and fewer of simulated misspellings (first 0.716, not 0.719; n = 680). A
# learnt share of 0.7 gains 0.2 bits a name, and names that follow no convention lose. Halves stay.
CLEAN_SHARE = 0.5
LEARNT_SHARE = 0.5
ANY_CONVENTION_SHARE = 0.1
# Groups less probable than this are left to the accidents that no rule foresees.
LEAST = 0.0003
# A letter that is written so in some convention may change places with its neighbour.
EXCHANGED_SPELLING = 0.5


def read_learnt() -> Spellings:
    """``P(Latin group | Cyrillic group)`` for each convention, from the trained table."""
    spellings: Spellings = {}
    for row in read_table("spellings.tsv"):
        vector = np.array([float(row[convention]) for convention in CONVENTIONS])
        spellings.setdefault(row["chunk"], {})[row["latin"]] = vector
    return spellings


def _explicit_spellings() -> Spellings:
    spellings: Spellings = {}
    for row in read_table("spelling_rules.tsv"):
        named = CONVENTIONS if row["conventions"] == "*" else row["conventions"].split(",")
        share = np.array([float(row["probability"]) * (c in named) for c in CONVENTIONS])
        group = spellings.setdefault(row["chunk"], {})
        group[row["latin"]] = group.get(row["latin"], np.zeros(len(CONVENTIONS))) + share
    return spellings


def mix(parts: Iterable[tuple[float, Mapping[str, Floats]]]) -> dict[str, Floats]:
    mixed: dict[str, Floats] = {}
    for share, group in parts:
        for latin, vector in group.items():
            part = share * vector
            mixed[latin] = mixed[latin] + part if latin in mixed else part
    return mixed


def _normalised(group: Mapping[str, Floats]) -> dict[str, Floats]:
    total = np.maximum(sum(group.values(), np.zeros(len(CONVENTIONS))), 1e-9)
    return {latin: vector / np.maximum(total, 1.0) for latin, vector in group.items()}


def clean_spellings(learnt: Spellings | None = None) -> Spellings:
    """How each Cyrillic group is spelt: learnt, explicit, and a little of other conventions."""
    learnt, explicit = read_learnt() if learnt is None else learnt, _explicit_spellings()
    clean: Spellings = {}
    for chunk in {*learnt, *explicit}:
        taught = learnt.get(chunk, {})
        rules = _normalised(explicit.get(chunk, {}))
        pooled = {
            latin: np.full(len(CONVENTIONS), vector @ CONVENTION_PRIOR)
            for latin, vector in taught.items()
        }
        share = LEARNT_SHARE if rules else 1.0 - ANY_CONVENTION_SHARE
        rest = 1.0 - share - ANY_CONVENTION_SHARE
        parts = ((share, taught), (ANY_CONVENTION_SHARE, pooled), (rest, rules))
        clean[chunk] = mix(parts)
    for edge in (START, END):
        clean[edge] = {edge: np.ones(len(CONVENTIONS))}
    return clean


def _spelt(chunk: str, clean: Spellings) -> Mapping[str, Floats]:
    """The spellings of a group; of a group not in the table, those of its letters in a row."""
    if chunk in clean:
        return clean[chunk]
    spelt: dict[str, Floats] = {"": np.ones(len(CONVENTIONS))}
    for letter in chunk:
        spelt = {
            before + latin: vector * other
            for before, vector in spelt.items()
            for latin, other in clean.get(letter, {}).items()
            if other.max() > 0.05
        }
    return spelt


def heard(chunk: str, clean: Spellings) -> dict[str, Floats]:
    """The spellings of a group that passed through a foreign ear."""
    rules = noise.hearing_rules().get(chunk, ())
    kept = 1.0 - sum(probability for _, probability in rules)
    parts = [(probability, _spelt(heard, clean)) for heard, probability in rules]
    return mix([(kept, _spelt(chunk, clean)), *parts])


def _read(group: Mapping[str, Floats]) -> dict[str, Floats]:
    """The spellings of a group after they were read from handwriting."""
    read: dict[str, Floats] = {}
    for latin, vector in group.items():
        if vector.max() < LEAST * 10:
            continue
        for text, probability in noise.misreadings(latin):
            read[text] = read.get(text, 0.0) + probability * vector
    return read


def _edge_groups(clean: Spellings) -> Iterable[str]:
    known = [letter for letter in CYRILLIC if letter in clean]
    yield from (START + letter for letter in known)
    yield from (letter + END for letter in known)


def _cyrillic_latin_groups() -> dict[tuple[str, str], Floats]:
    clean = clean_spellings()
    chunks = {*clean, *noise.hearing_rules(), *_edge_groups(clean)} - {START, END, ""}
    table: dict[tuple[str, str], Floats] = {}
    for chunk in sorted(chunks):
        plain = clean.get(chunk, {})
        noisy = _read(heard(chunk, clean))
        for latin, vector in mix([(CLEAN_SHARE, plain), (1 - CLEAN_SHARE, noisy)]).items():
            # Only a single letter may be lost as a whole; longer groups lose theirs one by one.
            if vector.max() >= LEAST and whole_edges(chunk, latin) and (latin or len(chunk) == 1):
                table[chunk, latin] = vector
    return table


def whole_edges(left: str, right: str) -> bool:
    return (left[:1] == START) == (right[:1] == START) and (left[-1:] == END) == (right[-1:] == END)


def add_accidents(
    table: dict[tuple[str, str], Floats], left: str, right: str, profiles: int
) -> None:
    """Let any letter be lost, added or replaced, so that no pair of names is impossible."""
    one = np.ones(profiles)
    for letter in left:
        lost = table.get((letter, ""), 0.0)
        table[letter, ""] = np.maximum(lost, noise.loss(letter) * one)
        for other in right:
            rare = noise.substitution(letter, other, right) * one
            table[letter, other] = table.get((letter, other), 0.0) + rare
    for letter in right:
        table["", letter] = noise.addition(letter) * one
    for edge in (START, END):
        table[edge, edge] = one


def finish(
    table: Mapping[tuple[str, str], Floats], prior: Floats, profiles: tuple[str, ...]
) -> ChunkTable:
    bits = {key: np.log2(np.clip(table[key], 2.0**-40, 1.0)) for key in sorted(table)}
    kept = without_dominated(bits, len(profiles))
    keys = {key: row for row, key in enumerate(kept)}
    return build_table(keys, np.array(list(kept.values())), np.log2(prior), profiles)


def transposed(table: ChunkTable) -> ChunkTable:
    """The same weights with the sides exchanged, for searching Latin names with a Cyrillic one."""
    pairs = {
        (right, left): row for left, rights in table.rows.items() for right, row in rights.items()
    }
    return build_table(pairs, table.weights, table.prior, table.profiles)


def _add_exchanges(table: dict[tuple[str, str], Floats]) -> None:
    """Let two neighbouring letters that are written with one letter each have changed places.

    Of simulated exchanges 0.85 are then found first, not 0.60 (n = 40), at no cost of time. Rows
    for lost syllables find 0.47 of those within ten, not 0.25, but take 2.7 times as long: left
    out.
    """
    written = [
        (letter, latin, table[letter, latin])
        for letter in CYRILLIC
        for latin in LATIN
        if (letter, latin) in table and table[letter, latin].max() >= EXCHANGED_SPELLING
    ]
    for (first, x, p), (second, y, q) in permutations(written, 2):
        if first != second and x != y:
            key, weight = (first + second, y + x), noise.EXCHANGED * p * q
            table[key] = np.maximum(table.get(key, 0.0), weight)


@cache
def cyrillic_latin() -> ChunkTable:
    """The table from a Cyrillic name to its Latin form; one profile per convention."""
    return composed("cyrillic-latin", TEXTS, CONVENTIONS, compose_cyrillic_latin)


def compose_cyrillic_latin() -> ChunkTable:
    """:func:`cyrillic_latin` from the learnt and the explicit tables."""
    table = _cyrillic_latin_groups()
    _add_exchanges(table)
    add_accidents(table, CYRILLIC, LATIN, len(CONVENTIONS))
    return finish(table, CONVENTION_PRIOR, CONVENTIONS)
