"""The candidates of a case by list, as far as somebody may see them now.

Blind is the first judgement of each candidate: until he is judged, or shown at one's own wish, he
stands in an order that says nothing, without bits, rank, or what others hold. The order of a list,
its probabilities of all and "none of these" are shown when nobody in it is left to be judged blind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from sexton.web.cases import judging
from sexton.web.cases.ladder import Opinion
from sexton.web.cases.models import Candidate, Case, Inquiry, Judgement
from sexton.web.cases.naming import ARCHIVE, archive_of
from sexton.web.research.archives import TROUBLES, may_search
from sexton.web.workbench.case_page.facing import Side
from sexton.web.workbench.case_page.sides import candidate_side, list_words
from sexton.web.workbench.case_page.waterfall import Waterfall, waterfall


@dataclass(frozen=True)
class Shown:
    """A candidate as somebody sees him: his row, own judgement, and whether evidence is open.

    ``number`` is his place in the neutral order of his list (from 1). ``opinions`` are those of
    all who judged him; nobody is told them before his own.
    """

    candidate: Candidate
    number: int
    own: Judgement | None
    is_open: bool
    said: Sequence[Opinion]

    @cached_property
    def side(self) -> Side:
        return candidate_side(self.candidate)

    @cached_property
    def waterfall(self) -> Waterfall | None:
        """The evidence; None as long as it is closed."""
        if not self.is_open:
            return None
        one = self.candidate
        return waterfall(one.prior, one.evidence, one.searched)

    @property
    def opinions(self) -> Sequence[Opinion]:
        return self.said if self.own and self.is_open else ()

    @property
    def disagree(self) -> bool:
        """Whether reviewers hold opposite things of him."""
        return len({one.verdict for one in self.opinions} - {"unsure"}) > 1


@dataclass(frozen=True)
class ListShown:
    """A list that was asked, with its candidates as far as they may be seen."""

    inquiry: Inquiry
    words: str
    candidates: Sequence[Shown]

    @property
    def is_open(self) -> bool:
        """Whether what is said of the list as a whole can influence no blind judgement any more."""
        return all(one.is_open for one in self.candidates)

    @property
    def closed(self) -> int:
        """How many of its candidates are still to be judged blind, or looked at."""
        return sum(not one.is_open for one in self.candidates)

    @property
    def ordered(self) -> list[Shown]:
        """By rank once the list is open; before in the neutral order."""
        if self.is_open:
            return sorted(self.candidates, key=lambda one: one.candidate.rank)
        return list(self.candidates)

    @property
    def covered(self) -> int:
        """In how many of a hundred such cases the man is taken to be in the list at all."""
        return round(100 * self.inquiry.coverage)

    @property
    def trouble(self) -> Promise | str:
        """Why the list could not be asked the last time; "" where it could."""
        return TROUBLES.get(self.inquiry.trouble, "")

    @property
    def has_simulated(self) -> bool:
        return any(one.side.simulated for one in self.candidates)


@dataclass(frozen=True)
class Found:
    """All lists; ``withheld`` is how many candidates stand in archives one may not search."""

    lists: Sequence[ListShown]
    withheld: int

    @property
    def everybody(self) -> list[Shown]:
        """All candidates, list by list."""
        return [one for told in self.lists for one in told.candidates]

    @property
    def number(self) -> int:
        return len(self.everybody)

    def of(self, name: str) -> Shown | None:
        """The candidate of this name; None where there is none, or he may not be seen."""
        return next((one for one in self.everybody if one.candidate.name == name), None)


def found_for(case: Case, user: Any) -> Found:
    """The candidates of a case for an account. Asks the database four times."""
    me, sees_archives = user.get_username(), may_search(user)
    rows = list(case.candidates.all())
    seen = [row for row in rows if sees_archives or archive_of(row.pool) is None]
    looks = set(case.looks.filter(by=me).values_list("candidate", flat=True))
    told: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in case.judgements.order_by("pk"):
        told[judgement.candidate].append(judgement)
    shown: dict[str, list[Shown]] = defaultdict(list)
    for row in neutrally(case, seen):
        own = next((one for one in reversed(told[row.name]) if one.reviewer == me), None)
        said = judging.opinions(told[row.name])
        one = Shown(row, len(shown[row.pool]) + 1, own, row.name in looks, said)
        shown[row.pool].append(one)
    inquiries = list(case.inquiries.order_by("pool"))
    asked = [one for one in inquiries if sees_archives or archive_of(one.pool) is None]
    # The register first: what it says can be joined at once.
    asked.sort(key=lambda one: (archive_of(one.pool) is not None, one.pool))
    lists = [ListShown(one, list_words(one.pool), shown[one.pool]) for one in asked]
    return Found(lists, len(rows) - len(seen))


def neutrally(case: Case, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in an order that is always the same and says nothing of them."""

    def drawn(one: Candidate) -> bytes:
        return blake2b(f"{case.key} {one.name}".encode(), digest_size=8).digest()

    return sorted(candidates, key=drawn)


def visible_candidates(user: Any) -> QuerySet[Candidate]:
    """The candidates that an account may see: those of archives for who may search archives."""
    rows: QuerySet[Candidate] = Candidate.objects.all()
    return rows if may_search(user) else rows.exclude(pool__startswith=ARCHIVE)
