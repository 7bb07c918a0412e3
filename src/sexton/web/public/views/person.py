"""The page of a person, with all that each source says of him side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from sexton.web.public import citing, journeys, photographs, versions
from sexton.web.public.person import differing, forms, heading, papers, resting
from sexton.web.public.references import References
from sexton.web.public.templatetags.sexton import shown_name
from sexton.web.register import queries, surroundings
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import Membership, PairLink
from sexton.web.register.page import PersonPage, person_page
from sexton.web.register.simulated import any_never_lived
from sexton.web.research.evidence import DOUBTFUL, telling

IN_FULL = 5


def person(request: HttpRequest, key: str) -> HttpResponse:
    """A person; the key of any of their records leads there too."""
    page = person_page(key)
    if page is None:
        membership = get_object_or_404(Membership.objects.select_related("person"), record__key=key)
        return redirect(membership.person)
    return render(request, "person.html", _context(request, page))


def _context(request: HttpRequest, page: PersonPage) -> dict[str, object]:
    path = life_path(page)
    written = forms.forms_of(page.names, page.records)
    name = heading.name_for(page, written, get_language() or "en")
    title = name.text if page.person.is_named else shown_name(page.person)
    listed = papers.papers_of(page.members)
    company = _company(page)
    facts = heading.facts_of(path)
    context = {
        "person": page.person,
        "title": title,
        "name": name,
        "standing": heading.standing_on(page),
        "facts": facts,
        "not_stated": heading.not_stated(facts),
        "path": path,
        "journey": journeys.journey(path),
        "forms": written,
        "changes": forms.changes_of(page.names),
        "differences": differing.differences(path, page),
        "rows": versions.side_by_side(page.records),
        "members": page.members,
        "records": page.records,
        "simulated": any_never_lived(page.records),
        "not_buried": any(not record.is_burial for record in page.records),
        "papers_by_record": {paper.record.pk: paper for paper in listed},
        "documents": page.documents,
        "pictures": photographs.pictures(Q(person=page.person)) if page.has_images else [],
        "relations": page.relations,
        "has_company": bool(page.relations or company["in_events"] or company["in_graves"]),
        "citation": citing.citation(request, page.person, title),
        "qr_address": reverse("person-qr", args=[page.person.key]),
        **company,
        **_grave(page, written),
        **_evidence(page),
    }
    context["refs"] = _references(page, name, context)
    return context


def _grave(page: PersonPage, written: Sequence[forms.Form]) -> dict[str, object]:
    """Where he lies, and his name as it is cut and as it is read."""
    stone = [form for form in written if form.is_on_stone]
    read = [form for form in written if not form.is_written and not form.is_conjecture]
    return {
        "places": resting.places_of(page, timezone.localdate()),
        "cut": resting.cut_of(page.markings),
        "stone": stone,
        "read": read if stone else [],
    }


def _references(page: PersonPage, name: heading.Name, context: dict[str, Any]) -> References:
    """Who is numbered, in the order of the page; every record is, also one that says little."""
    voices = list(name.voices)
    for place in context["places"]:
        voices += place.heard
    voices += [one.voice for one in context["cut"]]
    voices += [voice for form in context["forms"] for voice in form.voices]
    rows = (*page.relations, *page.documents)
    last = [*map(Voice.of_row, rows), *(Voice(r.source, r) for r in page.records)]
    return References(context["path"], voices, last)


def _company(page: PersonPage) -> dict[str, object]:
    """Who was with him, and who stands beside him in the list of persons."""
    events = [part.event for part in page.events]
    graves = surroundings.graves_of(page.events, page.markings)
    before, after = surroundings.beside_by_name(page.person)
    return {
        "in_events": surroundings.in_events(page.person, events),
        "in_graves": surroundings.in_graves(page.person, graves),
        "before": before,
        "after": after,
    }


def _in_full(links: Sequence[PairLink]) -> list[tuple[PairLink, bool]]:
    """Pairs, and whether all their evidence is told: of many that agree, the sum says enough."""
    return [
        (link, position < IN_FULL or link.probability < DOUBTFUL)
        for position, link in enumerate(links)
    ]


def _evidence(page: PersonPage) -> dict[str, object]:
    """Why the records may be one man, and what the audit found in them."""
    pairs = queries.links_among(page.records) if len(page.records) > 1 else []
    links, more = telling(pairs)
    findings = queries.findings_about(page.records) if page.has_findings else []
    messages = [item["message"] for link in links for item in link.evidence]
    messages += [finding.message for finding in findings]
    known = [*page.sites, *(site for finding in findings for site in finding.sites.all())]
    return {
        "links": _in_full(links),
        "more_links": more,
        "findings": findings,
        "site_names": queries.site_names_in(messages, known),
    }
