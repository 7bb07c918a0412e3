"""JSON of the printable register of a site: its dead in their order, each with what is said."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import (
    aspect_json,
    grave_ref,
    person_ref,
    site_ref,
    stated,
    voice_json,
)
from sexton.web.register.burials import dead
from sexton.web.register.models import Site

PART = 250  # as many as a printed part


@json_of("register")
def register(asked: Asked, key: str) -> Json:
    """All dead of a site in parts: names, dates and graves by every source that gives them."""
    site = get_object_or_404(Site.objects.select_related("source"), key=key)
    roll = dead.roll(site)
    return {
        "site": site_ref(asked, site),
        "source": asked.cite(site.source),
        "csv": asked.named("register-table", site.key),
        "groups": roll.numbers(),
        "persons": asked.paged(
            roll.ids,
            PART,
            lambda page: [_row(asked, one) for one in dead.told(site, roll, page)],
        ),
    }


def _row(asked: Asked, one: dead.Dead) -> Json:
    return {
        **person_ref(asked, one.person),
        "group": one.group,
        "forms": [
            {
                "written": form.text,
                "language": stated(form.language),
                "kind": form.kind,
                "basis": stated(form.basis),
                "said_by": [voice_json(asked, voice) for voice in form.voices],
            }
            for form in one.forms
        ],
        "birth": aspect_json(asked, one.born),
        "death": aspect_json(asked, one.died),
        "graves": [
            {
                "grave": grave_ref(asked, place.grave) if place.grave else None,
                "reburied_at": site_ref(asked, place.moved),
                "said_by": [voice_json(asked, voice) for voice in place.voices],
            }
            for place in one.places
        ],
        "said_by": [voice_json(asked, voice) for voice in one.voices],
    }
