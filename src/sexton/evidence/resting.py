"""Where the dead lie and where they died: what two records say of it.

A grave states where a man lies, an archive's card where he died; mostly that is one commune or the
next hospital's. Camps are left out here: they are compared as camps.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from math import log2
from typing import NamedTuple

from sexton.evidence.model import FieldEvidence, Shares
from sexton.evidence.rules import Rules
from sexton.messages import N_, Message
from sexton.names import fold
from sexton.places import load_gazetteer, name_likeness, sounds

# From this likeness two spellings can be one place of death or burial; clerks of two countries
# wrote them, so they are less alike than those of birthplaces (Lens and Ланс: 0.75).
ALIKE = 0.64
# From this one on they hardly are two: of nine in ten men who died where they lie the spellings are
# so much alike, of strangers' places one in ten thousand; below, one in five hundred.
CLOSE = 0.8
CALLED = 0.96
"""The likeness of two names of one place: Liège, Luik."""
# What the rules say of a place counts like as many counted records.
_OWN_RECORDS = 100.0
_PARTS = re.compile(r"[,;:()/]|\s[-–—]\s")
_KINDS = re.compile(r"(?i)^(г|гор|город|д|дер|с|село|пос|kreis|kr|bei|près de|bij)\b\.?\s+")
_CAMP = re.compile(r"(?i)stalag|oflag|dulag|шталаг|офлаг|дулаг|\bлаг|lager|kamp\b|camp\b|\d")

_ALIKE = N_("He died where the other lies: %(left)s and %(right)s.")
_APART = N_("The one died in another place than the other lies: %(left)s and %(right)s.")
_SAME = N_("The same place of burial: %(left)s.")
_WRITTEN_TWICE = N_("The places of burial are one: %(left)s and %(right)s.")
_OTHER = N_("Two places of burial or memory: %(left)s and %(right)s.")


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """What countries are called: two graves in Belgium do not lie in one place."""
    text = (files("sexton.evidence") / "tables" / "countries.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() for word in _words_of(line))


def _words_of(line: str) -> list[str]:
    return [] if line.startswith("#") else [fold(word.strip()) for word in line.split(",")]


@lru_cache(maxsize=1 << 17)
def settlements(written: str) -> tuple[str, ...]:
    """The parts of a written place that may name a settlement: neither a country nor a camp."""
    parts = (_KINDS.sub("", part.strip()) for part in _PARTS.split(written))
    named = [part for part in parts if part and not _CAMP.search(part)]
    return tuple(part for part in named if fold(part) not in _countries())


@lru_cache(maxsize=1 << 14)
def other_sounds(settlement: str) -> frozenset[str]:
    """How else a place is called in Belgium, in any language, as it sounds: Luik and Льеж."""
    return load_gazetteer("belgium").other_sounds(settlement)


def likeness(left: str, right: str) -> float | None:
    """How alike the settlements of two written places sound, 0..1, at least ``CALLED`` where one is
    known to be called as the other is written; None where one names none."""
    pairs = [_likeness(a, b) for a in settlements(left) for b in settlements(right)]
    best = max(pairs, default=-1.0)
    return None if best < 0 else best


def _likeness(a: str, b: str) -> float:
    alike = name_likeness(a, b)
    if alike >= CALLED:
        return alike
    called = any(not other_sounds(x).isdisjoint(sounds(y)) for x, y in ((a, b), (b, a)))
    return CALLED if called else alike


class Chances(NamedTuple):
    """The chances that another man died in a place written like that where a grave lies: ``close``
    to its spelling, or only ``alike``."""

    close: float
    alike: float


def chances_there(lies: str, shares: Shares, rules: Rules) -> Chances:
    """The chances that another man died where a grave lies.

    Counted in the other list; what the rules say stands beside it like a hundred records, so that
    a place where few died says more in a long list, and a short one is not believed alone.
    """
    count, own = shares.share("died_counted", "all", 0.0), chances_uncounted(rules)

    def beside(counted: str, judged: float) -> float:
        there = shares.share(counted, lies, 0.0) * count
        return (there + judged * _OWN_RECORDS) / (count + _OWN_RECORDS)

    return Chances(beside("died_where", own.close), beside("died_near", own.alike))


def chances_uncounted(rules: Rules) -> Chances:
    """What the rules say where nothing was counted."""
    return Chances(rules.value("resting", "same_share"), rules.value("resting", "alike_share"))


def compare_resting(lies: str, died: str, chances: Chances, rules: Rules) -> FieldEvidence | None:
    """Evidence of the place where the one lies and that where the other died.

    ``chances`` are those of another man. None where one of the places names no settlement.
    """
    alike = likeness(lies, died)
    if alike is None:
        return None
    message = Message(_ALIKE if alike >= ALIKE else _APART, {"left": lies, "right": died})
    if alike >= CLOSE:
        bits, level = log2(rules.value("resting", "same") / chances.close), "resting.same"
    elif alike >= ALIKE:
        bits, level = log2(rules.value("resting", "alike") / chances.alike), "resting.alike"
    else:
        bits, level = rules.weight("resting", "differs"), "resting.differs"
    return FieldEvidence("death_place", bits, message, lies, died, level=level)


def compare_burials(left: str, right: str, share: float, rules: Rules) -> FieldEvidence:
    """Evidence of two places of burial, identifiers or names; ``share``: how common the place is.

    Case and spelling do not tell two places apart: Zolder, zolder.
    """
    params = {"left": left, "right": right}
    if left == right or fold(left) == fold(right) or (likeness(left, right) or 0.0) >= ALIKE:
        bits = log2(rules.value("burial", "same") / share)
        message = Message(_SAME if left == right else _WRITTEN_TWICE, params)
        return FieldEvidence("burial_place", bits, message, left, right, level="burial.same")
    bits = log2(rules.value("burial", "differs"))
    message = Message(_OTHER, params)
    return FieldEvidence("burial_place", bits, message, left, right, level="burial.differs")
