"""JSON of persons and records."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from sexton.web.public import photographs, readings
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.pictures import documents_json, pictures_json
from sexton.web.public.machines.values import (
    claims_json,
    findings_json,
    person_ref,
    row_json,
    sentence,
    site_ref,
    stated,
    step_json,
    voice_json,
)
from sexton.web.register import queries
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import Claim, Membership, PairLink, PersonName, Record, Relation
from sexton.web.register.page import PersonPage, person_page
from sexton.web.research.evidence import telling


@json_of("person")
def person(asked: Asked, key: str) -> Json | HttpResponse:
    """All that is said of a person; the key of any of the records leads there too."""
    page = person_page(key)
    if page is None:
        return lead_on(asked, key)
    links, more = telling(queries.links_among(page.records))
    return {
        **person_ref(asked, page.person),
        "concluded_by": "engine",
        "sites": [site_ref(asked, site) for site in page.sites],
        "names": [name_json(asked, name) for name in page.names],
        "relations": [_relation(asked, relation) for relation in page.relations],
        "path": [step_json(asked, step) for step in life_path(page)],
        "claims": claims_json(asked, page.claims),
        "records": _members(asked, page),
        "documents": documents_json(asked, page.documents),
        "pictures": pictures_json(asked, photographs.pictures(Q(person=page.person))),
        "evidence": [_pair(asked, link) for link in links],
        "evidence_left_out": more,
        "findings": findings_json(asked, queries.findings_about(page.records)),
    }


def lead_on(asked: Asked, record_key: str) -> HttpResponse:
    """To the person of whom a record is held to speak, in the form that was asked for."""
    members = Membership.objects.select_related("person")
    person = get_object_or_404(members, record__key=record_key).person
    query = asked.request.GET.urlencode()
    return redirect(person.get_absolute_url() + (f"?{query}" if query else ""))


def name_json(asked: Asked, name: PersonName) -> Json:
    """A form of the name: what it is, how it is known, who gives it."""
    return {
        "written": name.written,
        "language": stated(name.language),
        "surname": stated(name.surname),
        "given": stated(name.given),
        "patronymic": stated(name.patronymic),
        "kind": name.kind,
        "basis": stated(name.basis),
        "edtf": stated(name.when_edtf),
        **voice_json(asked, Voice.of_row(name)),
    }


def _relation(asked: Asked, relation: Relation) -> Json:
    """Who somebody was to him. ``person_page`` gives none that is private; addresses stay here."""
    return {
        "kind": relation.kind,
        "person": asked.of(relation.other) if relation.other else None,
        "named": stated(relation.named),
        **voice_json(asked, Voice.of_row(relation)),
    }


def _members(asked: Asked, page: PersonPage) -> list[Json]:
    """The records, each with the probability with which the engine puts it here."""
    return [
        {**row_json(asked, member.record), "probability": round(member.probability, 4)}
        for member in page.members
    ]


def _pair(asked: Asked, link: PairLink) -> Json:
    """Two records that were compared, with the bits for and against and why."""
    return {
        "left": asked.of(link.left),
        "right": asked.of(link.right),
        "probability": round(link.probability, 4),
        "bits": round(link.weight, 2),
        "fields": [
            {
                "field": item["field"],
                "left": item["left"],
                "right": item["right"],
                "bits": round(item["bits"], 2),
                "sentence": sentence(asked, item["message"]),
            }
            for item in link.evidence
        ],
    }


@json_of("record")
def record(asked: Asked, key: str) -> Json:
    """A row of a source: as written, and as read here."""
    related = ("source", "site", "membership__person")
    found = get_object_or_404(Record.objects.select_related(*related), key=key)
    member = getattr(found, "membership", None)
    return {
        **row_json(asked, found),
        "person": person_ref(asked, member.person) if member else None,
        "probability": round(member.probability, 4) if member else None,
        "read": [
            {"field": row.field, "written": row.written, "understood": list(row.understood)}
            for row in readings.of_record(found)
        ],
        "claims": claims_json(asked, _own(found)),
        "findings": findings_json(asked, queries.findings_about([found])),
    }


def _own(found: Record) -> list[Claim]:
    """The claims of a record, which know their record and its source without another question."""
    claims = list(found.claims.order_by("pk"))
    for claim in claims:
        claim.record = found
    return claims
