"""Addresses of this part of the workbench."""

from django.urls import URLPattern, path

from sexton.web.workbench.engine import views

urlpatterns: list[URLPattern] = [
    path("runs/", views.runs, name="runs"),
    path("runs/refresh/", views.refresh, name="runs-refresh"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/stop/", views.stop, name="run-stop"),
    path("runs/<int:pk>/go-on/", views.go_on, name="run-go-on"),
    path("case/<slug:key>/look/", views.look, name="case-look"),
]
