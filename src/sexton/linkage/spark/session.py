"""A session of Apache Spark, and work on it that tells how far it is."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sexton.linkage.model import Progress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")

_GROUP = "sexton"
# Seconds after which it is looked how many tasks are done.
_LOOK_EVERY = 0.5
# A task that fails is done again so often, on one machine too.
_TRIES = 3
# What a cluster is chosen by: spark-submit, and the usual ways to tell a Python program of it.
_CHOSEN_BY = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR")
# Everything stays on this machine and nothing of it can be reached from others.
_LOCAL = {
    "spark.master": f"local[*,{_TRIES}]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
}
_ALWAYS = {
    "spark.app.name": "sexton",
    # What is collected grows with the list that is linked, and with the distinct names.
    "spark.driver.maxResultSize": "0",
    "spark.ui.showConsoleProgress": "false",
    # Otherwise its warnings stand between the lines of progress.
    "spark.log.level": "ERROR",
}


class NoSpark(Exception):
    """Spark cannot be used here; the text says why and what to do."""


class SparkFailed(Exception):
    """Spark gave up; the text says why."""


def _check() -> None:
    """Raises NoSpark when something that Spark needs is not there."""
    missing = [name for name in ("pyspark", "pandas") if find_spec(name) is None]
    if missing:
        raise NoSpark(
            f"The Spark engine needs the package {missing[0]}: "
            "install Sexton with its extra, pip install 'sexton[spark]'."
        )
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise NoSpark(
            "The Spark engine needs Java 17 or later: install it (Debian: openjdk-17-jre-headless) "
            "or set JAVA_HOME."
        )


@contextmanager
def open_session() -> Iterator[SparkSession]:
    """A session, ended with the block unless there was one already.

    On this machine alone, unless a cluster was chosen (spark-submit, PYSPARK_SUBMIT_ARGS,
    SPARK_CONF_DIR). Raises NoSpark.
    """
    _check()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    builder = SparkSession.builder
    settings = dict(_ALWAYS)
    if not any(name in os.environ for name in _CHOSEN_BY):
        settings |= _LOCAL
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise NoSpark(f"Spark could not be started: {_first_line(error)}") from error
    try:
        yield session
    finally:
        session.stop()


def is_local(session: SparkSession) -> bool:
    """Whether all workers are on this machine and see its files."""
    return str(session.sparkContext.master).startswith("local")


def run_job(
    session: SparkSession, what: str, action: Callable[[], T], progress: Progress | None
) -> T:
    """The result of an action, while ``progress`` hears how many of its tasks are done.

    Raises SparkFailed. Interrupted, it has Spark stop its work.
    """
    from py4j.protocol import Py4JError
    from pyspark import inheritable_thread_target
    from pyspark.errors import PySparkException

    context = session.sparkContext
    found: list[T] = []
    errors: list[Exception] = []

    def work() -> None:
        context.setJobGroup(_GROUP, what, interruptOnCancel=True)
        try:
            found.append(action())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=inheritable_thread_target(session)(work), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_LOOK_EVERY)
            if progress:
                progress(what, *_tasks(session))
    except BaseException:
        context.cancelJobGroup(_GROUP)
        raise
    if errors and isinstance(errors[0], Py4JError | PySparkException):
        raise SparkFailed(f"Spark gave up: {_first_line(errors[0])}") from errors[0]
    if errors:
        raise errors[0]
    if progress:
        progress(what, 1, 1)
    return found[0]


def _tasks(session: SparkSession) -> tuple[int, int | None]:
    """How many tasks of the stages at work are done, and of how many."""
    tracker = session.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    known = [stage for stage in stages if stage is not None]
    if not known:
        return 0, None
    return sum(s.numCompletedTasks for s in known), sum(s.numTasks for s in known)


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
