"""Sources, and the files that were taken in from them, row by row."""

from __future__ import annotations

from django.db import models

from sexton.web.register.addresses import address
from sexton.web.register.models.base import Versioned, coded
from sexton.web.register.models.history import Batch

SOURCE_KINDS = (
    "holder", "fonds", "series", "file", "card_index", "list", "book", "web_page", "letter",
    "interview", "stone", "map",
)  # fmt: skip


class Source(Versioned):
    """An archive unit, list, book, web page, letter or interview that says something.

    ``parent`` is what it is a part of: a page of a book, a file of a fonds, a fonds of its holder.
    """

    key = models.CharField(max_length=12, unique=True)
    kind = coded(SOURCE_KINDS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    holder = models.TextField(blank=True)
    reference = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=40, blank=True)
    publisher = models.TextField(blank=True)
    holds = models.TextField(blank=True)
    read = models.CharField(max_length=20, blank=True)
    read_on = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["title", "url", "key"]

    def __str__(self) -> str:
        return self.title or self.url

    def get_absolute_url(self) -> str:
        return address("source", self.key)

    @property
    def web_address(self) -> str:
        """The address, if it is one of the web: a list could hold “javascript:…” just as well."""
        return self.url if self.url.startswith(("https://", "http://")) else ""

    def fonds(self) -> list[Source]:
        """What this source is a part of, the widest first (a query for each step)."""
        above: list[Source] = []
        current = self.parent
        while current is not None and current not in above:
            above.append(current)
            current = current.parent
        return above[::-1]


class Sheet(Versioned):
    """A file as it was taken in: its name, columns and contents' digest. Its rows are kept."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sheets")
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    columns = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    line_end = models.CharField(max_length=2, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SheetRow(Versioned):
    """A row of a sheet, cell by cell as the file has it; never changed (a trigger sees to it)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=300, blank=True, db_index=True)
    cells = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sheet", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.number}"
