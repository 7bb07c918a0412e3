"""Make a register ready for use: Django's settings, the folder, its key, the tables."""

from __future__ import annotations

import os


def prepare() -> None:
    """Set Django up and bring the database up to date; does no harm when done twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sexton.web.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    from sexton.web.home import secret_key

    settings.HOME.mkdir(parents=True, exist_ok=True)
    secret_key(settings.HOME)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
