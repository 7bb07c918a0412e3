"""``python -m benchmarks.register [ROWS]``: import and page data on SQLite, or on DATABASE_URL.

Prints what it measured and, for 100,000 rows, writes it into results.md beside this file.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FULL = 100_000
PAGES = 400
HERE = Path(__file__).resolve().parent


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="sexton-bench-") as folder:
        os.environ["SEXTON_HOME"] = folder
        from sexton.web.setup import prepare

        prepare()
        figures = measure(Path(folder), rows)
    text = report(figures, rows)
    print(text)
    if rows == FULL:
        (HERE / "results.md").write_text(text, encoding="utf-8")


def measure(folder: Path, rows: int) -> dict[str, float]:
    """Seconds, rates and milliseconds, by name."""
    from benchmarks.register.material import write_list
    from sexton.web.register import imports, models

    path = write_list(folder / "simulated.csv", rows)
    figures: dict[str, float] = {}
    files, figures["reading the file, s"] = timed(lambda: imports.read_files(path))
    _, figures["preview, s"] = timed(lambda: imports.preview(files))
    taken, wall = timed(lambda: imports.apply(files, "benchmark", "simulated"))
    figures["import, s"] = wall
    claims = models.Claim.objects.count()
    figures["records a second (compare and write)"] = rows / wall
    figures["records a second (with reading)"] = rows / (wall + figures["reading the file, s"])
    figures["claims"] = claims
    figures["claims a record"] = claims / rows
    figures["rows of history written"] = models.History.objects.count()
    figures.update(pages(rows))
    _, figures["same files again, s"] = timed(lambda: imports.apply(files, "benchmark", "twice"))
    if rows < FULL:
        batch = taken[0]
        undone = timed(lambda: imports.undo_batch(batch.pk, "benchmark", "undo"))
        figures["undo of the batch, s"] = undone[1]
    return figures


def pages(rows: int) -> dict[str, float]:
    """Page data and life path of random persons: queries, milliseconds at 50 and 95 of 100."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from sexton.web.register.lives.path import life_path
    from sexton.web.register.page import person_page

    chance = random.Random(7)
    keys = [f"s{chance.randrange(rows)}" for _ in range(PAGES)]
    with CaptureQueriesContext(connection) as counted:
        life_path(person_page(keys[0]))
    times = [timed(lambda key=key: life_path(person_page(key)))[1] * 1000 for key in keys]
    return {
        "queries a page": len(counted),
        "page data, ms, median": statistics.median(times),
        "page data, ms, p95": sorted(times)[int(PAGES * 0.95)],
    }


def timed(work: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def report(figures: dict[str, float], rows: int) -> str:
    from django.db import connection

    lines = [
        "# The register: import and page data",
        "",
        f"`python -m benchmarks.register`: {rows:,} simulated persons, ten cells each, "
        f"{connection.vendor}, {os.cpu_count()} cores. Wall time, one run, nothing left out.",
        "",
        "| measured | |",
        "|---|---:|",
        *(f"| {name} | {value:,.1f} |" for name, value in figures.items()),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FULL)
