"""The Django app of this room."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "sexton.web.research"
    label = "research"
