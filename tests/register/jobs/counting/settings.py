"""Sexton's settings with the counting app."""

from sexton.web.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.register.jobs.counting"]  # noqa: F405
