"""Documents and images, whose they are and what may be done with them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from sexton.web.register.models.base import Dated, Sourced, Versioned, coded
from sexton.web.register.models.markers import Marker, Memorial
from sexton.web.register.models.people import Person
from sexton.web.register.models.sites import Grave, Site

USES = ("public", "on_request", "private")
SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Held(models.Model):
    """Whose something is: rights holder, licence, and how far it may be shown."""

    rights_holder = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    use = coded(USES, "private")
    hidden_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Document(Versioned, Dated, Sourced, Held):
    """A paper of a source: a card, a list, a letter, a decision of a council."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=60, blank=True)
    title = models.TextField()
    language = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


def _shows(model: type[models.Model]) -> models.ForeignKey[models.Model, models.Model]:
    """Something that an image may show."""
    return models.ForeignKey(model, models.PROTECT, null=True, blank=True, related_name="images")


class Image(Versioned, Dated, Sourced, Held):
    """A photograph or scan, and what it shows; ``digest`` is the SHA-256 of its file.

    ``when`` is when it was taken; ``alt`` says what is to be seen, by language, for those who
    do not see it. One that ``shows_living`` people so that they can be recognised is never public.
    """

    document = _shows(Document)
    site = _shows(Site)
    grave = _shows(Grave)
    marker = _shows(Marker)
    memorial = _shows(Memorial)
    person = _shows(Person)
    page = models.CharField(max_length=40, blank=True)
    file = models.CharField(max_length=500)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    caption = models.TextField(blank=True)
    alt = models.JSONField(default=dict, blank=True)
    shows_living = models.BooleanField(default=False)

    class Meta:
        ordering = ["document", "page", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shows_living=False) | ~models.Q(use="public"),
                name="the_living_are_not_shown",
            )
        ]

    def __str__(self) -> str:
        return self.caption or self.file


class Region(Versioned, Sourced):
    """A part of an image, in shares of its width and height, and what is read there."""

    image = models.ForeignKey(Image, models.PROTECT, related_name="regions")
    left = models.FloatField(validators=SHARE)
    top = models.FloatField(validators=SHARE)
    width = models.FloatField(validators=SHARE)
    height = models.FloatField(validators=SHARE)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["image", "top", "left"]

    def __str__(self) -> str:
        return self.text[:80] or f"region of {self.image_id}"
