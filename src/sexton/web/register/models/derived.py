"""What is computed from the rest and can be computed again: no history is kept of it."""

from __future__ import annotations

from django.db import models

from sexton.web.register.models.records import Record
from sexton.web.register.models.sites import Site
from sexton.web.register.models.verdicts import Verdict


class PairLink(models.Model):
    """Two records that the engine compared: bits of evidence by field, each with its sentence."""

    left = models.ForeignKey(Record, models.CASCADE, related_name="links_right")
    right = models.ForeignKey(Record, models.CASCADE, related_name="links_left")
    probability = models.FloatField()
    weight = models.FloatField()
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_link_a_pair")]

    def __str__(self) -> str:
        return f"{self.left_id} - {self.right_id}"


class Finding(models.Model):
    """A possible fault that the audit found in the records, in a sentence.

    ``key`` stands for its kind, its subjects and the facts that matter (``sexton.audit.Matter``),
    so that a finding found again is the same. ``verdict`` is what somebody said of it, ``earlier``
    what somebody said while its facts were others; ``gone`` is when it was no longer found.
    """

    key = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=80, db_index=True)
    severity = models.CharField(max_length=20, db_index=True)
    ids = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    message = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    first_found = models.DateTimeField()
    gone = models.DateTimeField(null=True, db_index=True)
    verdict = models.ForeignKey(Verdict, models.SET_NULL, null=True, related_name="findings")
    earlier = models.ForeignKey(Verdict, models.SET_NULL, null=True, related_name="reopened")
    records = models.ManyToManyField(Record, related_name="findings")
    sites = models.ManyToManyField(Site, related_name="findings")

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.ids)}"

    @property
    def state(self) -> str:
        """``open``, ``accepted``, ``not_a_fault``, or ``mended`` when it is no longer found."""
        if self.gone is not None:
            return "mended"
        return self.verdict.state if self.verdict else "open"


class NameKey(models.Model):
    """A form of a name, a number or a year by which a record can be found."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="name_keys")
    kind = models.CharField(max_length=12)
    written = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.written}"


class State(models.Model):
    """What a part of the register was last made from, and when it last changed."""

    part = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["part"]

    def __str__(self) -> str:
        return f"{self.part} {self.digest[:8]}"
