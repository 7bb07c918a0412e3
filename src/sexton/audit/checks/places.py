"""Birth places whose parts do not lie together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sexton.audit.material import Material, Person
from sexton.audit.model import Finding
from sexton.messages import N_, Message
from sexton.places import Gazetteer, Place, all_units, distance_km, read_place

APART = N_(
    "The birth place of %(name)s names %(a)s and %(b)s, which lie together, beside %(province)s, "
    "%(km)d km away: “%(place)s”."
)
EXACT = 0.97
TOGETHER_KM = 60.0
FAR_KM = 300.0


def _units_above(unit: str) -> set[str]:
    chain = set()
    while unit in all_units() and unit not in chain:
        chain.add(unit)
        unit = all_units()[unit].parent
    return chain


def _elsewhere(text: str, province: str, gazetteer: Gazetteer) -> list[Place]:
    """The places of just this name, when none of them lies in ``province``."""
    found = [place for place, likeness in gazetteer.lookup(text) if likeness >= EXACT]
    inside = any(province in _units_above(gazetteer.unit_of(place)) for place in found)
    return [] if inside else found


def _contradiction(person: Person, gazetteer: Gazetteer) -> Message | None:
    written = person.cell("birth_place")
    reading = read_place(written, gazetteer)
    province = next((p for p in reading.parts if p.kind == "province"), None) if reading else None
    extent = gazetteer.extent(province.unit) if province and province.unit in all_units() else None
    if reading is None or province is None or extent is None:
        return None
    names = [part.text for part in reading.parts if part.kind in ("unknown", "town", "village")]
    for a, b in combinations(names, 2):
        for first in _elsewhere(a, province.unit, gazetteer):
            away = distance_km(first, extent)
            others = _elsewhere(b, province.unit, gazetteer)
            if away > FAR_KM and any(distance_km(first, o) < TOGETHER_KM for o in others):
                texts = {"name": person.name, "a": a, "b": b, "province": province.text}
                return Message(APART, {**texts, "km": round(away, -1), "place": written})
    return None


def birth_place_contradicts_itself(material: Material) -> Iterator[Finding]:
    """A birth place names two places that lie together, and a province far away from both.

    The parts of two men's birth places were probably run together.
    """
    for person in material.people:
        message = _contradiction(person, material.birth_places)
        if message:
            kind = "birth_place_contradicts_itself"
            yield Finding(kind, "warning", (person.id,), message)
