"""Kinds of work that count."""

from __future__ import annotations

import time
from pathlib import Path

from sexton.web.jobs.kinds import kind
from sexton.web.jobs.task import Task


@kind("count", "counting")
def count(task: Task) -> dict[str, int]:
    """Write a line for each number; every tenth is a checkpoint."""
    for number in range(task.checkpoint.get("next", 0), task.params["to"]):
        time.sleep(task.params.get("pause", 0.01))
        with Path(task.params["file"]).open("a", encoding="ascii") as file:
            file.write(f"{task.attempt} {number}\n")
        if number % 10 == 9:
            task.keep({"next": number + 1})
        task.progress("counting", number + 1, task.params["to"])
    return {"counted": task.params["to"]}


@kind("deaf", "counting without listening")
def deaf(task: Task) -> dict[str, int]:
    """Goes on for a minute whatever is asked of it, like compiled work."""
    Path(task.params["file"]).write_text("begun", encoding="ascii")
    time.sleep(60)
    return {}


@kind("broken", "work that fails")
def broken(task: Task) -> dict[str, int]:
    raise ValueError("the file has no such column")
