"""The tables of the benchmark, for people to read."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

import numpy as np

from benchmarks.names.measures import Run, Share, recalls

PACKAGES = ("sexton", "rapidfuzz", "jellyfish", "abydos", "scikit-learn", "numba", "numpy")


class Row(NamedTuple):
    """A method with the variant of it that did best on a test set."""

    run: Run
    recalls: tuple[Share, ...]


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
    """``.69 (.52-.81)``: a share with its interval."""
    return f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})"


HEADER = ("method", "romanisation", "first", "within 10", "within 100", "ms a query", "remark")


def cells(row: Row) -> tuple[str, ...]:
    """One line of a table."""
    shares = tuple(map(share_text, row.recalls))
    return row.run.method, row.run.variant, *shares, f"{row.run.ms:.2f}", row.run.note


def conditions(vocabulary: int, seconds: float) -> str:
    """When, where and with what the figures were measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured on {date.today():%d %B %Y} in {seconds / 60:.1f} minutes with "
        f"Python {platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}); "
        f"{packages}. Vocabulary: {vocabulary:,} surnames, the commonest of russiannames 2.0.0 "
        "and the true ones."
    )


INTRODUCTION = """\
# Finding the surname behind a spelling

`python -m benchmarks.names` writes this page. One run, one machine, one vocabulary for all. A query
is a Latin spelling of a surname, the answer the Cyrillic surname; first names and dates are
not used. Every peer is given the romanisation that suits it best on each set (chosen after the
fact, in its favour), and equal scores are ranked by how common the name is. Shares stand with
their Wilson 95 % interval.

Rows of the register whose Cyrillic is a conjecture are never scored; most others were reconstructed
by editors from the French form, so the set with the French register is the easiest. The hand-made
tables of the channel model were written by people who had read what garbling there is on these
graves, so its grave figures are not those of unseen material; the Wikidata items are held out.
Times are those of one core; making the keys or the index of the vocabulary is not in them.
"""


def as_markdown(tables: dict[str, tuple[int, list[Row]]], remarks: str) -> str:
    """The whole page: for each test set its number of queries and its rows."""
    parts = [INTRODUCTION, remarks, ""]
    for title, (n, rows) in tables.items():
        parts += [f"## {title} (n = {n})", "", _line(HEADER), _line(["---"] * len(HEADER))]
        parts += [*map(_line, map(cells, rows)), ""]
    return "\n".join(parts)


def _line(values: Iterable[str]) -> str:
    return f"| {' | '.join(values)} |"
