"""The vocabulary join: each distinct name that is asked for beside all names of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.screening.bearers import Bearers, count_bearers
from sexton.linkage.screening.commonness import OwnLetters, discount, imagined_population
from sexton.linkage.screening.ordering import likeliest_first
from sexton.linkage.screening.spelt import (
    DEEP,
    Floats,
    Found,
    Ints,
    Search,
    joined_up,
    search_spellings,
)
from sexton.linkage.vocabularies import IMAGINED, Vocabulary, is_population, words_of
from sexton.names.agreement import equivalent_bits, most_bits
from sexton.names.background import rarity_bits_many
from sexton.names.channel import Kind
from sexton.names.given_names import canonical_given
from sexton.names.index_files import texts_at
from sexton.names.initials import same_initial
from sexton.names.letters import spell
from sexton.names.short_forms import meanings_of
from sexton.names.variants import FormChances

Marks = NDArray[np.bool_]

UNLIKE_BITS = -12.0
"""What the model says at the least: for pairs that the join, which looks at all, did not find."""

NEW_NAMES = 0.03
"""The share of men whose names no list has; of them the letters alone say how common they are."""


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


def join_names(
    queries: Sequence[str],
    vocabularies: Sequence[Vocabulary],
    other: float,
    within: bool,
    search: Search = DEEP,
) -> list[Joined]:
    """Look up all ``queries`` (folded names, or initials such as "и.") in each vocabulary.

    The vocabularies are those of the lists of one archive: how common a name is, all of them tell
    together. ``other`` is the chance that a record bears another name altogether. ``within``: the
    queries are names of the very list that the vocabulary is of, where the records of one man are
    looked for.
    """
    asked = [number for number, query in enumerate(queries) if not query.endswith(".")]
    texts = [queries[number] for number in asked]
    spelt = [search_spellings(texts, names, search) for names in vocabularies]
    if is_population(vocabularies):
        spelt = _against_others(spelt, vocabularies, texts, within)
    else:
        spelt = _against_list(spelt, vocabularies, texts, within)
    return [
        _joined(
            found._replace(query=np.array(asked, dtype=np.int64)[found.query]),
            queries,
            names,
            other,
        )
        for found, names in zip(spelt, vocabularies, strict=True)
    ]


def _joined(spelt: Found, queries: Sequence[str], names: Vocabulary, other: float) -> Joined:
    parts = [spelt]
    if names.kind == "given":
        parts += [_by_meaning(queries, names), _by_word(queries, names)]
    if names.kind != "surname":
        parts.append(_by_initial(queries, names))
    found = joined_up(parts) if len(parts) == 1 else _each_once(joined_up(parts))
    part = np.log2((1 - other) * np.exp2(found.weight) + other)
    order, starts = likeliest_first(found.query, part, _places(found.name, names), len(queries))
    return Joined(
        starts,
        found.name[order].astype(np.int32),
        found.bits[order],
        part[order].astype(np.float32),
        float(np.log2(other)),
    )


def _each_once(found: Found) -> Found:
    """Each pair once, with the best that is known of it: where spelling and meaning both join two
    names, the letters' bits are those of the spelling."""
    if not len(found.query):
        return found
    order = np.lexsort((-found.weight, found.name, found.query))
    query, name = found.query[order], found.name[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (query[1:] != query[:-1]) | (name[1:] != name[:-1])
    bits = np.maximum.reduceat(found.bits[order], np.flatnonzero(first))
    return Found(query[first], name[first], bits, found.weight[order[first]])


def _places(numbers: Ints, names: Vocabulary) -> Ints:
    """The places of pairs among those that say as much, by their names.

    The commoner first; so the names that some routes take do not hang on who stands first in a
    list. No route asks that of surnames.
    """
    if names.kind == "surname":
        return numbers
    distinct, which = np.unique(numbers, return_inverse=True)
    behind = len(names.names)
    order = sorted(
        (True, 0, names.initials[number - behind], place)
        if number >= behind
        else (False, -int(names.counts[number]), names.names[number], place)
        for place, number in enumerate(distinct.tolist())
    )
    places = np.empty(len(distinct), dtype=np.int64)
    places[[place for *_, place in order]] = np.arange(len(distinct))
    return places[which]


def _limited(found: Found, texts: Sequence[str], names: Vocabulary) -> Found:
    """Agreement says no more than that the names are rare."""
    most = np.array([most_bits(names.kind, text) for text in texts], dtype=np.float64)
    limit = np.minimum(most[found.query], names.most_of(found.name))
    return found._replace(weight=np.minimum(found.bits, limit))


def _against_list(
    spelt: Sequence[Found], vocabularies: Sequence[Vocabulary], texts: Sequence[str], within: bool
) -> list[Found]:
    """What the spelling says in a list too short to tell by itself how common names are.

    The letters' bits hold P(spelling | name) / P(spelling), with the background of
    :mod:`commonness`; the other men who may have written so are those of the list and the imagined
    ones. Of each spelling some of a man is left out (:func:`discount`); ``within`` one list a whole
    one: he may be the man himself, who is often written in several ways.
    """
    letters = OwnLetters.of(
        vocabularies[0].kind, (n for names in vocabularies for n in names.names)
    )
    spelt = [_with_letters(*each, texts, letters) for each in zip(spelt, vocabularies, strict=True)]
    bearers = count_bearers(vocabularies)
    imagined = _imagined(bearers, letters)
    total = imagined + float(bearers.men.sum())
    sums = np.full(len(texts), imagined)
    left_out = 1.0 if within else discount(bearers.men)
    for found, numbers, first in zip(spelt, bearers.numbers, bearers.first, strict=True):
        # A name that several lists have counts once.
        others = np.where(first, np.maximum(bearers.men[numbers] - left_out, 0), 0)
        odds = np.exp2(found.bits) * others[found.name]
        sums += np.bincount(found.query, odds, minlength=len(texts))
    bits = np.log2(sums / total)
    return [
        _limited(found._replace(bits=found.bits - bits[found.query]), texts, names)
        for found, names in zip(spelt, vocabularies, strict=True)
    ]


def _with_letters(
    found: Found, names: Vocabulary, texts: Sequence[str], letters: OwnLetters
) -> Found:
    """The letters' bits with the letters of the lists themselves in the background."""
    used, which = np.unique(found.name, return_inverse=True)
    right = texts_at(names.names, used)
    gains = letters.gains(texts)[found.query], letters.gains(right)[which]
    latin = _are_latin(texts)[found.query], _are_latin(right)[which]
    one = latin[0] == latin[1]
    # As in the model: in one alphabet either spelling counts half, else the Latin one alone.
    shares = [np.where(one, 0.5, np.where(own, 1.0, 0.0)) for own in latin]
    return found._replace(bits=found.bits - shares[0] * gains[0] - shares[1] * gains[1])


def _are_latin(texts: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([spell(text).alphabet == "latin" for text in texts], dtype=np.bool_)


def _imagined(bearers: Bearers, letters: OwnLetters) -> float:
    """How many imagined men stand beside those of the lists: at least as many as these, or a name
    that all bear would say nothing."""
    if not bearers.names:
        return IMAGINED
    known = letters.gains(bearers.names) - rarity_bits_many(letters.kind, bearers.names)
    return max(imagined_population(bearers.men, known), float(bearers.men.sum()))


def _against_others(
    spelt: Sequence[Found], vocabularies: Sequence[Vocabulary], texts: Sequence[str], within: bool
) -> list[Found]:
    """log2 P(spelling | name) / P(spelling | another man's name): what the spelling says.

    The letters' bits hold P(spelling | name) / P0, P0 being how common the letters are; the sum
    over all names, as common as they are, puts the population in the place of P0. The man himself
    is not among the others: one record of his name is left out, ``within`` one list two.
    """
    own = 2.0 if within else 1.0
    total = sum(names.records for names in vocabularies) + IMAGINED
    sums = np.zeros(len(texts))
    met: set[str] | None = set() if len(vocabularies) > 1 else None
    alike = [_in_one_alphabet(*each, texts) for each in zip(spelt, vocabularies, strict=True)]
    spelt = [_of_query(*each, texts) for each in zip(spelt, alike, vocabularies, strict=True)]
    for found, one, names in zip(spelt, alike, vocabularies, strict=True):
        counts = names.counts[found.name] + _imagined_bearers(found.name, one, names, met)
        odds = np.exp2(found.bits) * counts / total
        sums += np.bincount(found.query, odds, minlength=len(texts))
    # Names that no list has are as common as their letters, by the letters of the largest list.
    largest = max(vocabularies, key=lambda names: names.records)
    new = NEW_NAMES * np.exp2(largest.letters.gains(texts))
    weighed = []
    for found in spelt:
        odds = np.exp2(found.bits)
        others = np.maximum(sums[found.query] - own * odds / total, 0.0) + new[found.query]
        weight = np.log2(odds / others)
        weighed.append(found._replace(bits=weight, weight=weight))
    return weighed


def _in_one_alphabet(found: Found, names: Vocabulary, texts: Sequence[str]) -> Marks:
    """Which pairs are written in one alphabet."""
    marks: Marks = _are_latin(texts)[found.query] == names.index.are_latin(found.name)
    return marks


def _of_query(found: Found, one: Marks, names: Vocabulary, texts: Sequence[str]) -> Found:
    """log2 P(spelling | name) / P(spelling), from the letters' bits.

    In ``one`` alphabet these divide by the mean of the rarities of both spellings, as if either
    were the one that is explained: николай beside ныколай, which hardly a man is called, would seem
    to owe his spelling to that name.
    """
    bits = found.bits.copy()
    bits[one] += 0.5 * _rarities(names.kind, texts, found.query[one])
    bits[one] -= 0.5 * _rarities(names.kind, names.names, found.name[one])
    return found._replace(bits=bits)


def _rarities(kind: Kind, texts: Sequence[str], at: Ints) -> Floats:
    """The rarity of each of the texts ``at`` positions, in bits; each asked once."""
    distinct, which = np.unique(at, return_inverse=True)
    rarity: Floats = rarity_bits_many(kind, texts_at(texts, distinct))[which]
    return rarity


def _imagined_bearers(found: Ints, one: Marks, names: Vocabulary, met: set[str] | None) -> Floats:
    """How many imagined men bear each of the names ``found`` in a list: none more for names that
    were ``met`` in an earlier list, where there are several.

    That a garbled form can mean a common name does not make the form common: it counts by its
    letters beside spellings of ``one`` alphabet, to which it is near. From another alphabet all
    forms of a name are about as far, and what they say was calibrated so.
    """
    bits = names.most_of(found)
    if names.kind != "surname":
        bits[one] = np.maximum(bits[one], _rarities(names.kind, names.names, found[one]))
    bearers: Floats = IMAGINED * np.exp2(-bits)
    if met is None:
        return bearers
    distinct, which = np.unique(found, return_inverse=True)
    texts = texts_at(names.names, distinct)
    is_new = np.array([text not in met for text in texts], dtype=np.bool_)
    met.update(texts)
    return np.where(is_new[which], bearers, 0.0)


def _by_meaning(queries: Sequence[str], names: Vocabulary) -> Found:
    """Jean and Иван, Bill and William: forms that the tables of given names join."""
    rows = [
        (number, other, bits)
        for number, query in enumerate(queries)
        if not query.endswith(".")
        for other in {n for meaning in meanings_of(query) for n in _meant(names, meaning)}
        # Two that are written alike are judged by their letters, and by how many write so.
        if names.names[other] != query
        and (bits := equivalent_bits(query, names.names[other])) is not None
    ]
    return _rows(rows)


def _by_word(queries: Sequence[str], names: Vocabulary) -> Found:
    """Double names that have the name asked for among theirs, in any form: Russ, Robert Russell."""
    rows = []
    for number, query in enumerate(queries):
        if query.endswith(".") or len(words_of(query)) > 1:
            continue
        meant = (query, *meanings_of(query))
        for other, word in sorted({pair for each in meant for pair in names.by_word.get(each, ())}):
            bits = most_bits("given", word) if word == query else equivalent_bits(query, word)
            if bits is not None:
                chance = _HALF / len(words_of(names.names[other]))
                rows.append((number, other, bits + log2(chance)))
    return _rows(rows)


def _meant(names: Vocabulary, meaning: str) -> list[int]:
    return names.by_meaning.get(meaning, [])


def _by_initial(queries: Sequence[str], names: Vocabulary) -> Found:
    """Initials beside the names and initials that begin alike."""
    behind = len(names.names)
    rows: list[tuple[int, int, float]] = []
    by_letter = names.by_letter if any(query.endswith(".") for query in queries) else {}
    for number, query in enumerate(queries):
        letters = canonical_given(query) if names.kind == "given" else ()
        for place, initial in enumerate(names.initials):
            if any(same_initial(form, initial) for form in (query, *letters)):
                rows.append((number, behind + place, _INITIAL_BITS))
        if query.endswith("."):
            rows += [
                (number, n, _INITIAL_BITS)
                for letter, numbers in by_letter.items()
                if same_initial(query, letter)
                for n in numbers
            ]
    return _rows(rows)


# How often one of several given names stands for all of them, as in the exact weights.
_HALF = FormChances().half
# log2 of 0.97 / 0.12: an initial agrees (rules-v4.toml, [names]).
_INITIAL_BITS = 3.0


def _rows(rows: list[tuple[int, int, float]]) -> Found:
    query, name, bits = zip(*rows, strict=True) if rows else ((), (), ())
    weights = np.array(bits, dtype=np.float64)
    unlike = np.full(len(weights), UNLIKE_BITS)
    return Found(np.array(query, dtype=np.int64), np.array(name, dtype=np.int64), unlike, weights)
