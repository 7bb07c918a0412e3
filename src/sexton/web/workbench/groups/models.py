"""A group of cases that exclude each other: bodies, and the names of the men whom they may be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sexton.web.cases.models import LONGEST_NAME, Case
from sexton.web.register.models import Event, Site, Versioned
from sexton.web.register.models.base import coded

KINDS = ("plot", "common_grave", "day", "event")
BASES = ("candidates", "list")


class Group(Versioned):
    """A plot, a common grave, the dead of a site and a day, or those of an event.

    ``basis`` says what its names are: candidates that were found in larger lists, each judged by
    the size and coverage of its list; or a list by itself, of those who may lie here, with the
    chance ``coverage`` that the man of a body stands on it at all.
    """

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    kind = coded(KINDS, "plot")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")
    basis = coded(BASES, "candidates")
    coverage = models.FloatField(default=0.8)
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(coverage__gt=0.0, coverage__lt=1.0),
                name="a_list_is_never_surely_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title


class GroupBody(Versioned):
    """A case of the group; of a common grave it counts for as many ``bodies`` as it holds."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="bodies")
    case = models.ForeignKey(Case, models.PROTECT, related_name="in_groups")
    bodies = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["group", "case__record__key"]
        constraints = [
            models.UniqueConstraint(fields=["group", "case"], name="a_case_is_in_a_group_once"),
            models.CheckConstraint(condition=Q(bodies__gte=1), name="a_grave_holds_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.group_id}"


class GroupName(Versioned):
    """A name of the group: a record of the register, or a row of an archive as it was then."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="names")
    name = models.CharField(max_length=LONGEST_NAME)
    pool = models.CharField(max_length=120, default="register")
    fields = models.JSONField(default=dict, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="a_name_is_in_a_group_once")
        ]

    def __str__(self) -> str:
        return self.name
