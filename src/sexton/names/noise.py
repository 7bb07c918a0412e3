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

# Probabilities of accidents that no rule foresees, per letter: judged, then kept round. Beside them
# what was counted in the best alignments of 1,346 training pairs of surnames that follow no
# convention (7,882 letters; other languages' endings are among the additions). In pairs that follow
# one nothing but soft signs is lost: 0.33. Halving all of them makes the development pairs less
# likely (0.02 bits a name, 0.4 of those that follow no convention), doubling them finds fewer first
# (0.917, not 0.925); so the judged values stand.
SUBSTITUTED_VOWEL = 0.02  # by some other vowel, shared among them; 77 counted: 0.025
SUBSTITUTED_CONSONANT = 0.012  # 95 counted: 0.021
SUBSTITUTED_ACROSS = 0.004  # 21 counted: 0.003
LOST_VOWEL = 0.02  # 13 counted: 0.004
LOST_SIGN = 0.3  # soft sign, hard sign, й; 135 counted: 0.37
LOST_CONSONANT = 0.01  # 32 counted: 0.007
EXCHANGED = 0.002  # two neighbouring letters
ADDED_VOWEL = 0.008  # 125 counted: 0.016
ADDED_CONSONANT = 0.006  # 209 counted: 0.027


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
        return LOST_SIGN
    return LOST_VOWEL if letter in VOWELS else LOST_CONSONANT


def addition(letter: str) -> float:
    """Probability that this very letter was added at one place."""
    return (ADDED_VOWEL if letter in VOWELS else ADDED_CONSONANT) / 6
