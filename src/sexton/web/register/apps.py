"""The Django app of this room."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "sexton.web.register"
    label = "register"
