"""Statements: dated numbers side by side, with who said them."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.register.models import Statement


def statement_list(request: HttpRequest) -> HttpResponse:
    """All statements, grouped by what they are about."""
    ordered = Statement.objects.select_related("source", "site").order_by(
        "subject", "measure", "stated_on", "id"
    )
    groups = [(subject, list(rows)) for subject, rows in groupby(ordered, lambda s: s.subject)]
    return render(request, "statements.html", {"groups": groups})
