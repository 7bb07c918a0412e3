"""Persons: conclusions from records, with their names and how they belong to each other."""

from __future__ import annotations

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Dated, Sourced, Versioned, coded
from sexton.web.register.models.records import Record

NAME_KINDS = ("birth", "restored", "on_stone", "in_source", "alias", "partisan", "married")
# How a restored form is known: the source prints it, or it was made from another spelling, or it
# is a guess.
BASES = ("printed", "reconstructed", "conjecture")
RELATIONS = (
    "mother", "father", "parent", "wife", "husband", "sibling", "child", "kin", "comrade",
    "next_of_kin",
)  # fmt: skip


class Person(Versioned):
    """A conclusion: records that are held to speak of the same human being.

    The engine proposes persons and may make others; one on whom something else in the register
    stands (a name, an event, a relation) is left as he is.
    """

    key = models.CharField(max_length=200, unique=True)
    name = models.TextField(blank=True)
    sort_name = models.TextField(blank=True, db_index=True)
    is_named = models.BooleanField(default=True, db_index=True)
    record_count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-is_named", "sort_name", "key"]

    def __str__(self) -> str:
        return self.name or self.key

    def get_absolute_url(self) -> str:
        return address("person", self.key)


class Membership(Versioned):
    """That a record speaks of a person, and how probable the engine holds it."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="membership")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    probability = models.FloatField()

    class Meta:
        ordering = ["record__key"]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.person_id}"


class PersonName(Versioned, Dated, Sourced):
    """A name that a person bore or was given: its kind, its language, its parts.

    A conjecture (``basis``) is never taken for known: persons are called and compared by what
    their records write. The search finds them by other forms too, and says what these are.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    written = models.CharField(max_length=300)
    surname = models.CharField(max_length=150, blank=True)
    given = models.CharField(max_length=150, blank=True)
    patronymic = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=40, blank=True)
    kind = coded(NAME_KINDS, "in_source")
    basis = coded(BASES)

    class Meta:
        ordering = ["person", "kind", "written"]

    def __str__(self) -> str:
        return self.written

    @property
    def is_conjecture(self) -> bool:
        return self.basis == "conjecture"


class Relation(Versioned, Sourced):
    """What somebody was to a person: another person of the register, or one only named.

    Data on the living is private: ``private`` keeps the row from every public page.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    kind = coded(RELATIONS, "kin")
    other = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="related_to"
    )
    named = models.CharField(max_length=300, blank=True)
    address = models.TextField(blank=True)
    private = models.BooleanField(default=False)

    class Meta:
        ordering = ["person", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=False) | ~models.Q(named=""),
                name="a_relation_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
