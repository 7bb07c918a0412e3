"""What people keep for their own work at the workbench."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sexton.web.register.models import Versioned
from sexton.web.register.models.base import coded

LISTS = ("cases", "without")


class SavedFilter(Versioned):
    """What somebody asks a work list for again and again, under a name.

    ``query`` is that of the list's address. A ``shared`` one is offered to everybody at the
    workbench; a default is what its owner sees where he asks for nothing.
    """

    owner = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    work_list = coded(LISTS, "cases")
    query = models.TextField()
    shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "owner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "work_list", "name"], name="a_filter_is_named_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "work_list"],
                condition=Q(is_default=True),
                name="one_filter_is_the_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
