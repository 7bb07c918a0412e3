"""The register of a site to print, and the same table as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public.elsewhere import whole_address
from sexton.web.public.footnotes import Footnotes
from sexton.web.public.templatetags.sexton import grave_words
from sexton.web.register import queries
from sexton.web.register.burials import dead
from sexton.web.register.lives.accounts import Aspect, Voice
from sexton.web.register.models import Change, Site, Source

PART = 250  # rows of one part: printed for itself, and light enough for an old phone
AT_ONCE = 500
COLUMNS = (
    "number", "id", "group", "names", "birth", "death", "grave", "reburied_at", "sources",
    "address",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r")


def printable(request: HttpRequest, key: str) -> HttpResponse:
    """All dead of a site as a table for paper; thousands in parts, their numbers going on."""
    site = get_object_or_404(Site.objects.select_related("source"), key=key)
    roll = dead.roll(site)
    page = Paginator(roll.ids, PART).get_page(request.GET.get("page"))
    latest = Change.objects.order_by("-pk").first()
    context = {
        "site": site,
        "own": Voice(site.source),
        "page": page,
        "dead": dead.told(site, roll, list(page)),
        "start": page.start_index() or 1,
        "numbers": roll.numbers(),
        "all_dead": len(roll.ids),
        "foot": Footnotes(),
        "latest": latest,
        "changed_at": queries.changed_at(),
        "address": whole_address(request, site.get_absolute_url()),
    }
    return render(request, "register.html", context)


def table(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The same table as CSV, a row as soon as it is known."""
    site = get_object_or_404(Site, key=key)
    writer = csv.writer(_Echo())
    lines = (writer.writerow(row) for row in _rows(request, site))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{site.key}.csv"'
    return response


class _Echo:
    """A file for the CSV writer that gives each line back."""

    def write(self, line: str) -> str:
        return line


def _rows(request: HttpRequest, site: Site) -> Iterator[Iterable[object]]:
    yield COLUMNS
    roll = dead.roll(site)
    for start in range(0, len(roll.ids), AT_ONCE):
        some = roll.ids[start : start + AT_ONCE]
        for number, one in enumerate(dead.told(site, roll, some), start=start + 1):
            address = whole_address(request, one.person.get_absolute_url())
            cells = (*_said(one), address)
            yield (number, one.person.key, one.group, *map(_harmless, cells))


def _said(one: dead.Dead) -> tuple[str, ...]:
    """What the list says of one of the dead, as text: every form, every date as written."""
    moved = [place.moved.name_in("en") for place in one.places if place.moved]
    voices = [*one.voices, *(voice for form in one.forms for voice in form.voices)]
    voices += [voice for place in one.places for voice in place.voices]
    return (
        " | ".join(_form(form) for form in one.forms),
        _written(one.born),
        _written(one.died),
        " | ".join(grave_words(p.grave) or p.grave.key for p in one.places if p.grave),
        " | ".join(moved),
        " | ".join(dict.fromkeys(_source(voice.source) for voice in voices if voice.source)),
    )


def _form(form: dead.Form) -> str:
    return f"{form.text} ({form.basis})" if form.basis == "conjecture" else form.text


def _written(aspect: Aspect) -> str:
    """The accounts of a date as written; one that is disproven is marked."""
    return " | ".join(
        f"{account.said.text} (disproven)" if account.disproven else account.said.text
        for account in aspect.alternatives
    )


def _source(source: Source) -> str:
    return source.url or source.title or source.key


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text
