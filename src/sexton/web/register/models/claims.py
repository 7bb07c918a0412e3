"""Claims: what a record or source says of a subject, as written and as read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sexton.web.register.models.base import Versioned, coded
from sexton.web.register.models.events import Event
from sexton.web.register.models.organisations import Organisation
from sexton.web.register.models.people import Person
from sexton.web.register.models.records import Record
from sexton.web.register.models.sites import Grave, Site
from sexton.web.register.models.sources import Source

SUBJECTS = ("person", "site", "grave", "organisation", "event")


def _subject(model: type[models.Model]) -> models.ForeignKey[models.Model, models.Model]:
    """A subject that most claims do not have: its index is of those that do (see Meta)."""
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name="claims", db_index=False
    )


class Claim(Versioned):
    """(subject, property, value as written, value as read, record or source, state).

    The subject of a claim with a record is the person of whom the record speaks, whoever that is
    held to be; others name their subject. The one that pages show first is ``preferred``, a
    decision with a reason; the others stay.
    """

    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="claims")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="claims", db_index=False
    )
    person = _subject(Person)
    site = _subject(Site)
    grave = _subject(Grave)
    organisation = _subject(Organisation)
    event = _subject(Event)
    property = models.CharField(max_length=60)
    value = models.TextField()
    read = models.TextField(blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=40, blank=True)
    qualifiers = models.JSONField(default=dict, blank=True)
    citation = models.CharField(max_length=300, blank=True)
    read_by = models.CharField(max_length=60, blank=True)
    state = coded(("asserted", "disputed", "disproven"), "asserted")
    preferred = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            *(
                models.Index(
                    fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"claim_{name}"
                )
                for name in ("source", *SUBJECTS)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(record__isnull=False) | Q(source__isnull=False),
                name="a_claim_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(state="asserted", preferred=False) | ~Q(reason=""),
                name="a_verdict_on_a_claim_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property}: {self.value}"
