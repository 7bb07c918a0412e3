"""What people say of the audit's findings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sexton.web.register.models.base import Versioned, coded

VERDICTS = ("accepted", "not_a_fault")


class Verdict(Versioned):
    """That a finding is a fault to be mended (``accepted``), or ``not_a_fault`` and why.

    It holds what was judged: the finding's kind, subjects, facts that matter, and its sentence. It
    outlives the finding, which the audit makes anew.
    """

    key = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=80)
    subjects = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=list, blank=True)
    message = models.JSONField(default=dict, blank=True)
    state = coded(VERDICTS, "accepted")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted") | ~Q(reason=""),
                name="what_is_no_fault_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"
