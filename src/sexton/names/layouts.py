"""Which word of a name is the surname: every order of the parts is weighed, none is forced.

A word speaks for a role by its capitals, its ending and the table of given names; an order of
roles has a prior. The product, brought to sum 1, is the probability of a reading. The numbers
are stated beforehand, from how lists of the dead are usually laid out; nothing is tuned on a
register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import prod

from sexton.names.cases import nominative_given, nominative_patronymic
from sexton.names.folding import fold
from sexton.names.given_names import canonical_given, given_name_share
from sexton.names.patronymics import given_of_patronymic, is_patronymic

_SURNAME_ENDING = re.compile(
    r"(?:[oe](?:v|w|f|ff)a?|[iy]n[ea]?|[kc]o|[iu]u?[kc]|s[kc](?:i|y|ij|ii|iy|aia|aya|aja|a)|ian|yan"
    r"|shvili|schwili|chvili|dze|[sz]adeh?|[ое]ва?|[иы]на?|ко|юк|ук|ак|ик|[сц]к(?:ий|ая|ой|а)|[ыи]х|ян"
    r"|швили|дзе|заде)$"
)
# P(order of roles); S surname, G given name, P patronymic.
_ORDERS = {
    "S": 0.75, "G": 0.25, "P": 0.05,
    "GS": 0.50, "SG": 0.35, "GP": 0.10, "SP": 0.03,
    "GPS": 0.46, "SGP": 0.46, "GSP": 0.02,
}  # fmt: skip
# A part of two words (Maria Anna, Garcia Lorca) is that much rarer than a part of one.
_EXTRA_WORD = 0.03
_AGAINST_CAPITALS = 0.03
_AGAINST_COMMA = 0.02
_NOT_A_PATRONYMIC = 0.001
# A given name rarer than this (Ермолай, Назар) is more often met as a surname than a common one.
_RARE_SHARE = 1e-3
# Longer texts are not names; the rest is left out of the reading.
MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, with the particle that belongs to it; ``father`` marks a patronymic."""

    text: str
    father: bool = False


@dataclass(frozen=True, slots=True)
class WordWeights:
    """How much a word speaks for being a surname, a given name and a patronymic."""

    as_surname: float
    as_given: float
    as_patronymic: float
    capitals: bool = False

    def weight(self, role: str) -> float:
        """The weight as ``role`` (S, G or P)."""
        return {"S": self.as_surname, "G": self.as_given, "P": self.as_patronymic}[role]


def ends_as_surname(text: str) -> bool:
    """Whether a word has an ending that surnames have and few other words."""
    return bool(_SURNAME_ENDING.search(fold(text)))


@lru_cache(maxsize=65536)
def weigh_word(text: str, father: bool = False) -> WordWeights:
    """Weigh one word by its ending and the table; ``father`` marks a patronymic (Mamed oglu)."""
    capitals = text.isupper() and sum(char.isalpha() for char in text) > 1
    if father:
        return WordWeights(0.02, 0.01, 1.0, capitals)
    if canonical := canonical_given(text):
        rare = given_name_share(canonical[0]) < _RARE_SHARE
        return WordWeights(0.1 if rare else 0.03, 1.0, _NOT_A_PATRONYMIC, capitals)
    if nominative_given(text):
        return WordWeights(0.1, 0.8, _NOT_A_PATRONYMIC, capitals)
    if is_patronymic(text) or nominative_patronymic(text):
        known = given_of_patronymic(text) is not None
        return WordWeights(0.04 if known else 0.25, 0.01, 1.0 if known else 0.6, capitals)
    if ends_as_surname(text):
        return WordWeights(1.2, 0.03, _NOT_A_PATRONYMIC, capitals)
    return WordWeights(1.0, 0.12, _NOT_A_PATRONYMIC, capitals)


def _splits(order: str, count: int) -> Iterator[str]:
    """Yield ``order`` stretched over ``count`` words: "SG" over three is "SSG" and "SGG"."""
    for cuts in combinations(range(1, count), len(order) - 1):
        edges = (0, *cuts, count)
        yield "".join(r * (edges[i + 1] - edges[i]) for i, r in enumerate(order))


def _fit(roles: str, words: list[WordWeights], comma: int) -> float:
    """The unnormalised probability of giving ``roles`` to ``words``."""
    fit = prod(word.weight(role) for role, word in zip(roles, words, strict=True))
    fit *= _EXTRA_WORD ** (len(roles) - len(set(roles)))
    if 0 < sum(word.capitals for word in words) < len(words):
        wrong = sum(w.capitals != (r == "S") for r, w in zip(roles, words, strict=True))
        fit *= _AGAINST_CAPITALS**wrong
    if comma and set(roles[:comma]) != {"S"}:
        fit *= _AGAINST_COMMA
    return fit


def arrange(words: list[Word], comma: int = 0, initials: bool = False) -> list[tuple[str, float]]:
    """Give roles to ``words``: strings of S, G and P with their probabilities, likeliest first.

    ``comma`` is the number of words before a comma (0 for none): it follows a surname. Where
    ``initials`` stand beside them they are the given name, and the words are a surname.
    """
    weights = [weigh_word(word.text, word.father) for word in words[:MAX_WORDS]]
    fits = {
        roles: prior * _fit(roles, weights, comma) * (_beside_initials(order) if initials else 1.0)
        for order, prior in _ORDERS.items()
        if len(order) <= len(weights)
        for roles in _splits(order, len(weights))
    }
    total = sum(fits.values())
    ranked = sorted(fits.items(), key=lambda item: (-item[1], item[0]))
    return [(roles, fit / total) for roles, fit in ranked]


def _beside_initials(order: str) -> float:
    return 1.0 if order == "S" else 0.2 if "S" in order else 0.1
