"""Events: what happened to whom, when and where. A burial is an event; a grave is a slot."""

from __future__ import annotations

from django.db import models

from sexton.web.register.models.base import Concluded, Dated, Sourced, Versioned, coded
from sexton.web.register.models.organisations import Organisation
from sexton.web.register.models.people import Person
from sexton.web.register.models.sites import Grave, Site

EVENT_KINDS = (
    "birth", "draft", "capture", "registration", "transfer", "work", "escape", "joining", "wound",
    "illness", "combat", "execution", "death", "burial", "exhumation", "reburial", "marking",
    "commemoration",
)  # fmt: skip
ROLES = (
    "subject", "fell", "buried", "captured", "wounded", "witness", "perpetrator", "commemorated",
    "organiser",
)  # fmt: skip


class Event(Versioned, Dated, Sourced):
    """Something that happened. A reburial ``follows`` the burial that it ended."""

    key = models.SlugField(max_length=80, unique=True)
    kind = coded(EVENT_KINDS, "death")
    title = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="events")
    grave = models.ForeignKey(Grave, models.PROTECT, null=True, blank=True, related_name="events")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="events"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["first_day", "pk"]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.when}".strip()


class Participant(Versioned, Sourced, Concluded):
    """A person's part in an event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    role = coded(ROLES, "subject")

    class Meta:
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.event_id}"
