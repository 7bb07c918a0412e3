"""The Django app of this room."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "sexton.web.contributions"
    label = "contributions"
