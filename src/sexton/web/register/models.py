"""What the register holds: sources and what they say (records), and what is concluded from them.

A record is verbatim and is never changed after its import (a database trigger sees to it). A person
is a conclusion that the engine proposes: it can be dissolved and made again without any loss.
Only the functions of ``services`` write.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Source(models.Model):
    """An archive unit, list, book, web page, letter or interview that says something."""

    key = models.CharField(max_length=12, unique=True)
    url = models.CharField(max_length=1000, blank=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=40, blank=True)
    publisher = models.TextField(blank=True)
    holds = models.TextField(blank=True)
    read = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["title", "url", "key"]

    def __str__(self) -> str:
        return self.title or self.url

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])

    @property
    def web_address(self) -> str:
        """The address, if it is one of the web: a list could hold “javascript:…” just as well."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class Site(models.Model):
    """A place where the dead lie or are remembered. Counts stand as stated, not as added up."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    names = models.JSONField(default=dict)
    municipality = models.CharField(max_length=200, blank=True)
    province = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    coord_source = models.CharField(max_length=300, blank=True)
    persons_buried = models.TextField(blank=True)
    persons_unknown = models.TextField(blank=True)
    inscription_language = models.TextField(blank=True)
    erected_year = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="sites")

    class Meta:
        ordering = ["municipality", "key"]

    def __str__(self) -> str:
        return self.name_in("en")

    def get_absolute_url(self) -> str:
        return reverse("site", args=[self.key])

    def name_in(self, language: str) -> str:
        """The site's name in ``language``; else as a source writes it; else its key."""
        order = (language, "en", "fr", "nl", "ru")
        return next((self.names[code] for code in order if self.names.get(code)), self.key)


class Record(models.Model):
    """What one source says of one person, verbatim: ``fields`` by the names of the person list."""

    key = models.CharField(max_length=200, unique=True)
    fields = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    file = models.CharField(max_length=300, blank=True)
    row = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="records")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="records")
    is_named = models.BooleanField(default=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("record", args=[self.key])

    @property
    def name(self) -> str:
        """The name as this source writes it ("" where it writes none)."""
        parts = (self.fields.get(part, "") for part in ("surname", "given", "patronymic"))
        return self.fields.get("name") or " ".join(part for part in parts if part)

    @property
    def is_burial(self) -> bool:
        """Whether the source puts this person into a grave or on a memorial of the register."""
        return self.site_id is not None


class Person(models.Model):
    """A conclusion: records that the engine proposes as one human being, reviewed by nobody yet."""

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
        return reverse("person", args=[self.key])


class Membership(models.Model):
    """That a record speaks of a person, and how probable the engine holds it."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="membership")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    probability = models.FloatField()

    class Meta:
        ordering = ["record__key"]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.person_id}"


class PairLink(models.Model):
    """Two records that the engine compared: bits of evidence by field, each with its sentence."""

    left = models.ForeignKey(Record, models.CASCADE, related_name="links_right")
    right = models.ForeignKey(Record, models.CASCADE, related_name="links_left")
    probability = models.FloatField()
    weight = models.FloatField()
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_link_a_pair")]

    def __str__(self) -> str:
        return f"{self.left_id} - {self.right_id}"


class Statement(models.Model):
    """A dated, attributed number or sentence about many. Statements disagree; all are kept."""

    key = models.CharField(max_length=12, unique=True)
    subject = models.CharField(max_length=200)
    measure = models.TextField()
    value = models.TextField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    refers_to = models.CharField(max_length=100, blank=True)
    stated_on = models.CharField(max_length=100, blank=True)
    stated_by = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="statements")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="statements")

    class Meta:
        ordering = ["subject", "measure", "stated_on", "id"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.measure}: {self.value}"


class Finding(models.Model):
    """A possible fault that the audit found in the records, in a sentence."""

    key = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=80, db_index=True)
    severity = models.CharField(max_length=20, db_index=True)
    ids = models.JSONField(default=list)
    message = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    records = models.ManyToManyField(Record, related_name="findings")
    sites = models.ManyToManyField(Site, related_name="findings")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.ids)}"


class NameKey(models.Model):
    """A form of a name, a number or a year by which a record can be found."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="name_keys")
    kind = models.CharField(max_length=12)
    written = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.written}"


class State(models.Model):
    """What a part of the register was last made from, and when it last changed."""

    part = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["part"]

    def __str__(self) -> str:
        return f"{self.part} {self.digest[:8]}"
