"""The Django app of this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "sexton.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every app says in its module ``work`` what long work it can do."""
        autodiscover_modules("work")
