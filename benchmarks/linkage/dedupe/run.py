"""Both methods on simulated archives, each in processes of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.linkage import sexton_scale
from benchmarks.linkage.dedupe import sexton_dedupe, splink_dedupe
from benchmarks.linkage.dedupe.measures import measure
from benchmarks.linkage.markdown import conditions
from benchmarks.linkage.process import measured

# Used by nothing else: what was chosen was chosen on seed 7.
SEED = 811_300
SEXTON, SPLINK = "Sexton", "Splink 5"
METHODS = (SEXTON, SPLINK)
LIMITS = (0.5, 0.9, 0.99)
"""Of Splink's pairs those of at least this probability are joined."""

Figures = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A simulated archive, in a folder."""

    folder: Path
    size: int

    @property
    def seed(self) -> int:
        """One for each size."""
        return SEED + len(str(self.size))

    @property
    def archive(self) -> Path:
        return self.folder / "archive.parquet"

    @property
    def truth(self) -> Path:
        return self.folder / "truth.parquet"

    def simulate(self) -> None:
        """Make it with ``sexton simulate``, unless it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        done = self.folder / "simulated.txt"
        words = ["simulate", "-n", self.size, "-o", self.archive, "--seed", self.seed,
                 "--truth", self.truth]  # fmt: skip
        told = " ".join(map(str, words))
        if not (done.exists() and done.read_text() == told):
            program = "from sexton.cli import main; main()"
            subprocess.run([sys.executable, "-c", program, *told.split(" ")], check=True)
            done.write_text(told)


def run(size: int, methods: Sequence[str], keep: Path | None) -> Iterator[Figures]:
    """The figures of each method, and for Splink of each limit."""
    with tempfile.TemporaryDirectory() as folder:
        place = keep or Path(folder)
        if SEXTON in methods:
            # A small run that is not measured: what numba compiles, it keeps.
            [*_sexton(_made(place, 2_000))]
        world = _made(place, size)
        for method, figures in ((SEXTON, _sexton), (SPLINK, _splink)):
            if method not in methods:
                continue
            for found in figures(world):
                found |= {"size": size, "seed": world.seed, "conditions": conditions()}
                print(json.dumps(found), flush=True)
                yield found


def _made(place: Path, size: int) -> World:
    world = World(place / f"dedupe-{size}", size)
    world.simulate()
    return world


def _sexton(world: World) -> Iterator[Figures]:
    index, out = world.folder / "index", world.folder / "sexton.parquet"
    shutil.rmtree(index, ignore_errors=True)
    built = measured(sexton_scale.index, world.archive, index)
    done = measured(sexton_dedupe.dedupe, index, out)
    phases, told = done.value
    yield {
        "method": SEXTON,
        "limit": None,
        "phases": {"index, once": built.value["index"]} | phases,
        **told,
        "rss_mb": max(built.rss_mb, done.rss_mb),
        "pss_mb": max(built.pss_mb, done.pss_mb),
    } | {"measured": measure(out, world.truth)}


def _splink(world: World) -> Iterator[Figures]:
    out = world.folder / "splink.parquet"
    done = measured(splink_dedupe.dedupe, world.archive, out, LIMITS)
    phases, told = done.value
    for limit in LIMITS:
        clusters = splink_dedupe.named(out, limit)
        yield {
            "method": SPLINK,
            "limit": limit,
            "phases": phases,
            **told,
            "rss_mb": done.rss_mb,
            "pss_mb": done.pss_mb,
            "measured": measure(clusters, world.truth),
        }


def save(found: Figures, folder: Path) -> None:
    """Keep the figures of a run, in place of older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    method = METHODS.index(found["method"])
    name = f"{found['size']:09d}-{method}-{found['limit'] or 0}.json"
    (folder / name).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> list[Figures]:
    """All figures that are kept, by size."""
    return [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
