"""How names begin: a quick look, before the records of one man are looked for."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sexton.evidence import PersonReading
from sexton.names import fold


class Beginnings(NamedTuple):
    """The first letters of surname and given name, folded; "" where a record has none."""

    surname: str
    given: str


NOTHING = Beginnings("", "")


def beginnings(surname: str | None, given: str | None) -> Beginnings:
    """Of the parts of a name."""
    return Beginnings(_folded(surname or "")[:3], _folded(given or "")[:1])


_folded = lru_cache(maxsize=1 << 15)(fold)


def beginnings_of(person: PersonReading) -> Beginnings:
    """Of the first form of a record's name."""
    if not person.name.forms:
        return NOTHING
    form = person.name.forms[0]
    return beginnings(form.surname, form.given or form.initials)
