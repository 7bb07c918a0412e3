"""Why letters differ: the rules of the reviewed tables, each with the reason that explains it.

The tables give a remark (``why``) with every rule, in the words of whoever wrote it. A reader is
told one of a small number of reasons, in his language; this module finds the reason of a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sexton.names.letters import END, START
from sexton.names.tables import read_table

# The first pattern that is found in a remark decides. Reasons are keys of ``wording.REASONS``.
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"women", "woman"),
        (r"genitive|dative|accusative|instrumental", "case"),
        (r"Ukrainian$|Ukrainian [їєиі]|Belarusian", "ukrainian"),
        (r"taken over|mixed of", "other_papers"),
        (r"silent e|final n pronounced", "silent_e"),
        (r"final в|final voiceless|voiced|voiceless|voicing", "voicing"),
        (r"heard as a$|akanye", "akanye"),
        (r"heard as e$|heard as i$|ikanye", "ikanye"),
        (r"southern|х and г", "southern_g"),
        (r"no х|heard as k|к and х", "kh"),
        (r"хв", "dialect_f"),
        (r"soft sign", "soft_sign"),
        (r"hard sign|signs confused", "hard_sign"),
        (r"ё", "yo"),
        (r"^ы has", "hard_y"),
        (r"hushing|affricate|щ heard|heard as [шцчs]|after ш", "hushing"),
        (r"letter doubled|double letter lost", "doubled"),
        (r"[Dd]ouble", "double"),
        (r"one sound$", "one_sound"),
        (r"soft(?:ness)?", "soft_vowel"),
        (r"ending(?:s)? (?:shortened|lost)|shortened|short form|adjective", "short_end"),
        (r"after a vowel", "iot"),
        (r"Kurrent", "kurrent"),
        (r"minims|strokes", "minims"),
        (r"capital", "capitals"),
        (r"letters moved", "moved"),
        (r"unstressed|vowel|open u|closed o|written back|endings confused", "vowel"),
        (r"by ear|heard|western ears", "heard"),
    )
)


class Rule(NamedTuple):
    """One row of a table: two letter groups and the reason why one stands for the other."""

    left: str
    right: str
    probability: float
    reason: str


def reason_of(why: str, otherwise: str) -> str:
    """The reason that a remark of a table means; ``otherwise`` where it names none."""
    return next((reason for pattern, reason in _REASONS if pattern.search(why)), otherwise)


def _rules(file_name: str, left: str, right: str, otherwise: str) -> Iterator[Rule]:
    for row in read_table(file_name):
        reason = reason_of(row.get("why", ""), otherwise)
        yield Rule(row[left], row[right], float(row["probability"]), reason)


def _by_left(rules: Iterator[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.left, []).append(rule)
    return {left: tuple(some) for left, some in found.items()}


@cache
def hearing() -> Mapping[str, tuple[Rule, ...]]:
    """What is heard for a Cyrillic group."""
    return _by_left(_rules("hearing.tsv", "chunk", "heard", "heard"))


@cache
def reading() -> Mapping[str, tuple[Rule, ...]]:
    """What is read for a Latin group."""
    return _by_left(_rules("reading.tsv", "written", "read", "read"))


@cache
def cyrillic() -> Mapping[str, tuple[Rule, ...]]:
    """How another Cyrillic document has a Cyrillic group."""
    return _by_left(_rules("cyrillic_variants.tsv", "chunk", "variant", "read"))


@cache
def spelling_reasons() -> Mapping[tuple[str, str], str]:
    """The reason of each spelling of ``spelling_rules.tsv``; "" for one that is regular."""
    return {
        (rule.left, rule.right): rule.reason
        for rule in _rules("spelling_rules.tsv", "chunk", "latin", "")
    }


def with_edges(left: str, right: str, first: bool, last: bool) -> Iterator[tuple[str, str]]:
    """A pair of letter groups with the edges of the name that it touches, and without them."""
    yield left, right
    if first:
        yield START + left, START + right
    if last:
        yield left + END, right + END
