"""What stands on a grave or remembers the dead elsewhere, and what is cut into it."""

from __future__ import annotations

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Dated, Sourced, Versioned, coded
from sexton.web.register.models.people import Person
from sexton.web.register.models.sites import Grave, Site, name_in

MARKER_KINDS = ("cross", "stone", "plate", "plaque", "obelisk", "none", "other")

MEMORIAL_KINDS = ("monument", "plaque", "stele", "wall_of_names", "street", "other")


class Marker(Versioned, Dated, Sourced):
    """A cross, stone or plate, from when (``when``) it stood; one may stand for several graves."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="markers")
    kind = coded(MARKER_KINDS, "stone")
    material = models.CharField(max_length=100, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["site", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Marking(Versioned):
    """That a marker stands for a grave or names a person: two men may be under one stone."""

    marker = models.ForeignKey(Marker, models.PROTECT, related_name="markings")
    grave = models.ForeignKey(Grave, models.PROTECT, null=True, blank=True, related_name="markings")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="markings"
    )

    class Meta:
        ordering = ["marker", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grave__isnull=False) | models.Q(person__isnull=False),
                name="a_marking_marks_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.marker_id}: {self.grave_id or ''} {self.person_id or ''}"


class Memorial(Versioned, Dated, Sourced):
    """A monument or plaque that remembers the dead, whether or not any lie there.

    ``place`` is where it is by its source; the site is empty where no source says at which.
    """

    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="memorials")
    key = models.SlugField(max_length=80, unique=True)
    kind = coded(MEMORIAL_KINDS, "monument")
    place = models.CharField(max_length=300, blank=True)
    names = models.JSONField(default=dict, blank=True)
    remembers = models.TextField(blank=True)
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["site", "key"]

    def __str__(self) -> str:
        return self.name_in("en")

    def get_absolute_url(self) -> str:
        return address("memorial", self.key)

    def name_in(self, language: str) -> str:
        """Its name in ``language``; else as a source writes it; else its key."""
        return name_in(self.names, language) or self.key


class Inscription(Versioned, Dated, Sourced):
    """A text as cut, letter by letter, since when it stands there (``when``), on what photo.

    ``reading`` is the text as somebody reads it (letters that are lost in square brackets);
    ``translations`` are by language.
    """

    marker = models.ForeignKey(
        Marker, models.PROTECT, null=True, blank=True, related_name="inscriptions"
    )
    memorial = models.ForeignKey(
        Memorial, models.PROTECT, null=True, blank=True, related_name="inscriptions"
    )
    text = models.TextField()
    reading = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=40, blank=True)
    photo = models.ForeignKey(
        "register.Image", models.PROTECT, null=True, blank=True, related_name="inscriptions"
    )
    read_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(marker__isnull=False) ^ models.Q(memorial__isnull=False),
                name="an_inscription_is_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
