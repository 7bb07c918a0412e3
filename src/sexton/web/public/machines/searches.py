"""JSON of a search and of the list of persons: who fits, why, and the filters with their counts.

It is of the public register alone: archives that a researcher may search are in no form of a page
for programs.
"""

from __future__ import annotations

from collections.abc import Iterable

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import (
    organisation_ref,
    person_ref,
    sentence,
    site_ref,
    stated,
)
from sexton.web.register import queries
from sexton.web.register.models import Person
from sexton.web.research.filters import WHOLE, Chosen, Facet, facets, fitting
from sexton.web.research.hits import Hit
from sexton.web.research.leading_on import near
from sexton.web.research.search import Also, Result, find
from sexton.web.research.views import asked_for

LISTED = 100


@json_of("persons")
def persons(asked: Asked) -> Json:
    """All persons, or those who fit the filters."""
    chosen = Chosen.of(asked.request.GET)

    def tell(page: list[int]) -> list[Json]:
        found = Person.objects.filter(pk__in=page)
        return [
            {
                **person_ref(asked, one),
                "records": [asked.of(member.record) for member in one.memberships.all()],
                "sites": [site_ref(asked, site) for site in queries.sites_of(one)],
            }
            for one in queries.with_records(found)
        ]

    whole = asked.value(WHOLE)
    return {
        **asked.paged(fitting(chosen), LISTED, tell),
        "filters": filters_json(chosen),
        "facets": _facets(facets(chosen, **{WHOLE: whole})),
    }


@json_of("search")
def search(asked: Asked) -> Json:
    """Who answers ``?q=`` and fits the filters, the best first, and why; what else it names."""
    query, chosen = asked_for(asked.request), Chosen.of(asked.request.GET)
    if not query:
        nobody = asked.paged([], LISTED, list)
        return _told(asked, Also()) | _nothing(chosen) | {"query": None, "persons": nobody}
    result = find(query, chosen, asked.value("page") or 1)
    page = asked.page_of(result.page.paginator)
    return {
        **_told(asked, result.also),
        "query": query,
        "filters": filters_json(chosen),
        "facets": _facets(result.facets(**{WHOLE: asked.value(WHOLE)})) if result.narrows else [],
        "without_filters": result.without_filters,
        "is_weak": result.is_weak,
        "near": [one.query for one in near(query)] if _is_little(result) else [],
        "persons": asked.told_page(page, [_hit(asked, hit) for hit in result.hits]),
    }


def _nothing(chosen: Chosen) -> Json:
    """What there is to say before anything is asked."""
    empty: Json = {"facets": [], "without_filters": 0, "is_weak": False, "near": []}
    return {**empty, "filters": filters_json(chosen)}


def _is_little(result: Result) -> bool:
    return not (result.without_filters or result.sites)


def _told(asked: Asked, also: Also) -> Json:
    """What the query names beside persons."""
    return {
        "sites": [site_ref(asked, site) for site in also.sites],
        "sites_left_out": also.more_sites,
        "organisations": [organisation_ref(asked, one) for one in also.organisations],
        "places": [{"id": asked.named("place", one.slug), "name": one.name} for one in also.places],
        "days": [{"id": asked.named("day", one.edtf), "edtf": one.edtf} for one in also.days],
    }


def _hit(asked: Asked, hit: Hit) -> Json:
    return {
        **person_ref(asked, hit.person),
        "bits": round(hit.bits, 2),
        "reasons": [sentence(asked, reason) for reason in hit.reasons],
        "standing": list(hit.standing.codes),
        "forms": [
            {
                "written": form.text,
                "language": stated(form.language),
                "sources": form.sources,
                "kind": stated(form.kind),
                "basis": stated(form.basis),
            }
            for form in hit.forms
        ],
        "forms_left_out": hit.more_forms,
        "sources_number": hit.sources,
        "births": list(hit.births),
        "deaths": list(hit.deaths),
        "sites": [site_ref(asked, site) for site in hit.sites],
    }


def filters_json(chosen: Chosen) -> Json:
    """What is chosen: facet to values."""
    return {facet: list(values) for facet, values in chosen.values.items()}


def _facets(listed: Iterable[Facet]) -> list[Json]:
    """The facets; ``?all=`` names the one of which all values are told."""
    return [
        {
            "name": facet.name,
            "title": str(facet.title),
            "values": [
                {
                    "value": one.value,
                    "words": str(one.words),
                    "persons": one.count,
                    "chosen": one.is_chosen,
                }
                for one in facet.values
            ],
            "values_left_out": facet.hidden,
        }
        for facet in listed
    ]
