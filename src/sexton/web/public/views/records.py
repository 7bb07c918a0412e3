"""A record: the row as its source has it, and how it is read here."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public import citing, readings
from sexton.web.public.person import papers
from sexton.web.public.templatetags.sexton import shown_name
from sexton.web.register import queries
from sexton.web.register.contact import CONTACT
from sexton.web.register.models import Finding, Record, Site


def record(request: HttpRequest, key: str) -> HttpResponse:
    """The record with this key, word for word."""
    related = ("source", "site", "membership__person", "replaces")
    found = get_object_or_404(Record.objects.select_related(*related), key=key)
    membership = getattr(found, "membership", None)
    findings = list(queries.findings_about([found]))
    context = {
        "record": found,
        "person": membership.person if membership else None,
        "fields": readings.of_record(found),
        "extra": sorted((name, text) for name, text in found.extra.items() if name not in CONTACT),
        "keeps_back": any(found.extra.get(name) for name in CONTACT),
        "paper": papers.paper_of(found, membership.probability if membership else 0.0),
        "newer": found.replaced_by.first(),
        "site_names": _site_names(found, findings),
        "findings": findings,
        "citation": citing.citation(request, found, shown_name(found)),
    }
    return render(request, "record.html", context)


def _site_names(record: Record, findings: Iterable[Finding]) -> dict[str, Site]:
    known = [site for finding in findings for site in finding.sites.all()]
    known += [record.site] if record.site else []
    return queries.site_names_in([finding.message for finding in findings], known)
