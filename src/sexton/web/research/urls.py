"""Addresses of the search and of the audit's findings."""

from django.urls import path

from sexton.web.research import findings, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("findings/", findings.findings, name="findings"),
]
