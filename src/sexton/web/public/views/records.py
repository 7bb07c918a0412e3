"""A record: the row as its source has it, and how it is read here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public import readings
from sexton.web.register import queries
from sexton.web.register.models import Record


def record(request: HttpRequest, key: str) -> HttpResponse:
    related = ("source", "site", "membership__person")
    found = get_object_or_404(Record.objects.select_related(*related), key=key)
    membership = getattr(found, "membership", None)
    context = {
        "record": found,
        "person": membership.person if membership else None,
        "fields": readings.of_record(found),
        "extra": sorted(found.extra.items()),
        "site_names": queries.sites_by_key(),
        "findings": queries.findings_about([found]),
    }
    return render(request, "record.html", context)
