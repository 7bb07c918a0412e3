"""The list of persons with its filters."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.register import queries
from sexton.web.register.models import Person
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
