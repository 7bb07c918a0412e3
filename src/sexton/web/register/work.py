"""Long work on the register that a page may ask for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sexton.web.jobs.kinds import kind
from sexton.web.jobs.task import Task
from sexton.web.register import services


@kind("refresh", _("Search keys and findings brought up to the register"), lane="register")
def refresh(task: Task) -> dict[str, int]:
    """Make again what is computed from the register and is behind it; harmless when done twice."""
    return services.refresh(task.progress, whole=bool(task.params.get("whole")))
