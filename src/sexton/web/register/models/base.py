"""What the models share: a version with the change that made it, dates as written and as read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from sexton.dates import read_date


def coded(codes: Iterable[str], default: str = "") -> models.CharField[str, str]:
    """A column that holds one of ``codes`` (what they mean in words is in ``labels``)."""
    choices = [(code, code) for code in codes]
    return models.CharField(max_length=40, choices=choices, default=default, blank=not default)


class Versioned(models.Model):
    """A row whose every state is kept: who made it what it is, and how often it was changed.

    Only ``history.change`` writes such rows; the database itself refuses to change or drop one
    whose present state has not been kept first.
    """

    change = models.ForeignKey("register.Change", models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Dated(models.Model):
    """A date or span: as written, as EDTF (ISO 8601-2), and the first and last day it can mean.

    A span of time is an EDTF interval (``1942-09/1944-08``). Both days are empty where the text
    cannot be read; one of them is where the span is open.
    """

    when = models.CharField(max_length=200, blank=True)
    when_edtf = models.CharField(max_length=100, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """Where a fact comes from: a source with the place in it, and the record if it is of one."""

    source = models.ForeignKey(
        "register.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    record = models.ForeignKey(
        "register.Record", models.PROTECT, null=True, blank=True, related_name="+"
    )
    citation = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Concluded(models.Model):
    """What was concluded beyond the words of the source ("" where nothing was)."""

    concluded = models.TextField(blank=True)

    class Meta:
        abstract = True


def dated(written: str) -> dict[str, object]:
    """The values of a ``Dated`` model for a date as somebody wrote it."""
    reading = read_date(written)
    if reading is None:
        return {"when": "", "when_edtf": "", "first_day": None, "last_day": None}
    first, last = reading.first, reading.last
    return {
        "when": written,
        "when_edtf": reading.edtf,
        "first_day": None if first is None or first.year <= 1 else first,
        "last_day": None if last is None or last.year >= 9999 else last,
    }
