"""Addresses of this part of the workbench."""

from django.urls import path

from sexton.web.workbench.decisions import plate_views, views

urlpatterns = [
    path("case/<slug:key>/decisions/", views.decisions, name="case-decisions"),
    path("case/<slug:key>/decisions/decide/", views.decide, name="case-decide"),
    path("case/<slug:key>/decisions/contest/", views.contest, name="case-contest"),
    path("case/<slug:key>/decisions/embargo/", views.embargo, name="case-embargo"),
    path("case/<slug:key>/decisions/assign/", views.assign, name="case-assign"),
    path("case/<slug:key>/decisions/reveal/", views.reveal, name="case-reveal"),
    path("case/<slug:key>/history/", views.history, name="case-history"),
    path("case/<slug:key>/plate/", plate_views.plate, name="case-plate"),
    path("case/<slug:key>/plate/print/", plate_views.printed, name="case-plate-print"),
]
