"""Readings of places as short texts, for archives that read each place once and keep what it says.

A text is JSON: the parts (text, kind, unit), then the matches (id, level, probability). All else of
a match stands in the gazetteer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sexton.places.gazetteer import Gazetteer, remember
from sexton.places.model import PlaceMatch, PlacePart, PlaceReading
from sexton.places.reading import Found, match_of

# Made once: json.dumps and json.loads ask after their options for each text.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode
_SETTLED = frozenset(("village", "district"))


def kept(reading: PlaceReading | None) -> str:
    """A reading as text; "" for None."""
    if reading is None:
        return ""
    parts = [(part.text, part.kind, part.unit) for part in reading.parts]
    matches = [(match.place_id, match.level, match.probability) for match in reading.matches]
    return _encode((parts, matches))


def recall(kept_readings: Iterable[tuple[str, str]], gazetteer: Gazetteer) -> None:
    """Let `read_place` know the readings of written places (pairs of the written and the kept text)
    as if it had read them; those that another gazetteer gave it reads anew."""
    for written, text in kept_readings:
        reading = _reading(written, text, gazetteer) if text else None
        if reading is not None:
            remember(gazetteer.readings, written, reading)


def _reading(written: str, text: str, gazetteer: Gazetteer) -> PlaceReading | None:
    try:
        (parts, found), _ = _decode(text)
        matches = [_match(gazetteer, *match) for match in found]
        return PlaceReading(written, tuple([PlacePart(*part) for part in parts]), tuple(matches))
    except (KeyError, TypeError, ValueError):
        return None


def _match(gazetteer: Gazetteer, place_id: str, level: str, probability: float) -> PlaceMatch:
    """Raises KeyError when the gazetteer has no such place."""
    where = gazetteer.by_id[place_id] if level in _SETTLED else gazetteer.extent(place_id)
    if where is None:
        raise KeyError(place_id)
    return match_of(Found(probability, level, place_id, where), gazetteer)
