"""Letters of readers, and the log of what became of each.

They stand apart from the register: it keeps every state for ever, and what somebody wrote of
himself must be able to go.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

SUBJECTS = ("person", "site", "organisation", "record", "source")
# Who the writer is to the dead.
RELATIONS = (
    "relative", "neighbour", "witness", "caretaker", "historian", "teacher", "pupil", "other",
)  # fmt: skip
NEW, READ, ANSWERED, TAKEN_UP, DECLINED = "new", "read", "answered", "taken_up", "declined"
WITHDRAWN, DELETED = "withdrawn", "deleted"
DECIDED = (READ, ANSWERED, TAKEN_UP, DECLINED)  # what stewards make of a letter
SETTLED = (ANSWERED, TAKEN_UP, DECLINED)
GONE = (WITHDRAWN, DELETED)  # of these nothing is left but that there was a letter
STATES = (NEW, *DECIDED, *GONE)
ADDED = "added"  # a step of the log that changes no state: the writer says more

LONGEST_TEXT, LONGEST_HOW, LONGEST_NAME, LONGEST_CONTACT = 10_000, 2_000, 200, 300


def _coded(codes: tuple[str, ...], default: str = "") -> models.CharField[str, str]:
    choices = [(code, code) for code in codes]
    return models.CharField(max_length=20, choices=choices, default=default, blank=not default)


class Contribution(models.Model):
    """A letter: about what, in which language, what the writer knows and how, and its state.

    ``name`` and ``contact`` are private (policy: ``read_contacts``). ``secret`` is a digest of the
    link that the writer was given; the link itself is kept nowhere.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    language = models.CharField(max_length=10)
    subject_kind = _coded(SUBJECTS)
    subject_key = models.CharField(max_length=200, blank=True)
    subject_name = models.CharField(max_length=300, blank=True)
    site_key = models.CharField(max_length=200, blank=True, db_index=True)
    text = models.TextField(blank=True)
    how_known = models.TextField(blank=True)
    relation = _coded(RELATIONS)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    state = models.CharField(
        max_length=20, choices=[(s, s) for s in STATES], default=NEW, db_index=True
    )
    settled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    secret = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject_name}" if self.subject_name else str(self.pk)

    @property
    def is_gone(self) -> bool:
        return self.state in GONE


class Step(models.Model):
    """What happened to a letter: a line of its log, written once.

    ``by`` is the account of a steward, "" for the writer. ``text`` is what the writer added, or
    what a steward answered to him; ``reason`` is for stewards.
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=[(s, s) for s in (*STATES, ADDED)])
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a step of the log is written once")
        super().save(*args, **kwargs)
