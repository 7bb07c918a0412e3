"""The lists that somebody may let the engine ask, and what is to be known before he chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.finding import usual_coverage
from sexton.web.cases.naming import ARCHIVE, REGISTER, archive_of
from sexton.web.register.models import Record
from sexton.web.research.archives import TROUBLES, may_search
from sexton.web.research.shelf import Trouble, shelf

OF_REGISTER = _("The register itself")


@dataclass(frozen=True, slots=True)
class AList:
    """A list by the name of its pool. ``trouble`` says why it cannot be asked; its number of
    records is 0 then."""

    pool: str
    records: int = 0
    simulated: bool = False
    trouble: Promise | str = ""

    @property
    def title(self) -> Promise | str:
        return title_of(self.pool)

    @property
    def percent(self) -> int:
        """The coverage where nobody says another, in hundredths."""
        return round(100 * usual_coverage(self.pool))


@dataclass(frozen=True, slots=True)
class Named:
    """A list as it is named on a page, marked where simulated persons stand in it."""

    title: Promise | str
    simulated: bool = False

    @classmethod
    def of(cls, pool: str) -> Named:
        archive = archive_of(pool)
        try:
            return cls(title_of(pool), archive is not None and shelf().open(archive).simulated)
        except Trouble:
            return cls(title_of(pool))


def title_of(pool: str) -> Promise | str:
    """What a list is called on a page."""
    return archive_of(pool) or OF_REGISTER


def lists_for(user: Any) -> list[AList]:
    """The register, and the archives for who may search them."""
    found = [AList(REGISTER, Record.objects.filter(replaced_by=None).count())]
    if may_search(user):
        found += map(_archive, shelf().names())
    return found


def hidden_from(user: Any) -> int:
    """How many archives are there and not for ``user``."""
    return 0 if may_search(user) else len(shelf().names())


def _archive(name: str) -> AList:
    pool = f"{ARCHIVE}{name}"
    try:
        opened = shelf().open(name)
        return AList(pool, len(opened.search.pool), opened.simulated)
    except Trouble as trouble:
        return AList(pool, trouble=TROUBLES[trouble.kind])
