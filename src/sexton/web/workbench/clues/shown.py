"""What the page of clues shows: each clue and search with its story, and what one would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.comparing import FieldMoved, Moved
from sexton.web.cases.finding_out import Outlook
from sexton.web.cases.models import Candidate, Case, Clue, Judgement, Look, NegativeSearch
from sexton.web.cases.naming import archive_of, archive_row, record_key
from sexton.web.register.history import kind_of
from sexton.web.register.models import Change, History, Source
from sexton.web.register.models.records import written_name
from sexton.web.research import archives
from sexton.web.workbench.clues.words import in_a_hundred, pool_name

MOST_ROWS = 10
MOST_SOURCES = 500
SHOWS = 0.05  # bits; less is told as 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A clue or a search: the row, the change that brought it in, that which made it what it is.

    Of a search for one candidate: whom it ``sought``, and where his page is.
    """

    row: Clue | NegativeSearch
    added: Change
    last: Change
    sought: str | Promise = ""
    page: str = ""

    @property
    def was_changed(self) -> bool:
        return self.row.version > 1


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate in a preview: how he is called, where his page is, what becomes of him."""

    called: str
    page: str
    simulated: bool
    moved: Moved

    @property
    def fields(self) -> list[FieldMoved]:
        """The fields whose change shows in the decimals that are told."""
        return [one for one in self.moved.fields if abs(one.bits) >= SHOWS]

    @property
    def slight(self) -> bool:
        """Whether something changes, but nothing that shows."""
        return not self.fields and not self.moved.searched and self.moved.bits != 0

    @property
    def before(self) -> str:
        return in_a_hundred(self.moved.before.probability)

    @property
    def after(self) -> str:
        return in_a_hundred(self.moved.after.probability)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would say: ``lines`` of candidates whose evidence the reader has seen already,
    how many others there are, and what becomes of "none of these"."""

    name: str
    trouble: str | Promise = ""
    private: int = 0
    unseen: int = 0
    more: int = 0
    lines: tuple[Line, ...] = ()
    none_before: str = ""
    none_after: str = ""


def stories(rows: Sequence[Clue] | Sequence[NegativeSearch]) -> list[Found]:
    """Rows with who added them and who changed them last; the rows have their ``change``."""
    changed = [row.pk for row in rows if row.version > 1]
    first: dict[int, Change] = {}
    if changed:
        kind = kind_of(type(rows[0]))
        past = History.objects.filter(kind=kind, object_id__in=changed, version=1)
        first = {one.object_id: one.began for one in past.select_related("began")}
    return [Found(row, first.get(row.pk, row.change), row.change) for row in rows]


def found_out(case: Case, candidates: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The clues and the searches of a case, those that stand first; see ``choices``."""
    clues = case.clues.select_related("change", "source", "record").order_by("-stands", "pk")
    searches = case.searches.select_related("change", "source").order_by("-stands", "pk")
    known = dict(candidates)
    told = [_sought(found, known) for found in stories(list(searches))]
    return {"clues": stories(list(clues)), "searches": told}


def _sought(found: Found, known: Mapping[str, str]) -> Found:
    """With the candidate who was looked for, as far as the reader may know of him."""
    name = getattr(found.row, "candidate", "")
    if not name:
        return found
    if name in known:
        return replace(found, sought=known[name], page=page_of(name))
    return replace(found, sought=_("a candidate who is not shown to you, or is none any more"))


def choices(case: Case, user: Any) -> list[tuple[str, str]]:
    """The candidates whom ``user`` may know of, in an order that tells nothing of their rank."""
    may_see = archives.may_search(user)
    rows = case.candidates.order_by("name").only("name", "pool", "fields", "simulated")
    return [
        (one.name, f"{called(one)} ({pool_name(archive_of(one.pool))})")
        for one in rows
        if may_see or archive_of(one.pool) is None
    ]


def sources() -> list[Source]:
    """The sources of the register that can be chosen."""
    return list(Source.objects.only("key", "title", "url")[:MOST_SOURCES])


def called(candidate: Candidate) -> str:
    """His name as his row writes it, else what the row is called."""
    return written_name(candidate.fields) or candidate.name


def page_of(name: str) -> str:
    """The page of a candidate's row."""
    row = archive_row(name)
    if row is not None:
        return reverse("archive-record", args=row)
    return reverse("record", args=[record_key(name)])


def seen_by(case: Case, user: Any) -> set[str]:
    """The candidates on whom ``user`` has judged, or has looked at the evidence."""
    by = user.get_username()
    judged = Judgement.objects.filter(case=case, reviewer=by).values_list("candidate", flat=True)
    looked = Look.objects.filter(case=case, by=by).values_list("candidate", flat=True)
    return {*judged, *looked}


def previews(case: Case, outlooks: Iterable[Outlook], user: Any) -> list[Preview]:
    """What each list would say, as far as ``user`` may see it and still judge blind."""
    candidates = {one.name: one for one in case.candidates.all()}
    seen = seen_by(case, user)
    may_see = archives.may_search(user)
    return [_preview(one, candidates, seen, may_see) for one in outlooks]


def unseen_in(case: Case, user: Any) -> list[str]:
    """The candidates that a preview would show ``user`` for the first time."""
    seen, may_see = seen_by(case, user), archives.may_search(user)
    rows = case.candidates.values_list("name", "pool")
    return [n for n, pool in rows if n not in seen and (may_see or archive_of(pool) is None)]


def _preview(
    outlook: Outlook, candidates: dict[str, Candidate], seen: set[str], may_see: bool
) -> Preview:
    archive = archive_of(outlook.inquiry.pool)
    name = pool_name(archive)
    if archive is not None and not may_see:
        held = sum(one.pool == outlook.inquiry.pool for one in candidates.values())
        return Preview(name, private=held)
    if outlook.before is None or outlook.after is None:
        return Preview(name, trouble=archives.TROUBLES.get(outlook.trouble, outlook.trouble))
    open_ones = [moved for moved in outlook.moved if moved.name in seen]
    shown = tuple(_lines(open_ones[:MOST_ROWS], candidates))
    return Preview(
        name,
        unseen=len(outlook.moved) - len(open_ones),
        more=len(open_ones) - len(shown),
        lines=shown,
        none_before=in_a_hundred(outlook.before.none),
        none_after=in_a_hundred(outlook.after.none),
    )


def _lines(moved: Iterable[Moved], candidates: dict[str, Candidate]) -> Iterator[Line]:
    for one in moved:
        candidate = candidates[one.name]
        yield Line(called(candidate), page_of(one.name), candidate.simulated, one)
