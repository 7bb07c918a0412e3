"""JSON of places and days: what happened there and then."""

from __future__ import annotations

from django.http import Http404

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import organisation_ref, person_ref, site_ref, step_json
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.localities import entries_at, localities
from sexton.web.register.lives.periods import read_period
from sexton.web.register.models import Organisation, Site

PAGE = 100


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
