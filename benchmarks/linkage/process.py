"""A function in a process of its own, with its time and the memory of all that it starts."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

# Shared pages are told apart slowly (the kernel walks all pages), so less often.
_EVERY, _PSS_EVERY = 0.05, 1.0


@dataclass(frozen=True)
class Measured:
    """What a function returned, its seconds, and peaks in MB.

    ``rss_mb`` adds up the resident sizes of the process and its children: pages that they share
    are counted once for each. ``pss_mb`` counts each page once, but looks but once a second.
    """

    value: Any
    seconds: float
    rss_mb: float
    pss_mb: float


def measured(
    function: Callable[..., Any],
    *arguments: Any,
    limit: float | None = None,
    without: Sequence[str] = (),
) -> Measured:
    """Run a function of a module in a fresh process; ``without``: packages that are not there for
    it. That its module is imported is not measured.

    Raises RuntimeError when the process dies without an answer, TimeoutError after ``limit``
    seconds.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    name = function.__module__, function.__name__
    process = context.Process(target=_run, args=(theirs, *name, arguments, without))
    process.start()
    theirs.close()
    rss = pss = 0.0
    started = looked = time.perf_counter()
    while not ours.poll(_EVERY):
        family = _family(process.pid or 0)
        rss = max(rss, sum(_status_mb(pid, "status", "VmRSS:") for pid in family))
        now = time.perf_counter()
        if limit and now - started > limit:
            _end(process, family)
            raise TimeoutError(f"{function.__name__} took more than {limit:.0f} s")
        if now - looked > _PSS_EVERY:
            looked = now
            pss = max(pss, sum(_status_mb(pid, "smaps_rollup", "Pss:") for pid in family))
    try:
        seconds, value, own_mb = ours.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"{function.__name__} ended with code {process.exitcode}") from None
    process.join()
    return Measured(value, seconds, max(rss, own_mb), pss)


def _end(process: SpawnProcess, family: list[int]) -> None:
    for pid in reversed(family):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.join()


def processor_seconds() -> float:
    """Seconds of processor time of this process and those that it started and that have ended:
    other work on the machine hardly changes them."""
    return sum(os.times()[:4])


def _run(
    answer: Connection, module: str, name: str, arguments: tuple[Any, ...], without: Sequence[str]
) -> None:
    # So Python notes that a module is not to be found.
    sys.modules.update(dict.fromkeys(without))  # type: ignore[arg-type]
    function = getattr(import_module(module), name)
    started = time.perf_counter()
    value = function(*arguments)
    seconds = time.perf_counter() - started
    answer.send((seconds, value, _status_mb("self", "status", "VmHWM:")))


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            children = " ".join((task / "children").read_text() for task in tasks)
        except OSError:
            continue
        found.extend(int(child) for child in children.split())
    return found


def _status_mb(pid: int | str, file: str, name: str) -> float:
    """One line of a process's state, in MB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)
