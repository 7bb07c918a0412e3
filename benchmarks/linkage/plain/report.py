"""The part of the report on lists without Cyrillic."""

from __future__ import annotations

from pathlib import Path

from benchmarks.linkage.markdown import conditions, table
from benchmarks.linkage.plain import sexton_plain, splink_plain
from benchmarks.linkage.plain.material import PlainList, few_rows, lists
from benchmarks.linkage.plain.measures import Found, Judged, Scored, best_f1, judge
from benchmarks.linkage.plain.resampling import differences
from benchmarks.linkage.process import Measured, measured

INTRODUCTION = Path(__file__).parent / "introduction.md"

# Seconds that a method may take for one list.
LIMIT = 600

OURS = "Sexton"
METHODS = {
    OURS: (sexton_plain.find, (), "same"),
    "Splink 5, same columns": (splink_plain.find, (False,), "same"),
    "Splink 5, all columns": (splink_plain.find, (True,), "all"),
}


def report(quick: bool = False) -> str:
    """Run every method on every list."""
    # What numba compiles, it keeps: the first run is not measured.
    measured(sexton_plain.find, few_rows())
    blocks = [INTRODUCTION.read_text("utf-8"), f"Measured on {conditions()}.\n"]
    head = ["method", "best F1", "at probability", "F1 at 0.5", "precision at 0.5"]
    head += ["recall at 0.5", "F1 of clusters", "seconds", "memory MB"]
    for plain in lists(quick):
        rows, links = [], {}
        for method, (find, options, columns) in METHODS.items():
            if columns == "all" and not plain.key.startswith("febrl"):
                continue
            try:
                done = measured(find, plain, *options, limit=LIMIT)
                cells, links[method] = _cells(plain, done), done.value.links
            except TimeoutError:
                cells = [f"not done in {LIMIT} s", *["–"] * (len(head) - 2)]
            rows.append([method, *cells])
            print(plain.key, " | ".join(rows[-1]), flush=True)
        blocks.append(f"## {plain.title}\n\n{plain.note}; {plain.true_pairs:,} true pairs.\n")
        blocks += [table(head, rows), _compared(plain, links)]
    return "\n".join(blocks)


def _compared(plain: PlainList, links: dict[str, list[Scored]]) -> str:
    """How much better Sexton is than each other method, and how far chance goes."""
    lines = []
    for method in links.keys() - {OURS} if OURS in links else ():
        best, half = differences(plain, links[OURS], links[method])
        lines.append(f"{OURS} less {method}: best F1 {best}, F1 at 0.5 {half}.\n")
    return "\n".join(sorted(lines, reverse=True))


def _cells(plain: PlainList, done: Measured) -> list[str]:
    found: Found = done.value
    best, limit = best_f1(plain, found.links)
    at_half = judge(plain, [link.pair for link in found.links if link.probability >= 0.5])
    clusters = "–" if found.clustered is None else f"{judge(plain, found.clustered).f1:.4f}"
    return [
        f"{best:.4f}",
        f"{limit:.3f}",
        f"{at_half.f1:.4f}",
        *_shares(at_half),
        clusters,
        f"{done.seconds:.1f}",
        f"{done.rss_mb:,.0f}",
    ]


def _shares(judged: Judged) -> list[str]:
    cells = []
    for share in (judged.precision, judged.recall):
        low, high = share.interval()
        cells.append(f"{share.value:.4f} ({low:.3f}–{high:.3f})")
    return cells
