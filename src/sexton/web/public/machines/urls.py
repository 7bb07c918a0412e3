"""Addresses for machines: those of each language, and those of the whole site."""

from django.urls import path

from sexton.web.public.machines import feeds, sitemaps
from sexton.web.public.views import data

urlpatterns = [
    path("changes.atom", feeds.register_changes, name="changes"),
    path("sites/<slug:key>/changes.atom", feeds.site_changes, name="site-changes"),
    path("sources/<slug:key>/changes.atom", feeds.source_changes, name="source-changes"),
    path("persons/<path:key>/changes.atom", feeds.person_changes, name="person-changes"),
]

# The same in every language, at the root of the site.
whole_site = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<slug:kind>.<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("data/<str:name>", data.file, name="data-file"),
]
