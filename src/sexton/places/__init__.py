"""Written places: their parts, where on the map they may be, and whether two can be one."""

from sexton.places.folding import sounds
from sexton.places.gazetteer import Extent, Gazetteer, Place, load_gazetteer
from sexton.places.geo import distance_km
from sexton.places.model import PlaceAgreement, PlaceMatch, PlacePart, PlaceReading
from sexton.places.reading import read_place
from sexton.places.similarity import name_likeness, place_similarity, text_key
from sexton.places.units import Unit, all_units, find_unit

__all__ = [
    "Extent",
    "Gazetteer",
    "Place",
    "PlaceAgreement",
    "PlaceMatch",
    "PlacePart",
    "PlaceReading",
    "Unit",
    "all_units",
    "distance_km",
    "find_unit",
    "load_gazetteer",
    "name_likeness",
    "place_similarity",
    "read_place",
    "sounds",
    "text_key",
]
