"""Where something of the register is, and how exactly that is known.

A place comes from the register's own coordinates, or from a shipped gazetteer (GeoNames) that has
one place of the very name that a source writes. Nothing else is put on a map.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.names import fold
from sexton.places import PlaceMatch, PlaceReading, load_gazetteer, read_place
from sexton.places.gazetteer import packed_rows
from sexton.web.register import labels
from sexton.web.register.lives.localities import named_in
from sexton.web.register.models import Organisation, Site

CREDIT = _("Places by name: GeoNames, CC BY 4.0.")
# A settlement is put on the map when it is so probable by itself, or so far ahead of all others of
# that name together; a district or province, of births alone, when its circle is no larger.
PROBABLE, AHEAD, LEAST = 0.6, 4.0, 0.4
WIDEST_KM = 350.0

PRECISIONS: dict[str, Promise] = {
    "grave": _("the grave itself"),
    "plot": _("the plot"),
    "site": _("the site"),
    "village": _("the middle of the village"),
    "municipality": _("the middle of the commune, not the grave"),
    "given": _("as its source gives the coordinates"),
    "named": _("the place of this name in the gazetteer; nobody has checked that it is meant"),
    "region": _("somewhere in this district or province"),
}


@dataclass(frozen=True, slots=True)
class Located:
    """A spot with how it is known: a code of ``PRECISIONS``, and the radius in kilometres.

    ``name`` is that of the gazetteer, "" for the register's own coordinates.
    """

    latitude: float
    longitude: float
    precision: str
    radius_km: float = 0.0
    name: str = ""

    @property
    def words(self) -> Promise:
        return PRECISIONS[self.precision]

    @property
    def is_certain(self) -> bool:
        """Whether the register itself says where it is."""
        return not self.name


def of_site(site: Site) -> Located | None:
    """A site by its own coordinates; None where it has none."""
    if site.latitude is None or site.longitude is None:
        return None
    stated = site.coord_precision or site.coord_source
    precision = stated if stated in PRECISIONS else "given"
    return Located(site.latitude, site.longitude, precision)


def of_organisation(organisation: Organisation) -> Located | None:
    """An organisation by its own coordinates, else by the name of its place."""
    if organisation.latitude is not None and organisation.longitude is not None:
        return Located(organisation.latitude, organisation.longitude, "given")
    return of_text(organisation.place)


def of_text(written: str) -> Located | None:
    """The settlement that a text names, alone or beside others that no gazetteer has."""
    whole = settlement(written)
    if whole is not None:
        return whole
    parts = [settlement(part) for _, part in named_in(written)]
    known = {part for part in parts if part is not None}
    return known.pop() if len(known) == 1 else None


@lru_cache(maxsize=1 << 15)
def settlement(written: str) -> Located | None:
    """The one settlement of Belgium or the former Soviet Union that a text names, if it names one.

    None where two countries have one, where several of one country do, and for provinces.
    """
    if not written or (written in labels.PROVINCES and written not in _town_names()):
        return None
    found = [_belgian(written), _soviet(written, ("village",))]
    known = [one for one in found if one is not None]
    return known[0] if len(known) == 1 else None


@lru_cache(maxsize=1 << 15)
def birth(written: str) -> Located | None:
    """Where a birth place of the former Soviet Union lies: a settlement, else its province."""
    return _soviet(written, ("village", "district", "province"))


def _belgian(written: str) -> Located | None:
    """A settlement whose name is written; one that only sounds alike is another."""
    reading = read_place(written, load_gazetteer("belgium"))
    best = _best(reading, ("village",))
    if best is None or reading is None:
        return None
    names = _belgian_names().get(best.place_id, frozenset({fold(best.name)}))
    written_so = any(fold(part.text) in names for part in reading.parts)
    return _named(best, "named") if written_so else None


def _soviet(written: str, levels: tuple[str, ...]) -> Located | None:
    best = _best(read_place(written, load_gazetteer("ussr")), levels)
    if best is None or best.probability < PROBABLE or best.radius_km > WIDEST_KM:
        return None
    return _named(best, "named" if best.level == "village" else "region")


def _best(reading: PlaceReading | None, levels: Iterable[str]) -> PlaceMatch | None:
    """The match that stands out, if it is of one of these levels."""
    if reading is None or not reading.matches:
        return None
    best, *others = reading.matches
    ahead = best.probability >= AHEAD * sum(other.probability for other in others)
    certain = best.probability >= PROBABLE or (best.probability >= LEAST and ahead)
    return best if certain and best.level in levels else None


def _named(match: PlaceMatch, precision: str) -> Located:
    return Located(match.lat, match.lon, precision, match.radius_km, match.name)


@cache
def _belgian_names() -> dict[str, frozenset[str]]:
    """Every name of a Belgian place that the gazetteer has, by the id of the place."""
    return {
        row["place_id"]: frozenset(fold(name) for name in row["names"].split("|"))
        for row in packed_rows("belgium_names")
    }


@cache
def _town_names() -> frozenset[str]:
    """The main names of Belgium's places: Liège is a town, Limburg is none."""
    return frozenset(place.name for place in load_gazetteer("belgium").places)
