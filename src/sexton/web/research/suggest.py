"""Suggestions while typing, as JSON for the script of the search box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sexton.web.register import queries
from sexton.web.register.lives.localities import localities
from sexton.web.register.models import Organisation, Person, Site
from sexton.web.research import suggestions
from sexton.web.research.suggestions import KINDS, Entry

MOST = 8
LONGEST_QUERY = 60
GROUPS: dict[str, Promise] = {
    "person": gettext_lazy("Persons"),
    "site": gettext_lazy("Sites"),
    "commune": gettext_lazy("Communes"),
    "camp": gettext_lazy("Camps"),
    "mine": gettext_lazy("Mines"),
    "organisation": gettext_lazy("Organisations"),
}
_YEAR = re.compile(r"(?<!\d)1[89]\d\d(?!\d)")


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """``groups`` of suggestions with what the page says of their number; the same for everybody."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    found = suggestions.find(query, MOST)
    groups = [
        {"label": str(GROUPS[kind]), "items": items}
        for kind in KINDS
        if (items := _items(kind, [entry for entry in found if entry[0] == kind]))
    ]
    count = sum(len(group["items"]) for group in groups)
    return JsonResponse({"q": query, "groups": groups, "said": _said(count)})


def _said(count: int) -> str:
    if not count:
        return _("No suggestions")
    return ngettext("%(count)d suggestion", "%(count)d suggestions", count) % {"count": count}


def _items(kind: str, entries: Iterable[Entry]) -> list[dict[str, str]]:
    keys = [key for _kind, key in entries]
    if not keys:
        return []
    rows = _ROWS[kind](keys)
    return [rows[key] for key in keys if key in rows]


def _persons(keys: list[Any]) -> dict[Any, dict[str, str]]:
    found = queries.with_records(Person.objects.filter(pk__in=keys, is_named=True))
    return {person.pk: _item(person.name, _of_person(person), person) for person in found}


def _of_person(person: Person) -> str:
    """The years that his records state, and where he lies."""
    records = [member.record for member in person.memberships.all()]
    told = []
    for column, words in (("birth_date", _("born %(year)s")), ("death_date", _("died %(year)s"))):
        years = [year for r in records for year in _YEAR.findall(r.fields.get(column, ""))]
        if years:
            told.append(words % {"year": " / ".join(dict.fromkeys(years))})
    sites = [site.name_in(get_language() or "en") for site in queries.sites_of(person)]
    return ", ".join([*told, *sites])


def _sites(keys: list[Any]) -> dict[Any, dict[str, str]]:
    found = Site.objects.filter(pk__in=keys)
    language = get_language() or "en"
    return {site.pk: _item(site.name_in(language), site.municipality, site) for site in found}


def _communes(keys: list[Any]) -> dict[Any, dict[str, str]]:
    known = localities()
    return {
        slug: {"label": known[slug].name, "hint": "", "url": reverse("place", args=[slug])}
        for slug in keys
        if slug in known
    }


def _organisations(keys: list[Any]) -> dict[Any, dict[str, str]]:
    found = Organisation.objects.filter(pk__in=keys)
    return {one.pk: _item(one.name, one.place, one) for one in found}


def _item(label: str, hint: str, row: Person | Site | Organisation) -> dict[str, str]:
    return {"label": label, "hint": hint, "url": row.get_absolute_url()}


_ROWS = {
    "person": _persons,
    "site": _sites,
    "commune": _communes,
    "camp": _organisations,
    "mine": _organisations,
    "organisation": _organisations,
}
