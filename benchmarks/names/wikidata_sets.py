"""Test sets from the Wikidata name items that the channel was not trained on.

A pair that also stands under an item of the training side is left out, and so are pairs without an
inventory of Soviet names (column ``soviet``). Every set is a seeded sample.
"""

from __future__ import annotations

import lzma
import random
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from benchmarks.names.queries import PAIRS, SEED, Query, plain_cyrillic
from sexton.names import fold, script
from sexton.names.training_pairs import is_held_out

CLEAR, UNDETERMINED = 600, 400
GIVEN, GIVEN_UNDETERMINED, LATIN, WESTERN = 300, 100, 300, 300
# Letters that Ukrainian and Belarusian write and Russian does not.
_WESTERN = set("іїєґў'’")


class Pair(NamedTuple):
    """A line of the file: its label says whose spelling rules the Latin form follows."""

    cyrillic: str
    latin: str
    label: str
    soviet: str
    item: str


def is_western(name: str) -> bool:
    """Whether a name (small letters) has a letter that Russian lacks."""
    return bool(_WESTERN & set(name))


@cache
def _pairs() -> tuple[Pair, ...]:
    with lzma.open(PAIRS, "rt", encoding="utf-8") as file:
        next(file)
        return tuple(Pair(*line.rstrip("\n").split("\t")) for line in file)


@cache
def held_out() -> tuple[Pair, ...]:
    """Pairs of held-out items that no item of the training side has as well."""
    trained = {pair[:2] for pair in _pairs() if not is_held_out(pair.item)}
    return tuple(p for p in _pairs() if is_held_out(p.item) and p[:2] not in trained)


def _sample(found: set[Query], size: int) -> list[Query]:
    ordered = sorted(found)
    return random.Random(SEED).sample(ordered, min(size, len(ordered)))


def _latin_queries(kind: str, undetermined: bool) -> set[Query]:
    return {
        Query(fold(pair.latin), plain_cyrillic(pair.cyrillic))
        for pair in held_out()
        if kind in pair.soviet
        and (pair.label == "und") == undetermined
        and script(pair.latin) == "latin"
    }


def surnames_by_rule() -> list[Query]:
    """Surnames whose Latin form follows the rules of a convention, or nearly."""
    return _sample(_latin_queries("s", undetermined=False), CLEAR)


def surnames_undetermined() -> list[Query]:
    """Surnames whose Latin form follows no convention of ours."""
    return _sample(_latin_queries("s", undetermined=True), UNDETERMINED)


def given_by_rule() -> list[Query]:
    """Given names whose Latin form follows the rules of a convention, or nearly."""
    return _sample(_latin_queries("g", undetermined=False), GIVEN)


def given_undetermined() -> list[Query]:
    """Given names whose Latin form follows no convention of ours."""
    return _sample(_latin_queries("g", undetermined=True), GIVEN_UNDETERMINED)


def patronymics() -> list[Query]:
    """Patronymics, whatever rules their Latin form follows."""
    found = _latin_queries("p", undetermined=False) | _latin_queries("p", undetermined=True)
    return _sample({query for query in found if _is_patronymic(query.truth)}, GIVEN)


def _is_patronymic(name: str) -> bool:
    """The column counts also names like Вин, of which the inventory knows a patronymic."""
    return name.endswith(("ич", "вна", "чна", "инична"))


def western_cyrillic(kind: str) -> list[Query]:
    """A Ukrainian or Belarusian form of an item; the truth is a Russian form of the same item.

    Of all items, not only those held out: the table for two Cyrillic spellings is written by hand
    and learnt nothing from them. One of the forms has a letter that Russian lacks; the Russian form
    stands in an inventory of Soviet names of ``kind``.
    """
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in _pairs():
        forms[pair.item][fold(pair.cyrillic)] = pair.soviet
    found = set()
    for cyrillic in forms.values():
        western = [name for name in cyrillic if is_western(name)]
        russian = [n for n, of in cyrillic.items() if kind in of and not is_western(n)]
        found |= {Query(one, plain_cyrillic(other)) for one in western for other in russian}
    return _sample(found, WESTERN)


def latin_forms() -> tuple[list[Query], list[str]]:
    """Two Latin forms of one held-out Soviet surname, and a vocabulary of one form of each item.

    The vocabulary has the first Latin form of every item in the alphabet; a query is another form.
    """
    forms: dict[str, list[str]] = defaultdict(list)
    soviet: set[str] = set()
    for pair in _pairs():
        forms[pair.item].append(fold(pair.latin))
        if "s" in pair.soviet:
            soviet.add(pair.item)
    chosen = {item: min(names) for item, names in forms.items()}
    candidates = {pair.item for pair in held_out()} & soviet
    found = {
        Query(name, chosen[item])
        for item in candidates
        for name in forms[item]
        if name != chosen[item]
    }
    vocabulary = sorted(set(chosen.values()))
    known = set(vocabulary)
    return _sample({query for query in found if query.text not in known}, LATIN), vocabulary
