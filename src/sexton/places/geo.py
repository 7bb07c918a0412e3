"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH_RADIUS_KM = 6371.0088


class Located(Protocol):
    """Anything that has a latitude and a longitude in degrees."""

    @property
    def lat(self) -> float: ...

    @property
    def lon(self) -> float: ...


def distance_km(a: Located, b: Located) -> float:
    """Great-circle distance of two points in kilometres (haversine formula, mean Earth radius)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    d_lat, d_lon = lat_b - lat_a, radians(b.lon - a.lon)
    chord = sin(d_lat / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
