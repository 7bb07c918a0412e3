"""Two whole names compared: their parts in every order and form that the texts allow.

A name may give several forms (on the stone, restored, in brackets) and a form may be read in
several ways. The weight is the mean of the odds over all pairs of readings, each with its
probability: whoever wrote the other name had one of them before him (log2 of the mean of 2^bits).
A part that one name lacks says nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import log2
from typing import NamedTuple

from sexton.names.agreement import MODEL, Spellings
from sexton.names.parts import DEFAULT_CHANCES, Chances, Comparer, PartComparison, total_bits
from sexton.names.persons import read_person_name
from sexton.names.readings import NameReading, PersonName

__all__ = [
    "DEFAULT_CHANCES",
    "MAX_FORMS",
    "Chances",
    "PartComparison",
    "WholeComparison",
    "compare_names",
    "compare_person_names",
]

# A record with more forms than this repeats itself.
MAX_FORMS = 6


class _Tried(NamedTuple):
    """Two forms compared: the chance that both were meant, and what the parts say together."""

    chance: float
    bits: float
    left: NameReading
    right: NameReading
    parts: list[PartComparison]

    def weight(self) -> float:
        return log2(self.chance) + self.bits


class WholeComparison(NamedTuple):
    """What two written names say about being one person's.

    ``bits`` is the sum of the bits of ``parts``; 0 where there is nothing to compare. ``left`` and
    ``right`` are the readings under which the names agree best (None where a text names nobody).
    """

    a: str
    b: str
    bits: float
    left: NameReading | None
    right: NameReading | None
    parts: tuple[PartComparison, ...]


def _complete(form: NameReading, first: NameReading) -> NameReading:
    """The form with the parts that it lacks taken from the first: "Jovi" is Jovi Ataev.

    Another reading of the name itself takes nothing: it has used all the words.
    """
    if form.form == "written":
        return form
    has_given = form.given or form.initials
    return replace(
        form,
        surname=form.surname or first.surname,
        given=form.given if has_given else first.given,
        initials=form.initials if has_given else first.initials,
        patronymic=form.patronymic or first.patronymic,
    )


@lru_cache(maxsize=1 << 14)
def _all_completed(name: PersonName) -> tuple[NameReading, ...]:
    return tuple(_complete(form, name.forms[0]) for form in name.forms[:MAX_FORMS])


def _completed(name: PersonName) -> tuple[NameReading, ...]:
    """The forms; what stands beside the name lacks parts that the name has, and takes them."""
    return _all_completed(name) if len(name.forms) > 1 else name.forms


def compare_person_names(
    left: PersonName,
    right: PersonName,
    chances: Chances = DEFAULT_CHANCES,
    spellings: Spellings = MODEL,
) -> WholeComparison:
    """Compare two names of which all forms have been read; never raises, symmetric in its bits.

    The likeliest pair of forms gives the parts that are shown; that several forms were tried is
    charged to the first of them, so that the parts add up to the log of the mean odds.

    >>> from sexton.names import read_person_name
    >>> stone = read_person_name(surname="Gavrilenko", given="Jean")
    >>> card = read_person_name(surname="Гавриленко", given="Иван", patronymic="Петрович")
    >>> [part.way for part in compare_person_names(stone, card).parts]
    ['spelling', 'equivalent']
    """
    comparer = Comparer(chances, spellings)
    tried = []
    rights = _completed(right)
    for x in _completed(left):
        for y in rights:
            chance = x.probability * y.probability
            if chance > 0 and (parts := comparer.compare(x, y)):
                tried.append(_Tried(chance, total_bits(parts), x, y, parts))
    if not tried:
        return WholeComparison(left.written, right.written, 0.0, None, None, ())
    if len(tried) == 1:
        best = tried[0]
        return WholeComparison(
            left.written, right.written, best.bits, best.left, best.right, tuple(best.parts)
        )
    best = max(tried, key=_Tried.weight)
    odds = sum([pair.chance * 2.0**pair.bits for pair in tried])
    bits = log2(odds / sum([pair.chance for pair in tried]))
    first, *others = best.parts
    charged = PartComparison(
        first.kind, first.bits + bits - best.bits, first.left, first.right, first.way
    )
    return WholeComparison(
        left.written, right.written, bits, best.left, best.right, (charged, *others)
    )


def compare_names(a: str, b: str) -> WholeComparison:
    """Compare two whole names as they are written, in any script, order and layout.

    Several readings are weighed, not one guessed; initials, local forms of given names, double
    surnames, particles, women's forms, by-names and forms in brackets or after "ou", "dit",
    "genannt", "он же" are understood. ``bits`` above 0 speak for one person, below 0 against.
    Symmetric; never raises.

    >>> compare_names("Chatounov Afanas", "Шатунов Афанасий Фёдорович").bits > 15
    True
    >>> for part in compare_names("J. Petrow", "Петров Иван").parts:
    ...     print(part.message)
    The surnames Petrow and Петров can be one name.
    The initial fits: J and Иван.
    >>> compare_names("Petrov", "Климов Пётр").bits < 0
    True
    """
    return compare_person_names(read_person_name(a), read_person_name(b))
