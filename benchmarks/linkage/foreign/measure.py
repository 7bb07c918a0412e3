"""Sexton's commands and Splink on one simulation, and what their answers are worth."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from math import pi, sqrt
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.linkage.foreign.generate import Made
from benchmarks.linkage.process import measured
from benchmarks.linkage.scale.measures import Grave, bins, read_answers, summary

# Candidates told for a grave: of an unnamed one all, in the setting that is about them.
TOP, TOP_OF_PLOTS = 20, 60
SURE = 0.95
SEXTON, SPLINK = "Sexton", "Splink 5 + Daitch-Mokotoff"
# What each run of Sexton is told besides the true coverage.
RUNS: dict[str, list[str]] = {
    SEXTON: [],
    "Sexton, rivals apart": ["--no-one-to-one"],
    "Sexton, told .8": ["--coverage", "0.8"],
    "Sexton, told .5": ["--coverage", "0.5"],
}
Figures = dict[str, Any]
Stated = list[tuple[float, bool]]


def index(made: Made) -> float:
    """Index the archive with `sexton archive add`; the seconds."""
    return _sexton(made, ["archive", "add", str(made.archive), "--to", "simulated"])


def link(made: Made, run: str, coverage: float, top: int) -> Figures:
    """One run of `sexton link` and its figures."""
    folder = made.archive.parent
    out, pools, answers = (
        folder / name for name in ("links.parquet", "pools.csv", "sexton.parquet")
    )
    told = ["--coverage", str(coverage), "-o", out, "--top", top, "--pools", pools, *RUNS[run]]
    words = ["link", made.graves, "archive:simulated", *told]
    seconds = _sexton(made, [str(word) for word in words])
    duckdb.execute(
        f"""COPY (SELECT left_id AS grave, nullif(right_id, '') AS "right", rank, probability,
        probability AS score FROM '{out}') TO '{answers}' (FORMAT parquet)"""
    )
    return {"seconds": seconds, "pools": _pools(made, pools), **_figures(made, answers)}


def splink(made: Made, coverage: float) -> Figures:
    """Splink with Daitch-Mokotoff keys, told the true coverage."""
    from benchmarks.linkage.scale import splink_scale  # Splink need not be there for Sexton.

    answers = made.archive.parent / "splink.parquet"
    paths = (made.graves, made.archive, answers)
    done = measured(splink_scale.link, *paths, TOP, coverage, True)
    return {"seconds": done.seconds, **_figures(made, answers)}


def _sexton(made: Made, words: list[str]) -> float:
    program = "from sexton.cli import main; main()"
    home = os.environ | {"SEXTON_HOME": str(made.archive.parent / "home")}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, *words],
        check=True, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    return time.perf_counter() - started


def _figures(made: Made, answers: Path) -> Figures:
    graves = read_answers(made, answers)
    named, unnamed = ([g for g in graves if g.unnamed == is_so] for is_so in (False, True))
    sure = [grave for grave in named if grave.best and grave.best.probability >= SURE]
    first, among = _first(named), _first(named, among=True)
    return summary(named) | {
        "among_bins": bins(among),
        "chance_error": chance_error(bins(first)),
        "best_bins": bins((g.best.probability, g.is_right(g.best)) for g in named if g.best),
        "none": [_none_stated(named), _share(not g.recorded for g in named),
                 _share(g.man not in g.men() for g in named)],
        "sure": [len(sure), sum(not g.is_right(g.best) for g in sure if g.best)],
        "unnamed_bins": bins(_rows(unnamed)),
        "unnamed_none": [_none_stated(unnamed), _share(not g.recorded for g in unnamed),
                         _share(g.man not in g.men() for g in unnamed)],
    }  # fmt: skip


def _first(graves: Iterable[Grave], *, among: bool = False) -> Stated:
    """The first answer, "none of these" among them; that is right if no record names the man, or
    (``among``) if none of the candidates does."""
    tops = [(max(g.answers, key=lambda a: a.probability), g) for g in graves if g.answers]
    return [
        (top.probability, g.man not in g.men() if among and not top.man else g.is_right(top))
        for top, g in tops
    ]


def _rows(graves: Iterable[Grave]) -> Stated:
    return [(a.probability, g.is_right(a)) for g in graves for a in g.answers if a.man]


def _none_stated(graves: Sequence[Grave]) -> float:
    stated = [answer.probability for grave in graves for answer in grave.answers if not answer.man]
    return sum(stated) / max(1, len(graves))


def _share(facts: Iterable[bool]) -> float:
    told = list(facts)
    return sum(told) / max(1, len(told))


def chance_error(filled: Sequence[Sequence[float]]) -> float:
    """The calibration error that chance alone gives, where all that is stated is true."""
    count = sum(row[0] for row in filled)
    return sum(sqrt(2 / pi * n * p * (1 - p)) for n, p, _ in filled) / count if count else 0.0


def _pools(made: Made, pools: Path) -> Figures:
    """Whether pools hold the men they should: all that reach the 90 % by men alone, and, of all,
    the men against what is stated of them."""
    csv.field_size_limit(sys.maxsize)
    with pools.open(encoding="utf-8") as file:
        told = {row["left_id"]: row for row in csv.DictReader(file)}
    with made.graves_truth.open(encoding="utf-8") as file:
        truths = {row["grave_id"]: _ids(row["record_ids"]) for row in csv.DictReader(file)
                  if row["unnamed"] == "1"}  # fmt: skip
    stated: dict[bool, Stated] = {True: [], False: []}
    sizes = []
    for grave, his in truths.items():
        pool = told[grave]
        men = _ids(pool["right_ids"])
        stated[pool["is_open"] == "1"].append((float(pool["together"]), bool(men & his)))
        sizes.append(len(men))
    both = stated[True] + stated[False]
    return {
        "unnamed": len(truths),
        "closed": [sum(right for _, right in stated[False]), len(stated[False])],
        "closed_stated": sum(p for p, _ in stated[False]) / max(1, len(stated[False])),
        "all": [sum(right for _, right in both), len(both)],
        "all_stated": sum(p for p, _ in both) / max(1, len(both)),
        "bins": bins((min(p, 1.0), right) for p, right in both),
        "median_men": sorted(sizes)[len(sizes) // 2] if sizes else 0,
    }


def _ids(cell: str) -> set[str]:
    return {word for word in cell.replace(";", " ").replace(",", " ").split() if word}
