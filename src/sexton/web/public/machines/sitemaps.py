"""The site map: an index of parts, each page in every language, with the day it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sexton.web.public import inventory
from sexton.web.public.machines.addresses import address_of, base_of, in_language
from sexton.web.register.models import (
    Affiliation,
    Change,
    Membership,
    Organisation,
    Participant,
    Person,
    PersonName,
    Record,
    Site,
    Source,
)

PAGES = 5_000  # of a part, each in five languages: half of what a part may hold
TEXTS = "pages"
XML = "application/xml; charset=utf-8"
# What stands on a thing of a kind: a model, and the way from it to the thing's key.
STANDS_ON = {
    "site": ((Site, "key"),),
    "organisation": ((Organisation, "key"),),
    "source": ((Source, "key"),),
    "record": ((Record, "key"), (Membership, "record__key")),
    "person": (
        (Person, "key"), (Membership, "person__key"), (PersonName, "person__key"),
        (Affiliation, "person__key"), (Participant, "person__key"),
    ),
}  # fmt: skip
CLOSED = ("steward/", "workbench/", "account/", "search/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is not for crawlers: the desk, the workbench, accounts, and answers to a question."""
    roots = [in_language("/", code) for code, _ in settings.LANGUAGES]
    lines = [f"Disallow: {root}{closed}" for root in roots for closed in CLOSED]
    lines.append("Disallow: /*/changes.atom")  # for those who follow a thing; dear to make
    lines.append(f"\nSitemap: {base_of(request)}{address_of('sitemap')}\n")
    return HttpResponse("\n".join(["User-agent: *", *lines]), content_type="text/plain")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The parts of the site map."""
    base = base_of(request)
    parts = [
        f"<sitemap><loc>{escape(base + address_of('sitemap-part', kind, number))}</loc></sitemap>"
        for kind in (TEXTS, *inventory.KINDS)
        for number in range(1, _parts(kind) + 1)
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    body = "\n".join(parts)
    return HttpResponse(
        f"{head}<sitemapindex {space}>\n{body}\n</sitemapindex>\n", content_type=XML
    )


def _parts(kind: str) -> int:
    number = 1 if kind == TEXTS else sum(1 for _ in inventory.KINDS[kind]())
    return -(-number // PAGES)


@require_safe
def part(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:
    """The pages of one part, written as they are read."""
    if kind != TEXTS and kind not in inventory.KINDS:
        raise Http404
    pages = list(_pages(kind, number))
    if not pages:
        raise Http404
    return StreamingHttpResponse(_written(base_of(request), pages), content_type=XML)


def _pages(kind: str, number: int) -> Iterable[tuple[str, date | None]]:
    """Addresses in English, with the day of the last change where it is known."""
    if kind == TEXTS:
        names = (*inventory.LISTS, *inventory.TEXTS) if number == 1 else ()
        return [(address_of(name), None) for name in names]
    start = (number - 1) * PAGES
    keys = list(islice(inventory.KINDS[kind](), max(start, 0), start + PAGES)) if start >= 0 else []
    days = _days(kind, keys)
    with override(settings.LANGUAGE_CODE):
        return [(address_of(kind, key), days.get(key)) for key in keys]


def _days(kind: str, keys: Sequence[str]) -> dict[str, date]:
    """Key to the day on which the thing, or what stands on it, last changed."""
    if not keys:
        return {}
    newest: dict[str, int] = {}
    for model, way in STANDS_ON.get(kind, ()):
        rows = model._default_manager.filter(**{f"{way}__gte": keys[0], f"{way}__lte": keys[-1]})
        for key, change in rows.order_by().values_list(way).annotate(Max("change_id")):
            newest[key] = max(change, newest.get(key, 0))
    days = {
        pk: timezone.localdate(at)
        for pk, at in Change.objects.filter(pk__in=set(newest.values())).values_list("pk", "at")
    }
    return {key: days[change] for key, change in newest.items()}


def _written(base: str, pages: Iterable[tuple[str, date | None]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    yield 'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    codes = [code for code, _ in settings.LANGUAGES]
    for path, day in pages:
        addresses = {
            code: escape(base + in_language(path, code), {'"': "&quot;"}) for code in codes
        }
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in {**addresses, "x-default": addresses["en"]}.items()
        )
        when = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{when}{others}</url>\n"
    yield "</urlset>\n"
