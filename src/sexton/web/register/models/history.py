"""The memory of the register: batches taken in, changes made, and every state that is past."""

from __future__ import annotations

from django.db import models

from sexton.web.register.models.base import coded


class Batch(models.Model):
    """Files taken in together, all or nothing; ``digest`` is that of their contents."""

    name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, db_index=True)
    state = coded(("applied", "undone"), "applied")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"


class Change(models.Model):
    """Who changed something, when and why; never changed itself. The newest has the highest id.

    ``undoes`` is the change whose work this one takes back.
    """

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=200)
    reason = models.TextField()
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="changes")
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d %H:%M}: {self.reason}"


class History(models.Model):
    """A state that is past: the row's values as JSON, which change made it and which ended it."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    data = models.JSONField()
    began = models.ForeignKey(Change, models.PROTECT, related_name="+")
    ended = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "version"], name="one_state_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}, version {self.version}"
