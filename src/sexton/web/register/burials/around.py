"""Which sites are near a site."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

from sexton.places import distance_km
from sexton.web.register.models import Site

REACH_KM = 20.0
KM_PER_DEGREE = 111.0
LOOKED_AT = 200
MOST = 8


@dataclass(frozen=True, slots=True)
class Near:
    """A site near another; ``km`` is None where one of them has no coordinates."""

    site: Site
    km: float | None


def near(site: Site) -> list[Near]:
    """Sites of the same commune and those within some 20 km, the nearest first."""
    around = Q(pk=None)
    if site.municipality:
        around |= Q(municipality=site.municipality, province=site.province)
    if site.latitude is not None and site.longitude is not None:
        around |= _box(site.latitude, site.longitude)
    rows = Site.objects.filter(around).exclude(pk=site.pk).order_by("pk")
    found = [Near(other, _km(site, other)) for other in rows[:LOOKED_AT]]
    close = [one for one in found if one.km is None or one.km <= REACH_KM]
    return sorted(close, key=lambda one: (one.km or 0.0, one.site.key))[:MOST]


def _box(latitude: float, longitude: float) -> Q:
    north = REACH_KM / KM_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(latitude)))
    return Q(
        latitude__range=(latitude - north, latitude + north),
        longitude__range=(longitude - east, longitude + east),
    )


def _km(a: Site, b: Site) -> float | None:
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return None
    return distance_km(_Spot(a), _Spot(b))


class _Spot:
    def __init__(self, site: Site) -> None:
        self.lat, self.lon = site.latitude or 0.0, site.longitude or 0.0
