"""Asking for work, taking it, ending it. Every step is one statement or one short transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sexton.web.jobs.kinds import KINDS
from sexton.web.jobs.models import DONE, FAILED, OPEN, RUNNING, STOPPED, WAITING, Job

LEASE = timedelta(seconds=30)
LET_REST = timedelta(hours=1)  # work that failed or was stopped, and is due by itself
MOST_ATTEMPTS = 3
WORKER = "the worker"
DIED = "The work was taken up {n} times, and each time its process ended without a word."


def ask(kind: str, by: str, params: Mapping[str, Any] | None = None) -> Job:
    """Ask for work; the same work that still waits or runs is not asked for twice.

    Raises KeyError for a kind that nobody registered.
    """
    known, given = KINDS[kind], dict(params or {})
    wanted = json.dumps(given, sort_keys=True)
    with transaction.atomic():
        for job in Job.objects.filter(kind=kind, state__in=OPEN, stop_asked=False):
            if json.dumps(job.params, sort_keys=True) == wanted:
                return job
        return Job.objects.create(kind=kind, params=given, lane=known.lane, by=by)


def ask_for_what_is_due() -> list[Job]:
    """Ask for the work that should be done though nobody asks; not for what failed of late."""
    due = [kind.name for kind in KINDS.values() if kind.due and not _gave_up(kind.name)]
    return [ask(name, WORKER) for name in due if KINDS[name].due()]  # type: ignore[misc]


def claim(worker: str, lease: timedelta = LEASE) -> Job | None:
    """Take the oldest job that may run now, or None; a dead worker's is taken up again.

    A job whose workers died ``MOST_ATTEMPTS`` times is failed: it would take every worker along.
    """
    now = timezone.now()
    _bury(now)
    while True:
        try:
            with transaction.atomic():
                job = _next(now)
                if job is None:
                    return None
                job.state, job.worker, job.lease_until = RUNNING, worker, now + lease
                job.attempt += 1
                job.started_at = job.started_at or now
                job.save(update_fields=["state", "worker", "lease_until", "attempt", "started_at"])
                return job
        except IntegrityError:
            continue  # another worker has just begun in this lane


def renew(job: Job, lease: timedelta = LEASE) -> bool:
    """Put off the end of the lease; False when the job is no longer this worker's."""
    return bool(_held(job).update(lease_until=timezone.now() + lease))


def stop_is_asked(job: Job) -> bool:
    return _held(job).filter(stop_asked=True).exists()


def finish(job: Job, result: Mapping[str, Any]) -> bool:
    """The work is done. False when another worker had taken it, whose result will count."""
    return _end(job, DONE, result=dict(result), checkpoint={})


def fail(job: Job, error: str) -> bool:
    return _end(job, FAILED, error=error)


def stopped(job: Job) -> bool:
    return _end(job, STOPPED)


def give_back(job: Job) -> bool:
    """The process died, its keeper lives: others may take it at once."""
    return bool(_held(job).update(lease_until=timezone.now(), worker=""))


def ask_to_stop(job: Job) -> None:
    """A job that waits is stopped now, one that runs at its next step; an ended one stays."""
    ended = {"state": STOPPED, "ended_at": timezone.now(), "stop_asked": True}
    if not Job.objects.filter(pk=job.pk, state=WAITING).update(**ended):
        Job.objects.filter(pk=job.pk, state=RUNNING).update(stop_asked=True)


def again(job: Job, by: str) -> Job:
    """Ask once more for work that failed or was stopped: it goes on from its checkpoint."""
    new = ask(job.kind, by, job.params)
    if job.checkpoint and not new.checkpoint and new.state == WAITING:
        Job.objects.filter(pk=new.pk, state=WAITING).update(checkpoint=job.checkpoint)
        new.refresh_from_db()
    return new


def _next(now: Any) -> Job | None:
    alive = Job.objects.filter(lane=OuterRef("lane"), state=RUNNING).exclude(pk=OuterRef("pk"))
    free = Job.objects.filter(Q(state=WAITING) | Q(state=RUNNING, lease_until__lt=now))
    free = free.filter(~Exists(alive), kind__in=list(KINDS)).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    return free.first()


def _bury(now: Any) -> None:
    dead = Job.objects.filter(state=RUNNING, lease_until__lt=now)
    dead.filter(stop_asked=True).update(state=STOPPED, ended_at=now)
    dead.filter(attempt__gte=MOST_ATTEMPTS).update(
        state=FAILED, ended_at=now, error=DIED.format(n=MOST_ATTEMPTS)
    )


def _gave_up(kind: str) -> bool:
    last = Job.objects.filter(kind=kind).order_by("-pk").first()
    return bool(
        last and last.state in (FAILED, STOPPED) and last.ended_at > timezone.now() - LET_REST
    )


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=RUNNING)


def _end(job: Job, state: str, **values: object) -> bool:
    return bool(_held(job).update(state=state, ended_at=timezone.now(), **values))
