"""The lists in which candidates are looked for: how large they are, and what is common in them."""

from __future__ import annotations

from dataclasses import dataclass

from sexton.evidence import Rules, Shares
from sexton.linkage.shares import count_shares
from sexton.records.reading import read_person
from sexton.web.cases.models import Inquiry
from sexton.web.cases.naming import archive_of, as_list_record
from sexton.web.cases.rules import in_use
from sexton.web.cases.weighing import Pool
from sexton.web.register import models
from sexton.web.research.latest import Latest
from sexton.web.research.shelf import shelf


@dataclass(frozen=True, slots=True)
class Counted:
    """A list's records, and how common values are among them."""

    size: int
    shares: Shares


def _count() -> Counted:
    people = [read_person(as_list_record(r)) for r in models.Record.objects.iterator(2_000)]
    return Counted(len(people), count_shares(people).of_one_list())


of_register: Latest[Counted] = Latest(_count)
"""The register's own records; counted again when it has changed."""


def counted(pool: str) -> Counted:
    """What a list holds. Raises ``research.shelf.Trouble`` where an archive cannot be asked."""
    archive = archive_of(pool)
    if archive is None:
        return of_register()
    search = shelf().open(archive).search
    return Counted(len(search.pool), search.shares)


def pool_of(inquiry: Inquiry, rules: Rules | None = None) -> Pool:
    """The list as it was asked, with what is common in it now, and the rules in use or given ones.

    Raises Trouble.
    """
    found = counted(inquiry.pool)
    return Pool(inquiry.size, found.shares, inquiry.coverage, rules or in_use(), inquiry.rest)
