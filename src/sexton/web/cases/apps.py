"""The Django app of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sexton.web.cases"
    label = "cases"
