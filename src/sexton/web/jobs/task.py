"""A job in the hands of who does it: progress, checkpoints, and the question whether to stop."""

from __future__ import annotations

import time
from typing import Any

from sexton.web.jobs.models import RUNNING, Job

SELDOM = 0.5  # seconds between two reports to the database; progress may be told more often


class Stop(Exception):
    """Somebody asked that the work be stopped."""


class Lost(Exception):
    """Another worker has taken the job: what is done from here on counts for nothing."""


class Task:
    """What a kind's function gets. ``params`` and ``checkpoint`` are JSON objects."""

    def __init__(self, job: Job) -> None:
        self.pk = job.pk
        self.attempt = job.attempt
        self.by = job.by
        self.params: dict[str, Any] = job.params
        self.checkpoint: dict[str, Any] = job.checkpoint
        self._told = 0.0

    def progress(self, stage: str, done: int, total: int | None = None) -> None:
        """Say how far the work is. Raises Stop and Lost, so it is a place where work may end."""
        now = time.monotonic()
        if now - self._told >= SELDOM or done == total:
            self._told = now
            self._write(stage=stage, done=done, total=total)

    def keep(self, checkpoint: dict[str, Any]) -> None:
        """From here the next worker goes on. To be called when what it says is written."""
        self._write(checkpoint=checkpoint)
        self.checkpoint = checkpoint

    def _write(self, **values: object) -> None:
        mine = Job.objects.filter(pk=self.pk, attempt=self.attempt, state=RUNNING)
        if not mine.update(**values):
            raise Lost
        if mine.filter(stop_asked=True).exists():
            raise Stop
