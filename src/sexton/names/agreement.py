"""How much two spellings of one part of a name can say, and where the bits come from."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from sexton.names.background import rarity_bits
from sexton.names.channel import Kind, load_model
from sexton.names.folding import fold
from sexton.names.given_names import given_names_equivalent
from sexton.names.patronymics import given_of_patronymic
from sexton.names.short_forms import short_form_bits

# Agreement says no more than that a name is rare. One man in 500,000 bears a surname at the least;
# given names are fewer: one man in 500 for one that no table knows.
MOST_SURNAME_BITS = 19.0
MOST_GIVEN_BITS = 9.0


class Spellings(Protocol):
    """Where the bits of two spellings come from: the model itself, or a join made beforehand."""

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name of ``kind``, before any limit."""


class ModelSpellings:
    """The channel model, pair by pair."""

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits of the packaged model of ``kind``."""
        return float(load_model(kind).bits(left, right))


MODEL = ModelSpellings()


@lru_cache(maxsize=50_000)
def _most_given_bits(name: str) -> float:
    """Minus log2 of the share of men who bear the given name, as far as it is known."""
    known = given_names_equivalent(name, name)
    return MOST_GIVEN_BITS if known is None else min(known, MOST_GIVEN_BITS)


@lru_cache(maxsize=50_000)
def _most_patronymic_bits(name: str) -> float:
    given = given_of_patronymic(name)
    return _most_given_bits(given) if given else MOST_GIVEN_BITS


@lru_cache(maxsize=200_000)
def _most_surname_bits(name: str) -> float:
    return min(MOST_SURNAME_BITS, float(rarity_bits("surname", name)))


_MOST: dict[Kind, Callable[[str], float]] = {
    "surname": _most_surname_bits,
    "given": _most_given_bits,
    "patronymic": _most_patronymic_bits,
}


def most_bits(kind: Kind, name: str) -> float:
    """The most that agreement on ``name`` can say."""
    return _MOST[kind](name)


def spelling_bits(spellings: Spellings, kind: Kind, left: str, right: str) -> float:
    """Bits of two spellings, no more than the commoner of the two names can give."""
    bits = spellings.bits(kind, left, right)
    if bits <= 0:
        return bits
    most = _MOST[kind]
    return min(bits, most(left), most(right))


@lru_cache(maxsize=200_000)
def equivalent_bits(left: str, right: str) -> float | None:
    """Bits of two forms that the tables of given names join; None where they do not."""
    known = given_names_equivalent(left, right)
    if known is None:
        known = short_form_bits(left, right)
    return None if known is None else min(known, MOST_GIVEN_BITS)


def given_bits(spellings: Spellings, left: str, right: str) -> tuple[float, str]:
    """Bits of two given names, and what says so: ``spelling`` or ``equivalent`` forms."""
    spelt = spelling_bits(spellings, "given", left, right)
    if fold(left) == fold(right):
        # Written alike: how many write so may be counted, the table knows but one population.
        return spelt, "spelling"
    known = equivalent_bits(left, right)
    if known is not None and known > spelt:
        return known, "equivalent"
    return spelt, "spelling"
