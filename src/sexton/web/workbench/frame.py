"""What stands above every page of a case: who it is about, how far it is, where else to go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sexton.records.simulated import is_simulated
from sexton.web.accounts.rights import may
from sexton.web.cases.models import Case
from sexton.web.cases.naming import as_list_record

# The parts of a case: name of the address, what it is called.
PARTS = (
    ("case", _("Who is he?")),
    ("case-clues", _("Clues and searches")),
    ("case-letters", _("Letters")),
    ("case-decisions", _("Decisions")),
    ("case-history", _("History")),
)


def show(
    request: HttpRequest,
    case: Case,
    template: str,
    here: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page of a case; ``here`` is the part of it that this is (a name of ``PARTS``)."""
    frame = {
        "case": case,
        "record": case.record,
        "simulated": is_simulated(as_list_record(case.record)),
        "parts": [(name, title, reverse(name, args=[case.key])) for name, title in PARTS],
        "here": here,
        "may": {
            action: may(request.user, action, case)
            for action in ("work_cases", "assess", "decide_cases")
        },
    }
    return render(request, template, {**frame, **context}, status=status)
