"""The Django app of this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "sexton.web.public"
    label = "public"
