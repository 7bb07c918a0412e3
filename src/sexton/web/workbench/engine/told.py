"""What the pages say of runs: how far one is, what it changed, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.web.accounts.rights import may_everywhere
from sexton.web.cases import work
from sexton.web.cases.models import Outcome
from sexton.web.cases.naming import REGISTER
from sexton.web.jobs.models import RUNNING, WAITING, Job
from sexton.web.jobs.words import STATES
from sexton.web.register import auditing, keys
from sexton.web.register.labels import Label
from sexton.web.register.models import Site
from sexton.web.research.archives import TROUBLES, may_search
from sexton.web.workbench.access import WORK, cases_for
from sexton.web.workbench.engine.lists import Named, title_of

MOVED = 0.05
"""From so much on a probability has moved: five in a hundred."""
PATIENCE = timedelta(seconds=10)
"""A worker that lives takes waiting work sooner than this."""
REFRESH = "refresh"
STAGES: dict[str, Promise] = {
    work.OPENING: _("Opening cases"),
    work.LOOKING: _("Looking for candidates"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A run as a page shows it."""

    job: Job
    wanted: work.Wanted

    @classmethod
    def of(cls, job: Job) -> Run:
        return cls(job, work.Wanted.of(job.params))

    @property
    def state(self) -> Promise:
        return _("Is being stopped") if self.is_stopping else STATES[self.job.state]

    @property
    def is_stopping(self) -> bool:
        return self.job.stop_asked and self.job.is_open

    @property
    def stage(self) -> Promise | str:
        return STAGES.get(self.job.stage, "") if self.job.state == RUNNING else ""

    @property
    def lists(self) -> list[tuple[Named, int]]:
        """The lists that are asked, with their coverage in hundredths; the register first."""
        told = [(Named.of(pool), round(100 * coverage)) for pool, coverage in self.wanted.lists]
        return told[::-1]

    @property
    def sites(self) -> list[Label]:
        """The places whose cases are looked up; none where all are."""
        found = Site.objects.filter(key__in=self.wanted.sites)
        return [site.name_in(get_language() or "en") for site in found.order_by("key")]

    @property
    def waits_in_vain(self) -> bool:
        """Whether no worker seems to be there: it has waited, and nothing runs before it."""
        if self.job.state != WAITING or timezone.now() - self.job.asked_at < PATIENCE:
            return False
        alive = Job.objects.filter(state=RUNNING, lease_until__gt=timezone.now())
        return not alive.exists()


def runs() -> QuerySet[Job]:
    """All runs, the newest first."""
    return Job.objects.filter(kind=work.KIND)


def may_steer(user: Any, job: Job) -> bool:
    """Whether somebody may stop a run or let it go on: it is his, or all cases are."""
    return job.by == user.get_username() or may_everywhere(user, WORK)


def outcomes_for(user: Any, job: Job) -> QuerySet[Outcome]:
    """What a run did to the cases and in the lists that ``user`` may see."""
    found = Outcome.objects.filter(job=job, case__in=cases_for(user))
    return found if may_search(user) else found.filter(pool=REGISTER)


def changed(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Those that changed something, what changed most first."""
    other = Q(after__gt="", before__gt="") & ~Q(before=F("after"))
    found = outcomes.filter(Q(new__gt=0) | Q(gone__gt=0) | Q(moved__gte=MOVED) | other)
    return found.select_related("case__record__site").order_by("is_first", "-moved", "pk")


@dataclass(frozen=True, slots=True)
class Counted:
    """A run in numbers: of cases, and of cases in a list."""

    cases: int
    having: int
    first: int
    new: int
    gone: int
    other: int
    moved: int
    same: int


def counted(outcomes: QuerySet[Outcome]) -> Counted:
    """How many cases were asked, and how many answers changed in which way."""
    again = Q(is_first=False, trouble="")
    other = again & Q(after__gt="", before__gt="") & ~Q(before=F("after"))
    something = Q(new__gt=0) | Q(gone__gt=0) | Q(moved__gte=MOVED) | other
    told = outcomes.aggregate(
        n_cases=Count("case", distinct=True),
        n_having=Count("case", filter=Q(after__gt=""), distinct=True),
        n_first=Count("pk", filter=Q(is_first=True)),
        n_new=Count("pk", filter=again & Q(new__gt=0)),
        n_gone=Count("pk", filter=again & Q(gone__gt=0)),
        n_other=Count("pk", filter=other),
        n_moved=Count("pk", filter=again & Q(moved__gte=MOVED)),
        n_same=Count("pk", filter=again & ~something),
    )
    return Counted(**{name.removeprefix("n_"): count for name, count in told.items()})


@dataclass(frozen=True, slots=True)
class Unasked:
    """A list that could not be asked, why, and for how many cases."""

    title: Label
    why: Promise
    cases: int


def unasked(outcomes: QuerySet[Outcome]) -> Sequence[Unasked]:
    """The lists that could not be asked."""
    told = outcomes.exclude(trouble="").values("pool", "trouble").annotate(n=Count("pk"))
    return [
        Unasked(title_of(one["pool"]), TROUBLES[one["trouble"]], one["n"])
        for one in told.order_by("pool", "trouble")
    ]


@dataclass(frozen=True, slots=True)
class Computed:
    """What is computed from the register: whether it is behind, and the work that mends it."""

    keys: bool
    findings: bool
    job: Job | None

    @property
    def is_behind(self) -> bool:
        return self.keys or self.findings


def computed() -> Computed:
    """Whether search keys and findings are behind the register."""
    job = Job.objects.filter(kind=REFRESH, state__in=(WAITING, RUNNING)).first()
    return Computed(not keys.is_current(), not auditing.is_current(), job)
