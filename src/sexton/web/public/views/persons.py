"""Persons: the list with its filters, and the page of each with all versions side by side."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sexton.web.public import given_names, versions
from sexton.web.register import labels, queries
from sexton.web.register.models import Membership, Person
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
    found = queries.with_records(Person.objects.filter(key=key)).first()
    if found is None:
        membership = get_object_or_404(Membership.objects.select_related("person"), record__key=key)
        return redirect(membership.person)
    members = list(found.memberships.all())
    records = [member.record for member in members]
    links, more_links = telling(queries.links_among(records))
    context = {
        "person": found,
        "members": members,
        "records": records,
        "rows": versions.side_by_side(records),
        "sites": queries.sites_of(found),
        "not_buried": [record for record in records if not record.is_burial],
        "links": links,
        "more_links": more_links,
        "site_names": queries.sites_by_key(),
        "findings": queries.findings_about(records),
        "given_names": given_names.given_names(found),
    }
    return render(request, "person.html", context)
