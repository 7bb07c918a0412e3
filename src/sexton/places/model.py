"""What a written place says: its parts, and the places of the gazetteer it may be."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "village",
    "town",
    "council",
    "district",
    "province",
    "republic",
    "country",
    "street",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One part of a written place; ``kind`` is one of ``KINDS``.

    ``unit`` is the id of the republic or province that the part names, "" where it names none.
    A bare name ("Moscou") has kind ``unknown``: a town, or short for its province.
    """

    text: str
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that is perhaps meant: a circle of ``radius_km`` round ``lat``, ``lon`` (degrees).

    ``level`` is village (any settlement), district, province or republic; ``unit`` is the
    province or republic in which it lies.
    """

    place_id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    probability: float
    level: str = "village"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A written place: verbatim, split into parts, with its matches, most probable first.

    The probabilities sum to 1 at most; what is missing is "somewhere else".
    """

    written: str
    parts: tuple[PlacePart, ...]
    matches: tuple[PlaceMatch, ...]

    def __hash__(self) -> int:
        # What is equal is written alike; hashing every part and match takes far longer.
        return hash(self.written)


@dataclass(frozen=True, slots=True)
class PlaceAgreement:
    """Whether two readings can be one place.

    ``kind`` is ``agree``, ``differ`` or ``unknown`` (cannot be compared: missing is not
    contradicting). ``level`` is where they agree or differ: village, district, province,
    republic, or "" when unknown. ``text_score`` in 0..1 compares the settlements as written (None
    when one has none); ``distance_km`` lies between the best matches (None without both).
    """

    kind: str
    text_score: float | None
    distance_km: float | None
    level: str
