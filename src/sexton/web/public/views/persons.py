"""Persons: the list with its filters, and the page of each with all versions side by side."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sexton.web.public import journeys, versions
from sexton.web.public.given_names import given_names
from sexton.web.public.references import References
from sexton.web.register import labels, queries
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import Membership, Person
from sexton.web.register.page import person_page
from sexton.web.research.evidence import telling

PAGE = 50


def person_list(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("name", "role", "sources")}
    found = queries.with_records(_chosen(chosen))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(person, queries.sites_of(person)) for person in page],
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "roles": labels.ROLES,
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
    }
    return render(request, "persons.html", context)


def _chosen(chosen: dict[str, str]) -> QuerySet[Person]:
    persons = Person.objects.all()
    if chosen["name"] in {"named", "unnamed"}:
        persons = persons.filter(is_named=chosen["name"] == "named")
    if chosen["role"] in labels.ROLES:
        members = Membership.objects.filter(record__fields__role=chosen["role"])
        persons = persons.filter(pk__in=members.values("person_id"))
    if chosen["sources"] == "several":
        persons = persons.filter(record_count__gt=1)
    return persons


def person(request: HttpRequest, key: str) -> HttpResponse:
    """A person; the key of any of their records leads there too."""
    page = person_page(key)
    if page is None:
        membership = get_object_or_404(Membership.objects.select_related("person"), record__key=key)
        return redirect(membership.person)
    links, more_links = telling(queries.links_among(page.records))
    findings = queries.findings_about(page.records)
    path = life_path(page)
    context = {
        "person": page.person,
        "path": path,
        "journey": journeys.journey(path),
        "refs": References(path),
        "members": page.members,
        "records": page.records,
        "rows": versions.side_by_side(page.records),
        "sites": page.sites,
        "not_buried": [record for record in page.records if not record.is_burial],
        "links": links,
        "more_links": more_links,
        "site_names": queries.sites_by_key() if links or findings else {},
        "findings": findings,
        "given_names": given_names(page.names),
    }
    return render(request, "person.html", context)
