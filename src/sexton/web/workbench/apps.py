"""The Django app of this room."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "sexton.web.workbench"
    label = "workbench"
