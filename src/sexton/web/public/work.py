"""Long work that what the public sees may ask for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sexton.web.jobs.kinds import kind
from sexton.web.jobs.task import Task
from sexton.web.public.dumps import stored
from sexton.web.register import services

PUBLISH = "publish"


@kind(PUBLISH, _("Findings, figures and files for download made anew"), lane="register")
def publish(task: Task) -> dict[str, int]:
    """Bring up to the register all that is made beside its pages; harmless when done twice."""
    done = services.refresh(task.progress)
    return {**done, "dumped": int(stored.catch_up(task.progress))}
