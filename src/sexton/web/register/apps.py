"""The Django app of this room."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "sexton.web.register"
    label = "register"

    def ready(self) -> None:
        post_migrate.connect(_guard, sender=self, dispatch_uid="register guards")


def _guard(using: str, **_: Any) -> None:
    """After migrations: see to it that the database refuses to lose anything."""
    from django.db import connections

    from sexton.web.register import guards
    from sexton.web.register.history import kind_of, versioned

    guards.ensure(connections[using], {kind_of(m): m._meta.db_table for m in versioned()})
