"""The worker: takes jobs one after the other, each in a process of its own, and keeps the lease.

Compiled work can hold its process for minutes, so the heart beats in another one. What the worker
survives: the job's process killed (others take it up at once), a job asked to stop that does not
listen (killed after ``PATIENCE``), the database away for a moment. When the worker itself is
killed, its child goes too, and the lease runs out.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, close_old_connections

from sexton.web.jobs import desk
from sexton.web.jobs.models import Job
from sexton.web.jobs.run import LOST

PATIENCE = 20.0  # seconds that work may go on after it was asked to stop
PAUSE = 1.0  # seconds between two looks for work
SELDOM = 15.0  # and between two looks for work that nobody asked for


class Worker:
    """Takes jobs until ``ending`` is set. ``lease``: how long a silent worker is believed alive."""

    def __init__(self, lease: timedelta = desk.LEASE, pause: float = PAUSE) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.lease = lease
        self.pause = pause
        self.ending = threading.Event()
        self._next_look = 0.0

    def run(self, once: bool = False) -> int:
        """Work; with ``once`` until nothing is left to do. Returns how many jobs were taken."""
        taken = 0
        while not self.ending.is_set():
            job = self._claim()
            if job is not None:
                taken += 1
                self._keep(job, start(job))
            elif once:
                break
            else:
                self._look_around()
                self.ending.wait(self.pause)
        return taken

    def _look_around(self) -> None:
        """Now and then, while there is no work: is there some that nobody asked for?"""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + SELDOM
            self._try(desk.ask_for_what_is_due)

    def _claim(self) -> Job | None:
        close_old_connections()
        try:
            return desk.claim(self.name, self.lease)
        except DatabaseError:
            return None  # locked, full or away: the next look will tell

    def _keep(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        """Keep the lease while the process lives, and see to its end."""
        beat = min(self.lease.total_seconds() / 3, 1.0)
        asked = 0.0
        while True:
            try:
                code = process.wait(beat)
            except subprocess.TimeoutExpired:
                if self.ending.is_set():
                    self._drop(job, process)
                    return
                asked = self._beat(job, process, asked)
                continue
            if code not in (0, LOST):
                self._try(lambda: desk.give_back(job))
            return

    def _beat(self, job: Job, process: subprocess.Popen[bytes], asked: float) -> float:
        """Renew the lease, and end work that does not listen; the time when it was asked to."""
        if self._try(lambda: desk.renew(job, self.lease)) is False:
            process.kill()
        if asked == 0.0 and self._try(lambda: desk.stop_is_asked(job)):
            return time.monotonic()
        if asked and time.monotonic() - asked > PATIENCE:
            process.kill()
            process.wait()
            self._try(lambda: desk.stopped(job))
        return asked

    def _drop(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        """The worker ends: the job is given back, and goes on elsewhere from its checkpoint."""
        process.kill()
        process.wait()
        self._try(lambda: desk.give_back(job))

    def _try(self, step: object) -> object:
        close_old_connections()
        try:
            return step()  # type: ignore[operator]
        except DatabaseError:
            return None


def start(job: Job) -> subprocess.Popen[bytes]:
    """The process that does the job; what it prints goes where the worker's own words go."""
    numbers = map(str, (job.pk, job.attempt, os.getpid()))
    command = [sys.executable, "-m", "sexton.web.jobs.run", *numbers]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)
