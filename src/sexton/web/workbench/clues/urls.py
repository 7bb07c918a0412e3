"""Addresses of this part of the workbench."""

from django.urls import URLPattern, path

from sexton.web.workbench.clues import views

urlpatterns: list[URLPattern] = [
    path("case/<slug:key>/clues/", views.case_clues, name="case-clues"),
]
