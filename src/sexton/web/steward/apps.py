"""The Django app of this room."""

from django.apps import AppConfig


class StewardConfig(AppConfig):
    name = "sexton.web.steward"
    label = "steward"
