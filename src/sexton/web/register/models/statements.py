"""Statements: dated, attributed numbers and sentences about many."""

from __future__ import annotations

from django.db import models

from sexton.web.register.models.base import Versioned
from sexton.web.register.models.organisations import Organisation
from sexton.web.register.models.sites import Site
from sexton.web.register.models.sources import Source


class Statement(Versioned):
    """A dated, attributed number or sentence about many. Statements disagree; all are kept."""

    key = models.CharField(max_length=12, unique=True)
    subject = models.CharField(max_length=200)
    measure = models.TextField()
    value = models.TextField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    refers_to = models.CharField(max_length=100, blank=True)
    stated_on = models.CharField(max_length=100, blank=True)
    stated_by = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="statements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="statements"
    )

    class Meta:
        ordering = ["subject", "measure", "stated_on", "id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.measure}: {self.value}"
