"""Persons: the list with its filters, and the page of each with all versions side by side."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sexton.web.public import versions
from sexton.web.public.given_names import given_names
from sexton.web.public.references import References
from sexton.web.register import queries
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import Membership, Person
from sexton.web.register.page import person_page
from sexton.web.research.evidence import telling
from sexton.web.research.filters import WHOLE, Chosen, facets, fitting, shown_as_chosen

PAGE = 50


def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody, or those who fit the filters; one page of them is read."""
    chosen = Chosen.of(request.GET)
    page = Paginator(fitting(chosen), PAGE).get_page(request.GET.get("page"))
    found = queries.with_records(Person.objects.filter(pk__in=list(page)))
    context = {
        "page": page,
        "rows": [(person, queries.sites_of(person)) for person in found],
        "chosen": shown_as_chosen(chosen),
        "facets": facets(chosen, **{WHOLE: request.GET.get(WHOLE, "")}),
        "unfiltered": "",
        "query": chosen.query(),
    }
    return render(request, "persons.html", context)


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
