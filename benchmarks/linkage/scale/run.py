"""Every method on archives of the sizes asked for, each in processes of its own."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.linkage import sexton_scale
from benchmarks.linkage.markdown import conditions
from benchmarks.linkage.process import Measured, measured
from benchmarks.linkage.scale import splink_scale
from benchmarks.linkage.scale.material import COVERAGE, Lists, simulate
from benchmarks.linkage.scale.measures import Grave, read_answers, summary

# Records reported for a grave: more than ten, since a man can have several.
TOP = 20
# Times on a shared machine differ by a fifth: of so many links the middle one is told.
LINKS = 5
SEXTON = "Sexton"
SPLINK = {"Splink 5": False, "Splink 5 + Daitch-Mokotoff": True}
METHODS = (SEXTON, *SPLINK)
MB = 1_000_000

Figures = dict[str, Any]


def run(
    sizes: Sequence[int], graves: int, methods: Sequence[str], keep: Path | None
) -> list[Figures]:
    """The figures of each method at each size; ``keep`` is a folder for the lists and answers."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        place = keep or Path(folder)
        if SEXTON in methods:
            _compile(place / "compile")
        for size in sizes:
            lists = simulate(place / f"{size}-{graves}", size, graves)
            for method in methods:
                found = _figures(method, lists)
                print(_line(found), flush=True)
                figures.append(found)
            if not keep:
                shutil.rmtree(lists.folder)
    return figures


def _compile(folder: Path) -> None:
    """A small run that is not measured: what numba compiles, it keeps."""
    _sexton(simulate(folder, 2_000, 100))


def _figures(method: str, lists: Lists) -> Figures:
    found = _sexton(lists) if method == SEXTON else _splink(method, lists)
    answered = read_answers(lists, lists.folder / f"{method}.parquet")
    return found | {
        "method": method,
        "size": lists.size,
        "seed": lists.seed,
        "conditions": conditions(),
        "subsets": _subsets(answered),
    }


def _subsets(graves: list[Grave]) -> Figures:
    named = [grave for grave in graves if not grave.unnamed]
    return {"named": summary(named), "all": summary(graves)}


def _sexton(lists: Lists) -> Figures:
    folder = lists.folder / "index"
    shutil.rmtree(folder, ignore_errors=True)
    out = lists.folder / f"{SEXTON}.parquet"
    without = sexton_scale.NOT_INSTALLED
    built = measured(sexton_scale.index, lists.archive, folder, without=without)
    asked = (sexton_scale.link, lists.graves, folder, out, TOP, COVERAGE)
    runs = [measured(*asked, without=without) for _ in range(LINKS)]
    linked = sorted(runs, key=lambda run: float(run.value[0]["link"]))[LINKS // 2]
    told, link_phases = linked.value
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MB
    phases = {
        "index, once": built.value["index"],
        "open the index": told["open the index"],
        "read the graves": told["read the graves"],
        "link": told["link"],
    }
    return {
        "phases": phases,
        "index_phases": built.value,
        "link_phases": link_phases,
        "pairs": told["pairs"],
        "index_mb": built.rss_mb,
        "disk_mb": disk,
    } | _memory(linked, built)


def _splink(method: str, lists: Lists) -> Figures:
    out = lists.folder / f"{method}.parquet"
    with_keys = SPLINK[method]
    done = measured(splink_scale.link, lists.graves, lists.archive, out, TOP, COVERAGE, with_keys)
    phases = {name: seconds for name, seconds in done.value.items() if name != "pairs"}
    return {"phases": phases, "pairs": done.value["pairs"]} | _memory(done)


def _memory(*parts: Measured) -> Figures:
    return {
        "rss_mb": max(part.rss_mb for part in parts),
        "pss_mb": max(part.pss_mb for part in parts),
    }


def _line(found: Figures) -> str:
    named = found["subsets"]["named"]
    first, ten = (named[key][0] / named[key][1] for key in ("first", "ten"))
    seconds = ", ".join(f"{name} {value:.1f} s" for name, value in found["phases"].items())
    return (
        f"{found['size']:>10,} {found['method']:28} named: first {first:.3f}, "
        f"within ten {ten:.3f}; {seconds}; {found['rss_mb']:.0f} MB"
    )


def save(figures: Sequence[Figures], folder: Path) -> None:
    """Keep the figures of each run, one file each, in place of older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for found in figures:
        name = f"{found['size']:09d}-{METHODS.index(found['method'])}.json"
        (folder / name).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> list[Figures]:
    """All figures that are kept, by size."""
    return [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
