"""How the register is made, what is automatic, what it cannot do, and whose data it uses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.public import maps
from sexton.web.research.words import OTHERWISE, STEPS


def about(request: HttpRequest) -> HttpResponse:
    context = {
        "steps": [*(words for _, words in STEPS), OTHERWISE],
        "map_credit": maps.outline()["credit"],
    }
    return render(request, "about.html", context)
