"""The first page: what this is, a search box, figures with their owners, the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.public import maps
from sexton.web.register import auditing, queries
from sexton.web.register.models import Site, Statement

STATEMENTS_SHOWN = 6


def home(request: HttpRequest) -> HttpResponse:
    stated = Statement.objects.filter(site=None).exclude(low=None).order_by("-stated_on", "id")
    context = {
        "figures": queries.figures(),
        "changed_at": queries.changed_at(),
        "audited_at": auditing.last_run(),
        "statements": stated.select_related("source")[:STATEMENTS_SHOWN],
        "map": maps.draw(Site.objects.all(), queries.persons_by_site()),
    }
    return render(request, "home.html", context)
