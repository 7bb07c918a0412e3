"""What clerks hear wrongly and readers misread: explicit channels from reviewed tables.

The learnt tables know how names are spelt by people who knew them. Names on grave markers were
heard through a foreign ear and read from handwriting; these channels go around the learnt ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from sexton.names.letters import END, START
from sexton.names.tables import read_table

Rules = dict[str, tuple[tuple[str, float], ...]]
Variant = tuple[str, float]

VOWELS = frozenset("аеёиоуыэюяіїєaeiouy")
SOFT_OR_SILENT = frozenset("ьъй")

# Probabilities of accidents that no rule foresees, per letter (judged, then kept round).
SUBSTITUTED_VOWEL = 0.02  # a vowel by some other vowel, shared among them
SUBSTITUTED_CONSONANT = 0.012
SUBSTITUTED_ACROSS = 0.004
LOST_VOWEL = 0.02
LOST_CONSONANT = 0.01
EXCHANGED = 0.002  # two neighbouring letters
ADDED_VOWEL = 0.008
ADDED_CONSONANT = 0.006


def _read_rules(file_name: str, left: str, right: str) -> Rules:
    rules: dict[str, list[Variant]] = {}
    for row in read_table(file_name):
        rules.setdefault(row[left], []).append((row[right], float(row["probability"])))
    return {group: tuple(variants) for group, variants in rules.items()}


@cache
def hearing_rules() -> Rules:
    """Cyrillic group -> what is heard instead, with its probability."""
    return _read_rules("hearing.tsv", "chunk", "heard")


@cache
def reading_rules() -> Rules:
    """Latin group -> what is read instead, with its probability."""
    return _read_rules("reading.tsv", "written", "read")


@cache
def cyrillic_rules() -> Rules:
    """Cyrillic group -> how another Cyrillic document has it, with its probability."""
    return _read_rules("cyrillic_variants.tsv", "chunk", "variant")


@lru_cache(maxsize=65_536)
def misreadings(group: str) -> tuple[Variant, ...]:
    """All that ``group`` may be read as when one place of it is misread, itself first."""
    rules = reading_rules()
    found: dict[str, float] = {}
    for start in range(len(group)):
        for end in range(start + 1, min(start + 4, len(group)) + 1):
            for read, probability in rules.get(group[start:end], ()):
                text = group[:start] + read + group[end:]
                found[text] = found.get(text, 0.0) + probability
    found.pop(group, None)
    kept = max(1.0 - sum(found.values()), 0.5)
    return ((group, kept), *found.items())


def _is_edge(letter: str) -> bool:
    return letter in (START, END)


def substitution(left: str, right: str, right_letters: Iterable[str]) -> float:
    """Probability that ``left`` stands as ``right`` for no reason that a rule knows."""
    same_kind = (left in VOWELS) == (right in VOWELS)
    if not same_kind:
        total = SUBSTITUTED_ACROSS
    else:
        total = SUBSTITUTED_VOWEL if left in VOWELS else SUBSTITUTED_CONSONANT
    choices = sum((letter in VOWELS) == (right in VOWELS) for letter in right_letters)
    return total / choices


def loss(letter: str) -> float:
    """Probability that a letter was lost."""
    if letter in SOFT_OR_SILENT:
        return 0.3
    return LOST_VOWEL if letter in VOWELS else LOST_CONSONANT


def addition(letter: str) -> float:
    """Probability that this very letter was added at one place."""
    return (ADDED_VOWEL if letter in VOWELS else ADDED_CONSONANT) / 6
