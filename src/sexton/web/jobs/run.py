"""``python -m sexton.web.jobs.run JOB ATTEMPT PARENT``: do one job; the process that may die.

The worker stands outside, keeps the lease and watches. Exit codes: 0 ended as it should (done,
failed with a reason, or stopped), 3 the job is another's by now.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import traceback

LOST = 3
_PR_SET_PDEATHSIG = 1


def main(pk: int, attempt: int, parent: int) -> int:
    die_with_parent(parent)
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.jobs.models import RUNNING, Job

    job = Job.objects.filter(pk=pk, attempt=attempt, state=RUNNING).first()
    return do(job) if job else LOST


def do(job: object) -> int:
    """Run the job's work here and write down how it ended."""
    from sexton.web.jobs import desk
    from sexton.web.jobs.kinds import KINDS
    from sexton.web.jobs.models import Job
    from sexton.web.jobs.task import Lost, Stop, Task

    assert isinstance(job, Job)
    try:
        result = KINDS[job.kind].work(Task(job))
    except Stop:
        desk.stopped(job)
    except Lost:
        return LOST
    except Exception as error:
        traceback.print_exc()
        desk.fail(job, f"{type(error).__name__}: {error}")
    else:
        desk.finish(job, result)
    return 0


def die_with_parent(parent: int) -> None:
    """Where the system can do it (Linux): no work goes on behind the back of a dead worker.

    Ends this process when the parent has died already.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if hasattr(os, "getppid") and os.getppid() != parent:
        sys.exit(LOST)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
