"""Long work on the register that a page may ask for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sexton.web.jobs.kinds import kind
from sexton.web.jobs.task import Task
from sexton.web.register import services
from sexton.web.register.models import Change

QUIET = timedelta(seconds=20)


def _is_due() -> bool:
    """Whether nobody has written for a while, and what is computed is behind what was written."""
    last = Change.objects.order_by("-pk").values_list("at", flat=True).first()
    return last is not None and last < timezone.now() - QUIET and services.is_behind()


@kind(
    "refresh",
    _("Search keys and findings brought up to the register"),
    lane="register",
    due=_is_due,
)
def refresh(task: Task) -> dict[str, int]:
    """Make again what is computed from the register and is behind it; harmless when done twice."""
    return services.refresh(task.progress, whole=bool(task.params.get("whole")))
