"""Try tables that are not packaged: in a process of their own, as models keep what they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sexton.names.tables import read_instead

T = TypeVar("T")


def beside(tables: Mapping[str, str], task: Callable[[Path], T], data: Path) -> T:
    """``task(data)`` in a new process where ``tables`` (file name -> text) win over the packaged.

    ``task`` must be a function of a module.
    """
    with TemporaryDirectory() as folder:
        for name, text in tables.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        pool = ProcessPoolExecutor(1, get_context("spawn"), read_instead, (Path(folder),))
        with pool:
            return pool.submit(task, data).result()
