"""What a man was: prisoner or not, rank, unit or group, nationality, and who his next of kin were.

All of it is weak: stones say "soldat" and "Russe" of everybody.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from math import log2

from sexton.evidence.circumstances import camp_key
from sexton.evidence.model import FieldEvidence, PersonReading
from sexton.evidence.rules import Rules
from sexton.messages import N_, Message
from sexton.names import fold, given_names_equivalent
from sexton.places import name_likeness

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_NUMBER = re.compile(r"\d+")
# Two spellings of a word of a unit's or a relative's name, clerks of two countries having heard it.
ALIKE = 0.8
# Shorter numbers are no prisoner numbers.
MANY_DIGITS = 3
_PRISONER = re.compile(
    r"(?i)\bpow\b|prisoner|prisonnier|gefangen|gevangen|военнопл|\bплен|jeniec|jeńc|\bkgf\b"
)

_CAPTIVE = N_("Both records are of a prisoner.")
_SILENT = N_("The one is a prisoner's; of captivity the other says nothing.")
_RANK_SAME = N_("The ranks agree: %(left)s and %(right)s.")
_RANK_OTHER = N_("The ranks differ: %(left)s and %(right)s.")
_UNIT_SAME = N_("The units agree: %(left)s and %(right)s.")
_NATION_SAME = N_("The nationalities agree: %(left)s and %(right)s.")
_NATION_OTHER = N_("The nationalities differ: %(left)s and %(right)s.")
_KIN_SAME = N_("A relative has the same name: %(left)s and %(right)s.")
_KIN_OTHER = N_("The relatives have other names: %(left)s and %(right)s.")


def has_papers(person: PersonReading) -> bool:
    """Whether a record is a camp's paper: it has a prisoner number or a known camp."""
    if person.camp and camp_key(person.camp):
        return True
    return bool(person.numbers) and any(n.digits[MANY_DIGITS - 1 :] for n in person.numbers)


def is_captive(person: PersonReading) -> bool:
    """Whether a record is a prisoner's: it says so, or is a camp's paper."""
    return bool(person.role and _of_prisoner(person.role)) or has_papers(person)


@lru_cache(maxsize=1 << 12)
def _of_prisoner(role: str) -> bool:
    return bool(_PRISONER.search(role))


def compare_captivity(papers: bool, share: float, rules: Rules) -> FieldEvidence:
    """Evidence of a prisoner's record beside one that is a camp's paper or is not (``papers``); of
    those ``share`` tells how many there are in the lists.

    That one record is a prisoner's makes it ``odds`` times likelier that another one of the man
    is a camp's. So m = odds u / (1 + u (odds - 1)): where nearly all records are prisoners' it says
    nothing. Of a record that is no prisoner's nothing can be said: he may be anybody.
    """
    return _of_captives(papers, rules.value("captivity", "odds"), share)


@lru_cache(maxsize=256)
def _of_captives(papers: bool, odds: float, share: float) -> FieldEvidence:
    u = min(max(share, 1e-3), 1 - 1e-3)
    bits = log2((odds if papers else 1.0) / (1 + u * (odds - 1)))
    return FieldEvidence("role", bits, Message(_CAPTIVE if papers else _SILENT, {}))


@lru_cache(maxsize=4)
def _stems(table: str) -> tuple[tuple[str, str], ...]:
    """Beginnings of words and what they stand for, the longest first."""
    text = (files("sexton.evidence") / "tables" / f"{table}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    found = [(fold(stem), meaning) for meaning, stems in rows for stem in stems.split(", ")]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1 << 14)
def _meaning(table: str, written: str) -> str:
    folded = fold(written)
    return next((meaning for stem, meaning in _stems(table) if stem in folded), "")


def compare_ranks(left: str, right: str, rules: Rules) -> FieldEvidence | None:
    """Evidence of two ranks by class: private, NCO, officer. None where one is not known.

    Men rose, and stones flatten: agreement of the commonest class says least.
    """
    a, b = _meaning("ranks", left), _meaning("ranks", right)
    if not a or not b:
        return None
    params = {"left": left, "right": right}
    if a == b:
        message = Message(_RANK_SAME, params)
        bits = rules.weight("rank", a)
        return FieldEvidence("rank", bits, message, left, right, level=f"rank.{a}")
    # Of two classes the rarer one tells more.
    rarer = min(a, b, key=lambda name: rules.value("rank", f"{name}_share"))
    m, u = rules.value("rank", rarer), rules.value("rank", f"{rarer}_share")
    message = Message(_RANK_OTHER, params)
    return FieldEvidence("rank", log2((1 - m) / (1 - u)), message, left, right)


def compare_nationalities(left: str, right: str, rules: Rules) -> FieldEvidence | None:
    """Evidence of two claims of nationality. "Russian" and "Soviet" were said of everybody."""
    a, b = _meaning("nationalities", left), _meaning("nationalities", right)
    if "" in (a, b) or "any" in (a, b):
        return None
    level = "same" if a == b else "differs"
    message = Message(_NATION_SAME if a == b else _NATION_OTHER, {"left": left, "right": right})
    bits = rules.weight("nationality", level)
    return FieldEvidence("nationality", bits, message, left, right, level=f"nationality.{level}")


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words that stand in the names of many units and movements."""
    text = (files("sexton.evidence") / "tables" / "unit_words.txt").read_text("utf-8")
    return frozenset(fold(word) for word in text.split("\n", 1)[1].split())


@lru_cache(maxsize=1 << 14)
def _unit_words(text: str) -> frozenset[str]:
    """Numbers, and the words that tell one unit from others."""
    words = {fold(word) for word in _WORD.findall(text)}
    numbers = set(_NUMBER.findall(text))
    telling = {word for word in words if len(word) > 3 and not any(map(str.isdigit, word))}
    return frozenset((telling - _common_words()) | numbers)


@lru_cache(maxsize=1 << 16)
def _same_unit(left: str, right: str) -> bool:
    a, b = _unit_words(left), _unit_words(right)
    if any(word in b for word in a):
        return True
    return any(
        name_likeness(x, y) >= ALIKE for x in a for y in b if not (x.isdigit() or y.isdigit())
    )


def compare_units(left: str, right: str, rules: Rules) -> FieldEvidence | None:
    """Evidence of unit, detachment, mine or movement: whether they share a telling word or number.

    Without one nothing is said: a man served in several.
    """
    if not left or not right or not _same_unit(left, right):
        return None
    message = Message(_UNIT_SAME, {"left": left, "right": right})
    return FieldEvidence(
        "unit", rules.weight("unit", "same"), message, left, right, level="unit.same"
    )


@lru_cache(maxsize=1 << 14)
def _names_of_kin(text: str) -> tuple[str, ...]:
    """The words of a relatives' cell that begin with a capital."""
    return tuple(word for word in _WORD.findall(text) if len(word) > 2 and word[0].isupper())


def _is_name_of_both(a: str, b: str) -> bool:
    if given_names_equivalent(a, b) is not None:
        return True
    return name_likeness(a, b) >= ALIKE


def compare_relatives(
    left: str, right: str, surnames: frozenset[str], rules: Rules
) -> FieldEvidence | None:
    """Evidence of next of kin: one name in common that is not the man's own surname."""
    a, b = ([w for w in _names_of_kin(text) if fold(w) not in surnames] for text in (left, right))
    if not a or not b:
        return None
    level = "same" if any(_is_name_of_both(x, y) for x in a for y in b) else "differs"
    message = Message(_KIN_SAME if level == "same" else _KIN_OTHER, {"left": left, "right": right})
    bits = rules.weight("relatives", level)
    return FieldEvidence("relatives", bits, message, left, right, level=f"relatives.{level}")
