"""Workers as processes, killed at random moments, on SQLite and PostgreSQL: nothing is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .. import postgresql

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="these begin a server of their own"),
]
PREPARE = "from sexton.web.setup import prepare; prepare(); import sexton.web.jobs.desk as desk\n"
WORK = """
import datetime, signal
from sexton.web.jobs.worker import Worker
worker = Worker(lease=datetime.timedelta(seconds=2), pause=0.1)
signal.signal(signal.SIGTERM, lambda *_: worker.ending.set())
worker.run(once={once})
"""


class Register:
    """A register of its own, worked on by processes."""

    def __init__(self, folder: Path, reach: dict[str, str]) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("COV_CORE")}
        settings = "tests.register.jobs.counting.settings"
        self.environment = {**kept, **reach, "SEXTON_HOME": str(folder / "home")}
        self.environment |= {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
        self.file = folder / "counted.txt"

    def start(self, code: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", PREPARE + code],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, kind: str, **params: object) -> None:
        given = {"file": str(self.file), **params}
        self._say(f"desk.ask({kind!r}, 'ann', {given!r})")

    def jobs(self) -> list[dict[str, object]]:
        told = "state", "attempt", "result", "error", "done"
        rows = f"desk.Job.objects.order_by('pk').values(*{told!r})"
        return json.loads(self._say(f"import json\nprint(json.dumps(list({rows})))"))

    def stop(self) -> None:
        self._say("[desk.ask_to_stop(job) for job in desk.Job.objects.all()]")

    def worker(self, once: bool = True) -> subprocess.Popen[str]:
        return self.start(WORK.format(once=once))

    def counted(self) -> list[tuple[int, int]]:
        lines = self.file.read_text(encoding="ascii").splitlines() if self.file.exists() else []
        return [(int(a), int(b)) for a, b in (line.split() for line in lines)]

    def _say(self, code: str) -> str:
        process = self.start(code)
        out, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
        return out


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    if request.param == "sqlite":
        yield Register(tmp_path, {})
        return
    if postgresql.programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    with postgresql.server() as reach:
        yield Register(tmp_path, reach)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def test_a_worker_killed_again_and_again_loses_nothing(register: Register) -> None:
    """Killed twice; the third goes on from the last checkpoint, and every number is counted."""
    register.ask("count", to=120, pause=0.02)
    chance = random.Random(3)
    for kill in (1, 2):
        worker = register.worker()
        until(lambda kill=kill: any(a == kill for a, _ in register.counted()))
        time.sleep(chance.uniform(0.1, 0.6))
        worker.kill()
        worker.communicate()
        before = len(register.counted())
        time.sleep(0.5)
        assert len(register.counted()) <= before + 1, "its work went on without it"
        time.sleep(2)
    assert register.worker().wait(timeout=120) == 0
    [job] = register.jobs()
    assert (job["state"], job["result"], job["attempt"]) == ("done", {"counted": 120}, 3)
    assert {number for _, number in register.counted()} == set(range(120))
    firsts = [min(n for a, n in register.counted() if a == attempt) for attempt in (1, 2, 3)]
    assert firsts == sorted(firsts) and all(first % 10 == 0 for first in firsts)


def test_a_job_that_is_killed_alone_is_taken_up_at_once(register: Register) -> None:
    register.ask("count", to=60, pause=0.02)
    worker = register.worker()
    until(lambda: len(register.counted()) > 12)
    children = subprocess.run(
        ["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True
    )
    os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
    assert worker.wait(timeout=60) == 0
    [job] = register.jobs()
    assert (job["state"], job["attempt"]) == ("done", 2)


def test_work_is_stopped_and_says_how_far_it_came(register: Register) -> None:
    register.ask("count", to=2000, pause=0.02)
    worker = register.worker()
    until(lambda: len(register.counted()) > 30)
    register.stop()
    assert worker.wait(timeout=60) == 0
    [job] = register.jobs()
    assert job["state"] == "stopped" and 0 < job["done"] < 2000


def test_a_worker_that_ends_gives_its_job_back(register: Register) -> None:
    register.ask("count", to=100, pause=0.02)
    worker = register.worker(once=False)
    until(lambda: len(register.counted()) > 15)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert register.worker().wait(timeout=60) == 0
    assert [job["state"] for job in register.jobs()] == ["done"]


def test_work_that_fails_says_why(register: Register) -> None:
    register.ask("broken")
    assert register.worker().wait(timeout=60) == 0
    [job] = register.jobs()
    assert (job["state"], job["error"]) == ("failed", "ValueError: the file has no such column")
