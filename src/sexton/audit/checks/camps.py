"""Camps whose numeral and number do not belong together, and camps nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from sexton.audit.material import Material
from sexton.audit.model import Finding
from sexton.messages import N_, Message
from sexton.numbers import CampReading, read_camp

DISAGREE = N_(
    "Camp “%(written)s” (records: %(count)d): the number says %(first)s, the numeral %(second)s."
)
SWAPPED = N_(
    "Camp “%(written)s” (records: %(count)d) is probably %(first)s with a swapped numeral."
)
NOT_KNOWN = N_("Camp “%(written)s” (records: %(count)d) is no camp that can be recognised.")


def _by_camp(material: Material) -> Iterator[tuple[CampReading, tuple[str, ...]]]:
    """Each camp as a source writes it, with the records that have it."""
    ids: dict[tuple[str, str], list[str]] = {}
    for person in material.people:
        ids.setdefault((person.source, person.cell("camp")), []).append(person.id)
    for (_, written), found in ids.items():
        reading = read_camp(written)
        if reading is not None:
            yield reading, tuple(found)


def camp_against_number(material: Material) -> Iterator[Finding]:
    """The Roman numeral and the number of a camp belong to two different camps.

    A prisoner's card must be looked for in both.
    """
    for reading, ids in _by_camp(material):
        if len(reading.camps) < 2:
            continue
        first, second = reading.camps[:2]
        text = DISAGREE if any(sign.isdecimal() for sign in reading.written) else SWAPPED
        names = {"first": first.name, "second": second.name}
        message = Message(text, {"written": reading.written, "count": len(ids), **names})
        yield Finding("camp_against_number", "warning", ids, message)


def camp_not_known(material: Material) -> Iterator[Finding]:
    """A camp is written in a way that fits no camp and not the numbering of camps either."""
    for reading, ids in _by_camp(material):
        if not reading.camps:
            message = Message(NOT_KNOWN, {"written": reading.written, "count": len(ids)})
            yield Finding("camp_not_known", "note", ids, message)
