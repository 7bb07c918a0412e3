"""``python -m benchmarks.names``: every method on every test set, into results.md beside this."""

from __future__ import annotations

import argparse
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from benchmarks.names import key_peers, matrix_peers, rigour_peer, tasks
from benchmarks.names.channel_method import METHOD, channel_run
from benchmarks.names.measures import Run
from benchmarks.names.report import (
    HEADER,
    INTRODUCTION,
    Measured,
    cells,
    conditions,
    full_tables,
    measured,
    misses,
    simulated_table,
    summary,
)
from benchmarks.names.tasks import TASKS, Task, load_task

RESULTS = Path(__file__).parent / "results.md"
FAMILIES = {
    "matrix": (matrix_peers.METHODS, matrix_peers.matrix_runs),
    "rigour": (rigour_peer.METHODS, rigour_peer.rigour_runs),
    "keys": (key_peers.METHODS, key_peers.key_runs),
}
PARTS = (*TASKS, "persons", "speed")
console = Console(width=140)
_loaded: dict[str, Task] = {}


def main() -> None:
    """Measure what is asked for, print the tables and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=PARTS, choices=PARTS)
    parser.add_argument("--without", nargs="*", default=[], choices=list(FAMILIES))
    parser.add_argument("--quick", action="store_true", help="few queries, to try the benchmark")
    parser.add_argument("--size", type=int, default=tasks.SIZE, help="surnames in the vocabulary")
    parser.add_argument(
        "-o", "--out", type=Path, help="the page (default: results.md; not --quick)"
    )
    asked = parser.parse_args()
    began = perf_counter()
    sections = _sections(asked)
    results = _names(asked)
    remarks = conditions(_loaded.values(), perf_counter() - began)
    page = [INTRODUCTION, remarks, ""]
    if results:
        page += [*summary(results), *simulated_table(results)]
    page += sections
    if results:
        page += [*full_tables(results), *misses(results)]
    console.print(remarks)
    out = asked.out or (None if asked.quick or asked.only != PARTS else RESULTS)
    if out:
        out.write_text("\n".join(page), encoding="utf-8")
        console.print(f"Written to {out}")


def _names(asked: argparse.Namespace) -> list[Measured]:
    """All methods on the test sets of single names."""
    runs: dict[str, list[Run]] = {}
    for key in asked.only:
        if key in TASKS:
            _loaded[key] = load_task(key, asked.quick, asked.size)
            console.print(f"{key}: {len(_loaded[key].queries)} queries", style="dim")
            runs[key] = [channel_run(_loaded[key])]
    if "rigour" not in asked.without and not rigour_peer.is_installed():
        console.print(rigour_peer.MISSING)
    for key, found in _peers([f for f in FAMILIES if f not in asked.without]):
        runs[key] += found
    results = [result for key, task in _loaded.items() for result in measured(task, runs[key])]
    for result in results:
        console.print(_rich_table(result))
    return results


def _peers(families: list[str]) -> list[tuple[str, list[Run]]]:
    """Every peer on every task, two at a time, the long ones first."""
    for task in _loaded.values():
        task.forms  # noqa: B018  made once, before the processes are
    if "rigour" in families:
        rigour_peer.prepare()
    jobs = [
        (key, family, method)
        for key in _loaded
        for family in families
        for method in FAMILIES[family][0]
        if family != "keys" or key == "surnames" or method in key_peers.MAIN
    ]
    found = []
    with get_context("fork").Pool(2) as pool:
        for job, runs, remark in pool.imap_unordered(_run, jobs, chunksize=1):
            console.print(f"{job[0]}: {job[2]}, {remark}", style="dim")
            found.append((job[0], runs))
    return found


def _run(job: tuple[str, str, str]) -> tuple[tuple[str, str, str], list[Run], str]:
    """The runs of one peer, and its seconds or the package that it lacks."""
    key, family, method = job
    began = perf_counter()
    try:
        runs = FAMILIES[family][1](_loaded[key], method)
    except ModuleNotFoundError as missing:
        return job, [], f"left out, {missing.name} is not installed (the extra `benchmarks` has it)"
    return job, runs, f"{perf_counter() - began:.0f} s"


def _sections(asked: argparse.Namespace) -> list[str]:
    """The sections on whole persons and on speed; their modules load only when asked for."""
    lines: list[str] = []
    if "persons" in asked.only:
        from benchmarks.names.persons import persons_section

        lines += persons_section(asked.quick, console.print)
    if "speed" in asked.only:
        from benchmarks.names.speed import speed_section

        lines += speed_section(asked.quick, console.print)
    return lines


def _rich_table(result: Measured) -> Table:
    table = Table(*HEADER, title=f"{result.title} (n = {len(result.positions)})")
    shown = [row for row in result.rows if row.run.method == METHOD] + result.rows[:4]
    for row in shown:
        table.add_row(*cells(row))
    return table


if __name__ == "__main__":
    main()
