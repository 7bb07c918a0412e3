"""Records: what one source says of one person, to the letter; and which two are one man."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Sourced, Versioned, coded
from sexton.web.register.models.sites import Site
from sexton.web.register.models.sources import Sheet, Source

NAME_PARTS = ("surname", "given", "patronymic")


def written_name(fields: Mapping[str, str]) -> str:
    """The name that a row writes, whole or in its parts ("" where it writes none)."""
    parts = (fields.get(part, "") for part in NAME_PARTS)
    return fields.get("name") or " ".join(part for part in parts if part)


class Record(Versioned):
    """What one source says of one person, verbatim: ``fields`` by the names of the person list.

    A list that later writes the same row otherwise makes a second record, which ``replaces`` the
    first; both stay.
    """

    key = models.CharField(max_length=200, unique=True)
    fields = models.JSONField(default=dict, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    file = models.CharField(max_length=300, blank=True)
    row = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="records"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="records")
    is_named = models.BooleanField(default=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, blank=True, related_name="records")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return address("record", self.key)

    @property
    def name(self) -> str:
        """The name as this source writes it ("" where it writes none)."""
        return written_name(self.fields)

    @property
    def language(self) -> str:
        """The language of the row ("" where it says none)."""
        return str(self.fields.get("language", ""))

    @property
    def is_burial(self) -> bool:
        """Whether the source puts this person into a grave or on a memorial of the register."""
        return self.site_id is not None


class RecordLink(Versioned, Sourced):
    """That two records speak of one man, or of two, as somebody says: a source or a reviewer.

    ``decided`` when it is a decision, with its reason: an import does not go against it.
    """

    left = models.ForeignKey(Record, models.PROTECT, related_name="said_right")
    right = models.ForeignKey(Record, models.PROTECT, related_name="said_left")
    verdict = coded(("same", "different"), "same")
    certainty = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    group = models.CharField(max_length=100, blank=True)
    decided = models.BooleanField(default=False)

    class Meta:
        ordering = ["left", "right", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(left=models.F("right")), name="a_link_joins_two_records"
            ),
            models.CheckConstraint(
                condition=models.Q(decided=False) | ~models.Q(reason=""),
                name="a_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} - {self.right_id}: {self.verdict}"
