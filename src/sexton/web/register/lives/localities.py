"""Places as sources write them: who died there, what happened, which sites and camps are there.

A place is a name, not a spot on the map: "Zolder, forests of Vogelsang" stands at Zolder and at
the forests, and two spellings are two places. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils.text import slugify

from sexton.names import fold
from sexton.web.register.lives.chronicle import Entry, claims_of, whose
from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.steps import RANK
from sexton.web.register.models import Claim, Event, Organisation, Site

_BETWEEN = re.compile(r"\s*[,;()]\s*")
DEATH = "death_place"
AT_ONCE = 500


@dataclass(slots=True)
class Locality:
    """A place by its name: the texts that name it, and what of the register is there."""

    slug: str
    writings: Counter[str] = field(default_factory=Counter)
    death_texts: set[str] = field(default_factory=set)
    event_texts: set[str] = field(default_factory=set)
    sites: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    deaths: int = 0

    @property
    def name(self) -> str:
        """As it is written most often."""
        return max(self.writings.items(), key=lambda item: (item[1], item[0]))[0]


def slug_of(text: str) -> str:
    """The address of a place by its name: without case and accents, with hyphens."""
    return slugify(fold(text), allow_unicode=True)


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """The places that a text names, (slug, as written): itself, or what its commas part."""
    for part in dict.fromkeys(_BETWEEN.split(text)):
        if slug := slug_of(part):
            yield slug, part


@kept
def localities() -> dict[str, Locality]:
    """All places that a source names, by slug."""
    found: dict[str, Locality] = {}

    def at(slug: str, writing: str, times: int) -> Locality:
        place = found.setdefault(slug, Locality(slug))
        place.writings[writing] += times
        return place

    for value, times in _texts(Claim, "value", Q(property=DEATH) & ~Q(state="disproven")):
        for slug, writing in named_in(value):
            place = at(slug, writing, times)
            place.death_texts.add(value)
            place.deaths += times
    for value, times in _texts(Event, "place"):
        for slug, writing in named_in(value):
            at(slug, writing, times).event_texts.add(value)
    for pk, municipality in Site.objects.values_list("pk", "municipality"):
        for slug, writing in named_in(municipality):
            at(slug, writing, 1).sites.add(pk)
    for pk, written in Organisation.objects.values_list("pk", "place"):
        for slug, writing in named_in(written):
            at(slug, writing, 1).organisations.add(pk)
    return dict(sorted(found.items(), key=lambda item: item[1].name))


def entries_at(place: Locality) -> list[Entry]:
    """Deaths that a source puts there, and events, by their days; those without days last."""
    days: dict[tuple[int, int, int], list[tuple[date, date]]] = defaultdict(list)
    for person in _who_died(sorted(place.death_texts)):
        days[RANK["death"], person, 0] = []
    for event in Event.objects.filter(_there(place)).prefetch_related("participants"):
        span = [(event.first_day, event.last_day)] if event.first_day and event.last_day else []
        for person in whose(event):
            days[RANK[event.kind], person, 0 if person else event.pk] += span
    _add_days_of_death(days)
    return sorted(_entry(key, spans) for key, spans in days.items())


def _entry(key: tuple[int, int, int], spans: list[tuple[date, date]]) -> Entry:
    unknown = (date.max, date.max)
    first, last = min(spans, key=lambda span: (span[1] - span[0], span[0])) if spans else unknown
    return Entry(0, last, first, *key)


def _texts(model: type[Claim] | type[Event], name: str, only: Q | None = None):
    rows = model.objects.filter(only or Q()).exclude(**{name: ""}).order_by()
    return rows.values_list(name).annotate(Count("pk"))


def _who_died(texts: list[str]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(texts), AT_ONCE):
        rows = Claim.objects.filter(property=DEATH, value__in=texts[start : start + AT_ONCE])
        pairs = rows.exclude(state="disproven")
        for member, own in pairs.values_list("record__membership__person_id", "person_id"):
            found.add(member or own)
    return found - {None}


def _there(place: Locality) -> Q:
    there = Q(place__in=sorted(place.event_texts))
    return there | Q(site__in=place.sites) | Q(grave__site__in=place.sites)


def _add_days_of_death(days: dict[tuple[int, int, int], list[tuple[date, date]]]) -> None:
    """When those died who died there, by any claim that stands."""
    died = {key[1]: key for key in days if key[0] == RANK["death"] and key[1]}
    ids = sorted(died)
    for start in range(0, len(ids), AT_ONCE):
        for person, claim in claims_of(ids[start : start + AT_ONCE], ["death_date"]):
            if claim.first_day and claim.last_day and claim.state != "disproven":
                days[died[person]].append((claim.first_day, claim.last_day))
