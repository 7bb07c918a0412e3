"""The page of results, for people to read."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.names import rigour_peer
from benchmarks.names.channel_method import METHOD
from benchmarks.names.key_peers import BEIDER_MORSE
from benchmarks.names.measures import NOT_FOUND, Run, Share, recalls
from benchmarks.names.tasks import SIMULATED, Task

PACKAGES = (
    *("sexton", "rapidfuzz", "jellyfish", "abydos", "scikit-learn", "rigour", "numba", "numpy"),
)
INTRODUCTION = (Path(__file__).parent / "introduction.md").read_text(encoding="utf-8")
_TEN = 10


class Row(NamedTuple):
    """A method with the variant of it that did best on a test set."""

    run: Run
    recalls: tuple[Share, ...]


class Measured(NamedTuple):
    """One test set of a task, and each method's best row on it, best method first."""

    task: Task
    title: str
    positions: np.ndarray
    rows: list[Row]

    @property
    def ours(self) -> Row:
        """Sexton's row."""
        return next(row for row in self.rows if row.run.method == METHOD)

    @property
    def fair_peers(self) -> list[Row]:
        """Peers on the same vocabulary that do not carry the answers of the set."""
        return [row for row in self.rows if not self._is_unfair(row.run.method)]

    def _is_unfair(self, method: str) -> bool:
        knows = method == rigour_peer.METHOD and "Wikidata" in self.title
        return knows or method == METHOD or method.startswith(BEIDER_MORSE)


def measured(task: Task, runs: list[Run]) -> list[Measured]:
    """Each set of a task with its rows."""
    found = []
    for title in task.sets:
        positions = task.positions(title)
        found.append(Measured(task, title, positions, best_rows(runs, positions)))
    return found


def best_rows(runs: Iterable[Run], members: np.ndarray) -> list[Row]:
    """Each method with its best romanisation on the queries ``members``, best method first."""
    rows: dict[str, Row] = {}
    for run in runs:
        row = Row(run, recalls(run.ranks[members]))
        if run.method not in rows or _order(row) > _order(rows[run.method]):
            rows[run.method] = row
    return sorted(rows.values(), key=_order, reverse=True)


def _order(row: Row) -> tuple[float, ...]:
    first, ten, hundred = (share.value for share in row.recalls)
    return ten, first, hundred


def share_text(share: Share) -> str:
    """``0.69 (0.52-0.81)``: a share with its interval."""
    return f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})"


def _short(row: Row | None) -> str:
    """``0.77 / 0.91 / 0.94``: recall at 1, 10 and 100."""
    return " / ".join(f"{share.value:.2f}" for share in row.recalls) if row else ""


HEADER = ("method", "romanisation", "first", "within 10", "within 100", "ms a query", "remark")


def cells(row: Row) -> tuple[str, ...]:
    """One line of a table."""
    shares = tuple(map(share_text, row.recalls))
    return row.run.method, row.run.variant, *shares, f"{row.run.ms:.2f}", row.run.note


def markdown_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table as lines of Markdown."""
    head = tuple(header)
    return [_line(head), _line(["---"] * len(head)), *map(_line, rows), ""]


def _line(values: Iterable[str]) -> str:
    return f"| {' | '.join(values)} |"


def conditions(tasks: Iterable[Task], seconds: float) -> str:
    """When, where and with what the figures were measured."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    vocabularies = ", ".join(f"{task.title.lower()} {len(task.names):,}" for task in tasks)
    return (
        f"Measured on {date.today():%d %B %Y} in {seconds / 60:.1f} minutes with "
        f"Python {platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}); "
        f"{packages}; tables of names {_tables_version()}. "
        f"Names in the vocabularies: {vocabularies}."
    )


def _tables_version() -> str:
    return (files("sexton.names.tables") / "VERSION").read_text(encoding="utf-8").strip()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def summary(results: list[Measured]) -> list[str]:
    """One line a set: Sexton beside the peer that finds most within ten."""
    rows = []
    for result in results:
        peer = result.fair_peers[0] if result.fair_peers else None
        ours = result.ours
        sexton = (_short(ours), share_text(ours.recalls[1]))
        best = (peer.run.method if peer else "", _short(peer), _error_share(ours, peer))
        rows.append((result.title, str(len(result.positions)), *sexton, *best))
    header = ("set", "n", "Sexton 1 / 10 / 100", "Sexton within 10")
    header += ("best peer", "its 1 / 10 / 100", "errors at 10, share of the peer's")
    return ["## In short", "", *markdown_table(header, rows)]


def _error_share(ours: Row, peer: Row | None) -> str:
    if peer is None or peer.recalls[1].value == 1:
        return ""
    return f"{(1 - ours.recalls[1].value) / (1 - peer.recalls[1].value):.0%}"


def full_tables(results: list[Measured]) -> list[str]:
    """Every method on every set that is not simulated."""
    lines = []
    for result in results:
        if not result.title.startswith(SIMULATED):
            heading = f"## {result.title} (n = {len(result.positions)})"
            lines += [heading, "", *markdown_table(HEADER, map(cells, result.rows))]
    return lines


_BESIDE = ("Levenshtein", "Jaro-Winkler", "tf-idf, 2-3-grams")
_BESIDE_KEYS = ("Daitch-Mokotoff, then Levenshtein", "Double Metaphone, then Levenshtein")
_SIMULATED_METHODS = (METHOD, *_BESIDE, *_BESIDE_KEYS, rigour_peer.METHOD)


def simulated_table(results: list[Measured]) -> list[str]:
    """Recall at 1 / 10 / 100 of the main methods on every simulated channel."""
    chosen = [result for result in results if result.title.startswith(SIMULATED)]
    if not chosen:
        return []
    rows = []
    for result in chosen:
        by_method = {row.run.method: row for row in result.rows}
        shares = [_short(by_method.get(method)) for method in _SIMULATED_METHODS]
        rows.append((result.title.removeprefix(SIMULATED), str(len(result.positions)), *shares))
    return [
        "## Simulated misspellings, channel by channel",
        "",
        "Nobody wrote these forms: real surnames, drawn as often as they are borne, were spoilt by "
        "the rules of `garbles.py`, which do not read Sexton's tables. Recall at 1 / 10 / 100; of "
        "100 queries an interval is about 0.08 to either side.",
        "",
        *markdown_table(("channel", "n", *_SIMULATED_METHODS), rows),
    ]


def misses(results: list[Measured]) -> list[str]:
    """The queries of real sets that Sexton does not find within ten."""
    lines = [
        "## What Sexton misses",
        "",
        "Queries of the real sets whose truth is not among Sexton's first ten; rank 1 is the first "
        "place, - is beyond a hundred or not found. The best peer is that of the summary.",
        "",
    ]
    for result in results:
        if result.title.startswith(SIMULATED) or not result.fair_peers:
            continue
        found = list(_missed(result))
        lines += [f"### {result.title}: {len(found)} of {len(result.positions)}", ""]
        if found:
            header = ("written", "truth", "Sexton's rank", "Sexton's first")
            header += (f"rank by {result.fair_peers[0].run.method}", "best rank of any peer")
            lines += ["<details>", "", *markdown_table(header, found), "</details>", ""]
    return lines


def _missed(result: Measured) -> Iterable[tuple[str, ...]]:
    ours, peers = result.ours.run, [row.run for row in result.fair_peers]
    for position in result.positions:
        if ours.ranks[position] >= _TEN:
            query = result.task.queries[position]
            first = ours.firsts[position]
            ranks = [run.ranks[position] for run in peers]
            yield (
                *(query.text, query.truth, _rank_text(ours.ranks[position]), first),
                *(_rank_text(ranks[0]), _rank_text(min(ranks))),
            )


def _rank_text(rank: int) -> str:
    return "-" if rank >= min(100, NOT_FOUND) else str(rank + 1)
