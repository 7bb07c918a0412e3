"""Communes that are put into the wrong province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sexton.audit.communes import (
    Point,
    find_commune,
    nearest_communes,
    plain,
    province_names,
)
from sexton.audit.material import Material, Site
from sexton.audit.model import Finding
from sexton.messages import N_, Message, Value
from sexton.places import Gazetteer, distance_km

WRONG = N_("%(commune)s lies in the province of %(right)s; the list says %(stated)s.")
TEXT_SAYS = N_(
    "%(commune)s lies in the province of %(right)s; the text on it says %(stated)s: “%(text)s”."
)
ELSEWHERE = N_(
    "The coordinates of %(site)s lie near %(near)s (%(right)s); the list says %(stated)s."
)
FAR = N_("The coordinates of %(site)s lie %(km)d km from %(commune)s.")

FAR_KM = 25.0
NEAREST = 4
# A sentence that says where a commune lies: "source calls it East Flanders", "places Balen in …".
_SAYS_WHERE = re.compile(
    r"\b(?:calls?|places?|puts?|gives?|says?|locates?|situates?|sets?|prints?|lists?|lies|is|place|situe|donne"
    r"|appelle|dit|noemt|plaatst|zegt|ligt|nennt|liegt)\b",
    re.IGNORECASE,
)


def _placed(site: Site) -> Point | None:
    if site.latitude is None or site.longitude is None:
        return None
    return Point(site.latitude, site.longitude)


def _stated(site: Site) -> str | None:
    """The province that the site's row states, by our name; None when it is of another country."""
    return province_names().get(plain(site.province))


def _by_gazetteer(name: str, gazetteer: Gazetteer | None) -> str | None:
    """The province of a place that is no commune: that of the communes around it."""
    found = gazetteer.lookup(name) if gazetteer else ()
    sure = [place for place, _ in found if plain(place.name) == plain(name)]
    provinces = {
        commune.province
        for place in sure
        for _, commune in nearest_communes(Point(place.lat, place.lon), 1)
    }
    return provinces.pop() if len(provinces) == 1 else None


def _true_province(site: Site, gazetteer: Gazetteer | None) -> str | None:
    commune = find_commune(site.municipality)
    return commune.province if commune else _by_gazetteer(site.municipality, gazetteer)


def wrong_province(material: Material) -> Iterator[Finding]:
    """The list of sites puts a commune into a province in which it does not lie."""
    for site in material.sites:
        stated, right = _stated(site), _true_province(site, material.gazetteer)
        if stated and right and stated != right:
            params = {"commune": site.municipality, "right": right, "stated": site.province}
            yield Finding("wrong_province", "error", (site.id,), Message(WRONG, params))


def _provinces_in(text: str) -> set[str]:
    words = f" {plain(text)} "
    return {province for name, province in province_names().items() if f" {name} " in words}


def text_says_other_province(material: Material) -> Iterator[Finding]:
    """A text on the site, or the source it quotes, puts the commune into another province."""
    for site in material.sites:
        right = _true_province(site, material.gazetteer)
        if not right or _stated(site) is None:
            continue
        for clause in re.split(r"[.;,]", site.facts):
            named = _provinces_in(clause) - {right}
            if named and right not in _provinces_in(clause) and _SAYS_WHERE.search(clause):
                params = {"commune": site.municipality, "right": right, "text": clause.strip()}
                message = Message(TEXT_SAYS, {**params, "stated": ", ".join(sorted(named))})
                yield Finding("text_says_other_province", "warning", (site.id,), message)


def coordinates_in_other_province(material: Material) -> Iterator[Finding]:
    """The coordinates of a site lie among communes of another province than the one stated.

    Near a border the four nearest communes must all lie elsewhere before anything is said.
    """
    for site in material.sites:
        point, stated = _placed(site), _stated(site)
        if point is None or stated is None:
            continue
        around = [commune for _, commune in nearest_communes(point, NEAREST)]
        if stated not in {commune.province for commune in around}:
            params = {"site": site.id, "near": around[0].names[0], "right": around[0].province}
            message = Message(ELSEWHERE, {**params, "stated": site.province})
            yield Finding("coordinates_in_other_province", "error", (site.id,), message)


def coordinates_far_from_commune(material: Material) -> Iterator[Finding]:
    """The coordinates of a site lie more than 25 km from the chief place of its commune."""
    for site in material.sites:
        point, commune = _placed(site), find_commune(site.municipality)
        if point is None or commune is None or commune.lat is None or commune.lon is None:
            continue
        km = distance_km(point, Point(commune.lat, commune.lon))
        if km > FAR_KM:
            params: dict[str, Value] = {"site": site.id, "km": round(km)}
            message = Message(FAR, {**params, "commune": site.municipality})
            yield Finding("coordinates_far_from_commune", "warning", (site.id,), message)
