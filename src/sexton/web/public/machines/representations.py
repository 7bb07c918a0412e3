"""From a kind of page to its JSON: the envelope, and JSON-LD of the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from sexton.web.public import inventory
from sexton.web.public.machines import (
    graves,  # noqa: F401  (what they register)
    happenings,  # noqa: F401
    heads,  # noqa: F401
    lists,  # noqa: F401
    map,  # noqa: F401
    numbers,  # noqa: F401
    organisations,  # noqa: F401
    persons,  # noqa: F401
    registers,  # noqa: F401
    searches,  # noqa: F401
    sites,  # noqa: F401
    sources,  # noqa: F401
    texts,  # noqa: F401
)
from sexton.web.public.machines.addresses import neutral
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.documents import DOCUMENTS
from sexton.web.public.machines.forms import LINKED
from sexton.web.public.machines.kinds import REPRESENTATIONS, Json
from sexton.web.public.machines.licence import LICENCE
from sexton.web.public.machines.linked import graph
from sexton.web.public.machines.values import moment, source_json
from sexton.web.register import queries

ANSWERS = ("search",)  # pages that are no part of the inventory
DUMPS = {"ensure_ascii": False, "separators": (",", ":")}


def is_page(name: str | None) -> bool:
    """Whether an address is that of a public page."""
    return name in REPRESENTATIONS or name in inventory.kinds() or name in ANSWERS


def offers(name: str | None, form: str) -> bool:
    """Whether a kind of page is to be had in ``form``."""
    return name in (DOCUMENTS if form == LINKED else REPRESENTATIONS)


def answer(request: HttpRequest, form: str, name: str, kwargs: dict[str, Any]) -> HttpResponse:
    """The page as JSON or JSON-LD; what the function answers itself (a redirection) is kept."""
    asked = Asked(request)
    told = (DOCUMENTS if form == LINKED else REPRESENTATIONS)[name](asked, **kwargs)
    if isinstance(told, HttpResponse):
        return told
    whole = graph(told) if form == LINKED else envelope(asked, name, kwargs, told)
    response = JsonResponse(whole, json_dumps_params=DUMPS, content_type=form)
    if asked.asks_anew:
        response.headers["Cache-Control"] = "no-cache"
    return response


def envelope(asked: Asked, name: str, kwargs: dict[str, Any], told: Json) -> Json:
    """What every answer says beside what it is about."""
    own = neutral(reverse(name, kwargs=kwargs))
    query = asked.request.GET.copy()
    query.pop("format", None)
    changed = queries.changed_at()
    whole: Json = {
        "id": asked.base + own + (f"?{query.urlencode()}" if query else ""),
        "kind": name,
        "language": asked.language,
        "register_changed": moment(changed),
        "licence": LICENCE,
    }
    whole.update(told)
    whole["kind"] = name  # whatever kind of thing it is
    if asked.simulated:
        whole["simulated"] = True
    cited = sorted(asked.sources.values(), key=lambda source: source.key)
    whole["sources"] = [source_json(asked, source) for source in cited]
    return whole
