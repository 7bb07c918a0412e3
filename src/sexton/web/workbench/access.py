"""Who may see a page of the workbench. Every view of it is made by one of these two decorators.

A view carries the action that it asks for as ``action``; a test tries each of them by each role.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of, may
from sexton.web.cases.models import Case

View = Callable[..., HttpResponse]
WORK = "work_cases"


def at_work(action: str = WORK) -> Callable[[View], View]:
    """A page of the workbench at large, for who may do ``action`` anywhere.

    What it shows of single cases it takes from ``cases_for``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _known(guarded, action)

    return decorate


def on_case(action: str = WORK) -> Callable[[View], View]:
    """A page of one case: ``key`` of the address becomes the case, for who may do ``action`` to it.

    Who may do it to none is not told whether there is such a case.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, action):
                raise PermissionDenied
            found = Case.objects.select_related("record__source", "record__site")
            case = get_object_or_404(found, key=key)
            if not may(request.user, action, case):
                raise PermissionDenied
            return view(request, case, *args, **kwargs)

        return _known(guarded, action)

    return decorate


def cases_for(user: Any, action: str = WORK) -> QuerySet[Case]:
    """The cases to which ``user`` may do ``action``."""
    sites = policy.sites_for(grants_of(user), action)
    if sites is None:
        return Case.objects.all()
    return Case.objects.filter(record__site__in=sorted(sites))


def _known(view: View, action: str) -> View:
    """The view for who is signed in, of which nothing is kept on the way."""
    made = never_cache(login_required(_refusing(view)))
    made.action = action  # type: ignore[attr-defined]
    return made


def _refusing(view: View) -> View:
    """The view with its refusals as answers, so that these too are kept nowhere on the way."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, Http404) as refused:
            return response_for_exception(request, refused)

    return answering
