"""How one man's name is written in two records: alike, in two spellings, as two forms, otherwise.

The bits of spellings expect what happens to names on their way to a grave. Two lists of one office
spell a man's name alike almost always, so that two spellings speak for two men there. What the
lists tell of this stands in ``[written]`` of the rules; the bits move by log2(told / expected).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2

from sexton.evidence.model import FieldEvidence, Shares
from sexton.evidence.rules import Rules, default_rules
from sexton.messages import N_, Message
from sexton.names import fold
from sexton.names.agreement import equivalent_bits
from sexton.names.letters import spell
from sexton.names.parts import PartComparison
from sexton.names.short_forms import meanings_of

SECTION = "written"
OTHER, STRANGE = f"{SECTION}.given_other", f"{SECTION}.given_strange"
SHARE = "_share"

_BREAK = re.compile(r"[-\s]+")
# Parts compared in these ways stand in other places, or are no whole names.
_ELSEWHERE = frozenset(("initial", "swapped", "patronymic", "patronymic_as_given"))
# From so many bits on, the sentence tells that the lists speak against two spellings.
_TOLD_BITS = 1.0

SELDOM = {
    "surname": N_(
        "The surnames %(left)s and %(right)s can be one name, but these lists seldom spell one "
        "man's surname in two ways."
    ),
    "given": N_(
        "The given names %(left)s and %(right)s can be one name, but these lists seldom spell one "
        "man's given name in two ways."
    ),
}


def level_of(part: PartComparison) -> str:
    """The level of ``[written]`` that two parts take; "" where none holds: other kinds of parts,
    two alphabets, parts that changed places."""
    kind, bits, left, right, way = part
    if kind == "patronymic" or way in _ELSEWHERE or spell(left).alphabet != spell(right).alphabet:
        return ""
    return _level(kind, left, right, bits > 0)


@lru_cache(maxsize=500_000)
def _level(kind: str, left: str, right: str, agree: bool) -> str:
    return f"{SECTION}.{kind}_{_way(kind, left, right, agree)}"


def _way(kind: str, left: str, right: str, agree: bool) -> str:
    one, other = fold(left), fold(right)
    if one == other:
        return "alike"
    if kind == "given":
        ones, others = set(_BREAK.split(one)), set(_BREAK.split(other))
        if ones & others:
            return "word"
        if any(equivalent_bits(a, b) for a in ones for b in others):
            return "form"
    return "spelt" if agree else "other"


@lru_cache(maxsize=200_000)
def keys_of_given(given: str) -> frozenset[str]:
    """What a given name is known by: each of its words, and the names that these are forms of."""
    words = _BREAK.split(fold(given))
    meant = [name for word in words for name in meanings_of(word)]
    return frozenset((*words, *map(fold, meant)))


def strangers(items: Sequence[FieldEvidence], shares: Shares) -> list[FieldEvidence]:
    """The evidence with a level of its own for given names that nobody of the other list bears.

    Dazzy is nobody's given name in a list of full names: that a man is not called so there says
    less than that one called Frank is not.
    """
    known = shares.everywhere.get("given_right")
    if known is None:
        return [*items]
    return [
        item._replace(level=STRANGE)
        if item.level == OTHER and known.keys().isdisjoint(keys_of_given(item.left))
        else item
        for item in items
    ]


def moved(rules: Rules) -> Mapping[str, float]:
    """The bits by which each level moves: none for the rules that ship with Sexton."""
    told, expected = rules.tables[SECTION], default_rules().tables[SECTION]
    bits = {f"{SECTION}.{name}": log2(m / expected[name]) for name, m in told.items()}
    for level in [level for level in bits if level.endswith(SHARE)]:
        bits[level.removesuffix(SHARE)] -= bits.pop(level)
    return {level: each for level, each in bits.items() if each}


def as_lists_write(items: list[FieldEvidence], rules: Rules) -> list[FieldEvidence]:
    """The evidence with the bits of names moved as the rules tell of these lists."""
    by_level = rules.derived(moved)
    if not by_level:
        return items
    return [_moved(item, by_level.get(item.level, 0.0)) for item in items]


def _moved(item: FieldEvidence, bits: float) -> FieldEvidence:
    if not bits:
        return item
    if bits < -_TOLD_BITS and item.level.endswith("_spelt"):
        message = Message(SELDOM[item.field], item.message.params)
        return item._replace(bits=item.bits + bits, message=message)
    return item.with_bits(item.bits + bits)
