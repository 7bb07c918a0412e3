"""The vocabulary join: each distinct name that is asked for beside all names of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence.spellings import by_letters
from sexton.linkage.vocabularies import Vocabulary
from sexton.names.agreement import equivalent_bits, most_bits
from sexton.names.channel import Kind
from sexton.names.given_names import canonical_given
from sexton.names.initials import same_initial

SPELLINGS: dict[Kind, int] = {"surname": 300, "given": 150, "patronymic": 150}
"""How many archive names are taken for each distinct name that is asked for."""

SEARCHED_BITS = -36.0
"""The search goes down to here, since the calibration of its bits takes up to 30 bits from rare
spellings that :func:`sexton.evidence.spellings.by_letters` gives back."""

UNLIKE_BITS = -12.0
"""What the model says at the least: for pairs that the join, which looks at all, did not find."""

NEW_NAMES = 0.03
"""The share of men whose names no list has; of them the letters alone say how common they are."""

LEAST_BITS = -6.0
"""Pairs of spellings below are not joined: another name altogether explains them better."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Joined(NamedTuple):
    """What each query may stand for: ``names[starts[q]:starts[q + 1]]`` with what each pair says.

    ``bits`` are the letters' (for the exact weight), ``part`` those of the name's part: no more
    than the rarity of the names, another name altogether allowed for. ``missing`` is the part of
    every other pair.
    """

    starts: Ints
    names: NDArray[np.int32]
    bits: Floats
    part: NDArray[np.float32]
    missing: float


class _Found(NamedTuple):
    """Pairs of queries and names, arrays of one length."""

    query: Ints
    name: Ints
    bits: Floats
    weight: Floats


def join_names(queries: Sequence[str], names: Vocabulary, other: float, within: bool) -> Joined:
    """Look up all ``queries`` (folded names, or initials such as "и.") among ``names``.

    ``other`` is the chance that a record bears another name altogether. ``within``: the queries are
    names of the very list that ``names`` are of, where the records of one man are looked for: how
    often the list has a name says nothing then.
    """
    parts = [_by_spelling(queries, names, within)]
    if names.kind == "given":
        parts.append(_by_meaning(queries, names))
    if names.kind != "surname":
        parts.append(_by_initial(queries, names))
    found = _Found(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    part = np.log2((1 - other) * np.exp2(found.weight) + other)
    return _by_query(found, part, len(queries), float(np.log2(other)))


def _by_query(found: _Found, part: Floats, queries: int, missing: float) -> Joined:
    """By query, each name once, with the best that is known of the pair."""
    order = np.lexsort((-part, found.name, found.query))
    query, name = found.query[order], found.name[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (query[1:] != query[:-1]) | (name[1:] != name[:-1])
    # Where spelling and meaning both join two names, the letters' bits are those of the spelling.
    bits = (
        np.maximum.reduceat(found.bits[order], np.flatnonzero(first)) if len(order) else found.bits
    )
    spelt = np.full(len(found.bits), UNLIKE_BITS)
    order = order[first]
    spelt[order] = bits
    # The likeliest first: some routes take no more than these.
    order = order[np.lexsort((found.name[order], -part[order], found.query[order]))]
    starts = np.searchsorted(found.query[order], np.arange(queries + 1))
    return Joined(
        starts.astype(np.int64),
        found.name[order].astype(np.int32),
        spelt[order],
        part[order].astype(np.float32),
        missing,
    )


def _by_spelling(queries: Sequence[str], names: Vocabulary, within: bool) -> _Found:
    asked = [number for number, query in enumerate(queries) if not query.endswith(".")]
    texts = [queries[number] for number in asked]
    q, n, bits = names.index.search_many(texts, top=SPELLINGS[names.kind], min_bits=SEARCHED_BITS)
    found = [names.names[number] for number in n.tolist()]
    bits = by_letters(names.kind, [texts[number] for number in q.tolist()], found, bits)
    worth = bits >= LEAST_BITS
    q, n, bits = q[worth], n[worth], bits[worth]
    query = np.array(asked, dtype=np.int64)[q]
    if names.is_population and not within:
        weight = _against_others(q, np.exp2(bits), names.shares[n], names.total, len(texts))
        return _Found(query, n, weight, weight)
    most = np.array([most_bits(names.kind, text) for text in texts], dtype=np.float64)
    return _Found(query, n, bits, np.minimum(bits, np.minimum(most[q], names.most[n])))


def _against_others(q: Ints, odds: Floats, shares: Floats, total: float, queries: int) -> Floats:
    """log2 P(spelling | name) / P(spelling | another man's name): what the spelling says.

    ``odds`` hold P(spelling | name) / P0, P0 being how common the letters are; the sum over all
    names, as common as they are, puts the population in the place of P0. The man himself is not
    among the others: one record of his name is left out.
    """
    sums = np.bincount(q, odds * shares, minlength=queries)
    others = np.maximum(sums[q] - odds / total, 0.0) + NEW_NAMES
    weights: Floats = np.log2(odds / others)
    return weights


def _by_meaning(queries: Sequence[str], names: Vocabulary) -> _Found:
    """Jean and Иван: forms that the table of given names joins."""
    rows = [
        (number, other, bits)
        for number, query in enumerate(queries)
        if not query.endswith(".")
        for other in {n for meaning in canonical_given(query) for n in _meant(names, meaning)}
        if (bits := equivalent_bits(query, names.names[other])) is not None
    ]
    return _rows(rows)


def _meant(names: Vocabulary, meaning: str) -> list[int]:
    return names.by_meaning.get(meaning, [])


def _by_initial(queries: Sequence[str], names: Vocabulary) -> _Found:
    """Initials beside the names and initials that begin alike."""
    behind = len(names.names)
    rows: list[tuple[int, int, float]] = []
    for number, query in enumerate(queries):
        letters = canonical_given(query) if names.kind == "given" else ()
        for place, initial in enumerate(names.initials):
            if any(same_initial(form, initial) for form in (query, *letters)):
                rows.append((number, behind + place, _INITIAL_BITS))
        if query.endswith("."):
            rows += [
                (number, n, _INITIAL_BITS)
                for n, name in enumerate(names.names)
                if same_initial(query, name)
            ]
    return _rows(rows)


# log2 of 0.97 / 0.12: an initial agrees (rules-v1.toml, [names]).
_INITIAL_BITS = 3.0


def _rows(rows: list[tuple[int, int, float]]) -> _Found:
    query, name, bits = zip(*rows, strict=True) if rows else ((), (), ())
    weights = np.array(bits, dtype=np.float64)
    unlike = np.full(len(weights), UNLIKE_BITS)
    return _Found(np.array(query, dtype=np.int64), np.array(name, dtype=np.int64), unlike, weights)
