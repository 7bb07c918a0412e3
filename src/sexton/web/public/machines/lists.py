"""JSON of the lists: sites, organisations, sources, places, years."""

from __future__ import annotations

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.organisations import organisation_json
from sexton.web.public.machines.sites import site_json
from sexton.web.public.machines.values import source_json
from sexton.web.public.views import sources as sources_view
from sexton.web.register import labels, queries
from sexton.web.register.lives import chronicle, presence
from sexton.web.register.lives.localities import Locality, localities, slug_of
from sexton.web.register.models import Organisation, Site, Source

LISTED = 100


@json_of("sites")
def sites(asked: Asked) -> Json:
    """All sites, or those of ``?province=``, with the number of persons of each."""
    rows = Site.objects.select_related("source")
    if province := asked.value("province"):
        rows = rows.filter(province=province)
    persons = queries.persons_by_site()

    def tell(page: list[Site]) -> list[Json]:
        return [{**site_json(asked, one), "persons": persons.get(one.pk, 0)} for one in page]

    return asked.paged(rows, LISTED, tell)


@json_of("organisations")
def organisations(asked: Asked) -> Json:
    """All organisations, or those of one ``?kind=``, with the number of persons of each."""
    rows = Organisation.objects.select_related("source", "record__source")
    if (kind := asked.value("kind")) in labels.ORGANISATION_KINDS:
        rows = rows.filter(kind=kind)
    numbers = presence.numbers_of_members()

    def tell(page: list[Organisation]) -> list[Json]:
        return [
            {**organisation_json(asked, one), "persons": numbers.get(one.pk, 0)} for one in page
        ]

    return asked.paged(rows.order_by("kind", "name", "key"), LISTED, tell)


@json_of("sources")
def sources(asked: Asked) -> Json:
    """All sources, or those of ``?language=``, ``?kind=`` and ``?read=``, by ``?sort=``."""
    numbers = sources_view.numbers_by_key()
    listed = sources_view.listed(asked.request.GET, numbers)

    def tell(page: list[Source]) -> list[Json]:
        return [
            {**source_json(asked, one), "numbers": dict(numbers.get(one.key, {}))} for one in page
        ]

    return asked.paged(listed, LISTED, tell)


@json_of("places")
def places(asked: Asked) -> Json:
    """All places, or those whose name holds ``?name=``."""
    wanted = slug_of(asked.value("name"))
    found = [place for slug, place in localities().items() if wanted in slug]

    def tell(page: list[Locality]) -> list[Json]:
        return [
            {
                "id": asked.named("place", one.slug),
                "name": one.name,
                "writings": sorted(one.writings),
                "deaths_stated": one.deaths,
                "sites": len(one.sites),
                "organisations": len(one.organisations),
            }
            for one in page
        ]

    return asked.paged(found, LISTED, tell)


@json_of("days")
def days(asked: Asked) -> Json:
    """The years of which a source says that somebody died in them."""
    years = list(chronicle.numbers_by_year().items())

    def tell(page: list[tuple[int, int]]) -> list[Json]:
        return [
            {"id": asked.named("day", str(year)), "edtf": f"{year:04}", "deaths_stated": number}
            for year, number in page
        ]

    return asked.paged(years, LISTED, tell)
