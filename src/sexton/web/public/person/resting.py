"""Where he lies or is remembered: the place, how to get there, who cares for it, the ceremonies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from sexton.web.public.located import PRECISIONS
from sexton.web.register import surroundings
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Grave, Inscription, Marking, Site
from sexton.web.register.page import PersonPage
from sexton.web.register.surroundings import Around, Care

# Without a precision stated the place is as its source gives it.
GIVEN = PRECISIONS["given"]
# How far one should stand back to see all that may be meant.
ZOOM = {"grave": 19, "plot": 18, "site": 17, "village": 14, "municipality": 13}
GIVEN_ZOOM = 15
# Decimals of a degree that say something: a hundredth is about a kilometre.
DECIMALS = {"grave": 6, "plot": 5, "site": 4, "village": 3, "municipality": 2}
GIVEN_DECIMALS = 4
PINNED = frozenset({"grave", "plot", "site"})


@dataclass(frozen=True, slots=True)
class Way:
    """Coordinates for a phone or a map; ``precision`` is a code of ``PRECISIONS``, or another."""

    latitude: float
    longitude: float
    precision: str

    @property
    def pair(self) -> tuple[str, str]:
        """Latitude and longitude, with no more decimals than say something."""
        decimals = DECIMALS.get(self.precision, GIVEN_DECIMALS)
        return f"{self.latitude:.{decimals}f}", f"{self.longitude:.{decimals}f}"

    @property
    def text(self) -> str:
        return ", ".join(self.pair)

    @property
    def words(self) -> Promise:
        """How exactly the place is known."""
        return PRECISIONS.get(self.precision, GIVEN)

    @property
    def geo(self) -> str:
        """The address that a phone's own map opens (RFC 5870)."""
        return "geo:{},{}".format(*self.pair)

    @property
    def openstreetmap(self) -> str:
        """The same on a map of the web; a pin says "here", so a commune's middle gets none."""
        lat, lon = self.pair
        zoom = ZOOM.get(self.precision, GIVEN_ZOOM)
        pin = f"?mlat={lat}&mlon={lon}" if self.precision in PINNED else ""
        return f"https://www.openstreetmap.org/{pin}#map={zoom}/{lat}/{lon}"


@dataclass(frozen=True, slots=True)
class Place:
    """A site with the graves in it that are his, and what is known of its care."""

    site: Site
    graves: Sequence[Grave]
    voices: Sequence[Voice]
    way: Way | None
    around: Around

    @property
    def heard(self) -> list[Voice]:
        """Everybody who says anything of it, in the order of the page."""
        claims = [claim for care in self.around.care for claim in care.claims]
        events = [*self.around.coming, *self.around.past]
        return [*self.voices, *map(Voice.of_claim, claims), *map(Voice.of_row, events)]

    @property
    def is_memorial(self) -> bool:
        return self.site.kind == "memorial"

    @property
    def caretakers(self) -> list[Care]:
        return [care for care in self.around.care if care.relation == "caretaker"]

    @property
    def owners(self) -> list[Care]:
        return [care for care in self.around.care if care.relation == "owner"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What a stone or cross says, letter by letter, and who reports it."""

    text: str
    language: str
    marker: str
    when: str
    voice: Voice


def places_of(page: PersonPage, today: date) -> list[Place]:
    """The places of his graves first, then those where he is remembered only."""
    graves = surroundings.graves_of(page.events, page.markings)
    sites = surroundings.places_of(page.records, graves)
    known = surroundings.around(sites, today)
    found = [_place(page, site, graves, known[site.pk]) for site in sites]
    return sorted(found, key=lambda place: (place.is_memorial, place.site.key))


def _place(page: PersonPage, site: Site, graves: Iterable[Grave], around: Around) -> Place:
    here = [grave for grave in graves if grave.site_id == site.pk]
    voices = [Voice(r.source, r) for r in page.records if r.site_id == site.pk]
    voices += [Voice.of_row(grave) for grave in here if grave.source_id or grave.record_id]
    return Place(
        site=site,
        graves=here,
        voices=voices,
        way=_way(site, here),
        around=around,
    )


def _way(site: Site, graves: Iterable[Grave]) -> Way | None:
    """To the grave if its own place is known, else to the site; None where neither is."""
    for place in (*graves, site):
        if place.latitude is not None and place.longitude is not None:
            precision = place.coord_precision or place.coord_source
            return Way(place.latitude, place.longitude, precision)
    return None


def cut_of(markings: Iterable[Marking]) -> list[Cut]:
    """The inscriptions of his crosses and stones, as they are cut."""
    rows = [(row.marker, text) for row in markings for text in row.marker.inscriptions.all()]
    return [_cut(marker.kind, text) for marker, text in rows]


def _cut(marker: str, text: Inscription) -> Cut:
    return Cut(text.text, text.language, marker, text.when, Voice.of_row(text))
