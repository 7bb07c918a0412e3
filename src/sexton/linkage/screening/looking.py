"""Compiled: rows of an archive weighed for one record, the best of them kept."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.linkage.columns import (
    BIRTH_FIRST,
    BIRTH_LAST,
    BURIAL,
    CAMP,
    DEATH_FIRST,
    DEATH_LAST,
    DIED,
    GIVEN,
    NUMBER,
    PATRONYMIC,
    PERSON,
    PLACE,
    SURNAME,
    UNIT,
)
from sexton.linkage.screening.field_bits import (
    Own,
    birth_bits,
    calendar_day,
    death_bits,
    fate_bits,
    quarter_of,
    where_bits,
)
from sexton.linkage.screening.weights import Weights

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]
Bits32 = NDArray[np.float32]

# Odds (bits) that add nothing to the sum of all.
_NOTHING = -40.0


@njit(nogil=True, cache=True)
def _stands_after(row: int, other: int, rows: Int32, record: Int32) -> bool:
    """Whether the person of a row stands behind that of another in the list; -1 is no row."""
    if row < 0 or other < 0:
        return other >= 0
    return record[rows[row, PERSON]] > record[rows[other, PERSON]]


@njit(nogil=True, cache=True)
def keep(
    bits: float, row: int, rows: Int32, record: Int32, kept_rows: Int32, kept_bits: Floats
) -> float:
    """Put a row among the best, of which the worst stands first; the bits that fall out, -inf for
    none. A person stands there once, with the best of his rows. ``bits`` are not below the worst;
    of persons with equal bits those stay who stand first in the list, in whatever order they come.
    """
    person = rows[row, PERSON]
    out, place = kept_bits[0], 0
    for other in range(len(kept_rows)):
        if kept_rows[other] >= 0 and rows[kept_rows[other], PERSON] == person:
            if bits <= kept_bits[other]:
                return -np.inf
            out, place = -np.inf, other
            break
    if out == bits and _stands_after(row, kept_rows[0], rows, record):
        return bits
    kept_bits[place] = bits
    kept_rows[place] = row
    worst = 0
    for other in range(1, len(kept_rows)):
        if kept_bits[other] < kept_bits[worst] or (
            kept_bits[other] == kept_bits[worst]
            and _stands_after(kept_rows[other], kept_rows[worst], rows, record)
        ):
            worst = other
    kept_bits[0], kept_bits[worst] = kept_bits[worst], kept_bits[0]
    kept_rows[0], kept_rows[worst] = kept_rows[worst], kept_rows[0]
    return out


@njit(nogil=True, cache=True)
def look_at(
    first: int, last: int, listed: Int32, hit_bits: Floats, stamp: int, form_bits: float, own: Own,
    died: Int32, quarters: Bits32, persons: Int32, rows: Int32, record: Int32, surname: Bits32,
    given: Bits32, patronymic: Bits32, seen: Int32, days: Int32, w: Weights, prior: float,
    kept_rows: Int32, kept_bits: Floats,
) -> float:  # fmt: skip
    """Weigh rows and keep the best; the odds of what is not kept.

    The rows are ``listed[first:last]``, or ``first:last`` themselves where nothing is listed. Those
    whose stamp says that they were looked at are passed over. ``hit_bits``, where there are any,
    are what the prisoner number of each says.
    """
    rest = 0.0
    for at in range(first, last):
        row = listed[at] if len(listed) else at
        if seen[row] == stamp:
            continue
        seen[row] = stamp
        bits = form_bits
        if len(hit_bits):
            # That there are two numbers is said of every row that has one.
            bits += hit_bits[at] - w.number_differs
        bits += (
            surname[rows[row, SURNAME]]
            + given[rows[row, GIVEN]]
            + patronymic[rows[row, PATRONYMIC]]
        )
        man = rows[row, PERSON]
        begin, end = persons[man, BIRTH_FIRST], persons[man, BIRTH_LAST]
        bits += birth_bits(own, begin, end, calendar_day(days, begin), w)
        begin, end = persons[man, DEATH_FIRST], persons[man, DEATH_LAST]
        if begin != 0:
            date = calendar_day(days, begin)
            bits += death_bits(own, begin, end, date, w)
            quarter = quarter_of(own, begin, end, date)
            if quarter >= 0:
                bits += quarters[quarter]
        burial, camp = persons[man, BURIAL], persons[man, CAMP]
        bits += where_bits(own, persons[man, PLACE], persons[man, UNIT], burial, camp, w)
        number = persons[man, NUMBER]
        bits += fate_bits(own, burial, died[persons[man, DIED]], number >= 0 or camp >= 0, w)
        if own.number == 0 and number == 0:
            bits += w.number_differs
        if bits >= kept_bits[0]:
            bits = keep(bits, row, rows, record, kept_rows, kept_bits)
        if bits + prior > _NOTHING:
            rest += np.exp2(bits + prior)
    return rest
