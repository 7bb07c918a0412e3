"""Every method in every setting, one process after another."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.linkage.real.material import SETTINGS, Material, build, simulated_people
from benchmarks.linkage.real.measures import Run, within
from benchmarks.linkage.real.report import as_markdown
from benchmarks.linkage.real.worker import METHODS, run

KEYS = tuple(setting.key for setting in SETTINGS)


def report(settings: Sequence[str] = KEYS, methods: Sequence[str] = tuple(METHODS)) -> str:
    """The part of the report on the real graves."""
    people = simulated_people()
    materials = {s.key: build(s, people) for s in SETTINGS if s.key in settings}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.pickle"
        archive.write_bytes(pickle.dumps(people))
        runs = [
            _reported(method, key, archive, materials[key])
            for key in materials
            for method in methods
        ]
    return as_markdown(runs, materials)


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
