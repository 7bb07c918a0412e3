"""Addresses. English stands at the root, the other languages below their code (``/fr/…``)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sexton.web.public.machines.urls import whole_site
from sexton.web.public.views.photographs import photograph
from sexton.web.steward.registered import desk

urlpatterns = [
    *whole_site,
    # The same file in every language: it has one address.
    path("photographs/<str:name>", photograph, name="photograph"),
]
urlpatterns += i18n_patterns(
    path("", include("sexton.web.public.machines.urls")),
    path("", include("sexton.web.public.urls")),
    path("", include("sexton.web.research.urls")),
    path("", include("sexton.web.accounts.urls")),
    path("", include("sexton.web.contributions.urls")),
    path("workbench/", include("sexton.web.workbench.urls")),
    path("steward/", desk.urls),
    prefix_default_language=False,
)

handler404 = "sexton.web.public.views.errors.not_found"
handler500 = "sexton.web.public.views.errors.server_error"
