"""Looking for candidates of many cases: long work that the workbench asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from sexton.web.cases import deciding, finding
from sexton.web.cases.ladder import FOUND
from sexton.web.cases.models import Case, Outcome
from sexton.web.jobs.kinds import kind
from sexton.web.jobs.models import Job
from sexton.web.jobs.task import Task
from sexton.web.register.models import Record

KIND = "find-candidates"
AT_ONCE = 20
"""Cases that are asked for together; what they brought is a checkpoint."""
OPENED_AT_ONCE = 200
UNDECIDED = (*FOUND, "disputed", "withdrawn")
OPENING, LOOKING = "opening cases", "looking for candidates"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to do. ``keys``: only these cases; ``sites``: only those of these sites (keys);
    both empty, all. ``lists``: pools with their coverage. ``decided``: those too that somebody
    decided. ``opening``: open a case for each burial that has none first."""

    lists: tuple[tuple[str, float], ...]
    keys: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    decided: bool = False
    opening: bool = False

    def as_params(self) -> dict[str, Any]:
        """As JSON, in one order, so that the same work is seen to be the same."""
        params = asdict(self)
        return params | {
            "lists": sorted([pool, coverage] for pool, coverage in self.lists),
            "keys": sorted(self.keys),
            "sites": sorted(self.sites),
        }

    @classmethod
    def of(cls, params: dict[str, Any]) -> Wanted:
        """From the parameters of a job."""
        lists = tuple((pool, coverage) for pool, coverage in params["lists"])
        sets = {name: tuple(params[name]) for name in ("keys", "sites")}
        return cls(lists, decided=params["decided"], opening=params["opening"], **sets)

    def cases(self) -> QuerySet[Case]:
        """The cases that it means, as they are now."""
        found = Case.objects.all() if self.decided else Case.objects.filter(state__in=UNDECIDED)
        if self.keys:
            found = found.filter(key__in=self.keys)
        if self.sites:
            found = found.filter(record__site__key__in=self.sites)
        return found.order_by("pk")


def burials_without_case(sites: Sequence[str] = ()) -> QuerySet[Record]:
    """The records of burials for which there is no case yet; of a row written twice the later."""
    has_case = Exists(Case.objects.filter(record=OuterRef("pk")))
    found = Record.objects.filter(~has_case, site__isnull=False, replaced_by=None)
    return (found.filter(site__key__in=sites) if sites else found).order_by("pk")


@kind(KIND, _("Looking for candidates"), lane="cases")
def find_candidates(task: Task) -> dict[str, Any]:
    """Batch by batch; a batch that was begun and lost is asked again for what is not written."""
    wanted = Wanted.of(task.params)
    if wanted.opening and not task.checkpoint.get("opened_all"):
        _open_cases(task, wanted)
    done, total = task.checkpoint.get("done", 0), wanted.cases().count()
    job = Job.objects.get(pk=task.pk)
    task.progress(LOOKING, done, total)
    for cases in _batches(wanted, task.checkpoint.get("after", 0)):

        def alive(stage: str, part: int, of: int | None, done: int = done) -> None:
            task.progress(LOOKING, done, total)

        finding.find(cases, wanted.lists, task.by, job, alive)
        done += len(cases)
        task.keep({**task.checkpoint, "after": cases[-1].pk, "done": done})
        task.progress(LOOKING, min(done, total), total)
    return {**_summary(task.pk), "opened": task.checkpoint.get("opened", 0)}


def _open_cases(task: Task, wanted: Wanted) -> None:
    """Open cases for burials; one that is open already is not asked for again."""
    opened = task.checkpoint.get("opened", 0)
    total = opened + burials_without_case(wanted.sites).count()
    while records := list(burials_without_case(wanted.sites)[:OPENED_AT_ONCE]):
        task.progress(OPENING, opened, total)
        opened += len(deciding.open_cases(records, task.by))
        task.keep({**task.checkpoint, "opened": opened})
    task.keep({**task.checkpoint, "opened_all": True})


def _batches(wanted: Wanted, after: int) -> Iterator[list[Case]]:
    """The cases in the order in which they were opened, from behind the last that was done."""
    found = wanted.cases().select_related("record")
    while cases := list(found.filter(pk__gt=after)[:AT_ONCE]):
        yield cases
        after = cases[-1].pk


def _summary(job: int) -> dict[str, Any]:
    """What a run changed, in numbers."""
    told = Outcome.objects.filter(job=job)
    sums = told.aggregate(
        cases=Count("case", distinct=True), new=Sum("new"), gone=Sum("gone"),
        troubled=Count("pk", filter=~Q(trouble="")),
        having=Count("case", distinct=True, filter=~Q(after="")),
    )  # fmt: skip
    return {name: count or 0 for name, count in sums.items()}
