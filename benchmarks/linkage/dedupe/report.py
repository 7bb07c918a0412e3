"""The part of the report on archives beside themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

from benchmarks.linkage.dedupe.run import SEXTON, Figures
from benchmarks.linkage.markdown import table
from benchmarks.linkage.scale.measures import calibration_error
from benchmarks.linkage.shares import Share

INTRODUCTION = Path(__file__).parent / "introduction.md"


def as_markdown(figures: Sequence[Figures]) -> str:
    """All sizes and methods that were measured."""
    blocks = [INTRODUCTION.read_text("utf-8"), _measured_on(figures)]
    blocks += ["## Who is found\n", _found(figures)]
    blocks += ["## What is stated\n", _calibration(figures)]
    blocks += ["Of Sexton, bin by bin:\n", _bins(figures)]
    blocks += ["## Time and memory of deduping\n", _cost(figures), _growth(figures)]
    return "\n".join(block for block in blocks if block)


def _measured_on(figures: Iterable[Figures]) -> str:
    told = {
        (found["conditions"], found["size"], found["seed"], found.get("note", ""))
        for found in figures
    }
    lines = [
        f"Archive of {size:,} records (seed {seed}): {when}{'; ' if note else ''}{note}."
        for when, size, seed, note in sorted(told, key=lambda each: each[1])
    ]
    return "\n".join(lines) + "\n"


def _name(found: Figures) -> str:
    return found["method"] + (f", ≥ {found['limit']}" if found["limit"] else "")


def _share(hits: int, of: int) -> str:
    share = Share(hits, of)
    low, high = share.interval()
    return f"{share.value:.4f} ({low:.4f}–{high:.4f})"


def _found(figures: Iterable[Figures]) -> str:
    head = ["records", "method", "pairs of one man", "precision", "recall", "F1",
            "B-cubed precision / recall / F1", "pure", "whole"]  # fmt: skip
    rows = []
    for found in figures:
        told = found["measured"]
        right, joined, true = told["pairs"]
        precision, recall = told["bcubed"]
        bcubed = 2 * precision * recall / (precision + recall)
        rows.append(
            [
                f"{found['size']:,}",
                _name(found),
                f"{true:,}",
                _share(right, joined),
                _share(right, true),
                f"{2 * right / (joined + true):.4f}",
                f"{precision:.4f} / {recall:.4f} / {bcubed:.4f}",
                _share(*told["pure"]),
                _share(*told["whole"]),
            ]
        )
    return table(head, rows)


def _calibration(figures: Iterable[Figures]) -> str:
    head = ["records", "method", "error of the records' probabilities", "of the weakest links"]
    head += ["pairs of one man for each record: expected", "true"]
    rows = []
    for found in figures:
        told = found["measured"]
        doubles = f"{found['doubles']:.4f}" if "doubles" in found else "–"
        weakest = told["weakest_bins"]
        rows.append(
            [
                f"{found['size']:,}",
                _name(found),
                f"{calibration_error(told['record_bins']):.4f}",
                f"{calibration_error(weakest):.4f}" if weakest else "–",
                doubles,
                f"{told['pairs'][2] / told['records']:.4f}",
            ]
        )
    return table(head, rows)


def _bins(figures: Iterable[Figures]) -> str:
    rows = [
        [f"{found['size']:,}", what, f"{n:,.0f}", f"{stated:.3f}", f"{true:.3f}"]
        for found in figures
        if found["method"] == SEXTON
        for what, key in (("record", "record_bins"), ("weakest link", "weakest_bins"))
        for n, stated, true in found["measured"][key]
    ]
    return table(["records", "of a", "count", "mean stated", "share true"], rows)


def _once(figures: Iterable[Figures]) -> list[Figures]:
    """One of each run: the limits of Splink share one."""
    return [*{(found["size"], found["method"]): found for found in figures}.values()]


def _cost(figures: Iterable[Figures]) -> str:
    head = ["records", "method", "seconds by phase", "all", "processor seconds of deduping"]
    head += ["memory MB", "own MB", "pairs weighed"]
    rows = []
    for found in _once(figures):
        phases = found["phases"]
        rows.append(
            [
                f"{found['size']:,}",
                found["method"],
                "; ".join(f"{name} {value:.1f}" for name, value in phases.items() if value >= 0.1),
                f"{sum(phases.values()):.1f}",
                f"{found['processor']:.1f}",
                f"{found['rss_mb']:,.0f}",
                f"{found['pss_mb']:,.0f}",
                f"{found['pairs']:,.0f}",
            ]
        )
    return table(head, rows)


def _growth(figures: Iterable[Figures]) -> str:
    """The exponents of Sexton's seconds and memory between the least and the largest size."""
    runs = [found for found in _once(figures) if found["method"] == SEXTON]
    if len(runs) < 2:
        return ""
    least, most = runs[0], runs[-1]
    times = log(most["size"] / least["size"])
    seconds = [found["processor"] for found in (least, most)]
    grown = log(seconds[1] / seconds[0]) / times, log(most["rss_mb"] / least["rss_mb"]) / times
    return (
        f"From {least['size']:,} to {most['size']:,} records Sexton's processor time grows by the "
        f"power {grown[0]:.2f} of the records (1 is linear), its memory with {grown[1]:.2f}.\n"
    )
