"""``python -m benchmarks.linkage``: Sexton beside its peers, into results.md beside this.

Five parts: the real graves, simulated archives of any size, graves in plots, archives beside
themselves, lists without Cyrillic. A part that is not run keeps its place in the report; the
figures of every size are kept in folders ``figures``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.linkage.book import replace_part

HERE = Path(__file__).parent
RESULTS, FIGURES = HERE / "results.md", HERE / "figures"
IMAGES = HERE.parents[1] / "docs" / "images"
DEDUPE_FIGURES = HERE / "dedupe" / "figures"
QUICK_FOLDER = Path("linkage-quick")


def main() -> None:
    """Run the parts that are asked for and write them into the report."""
    asked = _arguments()
    if asked.quick:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
    for name in asked.only or _PARTS:
        title, run = _PARTS[name]
        replace_part(asked.out, title, run(asked))
        print(f"{title}: written to {asked.out}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=list(_PARTS), help="a part; repeatable")
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        help="sizes of the simulated archives (100000,1000000,10000000)",
    )
    parser.add_argument("--graves", type=int, help="simulated graves (10000)")
    parser.add_argument(
        "--method", action="append", help="of the simulated archives: only these; repeatable"
    )
    parser.add_argument("--keep", type=Path, help="keep simulated lists and answers in this folder")
    parser.add_argument(
        "--note", default="", help="what else the report should say of the times of this run"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small lists, to see that all runs; other files"
    )
    parser.add_argument("-o", "--out", type=Path, help="the report (results.md beside the code)")
    asked = parser.parse_args()
    asked.out = asked.out or (QUICK_FOLDER / "results.md" if asked.quick else RESULTS)
    return asked


def _real(asked: argparse.Namespace) -> str:
    from benchmarks.linkage.real.run import KEYS, report

    return report(("names",) if asked.quick else KEYS)


def _scale(asked: argparse.Namespace) -> str:
    from benchmarks.linkage.scale.plots import write_plots
    from benchmarks.linkage.scale.report import as_markdown
    from benchmarks.linkage.scale.run import METHODS, load, run, save

    sizes = asked.sizes or ([20_000] if asked.quick else [100_000, 1_000_000, 10_000_000])
    graves = asked.graves or (500 if asked.quick else 10_000)
    figures_folder = QUICK_FOLDER / "figures" if asked.quick else FIGURES
    for size in sizes:
        # Kept size by size: the largest takes long.
        found = run([size], graves, asked.method or METHODS, asked.keep)
        save([each | {"note": asked.note} for each in found], figures_folder)
    figures = load(figures_folder)
    write_plots(figures, QUICK_FOLDER if asked.quick else IMAGES)
    return as_markdown(figures)


def _plain(asked: argparse.Namespace) -> str:
    from benchmarks.linkage.plain.report import report

    return report(quick=asked.quick)


def _groups(asked: argparse.Namespace) -> str:
    from benchmarks.linkage.groups.report import report

    return report(quick=asked.quick)


def _dedupe(asked: argparse.Namespace) -> str:
    from benchmarks.linkage.dedupe.report import as_markdown
    from benchmarks.linkage.dedupe.run import METHODS, load, run, save

    sizes = asked.sizes or ([5_000] if asked.quick else [100_000, 1_000_000])
    folder = QUICK_FOLDER / "figures-dedupe" if asked.quick else DEDUPE_FIGURES
    for size in sizes:
        for found in run(size, asked.method or METHODS, asked.keep):
            save(found | {"note": asked.note}, folder)
    return as_markdown(load(folder))


_PARTS: dict[str, tuple[str, Callable[[argparse.Namespace], str]]] = {
    "real": ("Real graves", _real),
    "scale": ("Simulated archives", _scale),
    "unnamed": ("Graves in plots", _groups),
    "dedupe": ("Archives beside themselves", _dedupe),
    "plain": ("Lists without Cyrillic", _plain),
}


if __name__ == "__main__":
    main()
