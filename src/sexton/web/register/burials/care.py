"""Who owns a site and who looks after it, by whom, and what is claimed of the site besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet

from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Claim, Organisation, Site
from sexton.web.register.prepared import Prepared

RELATIONS = ("owner", "caretaker")


@dataclass(frozen=True, slots=True)
class Keeper:
    """An owner or caretaker; ``claim`` is what a source says of it, where one does."""

    relation: str
    organisation: Organisation | None
    claim: Claim | None
    voice: Voice


def of(site: Site) -> Sequence[Keeper]:
    """Owners, then caretakers: those that sources claim, and the register's own where none does."""
    found = []
    for claim in _claims_on(site.pk):
        body = Organisation(pk=claim.body, key=claim.read, name=claim.body_name)
        known = body if claim.body else None
        found.append(Keeper(claim.property, known, claim, Voice.of_claim(claim)))
    for relation, body in (("owner", site.owner), ("caretaker", site.caretaker)):
        if body and all((one.relation, one.organisation) != (relation, body) for one in found):
            found.append(Keeper(relation, body, None, Voice()))
    return sorted(found, key=lambda one: RELATIONS.index(one.relation))


@Prepared
def _claims_on(site: int) -> QuerySet[Claim]:
    named = Organisation.objects.filter(key=OuterRef("read"))
    rows = Claim.objects.filter(site=site, property__in=RELATIONS).select_related("source")
    rows = rows.annotate(body=named.values("pk")[:1], body_name=named.values("name")[:1])
    return rows.order_by("pk")
