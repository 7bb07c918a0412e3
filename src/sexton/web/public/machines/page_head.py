"""The head of a page for machines, as its template needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from sexton.web.public.machines.addresses import Uris, in_language, neutral, public_base
from sexton.web.public.machines.heads import head_for
from sexton.web.public.machines.kinds import REPRESENTATIONS, shown_by
from sexton.web.public.machines.linked import breadcrumbs, graph
from sexton.web.public.machines.representations import is_page

# Of a query that is no page of a list only this is part of what the page is.
KEPT = ("page",)
LOCALES = {"en": "en_GB", "fr": "fr_BE", "nl": "nl_BE", "de": "de_DE", "ru": "ru_RU"}
LONGEST = 300
# They end a script element, or open a comment in it; JSON may write them otherwise.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026",
            0x2028: "\\u2028", 0x2029: "\\u2029"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageHead:
    """What ``_machine.html`` writes into the head of a page."""

    description: str
    canonical: str
    alternates: list[tuple[str, str]]
    type: str
    locale: str
    other_locales: list[str]
    json: str
    feeds: list[str]
    linked: SafeString | str
    indexed: bool


def page_head(context: Mapping[str, Any], title: str) -> PageHead | None:
    """The head of the page that ``context`` draws; None for pages that are not public."""
    request, kind = context.get("request"), shown_by(context)
    if request is None or not is_page(kind) or context.get("failed"):
        return None
    uris = Uris(public_base())
    head = head_for(kind, context, uris)
    own = neutral(request.path)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    query = f"?{urlencode(kept)}" if kept else ""
    language = get_language() or settings.LANGUAGE_CODE
    here = in_language(own, language)
    return PageHead(
        description=_short(head.description),
        canonical=uris.base + here + query,
        alternates=[
            *((code, uris.base + in_language(own, code) + query) for code, _ in settings.LANGUAGES),
            ("x-default", uris.base + own + query),
        ],
        type=head.type,
        locale=LOCALES.get(language, to_locale(language)),
        other_locales=[LOCALES[code] for code in LOCALES if code != language],
        json=_as_json(request) if kind in REPRESENTATIONS else "",
        feeds=[f"{here}changes.atom"] if head.feed else [],
        linked=_block([*head.linked, *breadcrumbs(uris, _crumbs(head, title, here))]),
        indexed=kind != "search",
    )


def _crumbs(head: Any, title: str, here: str) -> list[tuple[str, str]]:
    return [*head.crumbs, (title, here)] if head.crumbs else []


def _as_json(request: Any) -> str:
    query = request.GET.copy()
    query["format"] = "json"
    return f"?{query.urlencode()}"


def _block(nodes: list[Any]) -> SafeString | str:
    """Linked data that can stand in a script element, whatever texts it holds."""
    if not nodes:
        return ""
    text = json.dumps(graph(nodes), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPED))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
