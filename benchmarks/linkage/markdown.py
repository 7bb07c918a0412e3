"""Pieces of the reports."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from os import cpu_count

PACKAGES = ("sexton", "splink", "duckdb", "rapidfuzz", "abydos", "numpy")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def conditions() -> str:
    """Day, cores and versions, as a clause."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today().isoformat()}, {cpu_count()} cores, "
        f"Python {platform.python_version()}; {versions}"
    )
