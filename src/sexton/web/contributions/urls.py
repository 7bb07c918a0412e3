"""Addresses of letters."""

from django.urls import path

from sexton.web.contributions import views

urlpatterns = [
    path("contribute/", views.contribute, name="contribute"),
    path("contributions/<str:secret>/", views.contribution, name="contribution"),
]
