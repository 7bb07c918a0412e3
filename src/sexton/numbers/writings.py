"""How else a prisoner number may stand in somebody's papers, with the camp that issued it."""

from __future__ import annotations

from collections.abc import Iterator

from sexton.numbers.camp_reading import read_camp
from sexton.numbers.camps import camp_by_number, camps
from sexton.numbers.reading import read_numbers

LIKELY = 0.5  # a camp that the cell means less probably than that is not written for it


def number_writings(number: str, camp: str = "", most: int = 10) -> tuple[str, ...]:
    """Forms of the numbers of a cell, as written first; at most ``most``, none twice.

    ``camp`` is the camp of the record; one that the cell itself writes goes before it.

    >>> number_writings("108258", "VI K")[:4]
    ('108258', 'VI K 108258', '326/108258', '108258/VI K')
    """
    written = " ".join(number.split())
    if not written:
        return ()
    forms = [written]
    for reading in read_numbers(number):
        digits = f"{reading.digits}-{reading.part}" if reading.part else reading.digits
        forms += _with_camp(digits, reading.camp or camp)
        if len(reading.digits) > 4:
            forms.append(_in_groups(reading.digits))
    return tuple(dict.fromkeys(forms))[:most]


def camp_writings(camp: str, most: int = 6) -> tuple[str, ...]:
    """Forms of the camp that a cell means, as written first; at most ``most``, none twice.

    >>> camp_writings("VI K")
    ('VI K', 'Stalag 326 (VI K)', 'Stalag 326', 'Stalag VI K')
    """
    written = " ".join(camp.split())
    if not written:
        return ()
    number, numeral, name, others = _camp(camp)
    kind = name.split()[0] if name else "Stalag"
    numbered = (f"{kind} {one}" for one in (number, numeral) if one)
    alike = (one.partition(" (")[0] for one in others if one.startswith(kind))
    told = [written, name, *numbered, *alike]
    return tuple(dict.fromkeys(one for one in told if one))[:most]


def _with_camp(digits: str, camp: str) -> Iterator[str]:
    yield digits
    number, numeral, _, _ = _camp(camp)
    if numeral:
        yield f"{numeral} {digits}"
    if number:
        yield f"{number}/{digits}"
    if numeral:
        yield f"{digits}/{numeral}"
    if number and numeral:
        yield f"{number} ({numeral}) {digits}"
        yield f"{numeral}/{number} {digits}"
    if camp and not (number or numeral):
        yield f"{' '.join(camp.split())} {digits}"


def _in_groups(digits: str) -> str:
    """Thousands apart, as many clerks write them."""
    return f"{int(digits):,}".replace(",", ".") if digits[0] != "0" else digits


def _camp(written: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Army number, numeral, name and other names of the camp that is meant, as far as known."""
    known = camp_by_number(written.strip())
    if known is None:
        reading = read_camp(written)
        best = reading.best if reading else None
        if best is None or best.probability < LIKELY:
            return "", "", "", ()
        known = next((camp for camp in camps() if camp.camp_id == best.camp_id), None)
        if known is None:  # well-formed, but not in the table
            return "", best.name.partition(" ")[2], best.name, ()
    return known.number, known.numeral, known.name, known.other_names
