"""Where a unit lies, and which places lie in it or near it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from math import asin, cos, degrees, inf, radians, sin
from typing import NamedTuple

from sexton.places.geo import EARTH_RADIUS_KM, Located, distance_km

# How much lighter a place weighs outside the province that is written: borders have moved
# (Guenitchesk lay in Zaporozhye in 1941, lies in Kherson today), so near it is likelier than far.
NEAR_OUTSIDE, FAR_OUTSIDE = 0.1, 0.0005
# So many radii from the middle of a unit are near it.
NEAR = 1.3


@dataclass(frozen=True, slots=True)
class Extent:
    """The circle that holds 95 % of a unit's towns."""

    lat: float
    lon: float
    radius_km: float


class Border(NamedTuple):
    """A unit's ``codes`` of places, and its neighbourhood: ``reach_km`` round the middle of its
    extent, which lies within ``north`` degrees of latitude and ``east`` of longitude."""

    codes: Set[str]
    extent: Extent | None
    reach_km: float
    north: float
    east: float

    def weight(self, place: Located) -> float:
        """How much less a place outside weighs than one inside: least far away."""
        middle = self.extent
        # Most places of the name are too far by their latitude or longitude alone.
        if (
            middle is None
            or abs(place.lat - middle.lat) > self.north
            or abs(place.lon - middle.lon) > self.east
        ):
            return FAR_OUTSIDE
        return NEAR_OUTSIDE if distance_km(middle, place) < self.reach_km else FAR_OUTSIDE


def border_of(codes: Set[str], extent: Extent | None) -> Border:
    """The border of a unit with these codes of places, which reaches so far."""
    if extent is None:
        return Border(codes, None, 0.0, 0.0, 0.0)
    reach = NEAR * extent.radius_km
    # A little more than the angle, for what rounding takes away.
    angle = 1.001 * reach / EARTH_RADIUS_KM
    return Border(codes, extent, reach, degrees(angle), _east(extent, angle))


def _east(middle: Extent, angle: float) -> float:
    """How many degrees of longitude a circle of this angle spans to either side; no bound where it
    reaches a pole or the line behind which longitudes begin anew."""
    widest = sin(angle) / cos(radians(middle.lat))
    east = degrees(asin(widest)) if angle < 1 and widest < 1 else inf
    return east if abs(middle.lon) + east < 180 else inf
