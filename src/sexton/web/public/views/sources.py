"""Sources: what each holds, how much of it was read, and what the register took from it."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.register.models import Source


def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, those with records first."""
    sources = Source.objects.annotate(
        record_total=Count("records", distinct=True),
        site_total=Count("sites", distinct=True),
    ).order_by("-record_total", "-site_total", "title", "key")
    return render(request, "sources.html", {"sources": sources})


def source(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Source, key=key)
    context = {
        "source": found,
        "records": found.records.select_related("site", "membership__person"),
        "sites": found.sites.all(),
        "statements": found.statements.all(),
    }
    return render(request, "source.html", context)
