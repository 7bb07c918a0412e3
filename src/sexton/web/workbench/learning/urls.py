"""Addresses of this part of the workbench."""

from django.urls import URLPattern, path

from sexton.web.workbench.learning import views

urlpatterns: list[URLPattern] = [
    path("learning/", views.learning, name="learning"),
    path("learning/propose/", views.propose, name="learning-propose"),
    path("learning/stop/", views.stop, name="learning-stop"),
    path("learning/weigh/", views.weigh, name="learning-weigh"),
    path("learning/back/", views.back, name="learning-back"),
    path("learning/judgements.csv", views.judgements_file, name="learning-judgements"),
    path("learning/judgements.json", views.codebook, name="learning-codebook"),
    path("learning/rules/<str:name>/", views.version, name="learning-version"),
    path("learning/rules/<str:name>/decide/", views.decide, name="learning-decide"),
    path("learning/rules/<str:name>/reveal/", views.reveal, name="learning-reveal"),
    path("learning/rules/<str:name>/rules.toml", views.rules_file, name="learning-rules-file"),
]
