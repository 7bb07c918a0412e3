"""Addresses of this part of the workbench."""

from django.urls import URLPattern, path

from sexton.web.workbench.case_page import judging_views, views

urlpatterns: list[URLPattern] = [
    path("case/<slug:key>/", views.case, name="case"),
    path("case/<slug:key>/judge/", views.judge, name="case-judge"),
    path("case/<slug:key>/show/", views.open_evidence, name="case-show"),
    path("case/<slug:key>/reading/", views.add_reading, name="case-reading"),
    path("judge/", judging_views.judging, name="judging"),
    path("judge/take-back/", judging_views.take_back, name="judging-take-back"),
]
