"""The report of what was measured on the second simulation."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.linkage.foreign import measure
from benchmarks.linkage.foreign.settings import SETTINGS
from benchmarks.linkage.markdown import table
from benchmarks.linkage.scale.measures import calibration_error
from benchmarks.linkage.shares import Share

RUNS = [*measure.RUNS, measure.SPLINK]
INTRODUCTION = """# Sexton on another simulation

All that stands here is simulated. The archives and graves were drawn by a second generator, written
from the domain's facts alone before its author read the first (`sexton simulate`), the engine, or
the figures of its tables. Made by `python -m benchmarks.linkage.foreign`; the settings are a table
in `settings.py`. Ten thousand graves beside each archive unless `graves` says else. In brackets
Wilson's 95 % interval; of a calibration error what chance alone gives where all that is stated is
true. A man counts once, by any of his records. Told the true coverage, unless a run says else.

Since 29 November 2026 this is no unseen list: the wrong answers of `plain` at ten million were
read, and how places agree was counted there as well (docs/decisions/0044). Seconds are those of a
machine that had other work besides.
"""
NAMED = """"Wrong at .95": links stated with 0.95 or more, and how many of them are wrong. Two
readings of "none of these" as first answer: right if no record names the man, or if no candidate
does (Sexton states the second: a man whom no way of searching leads to is none of the candidates).
"""
POOLS = """"Closed" pools are those whose men alone reach nine tenths; of all pools the share that
hold the man stands beside what the pools say of their men together.
"""


def as_markdown(figures: Sequence[measure.Figures]) -> str:
    """The whole report."""
    if not figures:
        return INTRODUCTION
    sexton = [found for found in figures if found["run"] != measure.SPLINK]
    blocks = [
        INTRODUCTION,
        "## Named graves\n",
        table(
            ["men", "setting", "run", "graves", "first", "within ten", "recall at 99 %", "F1",
             "wrong at .95", "link s"],
            [_quality(found) for found in figures],
        ),
        "## Calibration of the first answer and of all candidates\n",
        NAMED,
        table(
            ["men", "setting", "run", "error, no record", "error, no candidate", "by chance",
             "best candidate", "candidates of .05 or more", "none stated", "no record",
             "no candidate"],
            [_calibration(found) for found in figures],
        ),
        "Candidates by what is stated of them: how many, stated, true.\n",
        table(["men", "setting", "run", *_HEADS], [_bins(f, "row_bins") for f in figures]),
        "## Unnamed graves\n",
        POOLS,
        table(
            ["men", "setting", "run", "graves", "closed pools right", "stated", "n",
             "men in all pools", "stated", "median men", "none stated", "no candidate"],
            [_unnamed(found) for found in sexton],
        ),
        "Their candidates by what is stated of them: how many, stated, true.\n",
        table(["men", "setting", "run", *_HEADS], [_bins(f, "unnamed_bins") for f in sexton]),
        "## Conditions\n",
        "\n".join(f"- {line}" for line in sorted({_conditions(found) for found in figures})),
    ]  # fmt: skip
    return "\n".join(blocks) + "\n"


_HEADS = [f".{low}-{'1' if low == 9 else f'.{low + 1}'}" for low in range(10)]


def _who(found: measure.Figures) -> list[str]:
    return [f"{found['size']:,}", found["setting"], found["run"]]


def _quality(found: measure.Figures) -> list[str]:
    links, wrong = found["sure"]
    shares = [str(Share(*found[key])) for key in ("first", "ten", "at_precision")]
    told = [f"{found['f1']:.3f}", f"{wrong} of {links:,}", f"{found['seconds']:.0f}"]
    return [*_who(found), f"{found['graves']:,}", *shares, *told]


def _calibration(found: measure.Figures) -> list[str]:
    keys = "first_bins", "among_bins"
    errors = [f"{calibration_error(found[key]):.3f}" for key in keys]
    more = [f"{calibration_error(found[key]):.3f}" for key in ("best_bins", "told_bins")]
    none = [f"{share:.3f}" for share in found["none"]]
    return [*_who(found), *errors, f"{found['chance_error']:.3f}", *more, *none]


def _bins(found: measure.Figures, key: str) -> list[str]:
    filled = {min(9, int(stated * 10)): (n, stated, true) for n, stated, true in found[key]}
    cells = [
        "{:,}: {:.2f} {:.2f}".format(*filled[place]) if place in filled else ""
        for place in range(10)
    ]
    return [*_who(found), *cells]


def _unnamed(found: measure.Figures) -> list[str]:
    pools = found["pools"]
    closed, every = Share(*pools["closed"]), Share(*pools["all"])
    none = found["unnamed_none"]
    return [
        *_who(found), f"{pools['unnamed']:,}", str(closed) if closed.of else "",
        f"{pools['closed_stated']:.3f}" if closed.of else "", f"{closed.of:,}", str(every),
        f"{pools['all_stated']:.3f}", str(pools["median_men"]), f"{none[0]:.3f}", f"{none[2]:.3f}",
    ]  # fmt: skip


def _conditions(found: measure.Figures) -> str:
    coverage = SETTINGS[found["setting"]].in_archive
    return (
        f"{found['size']:,} {found['setting']}: seed {found['seed']}, {coverage:.0%} of the dead "
        f"have a record; {found['conditions']}"
    )
