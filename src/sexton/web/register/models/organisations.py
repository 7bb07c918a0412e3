"""Organisations: camps, mines, detachments, movements, units, and who belonged to them when."""

from __future__ import annotations

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Concluded, Dated, Sourced, Versioned, coded
from sexton.web.register.models.people import Person

ORGANISATION_KINDS = (
    "camp", "mine", "work_detachment", "hospital", "resistance_movement", "military_unit",
    "commune", "parish", "school", "association", "archive", "embassy", "other",
)  # fmt: skip

ORGANISATION_NAME_KINDS = ("official", "former", "number", "garbled", "in_source")
# The columns of a person list whose whole cell can name an organisation.
NAMING_COLUMNS = ("camp", "unit", "resistance_group", "death_place")


class Organisation(Versioned, Dated, Sourced):
    """A camp, mine, work detachment, resistance movement, unit, commune, school, archive…"""

    key = models.SlugField(max_length=80, unique=True)
    kind = coded(ORGANISATION_KINDS, "other")
    name = models.CharField(max_length=300)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    coord_source = models.CharField(max_length=300, blank=True)
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["kind", "name", "key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("organisation", self.key)


class OrganisationName(Versioned, Dated, Sourced, Concluded):
    """One more name or number of an organisation: camps were renamed, and are printed garbled.

    Where ``column`` is set, a record whose cell in that column is this very text states that its
    person belonged to the organisation.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=300)
    language = models.CharField(max_length=40, blank=True)
    kind = coded(ORGANISATION_NAME_KINDS)
    column = coded(NAMING_COLUMNS)

    class Meta:
        ordering = ["organisation", "name"]

    def __str__(self) -> str:
        return self.name


class Affiliation(Versioned, Dated, Sourced, Concluded):
    """That a person belonged to an organisation: when, as what, under which number."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    role = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["person", "first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"
