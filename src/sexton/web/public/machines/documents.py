"""JSON-LD by itself, for programs that ask for it: the same nodes as in the head of the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from sexton.web.public.dumps import stored
from sexton.web.public.machines import linked
from sexton.web.public.machines.addresses import Uris
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.heads import LISTS, given_of
from sexton.web.public.machines.kinds import Json
from sexton.web.public.machines.persons import lead_on
from sexton.web.public.person.forms import forms_of
from sexton.web.register.lives import presence
from sexton.web.register.lives.localities import localities
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import Record, Site, Source
from sexton.web.register.page import person_page


def person(asked: Asked, key: str) -> list[Json] | HttpResponse:
    page = person_page(key)
    if page is None:
        return lead_on(asked, key)
    given = given_of(forms_of(page.names, page.records))
    return linked.person_nodes(asked, page.person, life_path(page), given, page.records)


def site(uris: Uris, key: str) -> list[Json]:
    return linked.site_nodes(
        uris, get_object_or_404(Site.objects.select_related("source"), key=key)
    )


def source(uris: Uris, key: str) -> list[Json]:
    return linked.source_nodes(uris, get_object_or_404(Source, key=key))


def record(uris: Uris, key: str) -> list[Json]:
    rows = Record.objects.select_related("source", "membership__person")
    found = get_object_or_404(rows, key=key)
    member = getattr(found, "membership", None)
    return linked.record_nodes(uris, found, member.person if member else None)


def organisation(uris: Uris, key: str) -> list[Json]:
    found = presence.organisation(key)
    if found is None:
        raise Http404
    events = presence.events_of(found)
    return linked.organisation_nodes(uris, found, presence.names_of(found), events)


def place(uris: Uris, slug: str) -> list[Json]:
    found = localities().get(slug)
    if found is None:
        raise Http404
    return linked.place_nodes(uris, uris.named("place", slug), found.name)


def home(uris: Uris) -> list[Json]:
    name = gettext("A register of war graves")
    return linked.website_nodes(uris, f"Sexton · {name}", reverse("search"))


def data(uris: Uris) -> list[Json]:
    found = stored.latest()
    files = found[1]["files"] if found else []
    return linked.dataset_nodes(uris, str(LISTS["data"]), files)


DOCUMENTS: dict[str, Callable[..., list[Json] | HttpResponse]] = {
    "home": home,
    "data": data,
    "person": person,
    "site": site,
    "source": source,
    "record": record,
    "organisation": organisation,
    "place": place,
}
