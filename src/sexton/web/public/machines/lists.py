"""JSON of the lists: sites, persons, organisations, sources, places, years; and of a search."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.places import organisation_json, site_json
from sexton.web.public.machines.values import person_ref, sentence, site_ref, source_json
from sexton.web.register import labels, queries
from sexton.web.register.lives import chronicle, presence
from sexton.web.register.lives.localities import Locality, localities, slug_of
from sexton.web.register.models import Membership, Organisation, Person, Site, Source
from sexton.web.research.search import Hit, find

LISTED = 100
LONGEST_QUERY = 200


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


@json_of("persons")
def persons(asked: Asked) -> Json:
    """All persons, or those of ``?name=``, ``?role=`` and ``?sources=``."""

    def tell(page: list[Person]) -> list[Json]:
        return [
            {
                **person_ref(asked, one),
                "records": [asked.of(member.record) for member in one.memberships.all()],
                "sites": [site_ref(asked, site) for site in queries.sites_of(one)],
            }
            for one in page
        ]

    return asked.paged(queries.with_records(_chosen(asked)), LISTED, tell)


def _chosen(asked: Asked) -> QuerySet[Person]:
    found = Person.objects.all()
    if (name := asked.value("name")) in {"named", "unnamed"}:
        found = found.filter(is_named=name == "named")
    if (role := asked.value("role")) in labels.ROLES:
        members = Membership.objects.filter(record__fields__role=role)
        found = found.filter(pk__in=members.values("person_id"))
    if asked.value("sources") == "several":
        found = found.filter(record_count__gt=1)
    return found


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
    """All sources, those with records first."""
    rows = Source.objects.annotate(
        record_total=Count("records", distinct=True), site_total=Count("sites", distinct=True)
    ).order_by("-record_total", "-site_total", "title", "key")

    def tell(page: list[Source]) -> list[Json]:
        return [
            {**source_json(asked, one), "records": one.record_total, "sites": one.site_total}
            for one in page
        ]

    return asked.paged(rows, LISTED, tell)


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


@json_of("search")
def search(asked: Asked) -> Json:
    """Who and what fits ``?q=``, the best first, and why."""
    query = " ".join(asked.value("q").replace("\x00", "").split())[:LONGEST_QUERY]
    if not query:
        return {"query": None, "more": False, "persons": [], "sites": []}
    found = find(query)
    return {
        "query": query,
        "more": found.more,
        "persons": [_hit(asked, hit) for hit in found.hits],
        "sites": [site_ref(asked, site) for site in found.sites],
    }


def _hit(asked: Asked, hit: Hit) -> Json:
    return {
        **person_ref(asked, hit.person),
        "bits": round(hit.bits, 2),
        "reasons": [sentence(asked, reason) for reason in hit.reasons],
        "sites": [site_ref(asked, site) for site in hit.sites],
    }
