"""Where the dead lie or are remembered: sites, their names, graves and who is counted in them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Dated, Sourced, Versioned, coded
from sexton.web.register.models.sources import Source

PRECISIONS = ("grave", "plot", "site", "village", "municipality")
GRAVE_KINDS = ("single", "common", "cenotaph", "slot")
CATEGORIES = (
    "all", "prisoner_of_war", "partisan", "soldier", "forced_labourer", "civilian", "woman",
    "child",
)  # fmt: skip


def name_in(names: Mapping[str, str], language: str) -> str:
    """The name in ``language``, else the first that a source writes ("" without any)."""
    order = (language, "en", "fr", "nl", "ru", *names)
    return next((names[code] for code in order if names.get(code)), "")


class Site(Versioned):
    """A place where the dead lie or are remembered. Counts stand as stated, not as added up.

    ``names`` is the main name in each language; the others are ``SiteName``.
    """

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    names = models.JSONField(default=dict, blank=True)
    municipality = models.CharField(max_length=200, blank=True)
    province = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    coord_source = models.CharField(max_length=300, blank=True)
    coord_precision = coded(PRECISIONS)
    persons_buried = models.TextField(blank=True)
    persons_unknown = models.TextField(blank=True)
    inscription_language = models.TextField(blank=True)
    erected_year = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    heritage_status = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="owned_sites"
    )
    caretaker = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="kept_sites"
    )
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="sites")

    class Meta:
        ordering = ["municipality", "key"]

    def __str__(self) -> str:
        return self.name_in("en")

    def get_absolute_url(self) -> str:
        return address("site", self.key)

    def name_in(self, language: str) -> str:
        """The site's name in ``language``; else as a source writes it; else its key."""
        return name_in(self.names, language) or self.key


class SiteName(Versioned, Dated, Sourced):
    """One more name of a site: an old one, a local one, one on a map."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=300)
    language = models.CharField(max_length=40, blank=True)
    kind = coded(("official", "former", "local", "in_source"))

    class Meta:
        ordering = ["site", "language", "name"]

    def __str__(self) -> str:
        return self.name


class Grave(Versioned, Sourced):
    """A slot for one body, a common grave for several, or a cenotaph for none."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="graves")
    key = models.CharField(max_length=200, unique=True)
    kind = coded(GRAVE_KINDS, "single")
    plot = models.CharField(max_length=100, blank=True)
    row = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="slots")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    coord_source = models.CharField(max_length=300, blank=True)
    coord_precision = coded(PRECISIONS)
    remarks = models.TextField(blank=True)

    class Meta:
        ordering = ["site", "plot", "row", "number", "pk"]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return address("grave", self.key)


class GraveCount(Versioned, Dated, Sourced):
    """How many a site or common grave holds by one source: known and unknown, of one category."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="counts")
    grave = models.ForeignKey(Grave, models.PROTECT, null=True, blank=True, related_name="counts")
    category = coded(CATEGORIES, "all")
    known = models.PositiveIntegerField(null=True, blank=True)
    unknown = models.PositiveIntegerField(null=True, blank=True)
    written = models.TextField(blank=True)

    class Meta:
        ordering = ["site", "grave", "category", "pk"]

    def __str__(self) -> str:
        return f"{self.category}: {self.known} known, {self.unknown} unknown"
