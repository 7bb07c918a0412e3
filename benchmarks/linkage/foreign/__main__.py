"""``python -m benchmarks.linkage.foreign --size 100000``: the second simulation, measured."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.linkage.foreign import measure
from benchmarks.linkage.foreign.generate import make
from benchmarks.linkage.foreign.report import RUNS, as_markdown
from benchmarks.linkage.foreign.settings import SETTINGS
from benchmarks.linkage.markdown import conditions

HERE = Path(__file__).parent
# Used by nothing else.
SEED = 77_001


def main() -> None:
    """Simulate, link, measure, and write the report of all that was ever measured."""
    asked = _arguments()
    for size in asked.size:
        for setting in asked.setting or SETTINGS:
            _measure(size, setting, asked)
    kept = [json.loads(file.read_text("utf-8")) for file in sorted(asked.figures.glob("*.json"))]
    asked.out.write_text(as_markdown(kept), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", default=[], help="men of the archive")
    parser.add_argument("--graves", type=int, default=10_000)
    parser.add_argument("--setting", action="append", choices=list(SETTINGS))
    parser.add_argument("--run", action="append", choices=RUNS, help="only these; repeatable")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", type=Path, help="keep lists, index and answers in this folder")
    parser.add_argument(
        "--figures", type=Path, default=HERE / "figures", help="folder of the figures"
    )
    parser.add_argument("-o", "--out", type=Path, default=HERE / "results.md", help="the report")
    return parser.parse_args()


def _measure(size: int, name: str, asked: argparse.Namespace) -> None:
    setting, seed, runs = SETTINGS[name], asked.seed + size, asked.run or RUNS
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.keep or Path(temporary)) / f"{name}-{size}-{asked.graves}-{seed}"
        made = make(folder, size, asked.graves, setting, seed)
        about = {"size": size, "setting": name, "seed": seed, "conditions": conditions()}
        if any(run in measure.RUNS for run in runs):
            shutil.rmtree(folder / "home", ignore_errors=True)
            about["index_seconds"] = measure.index(made)
        for run in runs:
            top = measure.TOP_OF_PLOTS if name == "plots" else measure.TOP
            found = (
                measure.splink(made, setting.in_archive)
                if run == measure.SPLINK
                else measure.link(made, run, setting.in_archive, top)
            )
            _keep(asked.figures, about | {"run": run} | found)


def _keep(folder: Path, figures: measure.Figures) -> None:
    place, size = RUNS.index(figures["run"]), figures["size"]
    name = f"{size:09d}-{figures['setting']}-{place}-{figures['seed']}.json"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    first, recorded = figures["first"]
    print(f"{name}: right man first {first / recorded:.3f}", flush=True)


if __name__ == "__main__":
    main()
