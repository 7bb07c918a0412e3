"""A job: what is to be done, who does it, how far it is, what came of it."""

from __future__ import annotations

from django.db import models

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
STATES = (WAITING, RUNNING, DONE, FAILED, STOPPED)
OPEN = (WAITING, RUNNING)


class Job(models.Model):
    """Long work that somebody asked for.

    It is running while a worker holds it until ``lease_until``, a time that the worker puts off as
    long as it lives. When that has passed, the next worker goes on from ``checkpoint``.
    ``attempt`` counts those who took it: who holds an earlier number holds it no more.
    """

    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict, blank=True)
    lane = models.CharField(max_length=100)
    by = models.CharField(max_length=150)
    state = models.CharField(max_length=10, default=WAITING)
    attempt = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    stage = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    checkpoint = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lane"], name="job_state_lane")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="a_job_has_a_state"),
            # Two that change the same thing wait for each other, whoever claims them.
            models.UniqueConstraint(
                fields=["lane"], condition=models.Q(state=RUNNING), name="one_job_runs_in_a_lane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def share(self) -> int | None:
        """How much is done, in hundredths; None where nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None
