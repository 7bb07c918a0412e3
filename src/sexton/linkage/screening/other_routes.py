"""The records to which other routes than the surname lead: a prisoner number, a day of birth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Shares
from sexton.linkage.coding import numbers_of
from sexton.linkage.shares import WITH_BIRTH_DAY, WITH_NUMBER
from sexton.names.readings import NameReading

# Where fewer records of an archive state a number, or a day of birth, that a man was not found by
# his tells little. Counted beside archives of which 0.29 state the one and 0.46 the other.
_STATED = 0.25
# A surname of so many letters is mostly found however it is written: few others are near it.
_LONG = 10


def led_otherwise(people: Sequence[PersonReading], shares: Shares) -> NDArray[np.bool_]:
    """Which of ``people`` would most likely have been found by what they state beside the surname.

    By a prisoner number; or by the day of birth, if either given name and patronymic are there too
    or the surname is a long one. Nobody where, by the ``shares``, few of the archive's records
    state such a thing.
    """
    by_number, by_day = (
        shares.share("stated", what, 0.0) >= _STATED for what in (WITH_NUMBER, WITH_BIRTH_DAY)
    )
    led = [(by_number and bool(numbers_of(one))) or (by_day and _led_by_day(one)) for one in people]
    return np.array(led, dtype=np.bool_)


def _led_by_day(person: PersonReading) -> bool:
    born_on_a_day = person.birth is not None and person.birth.is_full
    return born_on_a_day and any(map(_says_much, person.name.forms))


def _says_much(form: NameReading) -> bool:
    return bool(form.given and form.patronymic) or len(form.surname or "") >= _LONG
