"""All letters of the cases that somebody works on: reminders first, by state and language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sexton.web.cases import letters
from sexton.web.cases.letter_text import LANGUAGES
from sexton.web.cases.models import Letter
from sexton.web.register import labels
from sexton.web.workbench.access import at_work, cases_for
from sexton.web.workbench.clues.letter_views import stand
from sexton.web.workbench.clues.words import LETTER_STATES

ON_A_PAGE = 50


@at_work()
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``?state=…&language=…&q=…``: what there is not is not asked for."""
    today = timezone.localdate()
    own = Letter.objects.filter(case__in=cases_for(request.user))
    chosen = _chosen(request.GET)
    found = letters.waiting_first(_fitting(own, chosen), today).select_related("case__record")
    counted = letters.counts(own, today)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Letters"),
        "page": page,
        "letters": [(letter, stand(letter)) for letter in page],
        "counts": [(s, LETTER_STATES[s], counted[s]) for s in letters.STATES],
        "all": sum(counted.values()),
        "chosen": chosen,
        "languages": [(code, labels.LANGUAGES[code]) for code in LANGUAGES],
        "query": _query(chosen),
    }
    return render(request, "workbench/letters.html", context)


def _chosen(asked: QueryDict) -> dict[str, str]:
    state, language = asked.get("state", ""), asked.get("language", "")
    return {
        "state": state if state in letters.STATES else "",
        "language": language if language in LANGUAGES else "",
        "q": asked.get("q", "").replace("\x00", "").strip()[:100],
    }


def _fitting(own: Any, chosen: dict[str, str]) -> Any:
    found = letters.in_state(own, chosen["state"], timezone.localdate())
    if chosen["language"]:
        found = found.filter(language=chosen["language"])
    if text := chosen["q"]:
        held = Q(addressee__icontains=text) | Q(case__key__icontains=text)
        found = found.filter(held | Q(question__icontains=text))
    return found


def _query(chosen: dict[str, str]) -> str:
    """The filters as they stand in the addresses of further pages."""
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in chosen.items() if value})
    return asked.urlencode()
