"""JSON of sites, organisations, places and days."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.persons import days_of
from sexton.web.public.machines.values import (
    findings_json,
    grave_ref,
    organisation_ref,
    person_ref,
    site_ref,
    stated,
    statement_json,
    step_json,
    voice_json,
)
from sexton.web.register import queries
from sexton.web.register.lives import chronicle, presence
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.localities import entries_at, localities
from sexton.web.register.lives.periods import read_period
from sexton.web.register.models import (
    Grave,
    GraveCount,
    Inscription,
    Marker,
    Memorial,
    Organisation,
    Person,
    Record,
    Site,
)

PAGE = 100


@json_of("site")
def site(asked: Asked, key: str) -> Json:
    """A site: what sources state of it, its graves and memorials, and its dead page by page."""
    related = ("source", "owner", "caretaker")
    found = get_object_or_404(Site.objects.select_related(*related), key=key)
    dead = queries.persons_at(found)
    return {
        **site_json(asked, found),
        "owner": organisation_ref(asked, found.owner),
        "caretaker": organisation_ref(asked, found.caretaker),
        "other_names": [_site_name(asked, name) for name in found.other_names.order_by("pk")],
        "graves": [grave_json(asked, grave) for grave in _sourced(Grave, site=found)],
        "memorials": [memorial_json(asked, one) for one in _sourced(Memorial, site=found)],
        "counts": [_count(asked, count) for count in _sourced(GraveCount, site=found)],
        "rows_by_source": _rows_by_source(asked, found),
        "statements": [
            statement_json(asked, one) for one in found.statements.select_related("source")
        ],
        "findings": findings_json(asked, queries.findings_at(found)),
        "persons": asked.paged(dead, PAGE, lambda page: [person_ref(asked, one) for one in page]),
    }


def site_json(asked: Asked, found: Site) -> Json:
    """What the register holds of a site itself; numbers stand as they are stated."""
    return {
        **(site_ref(asked, found) or {}),
        "site_kind": stated(found.kind),
        "municipality": stated(found.municipality),
        "province": stated(found.province),
        "latitude": found.latitude,
        "longitude": found.longitude,
        "coordinates_from": stated(found.coord_source),
        "coordinates_precision": stated(found.coord_precision),
        "persons_buried": stated(found.persons_buried),
        "persons_unknown": stated(found.persons_unknown),
        "inscription_language": stated(found.inscription_language),
        "erected": stated(found.erected_year),
        "heritage_status": stated(found.heritage_status),
        "facts": stated(found.facts),
        "source": asked.cite(found.source),
    }


def grave_json(asked: Asked, grave: Grave) -> Json:
    """A slot for a body, a common grave, or a cenotaph."""
    return {
        **grave_ref(asked, grave),
        "latitude": grave.latitude,
        "longitude": grave.longitude,
        "coordinates_precision": stated(grave.coord_precision),
        "remarks": stated(grave.remarks),
        **_told_by(asked, grave),
    }


@json_of("grave")
def grave(asked: Asked, key: str) -> Json:
    """A grave with its dead, its markers and what stands on them."""
    rows = Grave.objects.select_related("site", "source", "record__source")
    found = get_object_or_404(rows, key=key)
    dead = Person.objects.filter(participations__event__grave=found).distinct()
    markers = Marker.objects.filter(markings__grave=found).distinct()
    return {
        **grave_json(asked, found),
        "grave_kind": found.kind,
        "site": site_ref(asked, found.site),
        "persons": [person_ref(asked, one) for one in dead],
        "markers": [marker_json(asked, one) for one in markers.select_related("source")],
    }


def marker_json(asked: Asked, marker: Marker) -> Json:
    return {
        "kind": marker.kind,
        "material": stated(marker.material),
        "when": days_of(marker),
        "inscriptions": [inscription_json(asked, one) for one in marker.inscriptions.all()],
        **_told_by(asked, marker),
    }


def inscription_json(asked: Asked, text: Inscription) -> Json:
    """A text as cut, letter by letter."""
    return {
        "written": text.text,
        "language": stated(text.language),
        "when": days_of(text),
        **_told_by(asked, text),
    }


@json_of("memorial")
def memorial(asked: Asked, key: str) -> Json:
    rows = Memorial.objects.select_related("site", "source", "record__source")
    return memorial_json(asked, get_object_or_404(rows, key=key))


@json_of("graves")
def graves(asked: Asked, key: str) -> Json:
    """All graves of a site, page by page."""
    found = get_object_or_404(Site, key=key)
    rows = Grave.objects.filter(site=found).select_related("source", "record__source")

    def tell(page: list[Grave]) -> list[Json]:
        return [grave_json(asked, one) for one in page]

    return {"site": site_ref(asked, found), **asked.paged(rows, PAGE, tell)}


@json_of("memorials")
def memorials(asked: Asked) -> Json:
    """All memorials, or those of one ``?kind=``, page by page."""
    rows = Memorial.objects.select_related("site", "source", "record__source")
    if kind := asked.value("kind"):
        rows = rows.filter(kind=kind)

    def tell(page: list[Memorial]) -> list[Json]:
        return [memorial_json(asked, one) for one in page]

    return asked.paged(rows.order_by("place", "key"), PAGE, tell)


def memorial_json(asked: Asked, found: Memorial) -> Json:
    """A monument or plaque, whether or not any lie there."""
    own = getattr(found, "get_absolute_url", None)
    return {
        **({"id": asked.of(own())} if own else {}),
        "key": found.key,
        "names": dict(found.names),
        "memorial_kind": found.kind,
        "place": stated(found.place),
        "site": site_ref(asked, found.site),
        "when": days_of(found),
        "remembers": stated(found.remembers),
        "remarks": stated(found.remarks),
        "inscriptions": [
            inscription_json(asked, one) for one in _sourced(Inscription, memorial=found)
        ],
        **_told_by(asked, found),
    }


def _told_by(asked: Asked, row) -> Json:
    """The source of a row with its place in it; no verdict stands on such a row."""
    voice = voice_json(asked, Voice.of_row(row))
    return {name: voice[name] for name in ("source", "record", "citation")}


def _sourced(model, **only: object):
    rows = model._default_manager.filter(**only).order_by("pk")
    return rows.select_related("source", "record__source")


def _site_name(asked: Asked, name) -> Json:
    return {
        "name": name.name,
        "language": stated(name.language),
        "kind": stated(name.kind),
        "when": days_of(name),
        **_told_by(asked, name),
    }


def _count(asked: Asked, count: GraveCount) -> Json:
    return {
        "category": count.category,
        "known": count.known,
        "unknown": count.unknown,
        "written": stated(count.written),
        "when": days_of(count),
        **_told_by(asked, count),
    }


def _rows_by_source(asked: Asked, found: Site) -> list[Json]:
    """Each source that lists dead of this site: how many rows, how many of them unnamed."""
    rows = Record.objects.filter(site=found).select_related("source").order_by("source_id", "pk")
    counts: dict[str | None, list[int]] = {}
    for record in rows.only("source", "is_named"):
        pair = counts.setdefault(asked.cite(record.source), [0, 0])
        pair[0] += 1
        pair[1] += not record.is_named
    return [{"source": one, "rows": rows, "unnamed": no} for one, (rows, no) in counts.items()]


@json_of("organisation")
def organisation(asked: Asked, key: str) -> Json:
    """A camp, mine, movement or unit: its names, and who was there when, by which source."""
    found = presence.organisation(key)
    if found is None:
        raise Http404
    names = presence.names_of(found)

    def there(page: list[Person]) -> list[Json]:
        return [
            {**person_ref(asked, one.person), "steps": [step_json(asked, s) for s in one.steps]}
            for one in presence.presences(found, names, page)
        ]

    return {
        **organisation_json(asked, found),
        "part_of": organisation_ref(asked, found.parent),
        "parts": [organisation_ref(asked, part) for part in found.parts.all()],
        "other_names": [
            {
                "name": name.name,
                "language": stated(name.language),
                "kind": stated(name.kind),
                "concluded": stated(name.concluded),
                "when": days_of(name),
                **_told_by(asked, name),
            }
            for name in names
        ],
        "events": [step_json(asked, step) for step in presence.events_of(found)],
        "persons": asked.paged(presence.members(found, names), PAGE, there),
    }


def organisation_json(asked: Asked, found: Organisation) -> Json:
    return {
        "id": asked.of(found),
        "key": found.key,
        "name": found.name,
        "organisation_kind": found.kind,
        "place": stated(found.place),
        "latitude": found.latitude,
        "longitude": found.longitude,
        "coordinates_from": stated(found.coord_source),
        "when": days_of(found),
        "remarks": stated(found.remarks),
        **_told_by(asked, found),
    }


@json_of("place")
def place(asked: Asked, slug: str) -> Json:
    """A place as sources write it: who died there, what happened, what of the register is there."""
    found = localities().get(slug)
    if found is None:
        raise Http404
    sites = Site.objects.filter(pk__in=found.sites)
    there = Organisation.objects.filter(pk__in=found.organisations)
    return {
        "name": found.name,
        "writings": sorted(found.writings),
        "deaths_stated": found.deaths,
        "sites": [site_ref(asked, one) for one in sites],
        "organisations": [organisation_ref(asked, one) for one in there],
        "happenings": _happenings(asked, entries_at(found)),
    }


@json_of("day")
def day(asked: Asked, edtf: str) -> Json:
    """A day, month or year: what a source puts there, then what is possible."""
    period = read_period(edtf)
    if period is None:
        raise Http404
    found = chronicle.entries_in(period)
    return {
        "edtf": period.edtf,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "known_by_a_longer_time": found.wider,
        "happenings": _happenings(asked, found.entries),
    }


def _happenings(asked: Asked, entries) -> Json:
    return asked.paged(entries, PAGE, lambda page: _told(asked, page))


def _told(asked: Asked, entries) -> list[Json]:
    return [
        {
            "grade": happening.grade,
            "persons": [person_ref(asked, person) for person in happening.persons],
            **step_json(asked, happening.step),
        }
        for happening in chronicle.told(entries)
    ]
