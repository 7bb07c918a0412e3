"""What a page of search shows a researcher of the archives beside the register.

The work for a request is bounded: some archives, in each some records weighed, and fewer told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.linkage.archive import Hit
from sexton.records import COLUMNS, Record
from sexton.records.simulated import is_simulated
from sexton.web.accounts.rights import may_everywhere
from sexton.web.research.shelf import Opened, Trouble, shelf, troubles

SHOWN = 10
WEIGHED = 30
AT_ONCE = 3

TROUBLES: dict[str, Promise] = {
    "missing": _("There is no such archive here any more."),
    "unfinished": _(
        "It is being built, or its building was interrupted; it can be searched when it is whole."
    ),
    "empty": _("It holds no list yet."),
    "outdated": _("An earlier version built it: it has to be rebuilt on the server."),
    "damaged": _("Files of it are damaged; whoever keeps the server finds in its log which."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A record of an archive that fits, and where its page is."""

    hit: Hit
    archive: str
    digest: str

    @property
    def fields(self) -> dict[str, str]:
        return self.hit.record.fields

    @property
    def simulated(self) -> bool:
        return is_simulated(self.hit.record)


@dataclass(slots=True)
class Asked:
    """An archive: what it is and, where it was searched, what it answers."""

    name: str
    chosen: bool = False
    opened: Opened | None = None
    trouble: Promise | str = ""
    found: list[Found] = field(default_factory=list)
    none: float = 1.0

    @property
    def records(self) -> int:
        return sum(entry.records for entry in self.opened.lists) if self.opened else 0

    def split(self) -> tuple[list[Found], list[Found]]:
        """Those that are likelier than "none of these", and the others."""
        place = sum(one.hit.candidate.probability >= self.none for one in self.found)
        return self.found[:place], self.found[place:]


@dataclass(frozen=True, slots=True)
class Beside:
    """The archives beside the register, and what those answer that were asked."""

    archives: list[Asked]
    wanted: str

    @property
    def asked(self) -> list[Asked]:
        return [archive for archive in self.archives if archive.chosen]

    @property
    def left_out(self) -> bool:
        """Whether some were not asked though none was chosen."""
        return not self.wanted and len(self.asked) < len(self.archives)


def may_search(user: Any) -> bool:
    """Whether ``user`` may see archives: they belong to no site, so a role for one will not do."""
    return may_everywhere(user, "search_archives")


def beside(request: HttpRequest, query: str) -> Beside | None:
    """What the archives answer to ``query``; None for whom they are not."""
    if not query or not may_search(request.user):
        return None
    wanted = request.GET.get("archive", "").replace("\x00", "")[:80]
    names = shelf().names()
    chosen = [wanted] if wanted in names else names[:AT_ONCE]
    asked = [Asked(name, name in chosen) for name in names]
    for archive in asked:
        _look(archive, query)
    return Beside(asked, wanted if wanted in names else "")


def _look(archive: Asked, query: str) -> None:
    """Open an archive, and search it where it is chosen."""
    try:
        archive.opened = shelf().open(archive.name)
        if archive.chosen:
            with troubles(archive.name):
                _search(archive, archive.opened, query)
    except Trouble as trouble:
        archive.trouble = TROUBLES[trouble.kind]


def _search(archive: Asked, opened: Opened, query: str) -> None:
    answer = opened.search.answer(query, SHOWN, WEIGHED)
    digests = {entry.folder: entry.digest for entry in opened.lists}
    archive.none = answer.none
    archive.found = [Found(hit, archive.name, digests[hit.folder.name]) for hit in answer.hits]
    archive.found.sort(key=lambda one: -one.hit.candidate.probability)


def cells(record: Record) -> list[tuple[str, str]]:
    """All that a record says, word for word, in the order of the person list."""
    known = [(name, record.fields[name]) for name in COLUMNS if record.fields.get(name)]
    return [*known, *sorted(record.extra.items())]
