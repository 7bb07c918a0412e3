"""The page of one record of an archive, for researchers: every cell as its list has it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sexton.records.simulated import is_simulated
from sexton.web.research import archives
from sexton.web.research.shelf import Trouble, shelf, troubles

NOT_FOUND = 404


@never_cache
@login_required
def archive_record(request: HttpRequest, name: str, digest: str, row: int) -> HttpResponse:
    """What is asked of who may not see it is not even looked up."""
    if not archives.may_search(request.user):
        raise PermissionDenied
    try:
        opened = shelf().open(name)
        with troubles(name):
            found = opened.row(digest, row)
    except Trouble as trouble:
        told = {"name": name, "trouble": archives.TROUBLES[trouble.kind]}
        return render(request, "archive_record.html", told, status=NOT_FOUND)
    if found is None:
        raise Http404
    entry, record = found
    context = {
        "name": name,
        "entry": entry,
        "record": record,
        "cells": archives.cells(record),
        "simulated": is_simulated(record),
        "language": record.fields.get("language", ""),
    }
    return render(request, "archive_record.html", context)
