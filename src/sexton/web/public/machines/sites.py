"""JSON of a site."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone

from sexton.web.public import photographs
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.graves import (
    counts_json,
    grave_json,
    memorials_json,
    sourced,
    story_json,
)
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.pictures import pictures_json
from sexton.web.public.machines.values import (
    claim_json,
    days_of,
    findings_json,
    organisation_ref,
    person_ref,
    site_ref,
    stated,
    statements_json,
    told_by,
)
from sexton.web.register import queries
from sexton.web.register.burials import care, counts, dead, events
from sexton.web.register.burials import graves as lying
from sexton.web.register.models import (
    Person,
    Site,
)

PAGE, GRAVES = 100, 100


@json_of("site")
def site(asked: Asked, key: str) -> Json:
    """A site: what sources state of it, what stands there, and its dead page by page.

    ``?of=`` lists one group of them.
    """
    related = ("source", "owner", "caretaker")
    found = get_object_or_404(Site.objects.select_related(*related), key=key)
    roll = dead.roll(found)
    here = lying.graves_of(found).select_related("source", "record__source")
    first = list(here[: GRAVES + 1])
    return {
        **site_json(asked, found),
        "owner": organisation_ref(asked, found.owner),
        "caretaker": organisation_ref(asked, found.caretaker),
        "care": [_keeper(asked, one) for one in care.of(found)],
        "other_names": [_site_name(asked, one) for one in sourced(found.other_names.all())],
        "graves": [grave_json(asked, grave) for grave in first[:GRAVES]],
        "graves_left_out": here.count() - GRAVES if len(first) > GRAVES else 0,
        "all_graves": asked.named("graves", found.key) if first else None,
        "memorials": memorials_json(asked, sourced(found.memorials.select_related("site"))),
        "pictures": pictures_json(asked, photographs.pictures(*photographs.at_site(found))),
        "counts": counts_json(asked, found.counts.filter(grave=None)),
        "rows_by_source": [
            {"source": asked.cite(one.source), "rows": one.rows, "unnamed": one.unnamed}
            for one in counts.rows_by_source(roll)
        ],
        "statements": statements_json(asked, found.statements.select_related("source")),
        "findings": findings_json(asked, queries.findings_at(found)),
        **_happened(asked, found),
        "register": asked.named("register", found.key),
        "groups": roll.numbers(),
        "persons": asked.paged(
            roll.of(asked.value("of")), PAGE, lambda page: _of_roll(asked, roll, page)
        ),
    }


def _of_roll(asked: Asked, roll: dead.Roll, page: list[int]) -> list[Json]:
    """The dead of a page with their group: named, restored, unnamed."""
    persons = Person.objects.in_bulk(page)
    return [
        {**person_ref(asked, persons[pk]), "group": roll.groups[pk]} for pk in page if pk in persons
    ]


def _keeper(asked: Asked, one: care.Keeper) -> Json:
    """An owner or caretaker, and what a source claims of it, where one does."""
    return {
        "relation": one.relation,
        "organisation": organisation_ref(asked, one.organisation),
        "claim": claim_json(asked, one.claim) if one.claim else None,
    }


def _happened(asked: Asked, found: Site) -> Json:
    """What happened there, and its ceremonies: those from today on, and the others."""
    told = events.at_site(found, timezone.localdate())
    return {
        "history": story_json(asked, told.history),
        "history_left_out": told.history.left,
        "ceremonies_to_come": story_json(asked, told.coming),
        "ceremonies": story_json(asked, told.past),
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


def _site_name(asked: Asked, name) -> Json:
    return {
        "name": name.name,
        "language": stated(name.language),
        "kind": stated(name.kind),
        "when": days_of(name),
        **told_by(asked, name),
    }
