"""A record: the row as its source has it, and how it is read here."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.public import citing, readings
from sexton.web.public.person import papers
from sexton.web.public.templatetags.sexton import shown_name
from sexton.web.register import queries
from sexton.web.register.contact import CONTACT
from sexton.web.register.models import Finding, Record, Site
from sexton.web.register.prepared import Prepared
from sexton.web.register.simulated import never_lived


def record(request: HttpRequest, key: str) -> HttpResponse:
    """The record with this key, word for word."""
    found = _record.first(key)
    if found is None:
        raise Http404
    membership = getattr(found, "membership", None)
    findings = queries.findings_about([found]) if found.has_findings else []
    context = {
        "record": found,
        "simulated": never_lived(found),
        "person": membership.person if membership else None,
        "fields": readings.of_record(found),
        "extra": sorted((name, text) for name, text in found.extra.items() if name not in CONTACT),
        "keeps_back": any(found.extra.get(name) for name in CONTACT),
        "paper": papers.paper_of(found, membership.probability if membership else 0.0),
        "newer": found.replaced_by.first() if found.has_newer else None,
        "site_names": _site_names(found, findings),
        "findings": findings,
        "citation": citing.citation(request, found, shown_name(found)),
    }
    return render(request, "record.html", context)


@Prepared
def _record(key: str) -> QuerySet[Record]:
    """The record with a key, and whether there are findings about it and a newer one."""
    about = Finding.records.through.objects.filter(record=OuterRef("pk"))
    newer = Record.objects.filter(replaces=OuterRef("pk"))
    rows = Record.objects.select_related("source", "site", "membership__person", "replaces")
    return rows.annotate(has_findings=Exists(about), has_newer=Exists(newer)).filter(key=key)


def _site_names(record: Record, findings: Iterable[Finding]) -> dict[str, Site]:
    known = [site for finding in findings for site in finding.sites.all()]
    known += [record.site] if record.site else []
    return queries.site_names_in([finding.message for finding in findings], known)
