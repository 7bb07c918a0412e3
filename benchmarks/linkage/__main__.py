"""``python -m benchmarks.linkage``: every method in every setting, into results.md beside this."""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import tempfile
from pathlib import Path

from benchmarks.linkage.material import SETTINGS, Material, build, simulated_people
from benchmarks.linkage.measures import Run, within
from benchmarks.linkage.report import as_markdown
from benchmarks.linkage.worker import METHODS, run

RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Run what is asked for, one process after another, and write the report."""
    keys = [setting.key for setting in SETTINGS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--method", action="append", choices=list(METHODS))
    parser.add_argument("--setting", action="append", choices=keys)
    parser.add_argument("-o", "--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    chosen = [key for key in keys if key in (asked.setting or keys)]
    people = simulated_people()
    materials = {s.key: build(s, people) for s in SETTINGS if s.key in chosen}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.pickle"
        archive.write_bytes(pickle.dumps(people))
        runs = [
            _reported(method, key, archive, materials[key])
            for key in chosen
            for method in asked.method or METHODS
        ]
    asked.out.write_text(as_markdown(runs, materials), encoding="utf-8")
    print(f"Written to {asked.out}")


def _reported(method: str, setting: str, archive: Path, material: Material) -> Run:
    """One run in a process of its own, with a line on the terminal."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply(run, (method, setting, archive))
    first, ten = (within(result, material.truth, material.truth, top) for top in (1, 10))
    print(
        f"{setting:6} {method:28} first {first}, within ten {ten}, {result.seconds:.1f} s",
        flush=True,
    )
    return result


if __name__ == "__main__":
    main()
