"""The desk: a site of Django's admin whose doors are the policy's, and which wants no scripts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from sexton.web.accounts.rights import grants_of, may, visible
from sexton.web.accounts.views import SignOut
from sexton.web.register.history import kind_of
from sexton.web.register.models import Change, Site
from sexton.web.steward import words

RECENT = 10


class Desk(admin.AdminSite):
    """Signing in and out are those of ``accounts``, which hold up who guesses."""

    site_title = site_header = index_title = gettext_lazy("Stewards' desk")

    def has_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "enter_desk")

    def get_urls(self) -> list[URLResolver | URLPattern]:  # type: ignore[override]
        found: list[URLResolver | URLPattern] = [
            path("", self.admin_view(self.index), name="index"),
            path("sign-in/", self.login, name="login"),
            path("sign-out/", SignOut.as_view(), name="logout"),
        ]
        for model, model_admin in self._registry.items():
            address = f"{model._meta.model_name}/"
            found.append(path(address, include(model_admin.urls)))
        return found

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing but what the desk's own templates ask for: Django counts all apps here."""
        return {"has_permission": self.has_permission(request)}

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the site's own page for signing in; who is signed in has no business here."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("next", "")
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(wanted or request.path.removesuffix("sign-in/"))

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        models = {kind_of(model): admin_ for model, admin_ in self._registry.items()}
        groups = [
            (
                title,
                [_line(request, models[kind]) for kind in kinds if _open(request, models, kind)],
            )
            for title, kinds in words.GROUPS
        ]
        context = {
            **self.each_context(request),
            "title": _("Stewards' desk"),
            "groups": [(title, lines) for title, lines in groups if lines],
            "mine": Site.objects.filter(pk__in={g.site for g in grants_of(request.user)} - {None}),
            "recent": visible(request.user, Change.objects.order_by("-pk"))[:RECENT],
        }
        request.current_app = self.name
        return TemplateResponse(request, "steward/index.html", context)


def _open(request: HttpRequest, models: dict[str, Any], kind: str) -> bool:
    return kind in models and models[kind].has_view_permission(request)


def _line(request: HttpRequest, model_admin: Any) -> dict[str, Any]:
    return {
        "name": model_admin.opts.verbose_name_plural,
        "opts": model_admin.opts,
        "count": model_admin.get_queryset(request).count(),
        "add": model_admin.has_add_permission(request),
    }


desk = Desk(name="desk")
