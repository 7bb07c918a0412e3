"""The addresses of a copy: those of the site, its own search, and the names in their order."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from sexton.web.copies import views
from sexton.web.urls import handler404, handler500
from sexton.web.urls import urlpatterns as of_the_site

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *i18n_patterns(
        path("search/", views.search, name="search"),
        path("names/", views.letters, name="names"),
        path("names/<slug:letter>/", views.names, name="names-letter"),
        prefix_default_language=False,
    ),
    *of_the_site,
]
