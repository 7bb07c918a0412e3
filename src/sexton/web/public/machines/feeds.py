"""Feeds of changes (Atom): of the register, and of each site, source and person.

What changed, when and why; who did it is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import condition, require_safe

from sexton.web.public.machines.addresses import base_of, neutral
from sexton.web.register.changed import Told, concerning, latest
from sexton.web.register.model_names import MODELS
from sexton.web.register.models import Change, Person, Site, Source
from sexton.web.register.models.base import Versioned

CONTENT = "application/atom+xml; charset=utf-8"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def _last() -> Change | None:
    return Change.objects.order_by("-pk").first()


def _etag(request: HttpRequest, key: str = "") -> str:
    last = _last()
    return f'"{last.pk if last else 0}-{get_language()}"'


def _modified(request: HttpRequest, key: str = "") -> datetime | None:
    last = _last()
    return last.at if last else None


@require_safe
@condition(etag_func=_etag, last_modified_func=_modified)
def register_changes(request: HttpRequest) -> HttpResponse:
    title = gettext("Changes of the register")
    return _feed(request, f"Sexton: {title}", reverse("home"), latest())


@require_safe
@condition(etag_func=_etag, last_modified_func=_modified)
def person_changes(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Person, key=key)
    name = found.name if found.is_named and found.name else gettext("Unnamed")
    return _of(request, found, name)


@require_safe
@condition(etag_func=_etag, last_modified_func=_modified)
def site_changes(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Site, key=key)
    return _of(request, found, found.name_in(get_language() or "en"))


@require_safe
@condition(etag_func=_etag, last_modified_func=_modified)
def source_changes(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Source, key=key)
    return _of(request, found, str(found))


def _of(request: HttpRequest, thing: Versioned, name: str) -> HttpResponse:
    title = gettext("Changes: %(name)s") % {"name": name}
    return _feed(request, title, thing.get_absolute_url(), concerning(thing))  # type: ignore[attr-defined]


def _feed(request: HttpRequest, title: str, page: str, changes: Sequence[Told]) -> HttpResponse:
    base = base_of(request)
    feed = _Feed(
        title=title,
        link=base + page,
        feed_url=base + request.path,
        feed_guid=base + neutral(request.path),
        description="",
        language=get_language(),
        author_name="Sexton",
    )
    for told in changes:
        feed.add_item(
            title=told.reason or gettext("The register was changed"),
            link=base + page,
            description=in_words(told),
            updateddate=told.change.at,
            pubdate=told.change.at,
            # The number of a change is never given again, and the same in every language.
            unique_id=f"{base}{neutral(request.path)}#{told.change.pk}",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT)


class _Feed(Atom1Feed):
    """Without changes there is no time of the last one; that is no reason to name the present."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING


def in_words(told: Told) -> str:
    """What a change did: ``Persons: 3 added, 1 taken out. Claims: 2 changed.``"""
    return " ".join(
        f"{MODELS[kind][1]}: {', '.join(_number(deed, n) for deed, n in counts.items())}."
        for kind, counts in told.deeds.items()
        if counts
    )


def _number(deed: str, n: int) -> str:
    words = {
        "added": ngettext("%(n)d added", "%(n)d added", n),
        "changed": ngettext("%(n)d changed", "%(n)d changed", n),
        "taken_out": ngettext("%(n)d taken out", "%(n)d taken out", n),
    }
    return words[deed] % {"n": n}
