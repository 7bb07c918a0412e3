"""Asking for work, taking it, losing it: on the database itself."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sexton.web.jobs import desk, kinds
from sexton.web.jobs.models import DONE, FAILED, RUNNING, STOPPED, WAITING, Job
from sexton.web.jobs.run import do
from sexton.web.jobs.task import Lost, Stop, Task
from sexton.web.jobs.worker import Worker

PAST = timedelta(seconds=-1)


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds that share a lane, and one beside."""
    monkeypatch.setattr(kinds, "KINDS", {})
    monkeypatch.setattr(desk, "KINDS", kinds.KINDS)
    kinds.kind("link", "linking", lane="archive")(lambda task: {"linked": 3})
    kinds.kind("index", "indexing", lane="archive")(lambda task: {})
    kinds.kind("dump", "dumping")(lambda task: {})


@pytest.mark.django_db
def test_work_is_taken_in_the_order_in_which_it_was_asked_for() -> None:
    first, second = desk.ask("link", "ann"), desk.ask("dump", "ann")
    assert [desk.claim("w").pk, desk.claim("w").pk] == [first.pk, second.pk]
    assert desk.claim("w") is None


@pytest.mark.django_db
def test_the_same_work_is_not_asked_for_twice_while_it_is_open() -> None:
    job = desk.ask("link", "ann", {"list": "a", "top": 10})
    assert desk.ask("link", "bob", {"top": 10, "list": "a"}).pk == job.pk
    assert desk.ask("link", "bob", {"list": "b"}).pk != job.pk
    desk.finish(desk.claim("w"), {})
    assert desk.ask("link", "bob", {"list": "a", "top": 10}).pk != job.pk


@pytest.mark.django_db
def test_unknown_work_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        desk.ask("fly", "ann")
    with pytest.raises(ValueError):
        kinds.kind("link", "again")(lambda task: {})


@pytest.mark.django_db
def test_two_jobs_of_one_lane_never_run_at_once() -> None:
    link, index, dump = (desk.ask(kind, "ann") for kind in ("link", "index", "dump"))
    assert desk.claim("a").pk == link.pk
    assert desk.claim("b").pk == dump.pk
    assert desk.claim("c") is None
    desk.finish(Job.objects.get(pk=link.pk), {})
    assert desk.claim("c").pk == index.pk


@pytest.mark.django_db
def test_a_dead_workers_job_is_taken_up_with_its_checkpoint() -> None:
    desk.ask("link", "ann")
    dead = desk.claim("dead", lease=PAST)
    Task(dead).keep({"next": 7})
    taken = desk.claim("living")
    assert (taken.pk, taken.attempt, taken.checkpoint) == (dead.pk, 2, {"next": 7})
    with pytest.raises(Lost):
        Task(dead).keep({"next": 8})
    assert not desk.finish(dead, {"wrong": 1}) and not desk.renew(dead)
    assert desk.finish(taken, {"right": 1})
    assert Job.objects.get().result == {"right": 1}


@pytest.mark.django_db
def test_a_renewed_lease_holds() -> None:
    desk.ask("link", "ann")
    job = desk.claim("slow", lease=PAST)
    assert desk.renew(job)
    assert desk.claim("greedy") is None


@pytest.mark.django_db
def test_work_that_kills_its_workers_is_given_up() -> None:
    desk.ask("link", "ann")
    for _ in range(desk.MOST_ATTEMPTS):
        assert desk.claim("w", lease=PAST) is not None
    assert desk.claim("w") is None
    job = Job.objects.get()
    assert job.state == FAILED and "3 times" in job.error and job.ended_at is not None


@pytest.mark.django_db
def test_stopping_what_waits_what_runs_and_what_has_ended() -> None:
    waiting = desk.ask("link", "ann")
    desk.ask_to_stop(waiting)
    assert Job.objects.get(pk=waiting.pk).state == STOPPED
    desk.ask("link", "ann")
    running = desk.claim("w")
    desk.ask_to_stop(running)
    assert desk.stop_is_asked(running)
    with pytest.raises(Stop):
        Task(running).progress("on", 1, 1)
    assert desk.stopped(running)
    desk.ask_to_stop(running)
    assert Job.objects.get(pk=running.pk).state == STOPPED


@pytest.mark.django_db
def test_what_was_asked_to_stop_is_not_taken_up_again() -> None:
    desk.ask("link", "ann")
    dead = desk.claim("dead", lease=PAST)
    desk.ask_to_stop(dead)
    assert desk.claim("living") is None
    assert Job.objects.get().state == STOPPED


@pytest.mark.django_db
def test_stopped_work_can_be_asked_for_again_and_goes_on() -> None:
    desk.ask("link", "ann", {"list": "a"})
    job = desk.claim("w")
    Task(job).keep({"next": 40})
    desk.stopped(job)
    new = desk.again(Job.objects.get(pk=job.pk), "bob")
    assert (new.state, new.by, new.checkpoint) == (WAITING, "bob", {"next": 40})


@pytest.mark.django_db
def test_a_job_is_done_here_and_its_end_is_written() -> None:
    desk.ask("link", "ann")
    assert do(desk.claim("w")) == 0
    job = Job.objects.get()
    assert (job.state, job.result) == (DONE, {"linked": 3})
    assert job.started_at <= job.ended_at


@pytest.mark.django_db
def test_progress_is_told_as_a_share() -> None:
    desk.ask("link", "ann")
    Task(desk.claim("w")).progress("comparing", 50, 200)
    job = Job.objects.get()
    assert (job.stage, job.done, job.total, job.share) == ("comparing", 50, 200, 25)
    assert Job(done=5).share is None


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_jobs_and_none_gets_two() -> None:
    monkey = [kinds.kind(f"k{number}", "one of many")(lambda task: {}) for number in range(20)]
    jobs = {desk.ask(f"k{number}", "ann").pk for number in range(len(monkey))}
    taken: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        while (job := desk.claim(threading.current_thread().name)) is not None:
            taken.append(job.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(jobs)
    running = Job.objects.filter(state=RUNNING, lease_until__gt=timezone.now())
    assert running.count() == len(jobs)


@pytest.mark.django_db
def test_work_that_is_due_is_asked_for_once_and_let_rest_when_it_failed() -> None:
    due = True
    kinds.kind("tidy", "tidying", due=lambda: due)(lambda task: {})
    [job] = desk.ask_for_what_is_due()
    assert (job.kind, job.state) == ("tidy", WAITING)
    assert [one.pk for one in desk.ask_for_what_is_due()] == [job.pk]
    desk.fail(desk.claim("w"), "the disk is full")
    assert desk.ask_for_what_is_due() == []
    Job.objects.update(ended_at=timezone.now() - 2 * desk.LET_REST)
    assert [one.kind for one in desk.ask_for_what_is_due()] == ["tidy"]
    due = False
    Job.objects.all().delete()
    assert desk.ask_for_what_is_due() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_without_work_does_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(pause=0.01)

    def start(job: Job) -> subprocess.Popen[bytes]:
        worker.ending.set()
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr("sexton.web.jobs.worker.start", start)
    kinds.kind("tidy", "tidying", due=lambda: True)(lambda task: {})
    assert worker.run() == 1
    assert Job.objects.get().kind == "tidy"
