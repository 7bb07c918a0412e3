"""The part of the report on simulated archives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

from benchmarks.linkage.markdown import table
from benchmarks.linkage.scale.measures import THRESHOLDS, calibration_error
from benchmarks.linkage.scale.run import LINKS, TOP, Figures
from benchmarks.linkage.scale.splink_scale import EM_PAIRS, LEAST_BITS, MEMORY_LIMIT, U_PAIRS
from benchmarks.linkage.shares import Share

SUBSETS = {"named": "named graves", "all": "all graves, the unnamed included"}
CALIBRATION = {
    "said_bins": "first answer",
    "first_bins": "the same, “none” true only without any record",
    "told_bins": "candidates of 0.05 and more",
    "row_bins": "all candidates",
}

INTRODUCTION = Path(__file__).parent / "introduction.md"


def as_markdown(figures: Sequence[Figures]) -> str:
    """All sizes and methods that were measured."""
    introduction = INTRODUCTION.read_text("utf-8").format(
        u_pairs=f"{U_PAIRS:,.0f}",
        em_pairs=f"{EM_PAIRS:,.0f}",
        memory=MEMORY_LIMIT,
        bits=LEAST_BITS,
        top=TOP,
        links=LINKS,
    )
    blocks = [introduction, _measured_on(figures)]
    for subset, title in SUBSETS.items():
        blocks.append(f"## Who is found: {title}\n")
        blocks.append(_found(figures, subset))
    blocks.append("## Links at a stated probability: named graves\n")
    blocks.append("precision / recall of the best candidate.\n")
    blocks.append(_thresholds(figures))
    blocks.append("## Calibration error: named graves\n")
    blocks.append(_calibration(figures))
    blocks.append(
        "![Stated probability against share true](../../docs/images/linkage-calibration.svg)\n"
    )
    blocks.append("Candidates of 0.05 and more, named graves:\n")
    blocks.append(_reliability(figures))
    blocks.append("## Time, memory and disk\n")
    blocks.append(_cost(figures))
    notes = sorted({(found["size"], found["note"]) for found in figures if found.get("note")})
    blocks.append("".join(f"Archive of {size:,}: {note}.\n" for size, note in notes))
    blocks.append(_within(figures))
    blocks.append(_growth(figures))
    blocks.append("![Growth of time and memory](../../docs/images/linkage-growth.svg)\n")
    return "\n".join(block for block in blocks if block)


def _measured_on(figures: Sequence[Figures]) -> str:
    """One line for each set of conditions."""
    by_conditions: dict[str, set[int]] = {}
    for found in figures:
        by_conditions.setdefault(found["conditions"], set()).add(found["size"])
    lines = [
        f"Measured on {when}: archives of {', '.join(f'{size:,}' for size in sorted(sizes))}."
        for when, sizes in by_conditions.items()
    ]
    seeds = {found["size"]: found["seed"] for found in figures}
    told = ", ".join(f"{size:,}: {seed}" for size, seed in sorted(seeds.items()))
    return "\n".join([*lines, f"Seeds: {told}."]) + "\n"


def _share(pair: Sequence[int]) -> str:
    share = Share(*pair)
    low, high = share.interval()
    return f"{share.value:.3f} ({low:.3f}–{high:.3f})"


def _found(figures: Iterable[Figures], subset: str) -> str:
    head = ["records", "method", "graves", "of which recorded", "first", "within ten"]
    head += ["recall at 99 % precision", "best F1"]
    rows = []
    for found in figures:
        told = found["subsets"][subset]
        shares = (told["first"], told["ten"], told["at_precision"])
        rows.append(
            [
                f"{found['size']:,}",
                found["method"],
                f"{told['graves']:,}",
                f"{told['recorded']:,}",
                *(_share(pair) for pair in shares),
                f"{told['f1']:.3f}",
            ]
        )
    return table(head, rows)


def _thresholds(figures: Iterable[Figures]) -> str:
    head = ["records", "method", *(f"≥ {threshold}" for threshold in THRESHOLDS)]
    rows = []
    for found in figures:
        told = found["subsets"]["named"]
        cells = []
        for threshold in THRESHOLDS:
            links, right = told["thresholds"][str(threshold)]
            precision, recall = Share(right, links).value, Share(right, told["recorded"]).value
            cells.append(f"{precision:.4f} / {recall:.3f}")
        rows.append([f"{found['size']:,}", found["method"], *cells])
    return table(head, rows)


def _calibration(figures: Iterable[Figures]) -> str:
    rows = [
        [
            f"{found['size']:,}",
            found["method"],
            *(_error(found["subsets"]["named"].get(key)) for key in CALIBRATION),
        ]
        for found in figures
    ]
    return table(["records", "method", *CALIBRATION.values()], rows)


def _error(filled: Sequence[Sequence[float]] | None) -> str:
    """A calibration error; a dash where a run of an earlier day did not count it."""
    return "–" if filled is None else f"{calibration_error(filled):.4f}"


def _reliability(figures: Iterable[Figures]) -> str:
    rows = [
        [f"{found['size']:,}", found["method"], f"{n:.0f}", f"{stated:.3f}", f"{true:.3f}"]
        for found in figures
        for n, stated, true in found["subsets"]["named"]["told_bins"]
    ]
    return table(["records", "method", "candidates", "mean stated", "share true"], rows)


def _cost(figures: Iterable[Figures]) -> str:
    head = ["records", "method", "seconds by phase", "all", "memory MB", "own MB", "disk MB"]
    head.append("candidates weighed or kept")
    rows = []
    for found in figures:
        phases = found["phases"]
        told = "; ".join(f"{name} {seconds:.1f}" for name, seconds in phases.items())
        rows.append(
            [
                f"{found['size']:,}",
                found["method"],
                told,
                f"{sum(phases.values()):.1f}",
                f"{found['rss_mb']:,.0f}",
                f"{found['pss_mb']:,.0f}",
                f"{found['disk_mb']:,.0f}" if "disk_mb" in found else "–",
                f"{found['pairs']:,.0f}",
            ]
        )
    return table(head, rows)


def _within(figures: Iterable[Figures]) -> str:
    """Where the seconds of Sexton's index and linking go."""
    rows = [
        [f"{found['size']:,}", part, _seconds(found[key])]
        for found in figures
        for part, key in (("index", "index_phases"), ("link", "link_phases"))
        if key in found
    ]
    return "Within Sexton:\n\n" + table(["records", "part", "seconds"], rows) if rows else ""


def _seconds(phases: dict[str, float]) -> str:
    return "; ".join(f"{name} {value:.1f}" for name, value in phases.items() if value >= 0.1)


def measures_of_cost(found: Figures) -> dict[str, float]:
    """What grows with the archive."""
    phases = found["phases"]
    index = phases.get("index, once")
    cost = {"seconds": sum(phases.values())} if index is None else {}
    if index is not None:
        cost |= {"index seconds": index, "link seconds": sum(phases.values()) - index}
        cost["index on disk MB"] = found["disk_mb"]
    return cost | {"memory MB": found["rss_mb"]}


def curves(figures: Iterable[Figures]) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """Size and cost by method and measure."""
    found_by: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for found in figures:
        for name, value in measures_of_cost(found).items():
            found_by.setdefault((found["method"], name), []).append((found["size"], value))
    return found_by


def _growth(figures: Sequence[Figures]) -> str:
    """The exponent between neighbouring sizes: 1 is linear."""
    rows = [
        [method, name, f"{a[0]:,} to {b[0]:,}", f"{log(b[1] / a[1]) / log(b[0] / a[0]):.2f}"]
        for (method, name), points in curves(figures).items()
        for a, b in pairwise(sorted(points))
    ]
    if not rows:
        return ""
    head = ["method", "what", "records", "growth exponent (1 is linear)"]
    return "Growth:\n\n" + table(head, rows)
